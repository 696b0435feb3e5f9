"""Digests of data."""

_ALWAYS_SUPPORTED = (
    "md5",
    "sha1",
    "sha224",
    "sha256",
    "sha384",
    "sha512",
    "blake2b",
    "blake2s",
    "sha3_224",
    "sha3_256",
    "sha3_384",
    "sha3_512",
    "shake_128",
    "shake_256",
)
algorithms_guaranteed = set(_ALWAYS_SUPPORTED)
algorithms_available = algorithms_guaranteed | {"sha512_224", "sha512_256"}

__all__ = (
    *_ALWAYS_SUPPORTED,
    "new",
    "algorithms_guaranteed",
    "algorithms_available",
    "file_digest",
    "pbkdf2_hmac",
)

# Bytes of the digest and of a block.
_SIZES = {
    "md5": (16, 64),
    "sha1": (20, 64),
    "sha224": (28, 64),
    "sha256": (32, 64),
    "sha384": (48, 128),
    "sha512": (64, 128),
    "sha512_224": (28, 128),
    "sha512_256": (32, 128),
    "sha3_224": (28, 144),
    "sha3_256": (32, 136),
    "sha3_384": (48, 104),
    "sha3_512": (64, 72),
    "shake_128": (0, 168),
    "shake_256": (0, 136),
}


def _data_of(data):
    if isinstance(data, (bytes, bytearray)):
        return data
    if isinstance(data, str):
        raise TypeError("Strings must be encoded before hashing")
    if isinstance(data, memoryview):
        return data.tobytes()
    raise TypeError("object supporting the buffer API required")


class HASH:
    """A digest under way."""

    __slots__ = ("_name", "_state")

    def __new__(cls, *args, **kwargs):
        raise TypeError("cannot create '_hashlib.HASH' instances")

    @property
    def name(self):
        return self._name

    @property
    def digest_size(self):
        return _SIZES[self._name][0]

    @property
    def block_size(self):
        return _SIZES[self._name][1]

    def update(self, obj, /):
        self._state = _npython_hash_update(self._name, self._state, _data_of(obj))

    def digest(self):
        return _npython_hash_finish(self._name, self._state, 0)

    def hexdigest(self):
        return _npython_hash_finish(self._name, self._state, 0).hex()

    def copy(self):
        return _with_state(type(self), self._name, self._state)

    def __repr__(self):
        return f"<{self._name} _hashlib.{type(self).__name__} object @ 0x{id(self):x}>"


class HASHXOF(HASH):
    """A digest of any length."""

    __slots__ = ()

    def digest(self, length):
        return _npython_hash_finish(self._name, self._state, _length_of(length))

    def hexdigest(self, length):
        return _npython_hash_finish(self._name, self._state, _length_of(length)).hex()


def _length_of(length):
    length = _npython_index(length)
    if length < 0:
        raise ValueError("value must be positive")
    return length


HASH.__module__ = HASHXOF.__module__ = "_hashlib"


def _with_state(cls, name, state):
    made = object.__new__(cls)
    made._name = name
    made._state = state
    return made


def _start(name, data):
    made = _with_state(HASHXOF if name.startswith("shake") else HASH, name, _npython_hash_start(name))
    if len(data) if isinstance(data, bytes) else True:
        made.update(data)
    return made


def _constructor(name):
    def construct(string=b"", *, usedforsecurity=True):
        return _start(name, string)

    construct.__name__ = construct.__qualname__ = f"openssl_{name}"
    construct.__doc__ = f"Returns a {name.replace('_', '-')} hash object; optionally initialized with a string"
    construct.__module__ = "_hashlib"
    return construct


md5 = _constructor("md5")
sha1 = _constructor("sha1")
sha224 = _constructor("sha224")
sha256 = _constructor("sha256")
sha384 = _constructor("sha384")
sha512 = _constructor("sha512")
sha3_224 = _constructor("sha3_224")
sha3_256 = _constructor("sha3_256")
sha3_384 = _constructor("sha3_384")
sha3_512 = _constructor("sha3_512")
shake_128 = _constructor("shake_128")
shake_256 = _constructor("shake_256")


def _check(value, least, most, name):
    value = _npython_index(value)
    if not least <= value <= most:
        raise ValueError(f"{name} must be between {least} and {most}")
    return value


def _check_large(value, most, name):
    value = _npython_index(value)
    if value < 0:
        raise ValueError("value must be positive")
    if value > most:
        raise OverflowError(f"{name} is too large")
    return value


