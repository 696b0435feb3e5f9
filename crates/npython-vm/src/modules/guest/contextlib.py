"""Tools for `with` statements."""

import abc
from functools import wraps
from types import GenericAlias, MethodType

__all__ = [
    "asynccontextmanager", "contextmanager", "closing", "nullcontext", "AbstractContextManager",
    "AbstractAsyncContextManager", "AsyncExitStack", "ContextDecorator", "ExitStack", "redirect_stdout",
    "redirect_stderr", "suppress", "aclosing",
]


@abc._recognised_by("__enter__", "__exit__")
class AbstractContextManager(abc.ABC):
    """A context manager that is its own target."""

    __class_getitem__ = classmethod(GenericAlias)
    __slots__ = ()

    def __enter__(self):
        return self

    @abc.abstractmethod
    def __exit__(self, exc_type, exc_value, traceback):
        return None


@abc._recognised_by("__aenter__", "__aexit__")
class AbstractAsyncContextManager(abc.ABC):
    """An asynchronous context manager that is its own target."""

    __class_getitem__ = classmethod(GenericAlias)
    __slots__ = ()

    async def __aenter__(self):
        return self

    @abc.abstractmethod
    async def __aexit__(self, exc_type, exc_value, traceback):
        return None


class _Decorator:
    def _recreate_cm(self):
        return self


class ContextDecorator(_Decorator):
    """A context manager that also decorates functions."""

    def __call__(self, func):
        @wraps(func)
        def inside(*args, **kwds):
            with self._recreate_cm():
                return func(*args, **kwds)

        return inside


class AsyncContextDecorator(_Decorator):
    """An asynchronous context manager that also decorates coroutine functions."""

    def __call__(self, func):
        @wraps(func)
        async def inside(*args, **kwds):
            async with self._recreate_cm():
                return await func(*args, **kwds)

        return inside


class _OfGenerator:
    """A context manager whose block runs where a generator has yielded."""

    def __init__(self, func, args, kwds):
        self._made_of = func, args, kwds
        self.gen = func(*args, **kwds)
        described = getattr(func, "__doc__", None)
        if described is not None:
            self.__doc__ = described

    def _recreate_cm(self):
        return self.__class__(*self._made_of)


def _verdict(thrown, raised, trace, end):
    """What a generator made of the exception of the block, by what it raised when that was thrown into it.

    True: it dealt with it. False: it let it through. None: it raised another one, or ended in error.
    """
    if isinstance(raised, end):
        return raised is not thrown
    # A generator that lets an exception through that would end it is told of with a RuntimeError (PEP 479).
    let_through = raised is thrown or (
        isinstance(raised, RuntimeError) and raised.__cause__ is thrown and isinstance(thrown, (StopIteration, end))
    )
    if not let_through:
        return None
    thrown.__traceback__ = trace
    return False


class _GeneratorContextManager(_OfGenerator, AbstractContextManager, ContextDecorator):
    """What a function decorated with contextmanager returns."""

    def __enter__(self):
        del self._made_of
        try:
            return next(self.gen)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None

    def __exit__(self, typ, value, traceback):
        problem = "generator didn't stop"
        if typ is None:
            try:
                next(self.gen)
            except StopIteration:
                return False
        else:
            problem += " after throw()"
            thrown = typ() if value is None else value
            try:
                self.gen.throw(thrown)
            except BaseException as raised:
                dealt_with = _verdict(thrown, raised, traceback, StopIteration)
                if dealt_with is None:
                    raise
                return dealt_with
        try:
            raise RuntimeError(problem)
        finally:
            self.gen.close()


class _AsyncGeneratorContextManager(_OfGenerator, AbstractAsyncContextManager, AsyncContextDecorator):
    """What a function decorated with asynccontextmanager returns."""

    async def __aenter__(self):
        del self._made_of
        try:
            return await anext(self.gen)
        except StopAsyncIteration:
            raise RuntimeError("generator didn't yield") from None

    async def __aexit__(self, typ, value, traceback):
        problem = "generator didn't stop"
        if typ is None:
            try:
                await anext(self.gen)
            except StopAsyncIteration:
                return False
        else:
            problem += " after athrow()"
            thrown = typ() if value is None else value
            try:
                await self.gen.athrow(thrown)
            except BaseException as raised:
                dealt_with = _verdict(thrown, raised, traceback, StopAsyncIteration)
                if dealt_with is None:
                    raise
                return dealt_with
        try:
            raise RuntimeError(problem)
        finally:
            await self.gen.aclose()


def contextmanager(func):
    """Makes a context manager of a generator function that yields once."""

    @wraps(func)
    def manager(*args, **kwds):
        return _GeneratorContextManager(func, args, kwds)

    return manager


def asynccontextmanager(func):
    """Makes an asynchronous context manager of an asynchronous generator function that yields once."""

    @wraps(func)
    def manager(*args, **kwds):
        return _AsyncGeneratorContextManager(func, args, kwds)

    return manager


class closing(AbstractContextManager):
    """Closes something at the end of the block."""

    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *exc_info):
        self.thing.close()


class aclosing(AbstractAsyncContextManager):
    """Closes something asynchronously at the end of the block."""

    def __init__(self, thing):
        self.thing = thing

    async def __aenter__(self):
        return self.thing

    async def __aexit__(self, *exc_info):
        await self.thing.aclose()


