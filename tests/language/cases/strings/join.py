"""join takes any iterable of strings."""
print(",".join(["a", "b"]), "".join(()), "-".join("xyz"), ", ".join(str(n) for n in range(3)), " ".join({"k": 1}), "x".join(["one"]))
for items in ([1], ["a", None], 5, ["a", b"b"]):
    try:
        ",".join(items)
    except TypeError as error:
        print(error)
