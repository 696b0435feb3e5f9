

# Host calls that go on beside the tasks


class _CallFuture(Future):
    """The answer to a host call that is under way. Cancelling it gives the call up."""

    def __init__(self, number, loop):
        super().__init__(loop=loop)
        self._number = number

    def cancel(self, msg=None):
        if self.done():
            return False
        self._loop._calls.pop(self._number, None)
        _npython_give_up_call(self._number)
        return super().cancel(msg=msg)


class _HostCall:
    """What a call of an asynchronous host function gives while the loop runs: to be awaited once, like a coroutine.

    Unlike one it has begun already, with the grants in force where the call was made.
    """

    def __init__(self, future):
        self._future = future
        self._steps = None
        self._ended = False

    def __repr__(self):
        return f"<host call {self._future._number}>"

    def __await__(self):
        return self

    def __iter__(self):
        return self

    def __next__(self):
        return self.send(None)

    def send(self, value):
        if self._ended:
            raise RuntimeError("cannot reuse already awaited coroutine")
        if self._steps is None:
            self._steps = self._future.__await__()
        try:
            return self._steps.send(value)
        except BaseException:
            self._ended = True
            raise

    def throw(self, kind, value=None, traceback=None):
        if self._ended:
            raise RuntimeError("cannot reuse already awaited coroutine")
        if self._steps is None:
            self._give_up()
            raise kind
        try:
            return self._steps.throw(kind)
        except BaseException:
            self._ended = True
            raise

    def close(self):
        if self._steps is not None:
            self._steps.close()
        self._give_up()

    def _give_up(self):
        self._ended = True
        self._future.cancel()


def _await_host_call(number):
    loop = _running_loop
    if loop is None:
        _npython_give_up_call(number)
        raise RuntimeError("no running event loop")
    future = _CallFuture(number, loop)
    loop._calls[number] = future
    return _HostCall(future)