class _Redirect(AbstractContextManager):
    _stream = None

    def __init__(self, new_target):
        self._new_target = new_target
        self._old_targets = []

    def __enter__(self):
        raise NotImplementedError(f"redirect_{self._stream}() needs the sys module, which this version of npython lacks")

    def __exit__(self, exctype, excinst, exctb):
        return None


class redirect_stdout(_Redirect):
    _stream = "stdout"


class redirect_stderr(_Redirect):
    _stream = "stderr"


class suppress(AbstractContextManager):
    """Ends the block, without an error, where one of these exceptions is raised."""

    def __init__(self, *exceptions):
        self._exceptions = exceptions

    def __enter__(self):
        pass

    def __exit__(self, exctype, excinst, exctb):
        if exctype is None:
            return None
        if issubclass(exctype, self._exceptions):
            return True
        if issubclass(exctype, BaseExceptionGroup):
            _, rest = excinst.split(self._exceptions)
            if rest is None:
                return True
            raise rest
        return False


class nullcontext(AbstractContextManager, AbstractAsyncContextManager):
    """A context manager that does nothing."""

    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result

    def __exit__(self, *excinfo):
        pass

    async def __aenter__(self):
        return self.enter_result

    async def __aexit__(self, *excinfo):
        pass


def _bound(manager, method, protocol):
    """The method of the class, bound to the manager as `with` does it."""
    kind = type(manager)
    try:
        return MethodType(getattr(kind, method), manager)
    except AttributeError:
        raise TypeError(
            f"'{kind.__module__}.{kind.__qualname__}' object does not support the {protocol} protocol"
        ) from None


class _Stack:
    """Exit functions, the last to be called first; in front of each whether it answers at once (the others are awaited)."""

    def __init__(self):
        self._exit_callbacks = []

    def pop_all(self):
        taken = type(self)()
        taken._exit_callbacks, self._exit_callbacks = self._exit_callbacks, taken._exit_callbacks
        return taken

    def push(self, exit):
        known = hasattr(type(exit), "__exit__")
        self._exit_callbacks.append((True, _bound(exit, "__exit__", "context manager") if known else exit))
        return exit

    def enter_context(self, cm):
        enter = _bound(cm, "__enter__", "context manager")
        exit = _bound(cm, "__exit__", "context manager")
        target = enter()
        self._exit_callbacks.append((True, exit))
        return target

    def callback(self, callback, /, *args, **kwds):
        def call(*details):
            callback(*args, **kwds)

        call.__wrapped__ = callback
        self._exit_callbacks.append((True, call))
        return callback


class _Unwinding:
    """The exception on its way through the exits of a stack, if there is one."""

    def __init__(self, error):
        self.first = self.error = error
        self.dealt_with = False
        self.is_new = False

    def details(self):
        error = self.error
        return (None, None, None) if error is None else (type(error), error, error.__traceback__)

    def deal_with(self):
        self.error = None
        self.dealt_with = True
        self.is_new = False

    def replace(self, new):
        """An exit raised another one: it happened while the one before was on its way, as in nested blocks."""
        link = new
        while (context := link.__context__) is not self.first and context is not None and context is not self.error:
            link = context
        if context is not None and context is not self.error:
            link.__context__ = self.error
        self.error = new
        self.is_new = True

    def end(self):
        """Raise what an exit raised last, or say whether the exception of the block was dealt with."""
        if not self.is_new:
            return self.dealt_with and self.first is not None
        context = self.error.__context__
        try:
            raise self.error
        finally:
            self.error.__context__ = context


class ExitStack(_Stack, AbstractContextManager):
    """A stack of context managers and callbacks."""

    def __exit__(self, *details):
        unwinding = _Unwinding(details[1])
        while self._exit_callbacks:
            _, exit = self._exit_callbacks.pop()
            try:
                if exit(*unwinding.details()):
                    unwinding.deal_with()
            except BaseException as new:
                unwinding.replace(new)
        return unwinding.end()

    def close(self):
        self.__exit__(None, None, None)


class AsyncExitStack(_Stack, AbstractAsyncContextManager):
    """A stack of context managers and callbacks, asynchronous ones among them."""

    async def enter_async_context(self, cm):
        enter = _bound(cm, "__aenter__", "asynchronous context manager")
        exit = _bound(cm, "__aexit__", "asynchronous context manager")
        target = await enter()
        self._exit_callbacks.append((False, exit))
        return target

    def push_async_exit(self, exit):
        known = hasattr(type(exit), "__aexit__")
        self._exit_callbacks.append(
            (False, _bound(exit, "__aexit__", "asynchronous context manager") if known else exit)
        )
        return exit

    def push_async_callback(self, callback, /, *args, **kwds):
        async def call(*details):
            await callback(*args, **kwds)

        call.__wrapped__ = callback
        self._exit_callbacks.append((False, call))
        return callback

    async def __aexit__(self, *details):
        unwinding = _Unwinding(details[1])
        while self._exit_callbacks:
            answers_at_once, exit = self._exit_callbacks.pop()
            try:
                answer = exit(*unwinding.details())
                if answer if answers_at_once else await answer:
                    unwinding.deal_with()
            except BaseException as new:
                unwinding.replace(new)
        return unwinding.end()

    async def aclose(self):
        await self.__aexit__(None, None, None)
