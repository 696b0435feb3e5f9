"""JSON with data nested deeply and data that contains itself."""
import json


def nested(depth, kind):
    """Containers inside each other, most of them read from a text."""
    known = min(depth, 9000)
    made = json.loads("[" * known + "]" * known if kind is list else '{"a":' * (known - 1) + "{}" + "}" * (known - 1))
    for _ in range(depth - known):
        made = [made] if kind is list else {"a": made}
    return made


def tell(action):
    try:
        return action()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


for kind in (list, dict):
    print(tell(lambda: len(json.dumps(nested(9000, kind)))), tell(lambda: len(json.dumps(nested(10010, kind)))))
    print(tell(lambda: len(json.dumps(nested(10010, kind), indent=0, check_circular=False))))
print(len(str(json.loads("[" * 5000 + "]" * 5000))), tell(lambda: json.loads("[" * 1000000)), tell(lambda: json.loads('{"a":' * 1000000)))
itself = []
itself.append(itself)
print(tell(lambda: json.dumps(itself)), tell(lambda: json.dumps(itself, check_circular=False)), tell(lambda: json.dumps(itself, indent=2)))
mapping = {}
mapping["d"] = mapping
print(tell(lambda: json.dumps(mapping)), tell(lambda: json.dumps(mapping, sort_keys=True)), tell(lambda: "".join(json.JSONEncoder().iterencode(mapping))))
print(tell(lambda: json.dumps(itself, default=str)), tell(lambda: json.dumps(1j, default=lambda o: [o])))
