"""A privacy request carried out with the real vault."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from integrations.erasing import VaultErasing
from integrations.requests import PrivacyDesk
from integrations.store.requests import SqlRequests
from tests.desk import Desk
from tests.privacy.safe import Safe, person

KIM = person(1)
pytestmark = pytest.mark.anyio


@pytest.fixture
def safe(tmp_path: Path) -> Iterator[Safe]:
    one = Safe(tmp_path / "safe")
    yield one
    one.engine.dispose()


@pytest.fixture
def people(safe: Safe, desk: Desk) -> PrivacyDesk:
    requests = SqlRequests(safe.engine, desk.now)
    erasing = VaultErasing(safe.vault, safe.folder)
    return PrivacyDesk(requests, erasing, desk.agent, safe.folder / "requests")


async def _asked(safe: Safe, desk: Desk, kind: str) -> int:
    await safe.say("I am <PERSON_1> at <EMAIL_1>", KIM, conversation="c1", contact="kim-7")
    return await SqlRequests(safe.engine, desk.now).ask(kind, "c1", f"turn-{kind}")


async def test_nothing_but_the_request_stays(safe: Safe, desk: Desk, people: PrivacyDesk) -> None:
    done = await people.approve(await _asked(safe, desk, "erase"), "ana")
    assert (done.report["conversations"], done.report["found"]) == (1, 0)
    [row] = safe.rows()["privacy_requests"]
    assert (row[1], row[2], row[4], row[7]) == ("erase", "", "done", "ana")
    assert not any(trace in safe.bytes() for trace in (b"kim-7", b"turn-erase"))


async def test_the_copy_has_the_originals(safe: Safe, desk: Desk, people: PrivacyDesk) -> None:
    done = await people.approve(await _asked(safe, desk, "export"), "ana")
    assert done.file
    copy = json.loads(done.file.read_text(encoding="utf-8"))
    assert copy["contact"] == "kim-7"
    assert KIM["<EMAIL_1>"] in repr(copy)
