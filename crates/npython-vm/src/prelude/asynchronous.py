# Asynchronous iteration, and the steps of async generators. A step is what `__anext__`, `asend`, `athrow` and `aclose` give:
# a generator that resumes the async generator and hands on what that awaits. `_async_resume` and its kin give a pair: whether
# the async generator has yielded (or else awaits), and the value. `thrown`, the last parameter, is the exception that was thrown
# into a step before it began: it goes to the async generator instead of what the step is for.


def _async_iter(iterable):
    iterator = _special(iterable, "__aiter__")()
    if _special(iterator, "__anext__") is _MISSING:
        raise TypeError(
            f"'async for' received an object from __aiter__ that does not implement __anext__: {type(iterator).__name__}"
        )
    return iterator


def _async_next(iterator):
    step = _special(iterator, "__anext__")()
    if type(step) is _coroutine_type:
        return step
    wait = _special(step, "__await__")
    cause = None
    if wait is not _MISSING:
        try:
            waiting = wait()
        except BaseException as error:
            cause = error
        else:
            if type(waiting) is not _coroutine_type and _special(waiting, "__next__") is not _MISSING:
                return waiting
            cause = TypeError(
                "__await__() returned a coroutine"
                if type(waiting) is _coroutine_type
                else f"__await__() returned non-iterator of type '{type(waiting).__name__}'"
            )
    raise TypeError(f"'async for' received an invalid object from __anext__: {type(step).__name__}") from cause


def _aiter(iterable):
    hook = _special(iterable, "__aiter__")
    if hook is _MISSING:
        raise TypeError(f"'{type(iterable).__name__}' object is not an async iterable")
    iterator = hook()
    if _special(iterator, "__anext__") is _MISSING:
        raise TypeError(f"aiter() returned not an async iterator of type '{type(iterator).__name__}'")
    return iterator


def _anext(iterator, default):
    hook = _special(iterator, "__anext__")
    if hook is _MISSING:
        raise TypeError(f"'{type(iterator).__name__}' object is not an async iterator")
    awaitable = hook()
    if default is _MISSING:
        return awaitable
    return _anext_with_default(awaitable, default)


async def _anext_with_default(awaitable, default):
    try:
        return await awaitable
    except StopAsyncIteration:
        return default


def _async_generator_next(generator):
    return _as_async_step(_async_send_step(generator, None, _MISSING), False)


def _async_generator_send(generator, value):
    return _as_async_step(_async_send_step(generator, value, _MISSING), False)


def _async_generator_throw(generator, kind, value):
    return _as_async_step(_async_throw_step(generator, kind, value, _MISSING), True)


def _async_generator_close(generator):
    return _as_async_step(_async_close_step(generator, _MISSING), True)


def _async_send_step(generator, value, thrown):
    if _begin_async_step(generator):
        raise RuntimeError("anext(): asynchronous generator is already running")
    try:
        if thrown is _MISSING:
            resumed = _async_resume(generator, value)
        else:
            resumed = _async_throw(generator, thrown)
        return (yield from _async_continued(generator, resumed))[1]
    finally:
        _end_async_step(generator)


def _async_throw_step(generator, kind, value, thrown):
    if thrown is _MISSING and _is_async_finished(generator):
        return None
    if _begin_async_step(generator):
        raise RuntimeError("athrow(): asynchronous generator is already running")
    try:
        failure = _exception_to_throw(kind, value) if thrown is _MISSING else thrown
        return (yield from _async_continued(generator, _async_throw(generator, failure)))[1]
    finally:
        _end_async_step(generator)


def _async_close_step(generator, thrown):
    if thrown is _MISSING and _is_async_finished(generator):
        return None
    if _begin_async_step(generator):
        raise RuntimeError("aclose(): asynchronous generator is already running")
    try:
        failure = GeneratorExit() if thrown is _MISSING else thrown
        yield from _async_continued(generator, _async_throw(generator, failure))
    except (StopAsyncIteration, GeneratorExit):
        return None
    finally:
        _end_async_step(generator)
    raise RuntimeError("async generator ignored GeneratorExit")


def _async_continued(generator, resumed):
    yielded, item = resumed
    while not yielded:
        failure = None
        try:
            value = yield item
        except BaseException as error:
            failure = error
        if failure is None:
            yielded, item = _async_resume(generator, value)
        else:
            yielded, item = _async_throw(generator, failure)
    return yielded, item


def _exception_to_throw(kind, value):
    if isinstance(kind, BaseException):
        return kind
    if not (_is_type(kind) and issubclass(kind, BaseException)):
        raise TypeError(
            f"exceptions must be classes or instances deriving from BaseException, not {type(kind).__name__}"
        )
    if isinstance(value, kind):
        return value
    if value is _MISSING or value is None:
        return _new_exception(kind, ())
    return _new_exception(kind, value if type(value) is tuple else (value,))


def _async_throw(generator, failure):
    delegate = _delegate_of(generator)
    if delegate is _MISSING:
        return _async_raw_throw(generator, failure)
    throw = getattr(delegate, "throw", None)
    if throw is None:
        return _async_raw_throw(generator, failure)
    _mark_delegating(generator, True)
    try:
        return False, throw(failure)
    except StopIteration as stop:
        value, failure = stop.value, None
    except BaseException as error:
        failure = error
    finally:
        _mark_delegating(generator, False)
    if failure is None:
        return _async_finish_delegation(generator, value)
    return _async_raw_throw(generator, failure)
