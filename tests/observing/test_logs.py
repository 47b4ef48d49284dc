"""What is logged: actions and ids, in one form, and nothing that quotes anybody."""

import io
import json
import logging
import os
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from integrations.logs import set_up
from integrations.settings import Settings, SettingsError, read

SECRET = "kim.doe@example.org"


def lines(program: str, **settings: str) -> tuple[list[dict[str, Any]], str]:
    """Run a program that logs in a process of its own; return its lines and all that it wrote."""
    begin = """
        import logging, threading
        from integrations.logs import set_up
        from integrations.settings import read
        set_up(read())
        log = logging.getLogger("integrations.service.worker")
    """
    source = textwrap.dedent(begin) + textwrap.dedent(program)
    done = subprocess.run(
        [sys.executable, "-c", source],
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stdout == ""
    return [json.loads(line) for line in done.stderr.splitlines() if line[:1] == "{"], done.stderr


def test_a_line_is_an_action_with_ids() -> None:
    (line,), _ = lines("log.info('%s', 'qh-t1', extra={'action': 'sent', 'draft': 7})")
    assert line.pop("at").endswith("+00:00")
    assert line == {
        "level": "info", "logger": "integrations.service.worker", "event": "qh-t1",
        "action": "sent", "draft": 7,
    }  # fmt: skip


def test_a_line_that_begins_with_its_action_has_it_as_a_field() -> None:
    (line,), _ = lines("log.warning('telegram.poll_failed account=%s', 'bot')")
    assert (line["action"], line["event"]) == (
        "telegram.poll_failed",
        "telegram.poll_failed account=bot",
    )


def test_an_exception_is_its_type_and_place_and_no_value() -> None:
    (line,), written = lines(
        f"""
        def handle(text):
            try:
                raise KeyError(text)
            except KeyError as error:
                raise ValueError(f"cannot read {{text}}") from error
        try:
            handle({SECRET!r})
        except ValueError:
            log.exception("%s", "c1", extra={{"action": "arrival_failed"}})
        """
    )
    assert line["error"] == "ValueError from KeyError"
    assert line["place"].endswith(" handle")
    assert line["trace"][-1] == line["place"]
    assert SECRET not in written


@pytest.mark.parametrize(
    "program",
    [
        f"logging.getLogger('presidio-analyzer').warning('Entity %s', {SECRET!r})",
        f"logging.getLogger('chromadb').error({SECRET!r}, extra={{'row': {SECRET!r}}})",
        f"logging.getLogger('httpx').info('HTTP Request: GET https://a/bot{SECRET}')",
        f"import warnings; warnings.warn({SECRET!r})",
        f"log.info('one %s', 'two', {SECRET!r})",
        f"log.info('c1', extra={{'action': 'kept', 'message_row': [{SECRET!r}]}})",
        f"raise RuntimeError({SECRET!r})",
        f"def go(): raise RuntimeError({SECRET!r})\n"
        "one = threading.Thread(target=go); one.start(); one.join()",
        "import asyncio\nasync def go():\n"
        f"    asyncio.get_running_loop().create_task(fail())\n    await asyncio.sleep(0)\n"
        f"async def fail(): raise RuntimeError({SECRET!r})\nasyncio.run(go())",
    ],
)
def test_nobody_is_quoted(program: str) -> None:
    found, written = lines(program)
    assert SECRET not in written
    assert all(line["logger"] for line in found)


def test_what_a_library_complains_of_is_named_by_its_place() -> None:
    (line,), _ = lines("logging.getLogger('chromadb').error('bad row %s', 1)")
    assert (line["logger"], line["level"], line["event"]) == ("chromadb", "error", "<string>:7")


def test_what_the_web_server_says_is_kept() -> None:
    (line,), _ = lines("logging.getLogger('uvicorn.error').error('address already in use')")
    assert line["event"] == "address already in use"


def test_a_setting_makes_lines_for_people() -> None:
    found, written = lines(
        "log.info('%s', 'qh-\\x1b[2Jt1', extra={'action': 'sent'})", QUIETHAND_LOG="console"
    )
    assert found == []
    assert "action=sent" in written
    assert "\x1b[2J" not in written


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("chosen", "is_json"), [("auto", False), ("json", True)])
def test_a_terminal_gets_lines_for_people_unless_told_otherwise(
    chosen: str, is_json: bool, own_logging: None
) -> None:
    stream = Terminal()
    set_up(Settings(log=chosen), stream)  # type: ignore[arg-type]
    logging.getLogger("integrations").info("c1", extra={"action": "sent"})
    assert stream.getvalue().startswith("{") == is_json


def test_another_form_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUIETHAND_LOG", "loud")
    with pytest.raises(SettingsError, match="QUIETHAND_LOG"):
        read()


def test_help_loads_nothing_of_it() -> None:
    source = (
        "import sys\nfrom integrations.cli.main import app\n"
        "print([n for n in ('structlog', 'opentelemetry', 'sqlalchemy') if n in sys.modules])"
    )
    command = [sys.executable, "-c", source]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=Path.cwd())
    assert done.stdout.strip() == "[]"
