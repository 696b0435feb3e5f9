"""Tasks on an event loop whose clock is its own: when every task waits, time jumps to the next moment somebody waits for.

Sleeping therefore orders tasks as it would by the wall clock and takes no time. The order of everything else is that of CPython 3.13.
Only while host calls are under way does the loop wait for a timer as long as it says: the call may end before.
"""

FIRST_COMPLETED = "FIRST_COMPLETED"
FIRST_EXCEPTION = "FIRST_EXCEPTION"
ALL_COMPLETED = "ALL_COMPLETED"

TimeoutError = TimeoutError


class CancelledError(BaseException):
    """The Future or Task was cancelled."""


class InvalidStateError(Exception):
    """The operation is not allowed in this state."""


class BrokenBarrierError(RuntimeError):
    """Barrier is broken by barrier.abort() call."""


class QueueEmpty(Exception):
    """Raised when Queue.get_nowait() is called on an empty Queue."""


class QueueFull(Exception):
    """Raised when the Queue.put_nowait() method is called on a full Queue."""


class QueueShutDown(Exception):
    """Raised when putting on to or getting from a shut-down Queue."""


CancelledError.__module__ = InvalidStateError.__module__ = BrokenBarrierError.__module__ = "asyncio.exceptions"
QueueEmpty.__module__ = QueueFull.__module__ = QueueShutDown.__module__ = "asyncio.queues"


# The event loop


class Handle:
    """A callback that will be called, unless it is cancelled before."""

    def __init__(self, callback, args, when=None):
        self._callback = callback
        self._args = args
        self._when = when
        self._cancelled = False

    def cancel(self):
        self._cancelled = True

    def cancelled(self):
        return self._cancelled

    def when(self):
        return self._when


class TimerHandle(Handle):
    """A callback that will be called at a moment."""


class AbstractEventLoop:
    """What event loops have in common."""


