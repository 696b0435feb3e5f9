"""Sets and dicts of strings keep the same order under hash seed 0."""
print({"apple", "banana", "cherry", "date", "elderberry"})
print(set("hello world"), hash("abc"), hash(""), hash("é"), hash(b"abc"))
