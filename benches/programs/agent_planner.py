"""An agent's script: schedule dependent tasks, retry flaky tools, plan a route."""


class ToolError(Exception):
    pass


class FlakyTool:
    def __init__(self, name, period):
        self.name = name
        self.period = period
        self.calls = 0

    def __call__(self, query):
        self.calls += 1
        if self.calls % self.period == 0:
            raise ToolError(f"{self.name} failed on call {self.calls}")
        return {"tool": self.name, "query": query, "score": (len(query) * 37 + self.calls) % 101}


def with_retries(tool, query, attempts=3):
    last = None
    for attempt in range(1, attempts + 1):
        try:
            return tool(query), attempt
        except ToolError as error:
            last = error
    raise last


def topological_order(dependencies):
    remaining = {task: set(needs) for task, needs in dependencies.items()}
    order = []
    while remaining:
        ready = sorted(task for task, needs in remaining.items() if not needs)
        if not ready:
            raise ValueError("cycle")
        for task in ready:
            del remaining[task]
            order.append(task)
        done = set(ready)
        for needs in remaining.values():
            needs -= done
    return order


def shortest_path(grid_size, walls):
    start, goal = (0, 0), (grid_size - 1, grid_size - 1)
    queue = [start]
    came_from = {start: None}
    index = 0
    while index < len(queue):
        x, y = queue[index]
        index += 1
        if (x, y) == goal:
            break
        for dx, dy in ((1, 0), (0, 1), (-1, 0), (0, -1)):
            cell = (x + dx, y + dy)
            if 0 <= cell[0] < grid_size and 0 <= cell[1] < grid_size and cell not in walls and cell not in came_from:
                came_from[cell] = (x, y)
                queue.append(cell)
    length = 0
    cell = goal
    while cell is not None:
        length += 1
        cell = came_from[cell]
    return length


dependencies = {
    f"task{n:03d}": [f"task{m:03d}" for m in range(max(0, n - 9), n) if (n * m) % 4 == 1] for n in range(600)
}
order = topological_order(dependencies)
tools = [FlakyTool(name, period) for name, period in (("search", 7), ("fetch", 5), ("summarize", 11))]
results = []
attempts_used = 0
for step in range(9000):
    answer, attempts = with_retries(tools[step % 3], f"step {step} of {order[step % len(order)]}")
    attempts_used += attempts
    results.append(answer)
best = max(results, key=lambda answer: (answer["score"], answer["query"]))
walls = {(x, y) for x in range(80) for y in range(80) if x % 4 == 2 and y != (x * 13) % 80}
length = shortest_path(80, walls)
result = f"{order[:2]} {order[-1]} {attempts_used} {best} {length}"
assert (
    result == "['task000', 'task001'] task599 10547 {'tool': 'fetch', 'query': 'step 976 of task153', 'score': 100} 831"
), result
print("agent_planner", result)