class EventLoop(AbstractEventLoop):
    """Calls callbacks in the order they were asked for, those with a moment when the clock has reached it."""

    def __init__(self):
        self._ready = []
        self._timers = []
        self._timer_count = 0
        self._now = 0.0
        self._stopping = False
        self._running = False
        self._closed = False
        self._tasks = {}
        self._calls = {}
        self._current = None
        self._task_count = 0
        self._exception_handler = None
        self._debug = False

    def __repr__(self):
        return f"<EventLoop running={self._running} closed={self._closed} debug={self._debug}>"

    def time(self):
        return self._now

    def get_debug(self):
        return self._debug

    def set_debug(self, enabled):
        self._debug = enabled

    def is_running(self):
        return self._running

    def is_closed(self):
        return self._closed

    def stop(self):
        self._stopping = True

    def close(self):
        if self._running:
            raise RuntimeError("Cannot close a running event loop")
        for call in list(self._calls.values()):
            call.cancel()
        self._closed = True
        self._ready = []
        self._timers = []

    def _check_closed(self):
        if self._closed:
            raise RuntimeError("Event loop is closed")

    def call_soon(self, callback, *args, context=None):
        self._check_closed()
        handle = Handle(callback, args)
        self._ready.append(handle)
        return handle

    call_soon_threadsafe = call_soon

    def call_later(self, delay, callback, *args, context=None):
        if delay is None:
            raise TypeError("delay must not be None")
        return self.call_at(self._now + delay, callback, *args)

    def call_at(self, when, callback, *args, context=None):
        if when is None:
            raise TypeError("when cannot be None")
        self._check_closed()
        handle = TimerHandle(callback, args, when)
        self._timer_count += 1
        _heap_push(self._timers, (when, self._timer_count, handle))
        return handle

    def create_future(self):
        return Future(loop=self)

    def create_task(self, coro, *, name=None, context=None):
        self._check_closed()
        return Task(coro, loop=self, name=name)

    def run_in_executor(self, executor, function, *args):
        future = self.create_future()
        try:
            result = function(*args)
        except Exception as error:
            self.call_soon(_set_exception_unless_done, future, error)
        else:
            self.call_soon(_set_result_unless_done, future, result)
        return future

    def set_exception_handler(self, handler):
        self._exception_handler = handler

    def get_exception_handler(self):
        return self._exception_handler

    def call_exception_handler(self, context):
        if self._exception_handler is not None:
            self._exception_handler(self, context)

    async def shutdown_asyncgens(self):
        return None

    async def shutdown_default_executor(self, timeout=None):
        return None

    def run_until_complete(self, future):
        self._check_closed()
        self._check_not_running()
        future = ensure_future(future, loop=self)
        future.add_done_callback(_stop_loop_of)
        try:
            self.run_forever()
        finally:
            future.remove_done_callback(_stop_loop_of)
        if not future.done():
            raise RuntimeError("Event loop stopped before Future completed.")
        return future.result()

    def run_forever(self):
        global _running_loop
        self._check_closed()
        self._check_not_running()
        self._running = True
        _running_loop = self
        _npython_make_awaitables_with(_await_host_call)
        try:
            while True:
                self._run_once()
                if self._stopping:
                    break
        finally:
            self._stopping = False
            self._running = False
            _running_loop = None
            _npython_make_awaitables_with(None)

    def _check_not_running(self):
        if self._running:
            raise RuntimeError("This event loop is already running")
        if _running_loop is not None:
            raise RuntimeError("Cannot run the event loop while another loop is running")

    def _run_once(self):
        timers = self._timers
        while timers and timers[0][2]._cancelled:
            _heap_pop(timers)
        if self._calls:
            self._look_for_answers()
        elif not self._ready and not self._stopping:
            if not timers:
                raise RuntimeError("deadlock: every task waits, and nothing is left that could wake one")
            if timers[0][0] > self._now:
                self._now = timers[0][0]
        while timers and timers[0][0] <= self._now:
            handle = _heap_pop(timers)[2]
            if not handle._cancelled:
                self._ready.append(handle)
        batch, self._ready = self._ready, []
        position = 0
        try:
            for handle in batch:
                position += 1
                if not handle._cancelled:
                    self._call(handle)
        finally:
            if position < len(batch):
                self._ready = batch[position:] + self._ready

    def _look_for_answers(self):
        timers = self._timers
        if self._ready or self._stopping:
            seconds = 0.0
        else:
            seconds = float(timers[0][0] - self._now) if timers else None
        ended = _npython_wait_for_calls(seconds)
        if ended is not None:
            number, failed, answer = ended
            future = self._calls.pop(number, None)
            if future is not None and not future.done():
                if failed:
                    future.set_exception(answer)
                else:
                    future.set_result(answer)
        elif seconds and timers[0][0] > self._now:
            self._now = timers[0][0]

    def _call(self, handle):
        try:
            handle._callback(*handle._args)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            self.call_exception_handler({"message": "Exception in callback", "exception": error, "handle": handle})


_running_loop = None
_set_loop = None


def _heap_push(heap, item):
    heap.append(item)
    at = len(heap) - 1
    while at > 0:
        parent = (at - 1) // 2
        if heap[parent][:2] <= item[:2]:
            break
        heap[at] = heap[parent]
        at = parent
    heap[at] = item


def _heap_pop(heap):
    last = heap.pop()
    if not heap:
        return last
    first = heap[0]
    at, size = 0, len(heap)
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and heap[child + 1][:2] < heap[child][:2]:
            child += 1
        if last[:2] <= heap[child][:2]:
            break
        heap[at] = heap[child]
        at = child
    heap[at] = last
    return first


def _stop_loop_of(future):
    if not future.cancelled():
        error = future._exception
        if isinstance(error, (SystemExit, KeyboardInterrupt)):
            return
    future._loop.stop()


def get_running_loop():
    if _running_loop is None:
        raise RuntimeError("no running event loop")
    return _running_loop


def get_event_loop():
    if _running_loop is not None:
        return _running_loop
    if _set_loop is not None:
        return _set_loop
    raise RuntimeError("There is no current event loop in thread 'MainThread'.")


def new_event_loop():
    return EventLoop()


def set_event_loop(loop):
    global _set_loop
    _set_loop = loop


