"""What comes of each conversation of a customer, counted as its turns are written."""

from sqlalchemy import Connection, bindparam, case, update
from sqlalchemy.dialects import postgresql, sqlite

from agents.deps import Event
from agents.state import Turn
from integrations.store.quick import Quick
from integrations.store.review_schema import episodes

PLAYGROUND = "playground-"  # how conversations are named that people try out in the console
IDLE = frozenset(
    {"greeting", "closing", "praise", "boundary", "scope", "cancelled", "standing", "nobody", ""}
)  # routes of replies to messages that want nothing we could do
CLARIFY = "clarify"
PEOPLE = frozenset({"decision", "person", "take_over"})  # kinds of turns
UNASKED = frozenset({"notice", "reminder", "rating"})  # what we say of ourselves moves nothing
COUNTED = ("messages", "asked", "answered", "unknown", "people")


def count_episode(db: Connection, event: Event, turn: Turn, now: str) -> None:
    """Count a turn for its episode; nothing that the team writes or tries out is counted."""
    if turn["conversation"].startswith(PLAYGROUND) or _uncounted(event, turn):
        return
    mine = {"conversation": turn["conversation"], "episode": turn["episode"], "now": now}
    more = _more(event, turn)
    ended = now if turn["kind"] == "hand_back" else ""
    message = event.message
    if message is None:
        _MORE(db, **mine, **more, ended=ended)
    elif message["audience"] == "customer":
        _FIRST[db.dialect.name](db, **mine, **more, ended=ended, channel=message["channel"])


def _uncounted(event: Event, turn: Turn) -> bool:
    """Say whether a turn is our own question, or a rating that answers it."""
    said = event.standing
    return turn["kind"] in UNASKED or bool(said and said["whole"] and said["says"] == "rated")


def _more(event: Event, turn: Turn) -> dict[str, int]:
    heard, outcome = turn["kind"] == "message", turn["outcome"]
    wish = heard and outcome == "reply" and turn["route"] not in IDLE
    gap = bool(event.outcome.get("gaps"))
    helped = wish and turn["route"] != CLARIFY
    handed = outcome in ("handoff", "approval")
    return {
        "messages": int(heard),
        "asked": int(wish or (heard and handed)),
        "answered": int(helped and not gap),
        "unknown": int(helped and gap),
        "people": int(handed or turn["kind"] in PEOPLE),
    }


_ENDED = case((bindparam("ended") != "", bindparam("ended")), else_=episodes.c.ended_at)
_ADDED = {name: episodes.c[name] + bindparam(name) for name in COUNTED}
_MINE = (episodes.c.conversation == bindparam("conversation")) & (
    episodes.c.episode == bindparam("episode")
)
_MORE = Quick(
    update(episodes).where(_MINE).values(**_ADDED, last_at=bindparam("now"), ended_at=_ENDED)
)


def _first(insert: type[sqlite.Insert] | type[postgresql.Insert]) -> Quick:
    names = ("conversation", "episode", "channel", *COUNTED)
    row = insert(episodes).values(
        **{name: bindparam(name) for name in names},
        began_at=bindparam("now"),
        last_at=bindparam("now"),
        ended_at=bindparam("ended"),
    )
    again = {name: episodes.c[name] + row.excluded[name] for name in COUNTED}
    again |= {"last_at": row.excluded.last_at}
    return Quick(row.on_conflict_do_update(index_elements=["conversation", "episode"], set_=again))


_FIRST = {"sqlite": _first(sqlite.Insert), "postgresql": _first(postgresql.Insert)}
