"""json.loads, JSONDecoder and json.load: hooks, encodings, errors with their positions."""
import json


def tell(action):
    """What an action gives or raises."""
    try:
        return repr(action())
    except Exception as error:
        return f"{type(error).__name__}: {error}"


class Rd:
    def read(self): return '{"a": [1, 2.5, NaN]}'
print(json.load(Rd()))
calls=[]
def hook(d): calls.append(d); return ("H", len(d))
print(json.loads('{"a": {"b": 1}, "c": [{}]}', object_hook=hook), calls)
print(json.loads('{"a": {"b": 1}, "a": [{}]}', object_pairs_hook=lambda p: p), json.loads('{"a": {"b": 1}, "a": [{}]}'))
print(tell(lambda: json.loads('[1.50, -3, 1e5, NaN, Infinity, -Infinity]', parse_float=lambda s: "F"+s, parse_int=lambda s: "I"+s, parse_constant=lambda s: "C"+s)))
calls.clear()
print(tell(lambda: json.loads('[{"a":1}, {"b":2} x', object_hook=hook)), calls)
def bad(x): raise KeyError(x)
print(tell(lambda: json.loads('[1.5]', parse_float=bad)), tell(lambda: json.loads('[NaN]', parse_constant=bad)), tell(lambda: json.loads('[{}]', object_hook=bad)))
for b in [b'[1]', '"\u00e9"'.encode(), '"\u00e9"'.encode('utf-16'), '"\u00e9"'.encode('utf-16-le'), '"\u00e9"'.encode('utf-16-be'), '"\u00e9"'.encode('utf-32'), '"\u00e9"'.encode('utf-32-be'), '"\u00e9"'.encode('utf-32-le'), '"\u00e9"'.encode('utf-8-sig'), bytearray(b'{}'), b'1', b'12', b'\x001', b'1\x00', b'"\xff"', b'', b'"\xed\xa0\x80"']:
    print(tell(lambda: json.loads(b)), json.detect_encoding(b))
e=None
try: json.loads('{"a": 1,\n  "b": }')
except json.JSONDecodeError as x:
    e=x; print(x.msg, x.doc, x.pos, x.lineno, x.colno, x.args, isinstance(x, ValueError), type(x).__module__, repr(x), type(x).__qualname__)
from json.decoder import JSONDecodeError, scanstring
from json.encoder import encode_basestring_ascii, encode_basestring
print(JSONDecodeError is json.JSONDecodeError, tell(lambda: scanstring('"abc"d', 1)), tell(lambda: scanstring('"abc', 1)), tell(lambda: scanstring('"a\tc"', 1, False)), tell(lambda: scanstring("x", 9)), tell(lambda: encode_basestring(3)), encode_basestring_ascii("é"))
class Dec(json.JSONDecoder):
    def __init__(self, **k): super().__init__(object_hook=self.h, **k)
    def h(self, d): return sorted(d.items())
    def decode(self, s): return ("dec", super().decode(s))
print(json.loads('{"z": 1, "b": {"x": 2}}', cls=Dec), tell(lambda: json.loads("1", cls=Dec, strict=False)), tell(lambda: json.loads("1", strict=False)))
for s in ['1', '-0', '-0.0', '0.1e-400', '1e400', '-1e400', '123456789012345678901234567890', '1E+2', '1.5e3', '"\\u00e9\\ud83d\\ude00"', '"\ud800"', '[]', '{}', ' [ ] ', '{"a":{}}', 'nul', '+1', '.5', '1.e5', '[1}', '{"a":1]', '"a', '"\\', '"\\u12', '"\\u123g"', '"\\ud800\\udc0"', '[,]', '{,}', '[1,,2]', '{"a":1,,}', "{'a':1}", '{"a":1 "b"}', 'NaN', '-NaN', '[Infinity, -Infinity]', '\u00a01', '\x0b1', '1\x00', '"\x00"', '"\x7f"', '/*c*/1', '1 //', 'true false', 'nullx', '{"é": é}', '"é" é', 'é', '{"a\\u0062": 1, "ab": 2}','[' * 20000, '{"a":' * 20000, '0x1', '1_000', '--1', '- 1', '1e', '1e+', '[1e]', '"\\ud83d\\u0041"','"\\ude00\\ud83d"']:
    print(s[:20].encode('unicode_escape'), tell(lambda: json.loads(s)))
d = json.JSONDecoder(object_hook=hook, strict=False); print(d.strict, d.decode(' {"a": "\t"} '), d.raw_decode('{}x'), d.object_hook is hook, d.parse_float, d.parse_int, d.memo, tell(lambda: d.scan_once("x", 0)), tell(lambda: d.scan_once('1', 0)), tell(lambda: d.scan_once(1, 0)))
j = json.JSONEncoder(indent=2); print(vars(j), tell(lambda: json.JSONEncoder(3)), j.item_separator, j.key_separator)
big = {"k%d" % i: [i, str(i), i / 3, None, {"x": i}] for i in range(300)}
assert json.loads(json.dumps(big)) == big and json.loads(json.dumps(big, indent=4)) == big
k1, k2 = json.loads('[{"key": 1}, {"key": 2}]'); print(list(k1)[0] is list(k2)[0])
print(json.dumps.__name__, json.dumps.__doc__ is not None, json.__name__, json.__all__, json.decoder.JSONDecoder is json.JSONDecoder)

print(tell(lambda: json.loads()), tell(lambda: json.loads(5)), tell(lambda: json.loads(None)), tell(lambda: json.JSONDecoder(3)), tell(lambda: json.loads("1", foo=2)))
print(json.JSONDecoder().raw_decode("1 2"), tell(lambda: json.JSONDecoder().raw_decode(" 1")), tell(lambda: json.JSONDecoder().raw_decode("1", -1)), tell(lambda: json.JSONDecoder().raw_decode("1", 5)), json.JSONDecoder().raw_decode("a [1]", 2), tell(lambda: json.JSONDecoder().decode(b"1")), tell(lambda: json.JSONDecoder().decode(5)), tell(lambda: json.JSONDecoder().raw_decode(b"1")))
print(tell(lambda: json.loads("9" * 5000))[:90], json.loads('"\\ud800\\u1234"').encode("utf-8", "surrogatepass"), json.loads('"\n"', strict=False))
