"""Write the iteration orders of CPython sets after random operations, for the set table's tests.

Run with CPython 3.13; prints one checksum per block of operations. The operations are chosen by a small generator that the
test repeats.
"""

from __future__ import annotations

from collections.abc import Callable

MASK = (1 << 64) - 1
BLOCKS = 120
BLOCK_LENGTH = 100
SETS = 4


class Generator:
    """A linear congruential generator."""

    def __init__(self, state: int) -> None:
        """Start from a state."""
        self.state = state

    def below(self, limit: int) -> int:
        """Return a number below the limit."""
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) & MASK
        return (self.state >> 33) % limit


def key(generator: Generator, spread: int) -> int:
    """Return a small, strided or huge integer."""
    number = generator.below(spread)
    kind = generator.below(8)
    if kind == 0:
        return number * 1024
    if kind == 1:
        return number * 35184372088832
    if kind == 2:
        return -number
    return number


def operations() -> list[Callable[[list[set[int]], Generator, int], int]]:
    """Return the operations; each changes one register and returns which."""

    def add(sets: list[set[int]], generator: Generator, spread: int) -> int:
        target = generator.below(SETS)
        for _ in range(generator.below(20)):
            sets[target].add(key(generator, spread))
        return target

    def discard(sets: list[set[int]], generator: Generator, spread: int) -> int:
        target = generator.below(SETS)
        for _ in range(generator.below(20)):
            sets[target].discard(key(generator, spread))
        return target

    def pop(sets: list[set[int]], generator: Generator, spread: int) -> int:
        target = generator.below(SETS)
        for _ in range(generator.below(6)):
            if sets[target]:
                sets[target].pop()
        return target

    def binary(apply: Callable[[set[int], set[int]], set[int]]) -> Callable[..., int]:
        def run(sets: list[set[int]], generator: Generator, spread: int) -> int:
            target, left, right = generator.below(SETS), generator.below(SETS), generator.below(SETS)
            sets[target] = apply(sets[left], sets[right])
            return target

        return run

    def in_place(apply: Callable[[set[int], set[int]], None]) -> Callable[..., int]:
        def run(sets: list[set[int]], generator: Generator, spread: int) -> int:
            target, other = generator.below(SETS), generator.below(SETS)
            apply(sets[target], sets[other])
            return target

        return run

    def copy(sets: list[set[int]], generator: Generator, spread: int) -> int:
        target, source = generator.below(SETS), generator.below(SETS)
        sets[target] = set(sets[source])
        return target

    def clear(sets: list[set[int]], generator: Generator, spread: int) -> int:
        target = generator.below(SETS)
        if generator.below(4) == 0:
            sets[target].clear()
        return target

    return [
        add,
        discard,
        pop,
        copy,
        clear,
        binary(lambda left, right: left | right),
        binary(lambda left, right: left & right),
        binary(lambda left, right: left - right),
        binary(lambda left, right: left ^ right),
        in_place(lambda left, right: left.update(right)),
        in_place(lambda left, right: left.intersection_update(right)),
        in_place(lambda left, right: left.difference_update(right)),
        in_place(lambda left, right: left.symmetric_difference_update(right)),
        add,
        add,
        add,
    ]


def main() -> None:
    """Print the checksums."""
    generator = Generator(42)
    choices = operations()
    sets: list[set[int]] = [set() for _ in range(SETS)]
    for block in range(BLOCKS):
        spread = 10 << (block % 12)
        checksum = 0
        for _ in range(BLOCK_LENGTH):
            target = choices[generator.below(len(choices))](sets, generator, spread)
            for item in sets[target]:
                checksum = (checksum * 31 + item) & MASK
            checksum = (checksum * 31 + len(sets[target])) & MASK
        print(checksum)


if __name__ == "__main__":
    main()
