
# Waiting for many


class _Gathering(Future):
    def __init__(self, children, *, loop):
        super().__init__(loop=loop)
        self._children = children
        self._cancel_requested = False

    def cancel(self, msg=None):
        if self.done():
            return False
        cancelled = False
        for child in self._children:
            if child.cancel(msg=msg):
                cancelled = True
        if cancelled:
            self._cancel_requested = True
        return cancelled


def gather(*coros_or_futures, return_exceptions=False):
    if not coros_or_futures:
        future = get_event_loop().create_future()
        future.set_result([])
        return future
    loop = _running_loop
    known = {}
    children = []
    finished = 0
    outer = None

    def done(future):
        nonlocal finished
        finished += 1
        if outer is None or outer.done():
            return
        if not return_exceptions:
            if future.cancelled():
                outer.set_exception(future._make_cancelled_error())
                return
            if future._exception is not None:
                outer.set_exception(future._exception)
                return
        if finished == len(known):
            results = []
            for child in children:
                if child.cancelled():
                    message = child._cancel_message
                    results.append(CancelledError("" if message is None else message))
                else:
                    results.append(child._result if child._exception is None else child._exception)
            if outer._cancel_requested:
                outer.set_exception(future._make_cancelled_error())
            else:
                outer.set_result(results)

    already = []
    for argument in coros_or_futures:
        key = id(argument)
        if key not in known:
            future = ensure_future(argument, loop=loop)
            if loop is None:
                loop = future._loop
            known[key] = future
            if future.done():
                already.append(future)
            else:
                future.add_done_callback(done)
        children.append(known[key])
    outer = _Gathering(children, loop=loop)
    for future in already:
        done(future)
    return outer


def _check_awaitables(name, awaitables):
    if isfuture(awaitables) or iscoroutine(awaitables):
        raise TypeError(f"expect {'a list' if name == 'wait' else 'an iterable'} of futures, not {type(awaitables).__name__}")


async def wait(fs, *, timeout=None, return_when=ALL_COMPLETED):
    _check_awaitables("wait", fs)
    if not fs:
        raise ValueError("Set of Tasks/Futures is empty.")
    if return_when not in (FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED):
        raise ValueError(f"Invalid return_when value: {return_when}")
    futures = set(fs)
    if any(iscoroutine(future) for future in futures):
        raise TypeError("Passing coroutines is forbidden, use tasks explicitly.")
    loop = get_running_loop()
    waiter = loop.create_future()
    timer = None
    if timeout is not None:
        timer = loop.call_later(timeout, _set_result_unless_done, waiter, None)
    left = 0
    for future in futures:
        left += not future.done()

    def finished(future):
        nonlocal left
        left -= 1
        failed = not future.cancelled() and future._exception is not None
        if left <= 0 or return_when == FIRST_COMPLETED or (return_when == FIRST_EXCEPTION and failed):
            if timer is not None:
                timer.cancel()
            _set_result_unless_done(waiter, None)

    satisfied = left == 0 or (return_when == FIRST_COMPLETED and left < len(futures))
    if return_when == FIRST_EXCEPTION:
        satisfied = satisfied or any(
            future.done() and not future.cancelled() and future._exception is not None for future in futures
        )
    if not satisfied:
        for future in futures:
            future.add_done_callback(finished)
        try:
            await waiter
        finally:
            if timer is not None:
                timer.cancel()
            for future in futures:
                future.remove_done_callback(finished)
    done = {future for future in futures if future.done()}
    return done, futures - done


async def wait_for(fut, timeout):
    if fut is not None and not isfuture(fut) and not iscoroutine(fut):
        fut = _wrap_awaitable(fut)
    if timeout is not None and timeout <= 0:
        fut = ensure_future(fut)
        if fut.done():
            return fut.result()
        await _cancel_and_wait(fut)
        try:
            return fut.result()
        except CancelledError as error:
            raise TimeoutError from error
    async with _timeout(timeout):
        return await fut


async def _cancel_and_wait(future):
    waiter = get_running_loop().create_future()

    def wake(_):
        _set_result_unless_done(waiter, None)

    future.add_done_callback(wake)
    try:
        future.cancel()
        await waiter
    finally:
        future.remove_done_callback(wake)


def shield(arg):
    inner = ensure_future(arg)
    if inner.done():
        return inner
    outer = inner._loop.create_future()

    def inner_done(inner):
        if outer.cancelled():
            return
        if inner.cancelled():
            outer.cancel()
        elif inner._exception is not None:
            outer.set_exception(inner._exception)
        else:
            outer.set_result(inner._result)

    def outer_done(outer):
        if not inner.done():
            inner.remove_done_callback(inner_done)

    inner.add_done_callback(inner_done)
    outer.add_done_callback(outer_done)
    return outer


class _CompletedFirst:
    def __init__(self, futures, timeout):
        self._done = Queue()
        self._todo = {ensure_future(future): None for future in futures}
        self._left = len(self._todo)
        self._timer = None
        loop = get_event_loop()
        for future in self._todo:
            future.add_done_callback(self._finished)
        if self._todo and timeout is not None:
            self._timer = loop.call_later(timeout, self._timed_out)

    def __iter__(self):
        return self

    def __next__(self):
        if self._left == 0:
            raise StopIteration
        self._left -= 1
        return self._wait(True)

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self._left == 0:
            raise StopAsyncIteration
        self._left -= 1
        return await self._wait(False)

    def _finished(self, future):
        if future not in self._todo:
            return
        del self._todo[future]
        self._done.put_nowait(future)
        if not self._todo and self._timer is not None:
            self._timer.cancel()

    def _timed_out(self):
        for future in self._todo:
            future.remove_done_callback(self._finished)
            self._done.put_nowait(None)
        self._todo.clear()

    async def _wait(self, resolve):
        future = await self._done.get()
        if future is None:
            raise TimeoutError
        return future.result() if resolve else future


def as_completed(fs, *, timeout=None):
    _check_awaitables("as_completed", fs)
    return _CompletedFirst(fs, timeout)
