"""Find out what the message means."""

import asyncio
from dataclasses import asdict
from typing import cast

from langgraph.runtime import Runtime

from agents.deps import Deps
from agents.state import Intent, State
from agents.understanding.readable import kind, readable, unquoted
from agents.understanding.reference import refer


async def understanding(state: State, runtime: Runtime[Deps]) -> State:
    """Write what the message refers to, what it wants, and what else it carries."""
    language, limit = runtime.context.language, runtime.context.brand.settings.thresholds.intent
    message = state["message"]
    text = readable(message["text"])
    meant = refer(text, message, state["conversation"], language.phrases)
    wish = unquoted(meant.text) if message["audience"] == "team" else meant.text
    found, mood = await asyncio.to_thread(language.read, text, wish, message["audience"])
    intents = list(meant.intents) or [cast(Intent, asdict(one)) for one in found]
    shape = kind(text)
    if shape in ("empty", "long"):
        intents = []
    return {
        "considered": meant.text,
        "follows": meant.follows,
        "confirmed": meant.confirmed,
        "intents": intents,
        "sure": bool(intents) and intents[0]["confidence"] >= limit,
        "signals": {"readable": shape, **mood},
    }
