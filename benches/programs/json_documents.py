"""JSON: encoding and decoding nested documents."""

import json


def make_document(number):
    return {
        "id": number,
        "name": f"document {number}",
        "ratio": number / 7,
        "active": number % 2 == 0,
        "parent": None if number % 3 else number // 3,
        "tags": [f"tag{tag}" for tag in range(number % 5)],
        "nested": {"a": [1, 2, {"b": 'caf\u00e9 "quoted"\n'}], "c": {}},
    }


documents = [make_document(number) for number in range(1700)]
checksum = 0
for _ in range(2):
    text = json.dumps(documents)
    decoded = json.loads(text)
    pretty = json.dumps(decoded[:500], indent=2, sort_keys=True, ensure_ascii=False)
    again = json.loads(pretty)
    checksum += len(text) + len(pretty) + (decoded == documents) + (again == documents[:500])
assert checksum == 950678, checksum
print("json_documents", checksum)
