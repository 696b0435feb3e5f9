"""A dict subclass with __missing__."""
class Default(dict):
    def __missing__(self, key):
        self[key] = value = f"<{key}>"
        return value
d = Default(a=1)
print(d["a"], d["b"], d, d.get("c"), type(d), isinstance(d, dict), len(d))