class _Blake2:
    __slots__ = ("_state", "digest_size")

    def __new__(
        cls,
        data=b"",
        /,
        *,
        digest_size=None,
        key=b"",
        salt=b"",
        person=b"",
        fanout=1,
        depth=1,
        leaf_size=0,
        node_offset=0,
        node_depth=0,
        inner_size=0,
        last_node=False,
        usedforsecurity=True,
    ):
        most = cls.MAX_DIGEST_SIZE
        size = most if digest_size is None else _npython_index(digest_size)
        if not 1 <= size <= most:
            raise ValueError(f"digest_size must be between 1 and {most} bytes")
        key, salt, person = bytes(_data_of(key)), bytes(_data_of(salt)), bytes(_data_of(person))
        if len(salt) > cls.SALT_SIZE:
            raise ValueError(f"maximum salt length is {cls.SALT_SIZE} bytes")
        if len(person) > cls.PERSON_SIZE:
            raise ValueError(f"maximum person length is {cls.PERSON_SIZE} bytes")
        fanout = _check(fanout, 0, 255, "fanout")
        depth = _check(depth, 1, 255, "depth")
        leaf_size = _check_large(leaf_size, 2**32 - 1, "leaf_size")
        offset_bytes = 8 if most == 64 else 6
        node_offset = _check_large(node_offset, 2 ** (8 * offset_bytes) - 1, "node_offset")
        node_depth = _check(node_depth, 0, 255, "node_depth")
        inner_size = _npython_index(inner_size)
        if not 0 <= inner_size <= most:
            raise ValueError(f"inner_size must be between 0 and is {most}")
        if len(key) > cls.MAX_KEY_SIZE:
            raise ValueError(f"maximum key length is {cls.MAX_KEY_SIZE} bytes")
        parameters = bytes([size, len(key), fanout, depth]) + leaf_size.to_bytes(4, "little")
        parameters += node_offset.to_bytes(offset_bytes, "little") + bytes([node_depth, inner_size])
        if most == 64:
            parameters += bytes(14)
        parameters += salt.ljust(cls.SALT_SIZE, b"\0") + person.ljust(cls.PERSON_SIZE, b"\0")
        made = object.__new__(cls)
        made.digest_size = size
        made._state = _npython_hash_blake2(cls.__name__, parameters, bool(last_node))
        if key:
            made.update(key.ljust(made.block_size, b"\0"))
        if len(data) if isinstance(data, bytes) else True:
            made.update(data)
        return made

    @property
    def name(self):
        return type(self).__name__

    @property
    def block_size(self):
        return 2 * self.MAX_DIGEST_SIZE

    def update(self, data, /):
        self._state = _npython_hash_update(self.name, self._state, _data_of(data))

    def digest(self):
        return _npython_hash_finish(self.name, self._state, self.digest_size)

    def hexdigest(self):
        return self.digest().hex()

    def copy(self):
        made = object.__new__(type(self))
        made.digest_size = self.digest_size
        made._state = self._state
        return made


class blake2b(_Blake2):
    """A BLAKE2b digest under way."""

    __slots__ = ()
    MAX_DIGEST_SIZE = MAX_KEY_SIZE = 64
    SALT_SIZE = PERSON_SIZE = 16


class blake2s(_Blake2):
    """A BLAKE2s digest under way."""

    __slots__ = ()
    MAX_DIGEST_SIZE = MAX_KEY_SIZE = 32
    SALT_SIZE = PERSON_SIZE = 8


blake2b.__module__ = blake2s.__module__ = "_blake2"


def new(name, data=b"", **kwargs):
    """A digest by its name."""
    if not isinstance(name, str):
        raise TypeError("name must be a string")
    if name in ("blake2b", "blake2s"):
        return (blake2b if name == "blake2b" else blake2s)(data, **kwargs)
    known = name.lower().replace("-", "_")
    if known not in _SIZES:
        raise ValueError("unsupported hash type " + name)
    return _construct(known, data, **kwargs)


def _construct(name, string=b"", *, usedforsecurity=True):
    return _start(name, string)


_construct.__name__ = _construct.__qualname__ = "new"


class UnsupportedDigestmodError(ValueError):
    pass


UnsupportedDigestmodError.__module__ = "_hashlib"


def pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None):
    """A key derived from a password (PKCS 5)."""
    if not isinstance(hash_name, str):
        raise TypeError(f"pbkdf2_hmac() argument 'hash_name' must be str, not {type(hash_name).__name__}")
    name = hash_name.lower().replace("-", "_")
    if name not in _SIZES or name.startswith("shake"):
        raise UnsupportedDigestmodError("[digital envelope routines] unsupported")
    password, salt = _bytes_of(password), _bytes_of(salt)
    size, block = _SIZES[name]
    iterations = _npython_index(iterations)
    if iterations < 1:
        raise ValueError("iteration value must be greater than 0.")
    length = size if dklen is None else _npython_index(dklen)
    if length < 1:
        raise ValueError("key length must be greater than 0.")
    if iterations > 2**31 - 1:
        raise OverflowError("iteration value is too great.")
    if length > 2**31 - 1:
        raise OverflowError("key length is too great.")
    if len(password) > block:
        password = _start(name, password).digest()
    padded = password.ljust(block, b"\0")
    states = [_start(name, bytes([byte ^ pad for byte in padded]))._state for pad in (0x36, 0x5C)]
    return _npython_hash_pbkdf2(name, states, salt, iterations, length)


def _bytes_of(data):
    if not isinstance(data, (bytes, bytearray, memoryview)):
        raise TypeError(f"a bytes-like object is required, not '{type(data).__name__}'")
    return bytes(data)


def scrypt(password, *, salt=None, n=None, r=None, p=None, maxmem=0, dklen=64):
    raise NotImplementedError("hashlib.scrypt is not part of npython")


def file_digest(fileobj, digest, /, *, _bufsize=2**18):
    """The digest of what a file opened for reading bytes holds."""
    made = new(digest) if isinstance(digest, str) else digest()
    if hasattr(fileobj, "getbuffer"):
        made.update(fileobj.getbuffer())
        return made
    if not (hasattr(fileobj, "readinto") and hasattr(fileobj, "readable") and fileobj.readable()):
        raise ValueError(f"'{fileobj!r}' is not a file-like object in binary reading mode.")
    buffer = bytearray(_bufsize)
    view = memoryview(buffer)
    while True:
        size = fileobj.readinto(buffer)
        if size is None:
            raise BlockingIOError("I/O operation would block.")
        if size == 0:
            return made
        made.update(view[:size])
