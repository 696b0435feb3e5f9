"""What the process really takes: the memory limit and a fixed amount, whatever a program fills memory with."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

STATUS = Path("/proc/self/status")
LIMIT = 96 << 20
# What the allocator keeps of freed blocks, and code and data of the machine that are touched for the first time. Most
# fills take less than half of it, but freed blocks are given back some time later, on a busy machine much later.
FIXED = 96 << 20

pytestmark = pytest.mark.skipif(not STATUS.exists(), reason="the system does not tell what a process takes")

CHILD = """
import sys
from pathlib import Path
import npython

def taken(key):
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) << 10 for line in lines if line.startswith(key))

npython.run("import json, asyncio")
before = taken("VmRSS")
limits = npython.Limits(gas=10**11, memory=int(sys.argv[2]), time=600)
try:
    result = npython.run(sys.argv[1], limits=limits)
except npython.MemoryLimitExceeded as halt:
    result = halt.result
assert result.memory_peak <= limits.memory
print(taken("VmHWM") - before, result.memory_peak)
"""

FILLS = {
    "ints": "xs = []\nwhile True: xs.append(len(xs))",
    "texts": "xs = []\nwhile True: xs.append('x' * 40 + str(len(xs)))",
    "a text": "s = ''\nwhile True: s += 'x' * 1000",
    "a bytearray": "b = bytearray()\nwhile True: b += b'x' * 100",
    "lists": "xs = []\nwhile True: xs.append([])",
    "tuples": "xs = []\nwhile True: xs.append((1, len(xs)))",
    "dicts": "xs = []\nwhile True: xs.append({})",
    "a dict": "d = {}\nwhile True: d[f'k{len(d)}'] = 1",
    "instances": "class A: pass\nxs = []\nwhile True: xs.append(A())",
    "closures": "def f(i):\n    return lambda: i\nxs = []\nwhile True: xs.append(f(len(xs)))",
    "generators": "def g():\n    yield\nxs = []\nwhile True: xs.append(g())",
    "exceptions": "xs = []\nwhile True: xs.append(ValueError('a'))",
    "iterators": "xs = []\nwhile True: xs.append(enumerate(xs))",
    "documents": """
import json
text = json.dumps([{'id': 1, 'tags': ['a']}] * 1000)
xs = []
while True: xs.append(json.loads(text))
""",
    "tasks": """
import asyncio
async def wait(): await asyncio.sleep(1)
async def main():
    xs = []
    while True: xs.append(asyncio.create_task(wait()))
asyncio.run(main())
""",
    # Memory of one kind of object has to be there for the next kind.
    "one kind after the other": """
class A: pass
def g(): yield
kinds = (
    lambda i: [], lambda i: {}, lambda i: set(), lambda i: A(), lambda i: (i,), lambda i: g(), lambda i: lambda: i,
    lambda i: range(i), lambda i: iter([]), lambda i: slice(i), lambda i: f'ab{i}', lambda i: ValueError(i),
    lambda i: bytearray(), lambda i: i + 1j, lambda i: i + (1 << 80), lambda i: object(),
)
for make in kinds:
    full = [make(i) for i in range(300_000)]
    full = None
""",
}


@pytest.mark.parametrize("source", FILLS.values(), ids=FILLS.keys())
def test_a_process_takes_the_limit_and_a_fixed_amount(source: str) -> None:
    command = [sys.executable, "-c", CHILD, source, str(LIMIT)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    taken, peak = map(int, done.stdout.split())
    assert taken <= LIMIT + FIXED
    assert taken <= peak + FIXED


def test_one_kind_after_the_other_fits() -> None:
    command = [
        sys.executable,
        "-c",
        CHILD.replace("MemoryLimitExceeded", "GasExhausted"),
        FILLS["one kind after the other"],
    ]
    subprocess.run([*command, str(LIMIT)], capture_output=True, text=True, check=True)
