"""json.dumps and loads with options and errors."""
import json
data = {"a": [1, 2.5, None, True], "b": {"é": "\"quoted\"\n"}, "c": []}
text = json.dumps(data)
print(text, json.loads(text) == data, json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False), json.dumps([1, 2], separators=(",", ":")), json.dumps(float("inf")), json.loads('[1e3, -0, "\\u00e9"]'))
for source in ("", "{", "[1,]", "{'a': 1}", "nul", '"\\x"', "[1] 2", '{"a" 1}'):
    try:
        json.loads(source)
    except json.JSONDecodeError as error:
        print(error)
try:
    json.dumps({1, 2})
except TypeError as error:
    print(error)
