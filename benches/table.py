"""The results as one text table."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from engines import REFERENCE
from latency import FIGURES

if TYPE_CHECKING:
    from collections.abc import Iterable

Cells = dict[str, dict[str, Any]]
MISSING = "n/a"


def significant(value: float) -> str:
    """A number with about three significant digits and no exponent."""
    if value >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def geometric_mean(ratios: Iterable[float]) -> float | None:
    """The geometric mean, or None of nothing."""
    logarithms = [math.log(ratio) for ratio in ratios]
    return math.exp(sum(logarithms) / len(logarithms)) if logarithms else None


def program_ratios(programs: dict[str, Cells], engine: str, other: str) -> dict[str, float]:
    """Time of `engine` over time of `other`, for the programs that both ran correctly."""
    ratios = {}
    for name, cells in programs.items():
        one, two = cells.get(engine, {}).get("seconds"), cells.get(other, {}).get("seconds")
        if one and two:
            ratios[name] = one / two
    return ratios


def summarise(programs: dict[str, Cells], engines: list[str], reference: str = REFERENCE) -> list[dict[str, Any]]:
    """npython against every other engine, every other against the reference: mean ratio, worst program, count."""
    pairs = [("npython", other) for other in engines if other != "npython"]
    pairs += [(other, reference) for other in engines if other not in ("npython", reference)]
    rows = []
    for engine, other in pairs:
        ratios = program_ratios(programs, engine, other)
        mean = geometric_mean(ratios.values())
        if mean is not None:
            worst = max(ratios, key=lambda name: ratios[name])
            rows.append(
                {
                    "engine": engine,
                    "against": other,
                    "mean": mean,
                    "worst": worst,
                    "worst_ratio": ratios[worst],
                    "above_one": sum(ratio > 1 for ratio in ratios.values()),
                    "programs": len(ratios),
                }
            )
    return rows


def program_cell(cell: dict[str, Any] | None, reference_seconds: float | None) -> str:
    """Milliseconds and the ratio to the reference, or why there is no time."""
    if cell is None:
        return MISSING
    if cell.get("wrong"):
        return "WRONG"
    seconds = cell.get("seconds")
    if seconds is None:
        return MISSING
    ratio = f" {seconds / reference_seconds:5.2f}x" if reference_seconds else ""
    return f"{significant(seconds * 1e3)}{ratio}"


def layout(rows: list[list[str]]) -> list[str]:
    """Columns padded to their widest cell, the first to the left and the others to the right."""
    widths = [max(len(row[index]) for row in rows) for index in range(len(rows[0]))]
    return [
        "  ".join(
            [row[0].ljust(widths[0]), *[cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]]
        ).rstrip()
        for row in rows
    ]


def render(results: dict[str, Any], *, reasons: bool = False) -> str:
    """The whole table; with `reasons`, also why an engine could not run a program."""
    engines: list[str] = list(results["engines"])
    head = [f"{name} {results['engines'][name]}" if name in ("npython", "Monty") else name for name in engines]
    reference = results["reference"]
    rows = [["program, ms and ratio to " + reference, *head]]
    for name, cells in results["programs"].items():
        base = cells.get(reference, {}).get("seconds")
        rows.append([name, *[program_cell(cells.get(engine), base) for engine in engines]])
    for figure in FIGURES:
        cells = results["latency"].get(figure.key)
        if cells is not None:
            values = [cells.get(engine, {}).get("value") for engine in engines]
            rows.append(
                [
                    f"{figure.title} ({figure.unit})",
                    *[MISSING if value is None else significant(value) for value in values],
                ]
            )
    lines = layout(rows)
    lines.insert(1, "-" * len(lines[0]))
    if results["latency"]:
        lines.insert(2 + len(results["programs"]), "-" * len(lines[0]))
    lines.append("")
    for row in results["ratios"]:
        lines.append(
            f"{row['engine']} / {row['against']}: geometric mean {row['mean']:.2f}x over {row['programs']} programs, "
            f"slower in {row['above_one']}, worst {row['worst']} {row['worst_ratio']:.2f}x"
        )
    for name, cells in results["programs"].items():
        for engine, cell in cells.items():
            if cell.get("wrong") or (reasons and cell.get("error")):
                lines.append(f"{engine} {name}: {' '.join(cell['error'].split())[:120]}")
    for engine, reason in results["missing"].items():
        lines.append(f"not installed: {engine} ({reason})")
    return "\n".join(lines)
