"""Audit records as spans."""

from __future__ import annotations

import sys

import pytest

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


def test_what_is_no_tracer_is_refused():
    with pytest.raises(TypeError, match="tracer must be an OpenTelemetry tracer, not int"):
        SpanSink(5)


def test_without_the_package_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "opentelemetry.trace", None)
    with pytest.raises(ImportError, match="SpanSink needs the package opentelemetry-api: pip install"):
        SpanSink()
