"""A wrong call."""
class Service:
    def call(self, name, *, retries): pass
Service().call("x")
