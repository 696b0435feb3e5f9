"""Generators as coroutines in a round-robin scheduler."""
def worker(name, steps):
    for step in range(steps):
        message = yield f"{name}:{step}"
        if message == "stop":
            return f"{name} stopped"
    return f"{name} finished"
def scheduler(tasks):
    queue = list(tasks)
    results = {}
    turn = 0
    while queue:
        task = queue.pop(0)
        try:
            turn += 1
            print(task.send("stop" if turn == 8 else None))
        except StopIteration as stop:
            results[task.__name__ + str(len(results))] = stop.value
        else:
            queue.append(task)
    return results
print(scheduler([worker("a", 3), worker("b", 2), worker("c", 5)]))
