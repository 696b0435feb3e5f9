"""Objects, attributes and methods: an operating-system simulation with a task scheduler."""


class Packet:
    def __init__(self, link, destination, kind):
        self.link = link
        self.destination = destination
        self.kind = kind
        self.datum = 0
        self.data = [0, 0, 0, 0]

    def append_to(self, queue):
        self.link = None
        if queue is None:
            return self
        last = queue
        while last.link is not None:
            last = last.link
        last.link = self
        return queue


IDLE, WORKER, HANDLER_A, HANDLER_B, DEVICE_A, DEVICE_B = range(6)
KIND_DEVICE, KIND_WORK = 0, 1


class Task:
    def __init__(self, scheduler, ident, priority, queue):
        self.scheduler = scheduler
        self.ident = ident
        self.priority = priority
        self.queue = queue
        self.packet_pending = queue is not None
        self.task_waiting = False
        self.task_holding = False
        scheduler.add(self)

    def is_held_or_waiting(self):
        return self.task_holding or (not self.packet_pending and self.task_waiting)

    def add_packet(self, packet, old):
        if self.queue is None:
            self.queue = packet
            self.packet_pending = True
            if self.priority > old.priority:
                return self
        else:
            packet.append_to(self.queue)
        return old

    def run_task(self):
        packet = None
        if self.packet_pending and self.task_waiting:
            packet = self.queue
            self.queue = packet.link
            self.task_waiting = False
            self.packet_pending = self.queue is not None
        return self.run(packet)

    def wait(self):
        self.task_waiting = True
        return self

    def hold(self):
        self.scheduler.hold_count += 1
        self.task_holding = True
        return self.scheduler.following(self)

    def release(self, ident):
        other = self.scheduler.table[ident]
        other.task_holding = False
        if other.priority > self.priority:
            return other
        return self

    def send(self, packet):
        other = self.scheduler.table[packet.destination]
        self.scheduler.queue_count += 1
        packet.link = None
        packet.destination = self.ident
        return other.add_packet(packet, self)


class IdleTask(Task):
    def __init__(self, scheduler, count):
        super().__init__(scheduler, IDLE, 0, None)
        self.control = 1
        self.count = count

    def run(self, packet):
        self.count -= 1
        if self.count == 0:
            return self.hold()
        if self.control & 1 == 0:
            self.control //= 2
            return self.release(DEVICE_A)
        self.control = self.control // 2 ^ 0xD008
        return self.release(DEVICE_B)


class WorkerTask(Task):
    def __init__(self, scheduler, priority, queue):
        super().__init__(scheduler, WORKER, priority, queue)
        self.destination = HANDLER_A
        self.count = 0
        self.task_waiting = True

    def run(self, packet):
        if packet is None:
            return self.wait()
        self.destination = HANDLER_B if self.destination == HANDLER_A else HANDLER_A
        packet.destination = self.destination
        packet.datum = 0
        for i in range(4):
            self.count += 1
            if self.count > 26:
                self.count = 1
            packet.data[i] = 64 + self.count
        return self.send(packet)


class HandlerTask(Task):
    def __init__(self, scheduler, ident, priority, queue):
        super().__init__(scheduler, ident, priority, queue)
        self.work = None
        self.devices = None
        self.task_waiting = True

    def run(self, packet):
        if packet is not None:
            if packet.kind == KIND_WORK:
                self.work = packet.append_to(self.work)
            else:
                self.devices = packet.append_to(self.devices)
        work = self.work
        if work is None:
            return self.wait()
        if work.datum >= 4:
            self.work = work.link
            return self.send(work)
        device = self.devices
        if device is None:
            return self.wait()
        self.devices = device.link
        device.datum = work.data[work.datum]
        work.datum += 1
        return self.send(device)


class DeviceTask(Task):
    def __init__(self, scheduler, ident, priority):
        super().__init__(scheduler, ident, priority, None)
        self.pending = None
        self.task_waiting = True

    def run(self, packet):
        if packet is None:
            pending = self.pending
            if pending is None:
                return self.wait()
            self.pending = None
            return self.send(pending)
        self.pending = packet
        return self.hold()


class Scheduler:
    def __init__(self):
        self.tasks = []
        self.table = [None] * 6
        self.hold_count = 0
        self.queue_count = 0

    def add(self, task):
        self.tasks.insert(0, task)
        self.table[task.ident] = task

    def following(self, task):
        position = self.tasks.index(task) + 1
        if position < len(self.tasks):
            return self.tasks[position]
        return None

    def schedule(self):
        task = self.tasks[0]
        while task is not None:
            if task.is_held_or_waiting():
                task = self.following(task)
            else:
                task = task.run_task()


def simulate(count):
    scheduler = Scheduler()
    IdleTask(scheduler, count)
    queue = Packet(None, 0, KIND_WORK)
    queue = Packet(queue, 0, KIND_WORK)
    WorkerTask(scheduler, 1000, queue)
    queue = Packet(None, DEVICE_A, KIND_DEVICE)
    queue = Packet(queue, DEVICE_A, KIND_DEVICE)
    queue = Packet(queue, DEVICE_A, KIND_DEVICE)
    HandlerTask(scheduler, HANDLER_A, 2000, queue)
    queue = Packet(None, DEVICE_B, KIND_DEVICE)
    queue = Packet(queue, DEVICE_B, KIND_DEVICE)
    queue = Packet(queue, DEVICE_B, KIND_DEVICE)
    HandlerTask(scheduler, HANDLER_B, 3000, queue)
    DeviceTask(scheduler, DEVICE_A, 4000)
    DeviceTask(scheduler, DEVICE_B, 5000)
    scheduler.schedule()
    return scheduler.queue_count, scheduler.hold_count


result = simulate(10000)
assert result == (23246, 9297), result
print("richards", *result)
