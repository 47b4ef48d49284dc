"""Log lines of ids and actions: JSON, or readable on a terminal; nothing that quotes anybody."""

import logging
import re
import sys
import threading
from collections.abc import Iterator, MutableMapping
from datetime import UTC, datetime
from pathlib import PurePath
from types import TracebackType
from typing import Any, TextIO

from integrations.cli.terminal import plain
from integrations.settings import Settings

OURS = frozenset({"agents", "tools", "prompts", "knowledge", "integrations", "evals"})
TRUSTED = frozenset({"uvicorn", "alembic"})  # what their lines say, they say about themselves
TALKATIVE = ("httpx", "httpcore", "openai", "urllib3")  # they log addresses, some with tokens
LONGEST = 500  # characters of one value
FRAMES = 12  # of a traceback, the last ones
_ACTION = re.compile(r"[a-z_]+\.[a-z_]+")
_USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}

Line = MutableMapping[str, Any]  # as structlog hands it on
log = logging.getLogger(__name__)


def set_up(settings: Settings, stream: TextIO | None = None) -> None:
    """Send every log line of this process to standard error, in the form that is set."""
    stream = stream or sys.stderr
    watched = stream.isatty()
    as_json = settings.log == "json" or (settings.log == "auto" and not watched)
    handler = _Handler(stream)
    handler.addFilter(_worth_saying)
    handler.setFormatter(_formatter(as_json, watched))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(True)
    sys.excepthook = _last_words
    threading.excepthook = _last_words_of_thread


class _Handler(logging.StreamHandler[TextIO]):
    def handleError(self, record: logging.LogRecord) -> None:
        """Say where a line could not be written; its words might quote somebody."""
        place = f"{PurePath(record.pathname).name}:{record.lineno}"
        sys.stderr.write(f"a log line of {place} could not be written\n")


def _formatter(as_json: bool, colours: bool) -> logging.Formatter:
    import structlog  # not at the top: --help needs none of it

    if as_json:
        last: Any = structlog.processors.JSONRenderer(default=_named)
    else:
        last = structlog.dev.ConsoleRenderer(colors=colours, timestamp_key="at")
    return structlog.stdlib.ProcessorFormatter(
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
        foreign_pre_chain=[_line],
    )


def _worth_saying(record: logging.LogRecord) -> bool:
    """Say whether a line is ours, or a library's warning."""
    return _belongs(record, OURS) or record.levelno >= logging.WARNING


def _belongs(record: logging.LogRecord, to: frozenset[str]) -> bool:
    return record.name.partition(".")[0] in to


def _line(_: Any, __: str, given: Line) -> Line:
    """Make the line: who says what about which ids, and of an exception its type and place."""
    record: logging.LogRecord = given["_record"]
    line: dict[str, Any] = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "event": _said(record, str(given["event"])),
    }
    if _belongs(record, OURS):
        line |= {key: _short(value) for key, value in vars(record).items() if key not in _USUAL}
        if "action" not in line and (found := _ACTION.match(str(record.msg))):
            line["action"] = found.group()
    if (broken := given.get("exc_info")) and broken[1]:
        line |= _failure(broken[1])
    kept = {key: given[key] for key in ("_record", "_from_structlog")}
    return {**line, **kept}


def _said(record: logging.LogRecord, words: str) -> str:
    """Return the words of those we trust; a library's may quote what it works on."""
    if _belongs(record, OURS) or _belongs(record, TRUSTED):
        return plain(words)[:LONGEST]
    return f"{PurePath(record.pathname).name}:{record.lineno}"


def _short(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    return plain(value)[:LONGEST] if isinstance(value, str) else _named(value)


def _named(value: object) -> str:
    return type(value).__name__


def _failure(error: BaseException) -> dict[str, object]:
    """Return what broke and where; never its message or its values."""
    places = list(_places(error.__traceback__))[-FRAMES:]
    why = [_named(one) for one in _causes(error)]
    found: dict[str, object] = {"error": " from ".join(why), "trace": places}
    return {**found, "place": places[-1]} if places else found


def _places(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        code = trace.tb_frame.f_code
        yield f"{PurePath(code.co_filename).name}:{trace.tb_lineno} {code.co_name}"
        trace = trace.tb_next


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _last_words(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if not issubclass(kind, Exception):
        sys.__excepthook__(kind, error, trace)
        return
    log.critical("stopped", exc_info=(kind, error, trace), extra={"action": "stopped"})


def _last_words_of_thread(given: threading.ExceptHookArgs) -> None:
    if isinstance(given.exc_value, Exception):
        broken = (given.exc_type, given.exc_value, given.exc_traceback)
        log.critical("a thread", exc_info=broken, extra={"action": "thread_stopped"})
