"""hashlib and hmac: every digest at the borders of blocks, names, sizes, copies, parameters, errors."""
import hashlib
import hmac


def tell(action):
    try:
        return repr(action())
    except Exception as error:
        return f"{type(error).__name__}: {error}"


data = bytes(range(256)) * 3
for name in sorted(hashlib.algorithms_guaranteed):
    length = (20,) if name.startswith("shake") else ()
    whole = hashlib.new(name)
    sums = []
    for count in (0, 1, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129, 135, 136, 137, 143, 144, 167, 168, 169, 700):
        sums.append(hashlib.new(name, data[:count]).hexdigest(*length)[-6:])
        whole.update(data[:count])
    early = whole.copy()
    whole.update(b"more")
    print(name, whole.name, whole.digest_size, whole.block_size, whole.hexdigest(*length), early.digest(*length)[:4].hex(), " ".join(sums))
print(hashlib.md5(b"a").hexdigest(), hashlib.sha256(bytearray(b"abc")).hexdigest(), hashlib.sha512(memoryview(b"xabc")[1:]).digest()[:5])
print(hashlib.md5(string=b"a").hexdigest(), hashlib.md5(b"a", usedforsecurity=False).hexdigest(), hashlib.new("SHA256").name, hashlib.new("sha512_256", b"x").hexdigest(), hashlib.new("SHA3-256").name)
print(hashlib.__all__, sorted(hashlib.algorithms_guaranteed), type(hashlib.md5()), type(hashlib.blake2b()), hashlib.sha1.__name__, hashlib.blake2b.MAX_KEY_SIZE, hashlib.blake2s.SALT_SIZE)
for action in (
    lambda: hashlib.md5("a"), lambda: hashlib.md5(5), lambda: hashlib.md5(None), lambda: hashlib.new("foo"), lambda: hashlib.new(5),
    lambda: hashlib.md5(b"a").update("a"), lambda: hashlib.blake2b("x"), lambda: hashlib.new("md5", "a"), lambda: hashlib.md5([1]),
    lambda: hashlib.shake_128().hexdigest(3), lambda: hashlib.shake_256(b"abc").digest(0), lambda: hashlib.md5() == hashlib.md5(),
    lambda: hashlib.blake2b(digest_size=65), lambda: hashlib.blake2b(digest_size=0), lambda: hashlib.blake2b(key=b"x" * 65),
    lambda: hashlib.blake2b(salt=b"x" * 17), lambda: hashlib.blake2b(person=b"x" * 17), lambda: hashlib.blake2s(fanout=256),
    lambda: hashlib.blake2s(depth=0), lambda: hashlib.blake2s(leaf_size=-1), lambda: hashlib.blake2s(node_offset=2**48),
    lambda: hashlib.blake2s(node_depth=256), lambda: hashlib.blake2s(inner_size=33),
    lambda: hashlib.blake2s(key=b"k", digest_size=8, salt=b"s", person=b"p", fanout=2, depth=3, leaf_size=4, node_offset=5, node_depth=6, inner_size=7, last_node=True).hexdigest(),
    lambda: hashlib.blake2b(b"data", key=b"secret", digest_size=16, salt=b"s", person=b"p", node_offset=2**40, last_node=True).hexdigest(),
    lambda: hashlib.blake2b(b"x").copy().hexdigest(), lambda: hashlib.pbkdf2_hmac("sha256", b"pw", b"salt", 1000).hex(),
    lambda: hashlib.pbkdf2_hmac("sha1", b"p" * 100, b"salt", 3, 50).hex(), lambda: hashlib.pbkdf2_hmac("md5", b"pw", b"salt", 0),
    lambda: hashlib.pbkdf2_hmac("sha1", b"pw", b"salt", 1, 0), lambda: hashlib.pbkdf2_hmac("foo", b"pw", b"salt", 1),
    lambda: hmac.new(b"k"), lambda: hmac.new(b"k", b"m", "sha256").hexdigest(), lambda: hmac.new("k", b"m", "sha256"),
    lambda: hmac.new(b"k", "m", "sha256"), lambda: hmac.digest(b"k", b"m", "md5").hex(), lambda: hmac.new(b"k", b"m", "foo"),
    lambda: hmac.compare_digest("a", "a"), lambda: hmac.compare_digest(b"a", "a"), lambda: hmac.compare_digest("é", "a"),
    lambda: hmac.compare_digest(1, 1), lambda: hmac.compare_digest(b"ab", bytearray(b"ab")), lambda: hmac.new(b"k", digestmod="md5").name,
    lambda: (hmac.new(b"k", digestmod="md5").digest_size, hmac.new(b"k", digestmod="md5").block_size),
    lambda: hmac.new(b"k" * 200, b"m", hashlib.blake2b).hexdigest(), lambda: hmac.new(b"k", b"a", hashlib.sha512).copy().digest()[:4],
):
    print(tell(action))


class Reader:
    def __init__(self, data):
        self.data = data

    def readable(self):
        return True

    def readinto(self, buffer):
        part, self.data = self.data[:1000], self.data[1000:]
        buffer[: len(part)] = part
        return len(part)


print(hashlib.file_digest(Reader(data * 9), "sha1").hexdigest() == hashlib.sha1(data * 9).hexdigest())
print(hashlib.sha256(data * 1000).hexdigest(), hashlib.blake2b(data * 300).hexdigest()[:20], hashlib.sha3_256(data * 300).hexdigest()[:20])
