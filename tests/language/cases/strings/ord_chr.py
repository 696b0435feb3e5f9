"""ord and chr and their errors."""
print(ord("a"), ord("é"), ord("😀"), chr(97), chr(0x1F600), repr(chr(0)), ord(b"a"))
for call in (lambda: ord("ab"), lambda: ord(1), lambda: chr(-1), lambda: chr(0x110000), lambda: chr("a"), lambda: ord("")):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
