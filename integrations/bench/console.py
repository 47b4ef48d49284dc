"""Time every page of a busy brand's console, and how soon others see a decision."""

import asyncio
import re
import time
from typing import Any

import numpy as np
from pydantic import SecretStr

from integrations.bench.browser import Browser, Watching
from integrations.bench.desk_rows import Seeded, fill
from integrations.bench.running import Running, copied
from integrations.opening import open_store
from integrations.settings import Settings
from integrations.store.people import People
from integrations.store.sessions import Sessions
from knowledge.language.classifier import Progress

EACH = 40  # times that a page is asked for
DECISIONS = 100
PAUSE = 0.1  # seconds between decisions
ASKED = "/desk/documents?q=price"
LISTS = ("/desk", "/desk/gaps", "/desk/documents")
SIGN_IN = "/desk/sign-in?link=none"


def measured(
    settings: Settings, drafts: int, messages: int, progress: Progress, each: int = EACH
) -> dict[str, Any]:
    """Return p50, p95 and CPU in ms, of each page, and p95 of a decision until it is told."""
    with copied(settings) as data:
        here = settings.model_copy(update={"data": data, "database_url": SecretStr("")})
        progress(f"writing {drafts} drafts and {messages} messages")
        seeded, secrets = _seed(here, drafts, messages)
        service = Running(data, ["serve", "--brand", settings.brand], QUIETHAND_DATABASE_URL="")
        try:
            asyncio.run(service.ready())
            return _measured(service, seeded, secrets, each, progress)
        finally:
            service.stop()


def _seed(settings: Settings, drafts: int, messages: int) -> tuple[Seeded, list[str]]:
    """Fill a database; return what is in it, and the sessions of two people who are signed in."""
    store = open_store(settings)
    engine, clock = store.engine, store.vault.clock
    seeded = fill(engine, clock(), drafts, messages)
    people, sessions = People(engine, clock), Sessions(engine, clock)
    users = [people.add(name, "admin", by="bench") for name in ("ada", "kim")]
    secrets = [sessions.begin(user.id, "bench") for user in users]
    store.close()
    return seeded, secrets


def _measured(
    service: Running, seeded: Seeded, secrets: list[str], each: int, progress: Progress
) -> dict[str, Any]:
    ada, kim = (Browser(service.port, secret) for secret in secrets)
    progress("opening each page once: the first one that needs the agent waits for it")
    ada.get(ASKED)
    lists = [ada.get(path) for path in LISTS]
    pages = found_pages("".join(lists), seeded)
    for path in pages.values():
        ada.get(path)
    progress(f"each of {len(pages)} pages {each} times")
    found = {name: _page(service, ada, path, each) for name, path in pages.items()}
    progress(f"{DECISIONS} decisions")
    waits = _decisions(ada, kim, seeded)
    return {
        "pages": found,
        "slowest_page_p95_ms": max(one["p95"] for one in found.values()),
        "decision_p50_ms": round(float(np.percentile(waits, 50)), 1),
        "decision_p95_ms": round(float(np.percentile(waits, 95)), 1),
    }


def _page(service: Running, browser: Browser, path: str, each: int) -> dict[str, float]:
    """Ask for a page so often; its CPU is that of the whole service meanwhile."""
    before, waits = sum(service.cpu()), []
    for _ in range(each):
        began = time.perf_counter()
        browser.get(path)
        waits.append(1000 * (time.perf_counter() - began))
    return {
        "p50": round(float(np.percentile(waits, 50)), 1),
        "p95": round(float(np.percentile(waits, 95)), 1),
        "cpu": round(1000 * (sum(service.cpu()) - before) / each, 1),
    }


def _decisions(ada: Browser, kim: Browser, seeded: Seeded) -> np.ndarray[Any, np.dtype[Any]]:
    """Approve in one browser, watch in another; return ms from the click to the news."""
    clicked: dict[int, float] = {}
    with Watching(kim) as watching:
        for number in seeded.open[:DECISIONS]:
            clicked[number] = time.perf_counter()
            ada.post(f"/desk/drafts/{number}", do="approve", revision="1", next="/desk")
            time.sleep(PAUSE)
        told = watching.all_of(set(clicked))
    return 1000 * np.array([told[number] - clicked[number] for number in clicked])


def found_pages(lists: str, seeded: Seeded) -> dict[str, str]:
    """Return the address of each kind of page, by a name; some are links of lists."""
    number = seeded.open[len(seeded.open) // 2]
    return {
        "queue": "/desk",
        "queue, next page": first(r'href="(/desk\?[^"]*after=[^"]*)"', lists),
        "queue, late": "/desk?overdue=1",
        "queue, one channel": "/desk?channel=web",
        "queue, handoffs": "/desk?kind=handoff",
        "queue, mine": "/desk?assignee=kim",
        "draft, open": f"/desk/drafts/{number}",
        "draft, decided": f"/desk/drafts/{seeded.decided}",
        "conversation": f"/desk/conversations/{seeded.short}",
        "conversation, long": f"/desk/conversations/{seeded.long}",
        "conversation, earlier": f"/desk/conversations/{seeded.long}?before=900",
        "reveal": f"/desk/reveal/{seeded.short}?placeholder=PERSON_1",
        "content": "/desk/content",
        "content, approved": "/desk/content?status=approved",
        "gaps": "/desk/gaps",
        "gap": first(r'href="(/desk/gaps/\d+)"', lists),
        "documents": "/desk/documents",
        "documents, asked": ASKED,
        "document": first(r'href="(/desk/documents/[^"?#]+)', lists),
        "voice": "/desk/voice",
        "playground": "/desk/playground",
        "numbers": "/desk/numbers",
        "numbers, 90 days": "/desk/numbers?days=90",
        "activity": "/desk/activity",
        "activity, one kind": "/desk/activity?channel=web&outcome=handoff",
        "decisions": "/desk/activity/decisions",
        "decisions, by one": "/desk/activity/decisions?by=kim&action=edit",
        "audit": "/desk/audit",
        "audit, by one": "/desk/audit?who=kim",
        "settings": "/desk/settings",
        "people": "/desk/people",
        "account": "/desk/account",
        "sign in": SIGN_IN,
    }


def first(pattern: str, page: str) -> str:
    """Return the first address in a page that fits."""
    found = re.search(pattern, page)
    if found is None:
        raise LookupError(f"no link like {pattern} is on the page")
    return found[1].replace("&amp;", "&")
