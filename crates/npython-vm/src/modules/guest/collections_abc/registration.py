def _generator():
    yield


async def _coroutine():
    pass


async def _async_generator():
    yield


_made = _coroutine()
Coroutine.register(type(_made))
_made.close()
Generator.register(type(_generator()))
AsyncGenerator.register(type(_async_generator()))
for _kind in (b"", bytearray(), {}.keys(), {}.values(), {}.items(), [], reversed([]), range(0), range(1 << 1000),
              set(), "", (), zip()):
    Iterator.register(type(iter(_kind)))
Set.register(frozenset)
MutableSet.register(set)
Mapping.register(type(type.__dict__))
MutableMapping.register(dict)
KeysView.register(type({}.keys()))
ItemsView.register(type({}.items()))
ValuesView.register(type({}.values()))
for _kind in (tuple, str, range, memoryview):
    Sequence.register(_kind)
for _kind in (bytes, bytearray):
    ByteString.register(_kind)
for _kind in (list, bytearray):
    MutableSequence.register(_kind)
for _kind in (bytes, bytearray, memoryview):
    Buffer.register(_kind)
del _made, _kind, _generator, _coroutine, _async_generator

from collections import deque as _deque

MutableSequence.register(_deque)
del _deque
