"""Audit records as spans."""

from __future__ import annotations

import npython
from npython.telemetry import SpanSink


class Tracer:
    """Remembers spans as OpenTelemetry's tracer would make them."""

    def __init__(self):
        self.spans = []

    def start_span(self, name, *, start_time, attributes):
        span = Span(name, start_time, attributes)
        self.spans.append(span)
        return span


class Span:
    def __init__(self, name, start_time, attributes):
        self.name, self.start_time, self.attributes = name, start_time, attributes

    def end(self, *, end_time):
        self.end_time = end_time


def test_each_record_is_a_span():
    tracer = Tracer()
    sandbox = npython.Sandbox(functions={"add": lambda a, b: a + b}, audit=SpanSink(tracer))
    sandbox.run("x = 1\nadd(x, 2)")
    (span,) = tracer.spans
    assert span.name == "npython call add"
    assert span.attributes["npython.line"] == 2
    assert span.attributes["npython.result"] == "ok"
    assert set(map(type, span.attributes.values())) <= {str, int, float, bool}
    assert span.end_time >= span.start_time > 10**18
