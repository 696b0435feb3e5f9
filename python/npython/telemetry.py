"""Audit records as OpenTelemetry spans.

```
sandbox = npython.Sandbox(..., audit=SpanSink())
```

Needs the package `opentelemetry-api`, and whatever exports its spans.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from npython.audit import AuditRecord

__all__ = ["SpanSink"]

_SECOND = 1_000_000_000


def _tracer_of_the_process() -> Any:
    from importlib import import_module

    try:
        return import_module("opentelemetry.trace").get_tracer("npython")
    except ImportError as error:
        raise ImportError("SpanSink needs the package opentelemetry-api: pip install opentelemetry-api") from error


class SpanSink:
    """An audit sink: one span for each record, as long as the call took, with the fields as attributes `npython.*`.

    Args:
        tracer: An OpenTelemetry tracer; that of the process by default.

    Raises:
        ImportError: There is no tracer, and the package is not installed.
    """

    def __init__(self, tracer: Any = None) -> None:
        if tracer is None:
            tracer = _tracer_of_the_process()
        elif not hasattr(tracer, "start_span"):
            raise TypeError(f"tracer must be an OpenTelemetry tracer, not {type(tracer).__name__}")
        self._tracer = tracer

    def __call__(self, record: AuditRecord) -> None:
        """Make a span of one record."""
        started = int(record.time * _SECOND)
        fields = {name: value for name, value in record.to_dict().items() if name not in {"time", "duration"}}
        span = self._tracer.start_span(
            f"npython {record.event} {record.function or record.scope}",
            start_time=started,
            attributes={f"npython.{name}": value for name, value in fields.items() if value != ""},
        )
        span.end(end_time=started + int(record.duration * _SECOND))
