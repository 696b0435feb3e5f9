"""Keyed hashing for message authentication (RFC 2104)."""

import hashlib

trans_5C = bytes(byte ^ 0x5C for byte in range(256))
trans_36 = bytes(byte ^ 0x36 for byte in range(256))

# Depends on the digest: see HMAC.digest_size.
digest_size = None


class HMAC:
    """An authentication code under way."""

    blocksize = 64

    __slots__ = ("_inner", "_outer", "block_size", "digest_size")

    def __init__(self, key, msg=None, digestmod=""):
        if not isinstance(key, (bytes, bytearray)):
            raise TypeError(f"key: expected bytes or bytearray, but got {type(key).__name__!r}")
        if not digestmod:
            raise TypeError("Missing required argument 'digestmod'.")
        if callable(digestmod):
            make = digestmod
        elif isinstance(digestmod, str):

            def make(data=b""):
                return hashlib.new(digestmod, data)

        else:

            def make(data=b""):
                return digestmod.new(data)

        self._outer = make()
        self._inner = make()
        self.digest_size = self._inner.digest_size
        self.block_size = getattr(self._inner, "block_size", self.blocksize)
        if len(key) > self.block_size:
            key = make(key).digest()
        key = key.ljust(self.block_size, b"\0")
        self._outer.update(key.translate(trans_5C))
        self._inner.update(key.translate(trans_36))
        if msg is not None:
            self.update(msg)

    @property
    def name(self):
        return f"hmac-{self._inner.name}"

    def update(self, msg):
        """Adds to the message."""
        self._inner.update(msg)

    def copy(self):
        """An independent copy."""
        other = self.__class__.__new__(self.__class__)
        other.digest_size = self.digest_size
        other.block_size = self.block_size
        other._inner = self._inner.copy()
        other._outer = self._outer.copy()
        return other

    def _current(self):
        outer = self._outer.copy()
        outer.update(self._inner.digest())
        return outer

    def digest(self):
        """The code of the message so far."""
        return self._current().digest()

    def hexdigest(self):
        """The code of the message so far in hexadecimal digits."""
        return self._current().hexdigest()


def new(key, msg=None, digestmod=""):
    """An authentication code under way."""
    return HMAC(key, msg, digestmod)


def digest(key, msg, digest):
    """The authentication code of a message."""
    return HMAC(key, msg, digest).digest()


def compare_digest(a, b, /):
    """Whether two codes are equal, in a time that does not tell where they differ."""
    if isinstance(a, str) and isinstance(b, str):
        if not (a.isascii() and b.isascii()):
            raise TypeError("comparing strings with non-ASCII characters is not supported")
        a, b = a.encode(), b.encode()
    else:
        kinds = (bytes, bytearray, memoryview)
        if not isinstance(a, kinds) and not isinstance(b, kinds):
            raise TypeError(
                "unsupported operand types(s) or combination of types: "
                f"'{type(a).__name__}' and '{type(b).__name__}'"
            )
        for value in (a, b):
            if not isinstance(value, kinds):
                raise TypeError(f"a bytes-like object is required, not '{type(value).__name__}'")
    if len(a) != len(b):
        return False
    difference = 0
    for left, right in zip(a, b):
        difference |= left ^ right
    return difference == 0
