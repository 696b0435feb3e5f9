"""Ways out through `except*` and asynchronous protocols that objects answer with something hostile."""

from __future__ import annotations

from redteam import L, R, S

CASES = (
    S(
        33,
        "ExceptionGroup('', (ValueError(),))\n",
        """
try: raise ValueError
except* ValueError as e: print(repr(e))
""",
    ),
    R(
        33,
        "TypeError",
        """
class G(ExceptionGroup):
    def derive(s, e): return 5
try: raise G('x',[ValueError(),TypeError()])
except* ValueError as e: print(repr(e))
""",
    ),
    R(
        33,
        "TypeError",
        """
class G(ExceptionGroup):
    def split(s, e): return 5
try: raise G('x',[ValueError(),TypeError()])
except* ValueError as e: print(repr(e))
""",
    ),
    R(
        33,
        "TypeError",
        """
class G(ExceptionGroup):
    def split(s, e): return (1,2)
try: raise G('x',[ValueError(),TypeError()])
except* ValueError as e: print(repr(e))
""",
    ),
    R(
        35,
        "TypeError",
        """
async def f():
    async for x in 5: pass
f().send(None)
""",
    ),
    R(
        35,
        "TypeError",
        """
class A:
    def __aiter__(s): return s
    def __anext__(s): return 5
async def f():
    async for x in A(): pass
f().send(None)
""",
    ),
    R(
        35,
        "TypeError",
        """
async def f(): await 5
f().send(None)
""",
    ),
    R(
        35,
        "TypeError",
        """
class A:
    def __await__(s): return 5
async def f(): await A()
f().send(None)
""",
    ),
    R(
        35,
        "TypeError",
        """
class A:
    async def __aenter__(s): return s
async def f():
    async with A(): pass
f().send(None)
""",
    ),
    S(
        35,
        "",
        """
async def f(): return 1
x=f(); x=None
""",
    ),
    R(
        35,
        "TypeError",
        """
async def f(): [x async for x in f]
f().send(None)
""",
    ),
    L(
        35,
        "GasExhausted",
        """
class A:
    def __await__(s):
        while True: yield
async def f(): await A()
c=f()
while True: c.send(None)
""",
    ),
)
