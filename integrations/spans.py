"""Spans for OpenTelemetry: ids and actions only. Imported when traces are wanted, not before."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import blake2b
from importlib.metadata import version

from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.trace import (
    NonRecordingSpan,
    Span,
    SpanContext,
    StatusCode,
    TraceFlags,
    set_span_in_context,
)

from agents.state import Turn

PATIENCE = 5  # seconds with a collector that is away
MS = 1_000_000  # nanoseconds
Ids = tuple[int, int]  # of a trace and of the span that it begins with


def ids_of(turn: str) -> Ids:
    """Derive a turn's trace from its id, so that its send finds it from another process."""
    digest = blake2b(turn.encode(), digest_size=24, person=b"trace").digest()
    return int.from_bytes(digest[:16]), int.from_bytes(digest[16:])


class _TurnIds(RandomIdGenerator):
    """Gives the ids that a turn's span shall have, and chance ones to all others."""

    wanted: ContextVar[Ids | None] = ContextVar("wanted", default=None)

    def generate_trace_id(self) -> int:
        wanted = self.wanted.get()
        return wanted[0] if wanted else super().generate_trace_id()

    def generate_span_id(self) -> int:
        wanted = self.wanted.get()
        return wanted[1] if wanted else super().generate_span_id()


class Spans:
    """Hands spans to a collector, in batches and beside the work."""

    def __init__(self, url: str) -> None:
        about = {"service.name": "quiethand", "service.version": version("quiethand")}
        self._provider = TracerProvider(
            resource=Resource.create(about), id_generator=_TurnIds(), shutdown_on_exit=False
        )
        exporter = OTLPSpanExporter(endpoint=endpoint(url), timeout=PATIENCE)
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("quiethand")

    def turn(self, turn: Turn, ended: int) -> None:
        """Tell of a turn that ended at this nanosecond, and of each of its steps."""
        names = ("id", "conversation", "kind", "outcome", "route", "team")
        about = {f"quiethand.{key}": str(dict(turn)[key]) for key in names}
        at = ended - round(turn["timings"]["total"] * MS)
        chosen = _TurnIds.wanted.set(ids_of(turn["id"]))
        try:
            whole = self._tracer.start_span("turn", Context(), start_time=at, attributes=about)
        finally:
            _TurnIds.wanted.reset(chosen)
        inside = set_span_in_context(whole, Context())
        for step in turn["steps"]:
            part = self._tracer.start_span(step["name"], inside, start_time=at)
            at += round(step["ms"] * MS)
            part.end(at)
        whole.end(ended)

    @contextmanager
    def during(
        self, name: str, about: Mapping[str, str], turn: str = ""
    ) -> Iterator[dict[str, str]]:
        """Tell how long the block took; what is put into the dictionary is told too."""
        span = self._tracer.start_span(name, _within(turn), attributes=dict(about))
        more: dict[str, str] = {}
        try:
            yield more
        except BaseException as error:
            _failed(span, type(error).__name__)
            raise
        finally:
            span.set_attributes(more)
            span.end()

    def close(self) -> None:
        """Hand over what is left."""
        self._provider.shutdown()


def endpoint(url: str) -> str:
    """Return where spans go; a base address alone gets the usual path."""
    base = url.rstrip("/")
    return base if base.endswith("/v1/traces") else f"{base}/v1/traces"


def _within(turn: str) -> Context:
    if not turn:
        return Context()
    trace, span = ids_of(turn)
    known = SpanContext(trace, span, is_remote=True, trace_flags=TraceFlags(TraceFlags.SAMPLED))
    return set_span_in_context(NonRecordingSpan(known), Context())


def _failed(span: Span, why: str) -> None:
    """Name what went wrong by its type; its words may quote a customer."""
    span.set_attribute("error.type", why)
    span.set_status(StatusCode.ERROR)
