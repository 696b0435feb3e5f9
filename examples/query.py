"""Asking a server from within the sandbox. `url` and `TOKEN` are given from outside:

npython run examples/query.py --policy policy.toml --token TOKEN=@web.token --input 'url="https://api.example.com/"'
"""

with scope("HTTP-ENV", TOKEN):
    answer = fetch(url, headers={"Accept": "application/json"})

print(f"{answer.url}: status {answer.status}, {len(answer.content)} bytes")
data = answer.json() if answer.ok else None
if isinstance(data, dict):
    for name, value in sorted(data.items()):
        print(f"  {name} = {value!r}")

data
