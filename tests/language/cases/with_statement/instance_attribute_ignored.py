"""The protocol is looked up on the type."""
class M:
    def __enter__(self):
        print("type enter")
    def __exit__(self, *args):
        print("type exit")
m = M()
m.__enter__ = lambda: print("instance enter")
m.__exit__ = lambda *a: print("instance exit")
with m:
    print("body")
