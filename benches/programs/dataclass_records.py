"""Dataclasses: construction, comparison, ordering, replace."""

from dataclasses import dataclass, field, replace


@dataclass
class Point:
    x: int
    y: int = 0

    def shifted(self, dx):
        return Point(self.x + dx, self.y)


@dataclass(order=True, frozen=True)
class Job:
    priority: int
    name: str
    tags: tuple = field(default=(), compare=False)


points = [Point(number % 50, number % 7) for number in range(20000)]
moved = [point.shifted(3) for point in points]
others = [Point(number % 50, number % 5) for number in range(30000)]
equal = sum(1 for first, second in zip(points, others) if first == second)
jobs = sorted([Job(number * 7919 % 101, f"job{number % 1000}") for number in range(4000)])
changed = [replace(job, priority=job.priority + 1) for job in jobs[:2000]]
unique = len(set(jobs))
result = f"{equal} {jobs[0]} {changed[-1].priority} {unique} {sum(point.x for point in moved)}"
assert result == "2860 Job(priority=0, name='job0', tags=()) 51 4000 550000", result
print("dataclass_records", result)
