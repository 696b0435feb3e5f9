"""encode and bytes.decode with error handlers."""
print("é😀".encode(), "é".encode("latin-1"), "abc".encode("ascii"), "é€".encode("ascii", "replace"), "é".encode("ascii", "ignore"), "é".encode("ascii", "xmlcharrefreplace"), "é".encode("ascii", "backslashreplace"), "a".encode("utf-16-le"))
print(b"\xc3\xa9".decode(), b"\xff".decode("latin-1"), b"a\xffb".decode("utf-8", "replace"), b"a\xffb".decode("utf-8", "ignore"), b"\xff".decode("utf-8", "backslashreplace"))
for call in (lambda: "é".encode("ascii"), lambda: b"\xff".decode(), lambda: "\ud800".encode(), lambda: b"\xe2\x82".decode(), lambda: "a".encode("nope")):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
