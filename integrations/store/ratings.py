"""Ratings: when a customer is asked, that they were, and what they answered."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Row, insert, select, update

from agents.deps import Event
from agents.state import Turn
from integrations.store.episodes import CLARIFY, PLAYGROUND
from integrations.store.missing import Missing
from integrations.store.opt_outs import may_write_first
from integrations.store.reading import reading
from integrations.store.review_schema import episodes, ratings
from integrations.store.schema import conversations, drafts, lines, turns
from integrations.store.timers import cancel, set_timer
from integrations.store.traffic_schema import addresses
from knowledge.brands.satisfaction import LATEST, RATING, Satisfaction

OURS = "quiethand"
ABOUT_THEMSELVES = "standing"  # the route of messages that want no help
UNASKED = ("notice", "reminder", RATING)


def rate_later(db: Connection, event: Event, turn: Turn, now: datetime, wish: Satisfaction) -> None:
    """Set the time of the question anew after each answer; who waits for us is not asked."""
    place = turn["conversation"]
    if not wish.ask or turn["kind"] in UNASKED or place.startswith(PLAYGROUND):
        return
    if _answered(event, turn):
        due = now + timedelta(minutes=wish.after_minutes)
        why = f"nobody wrote for {wish.after_minutes:g} minutes after an answer"
        set_timer(db, place, RATING, due, now, OURS, why)
    else:
        cancel(db, place, (RATING,), "it goes on")


def _answered(event: Event, turn: Turn) -> bool:
    """Say whether nobody waits for us after this turn."""
    if event.conversation["owner"] == "person" or event.replaces:
        return False
    if turn["kind"] == "hand_back":
        return True
    if event.message and event.message["audience"] != "customer":
        return False
    return turn["outcome"] == "reply" and turn["route"] not in (CLARIFY, ABOUT_THEMSELVES)


def check_rating(engine: Engine, conversation: str, now: datetime, wish: Satisfaction) -> None:
    """Raise ``Missing`` with the reason why a customer is not asked."""
    with reading(engine) as db:
        if why := _against(db, conversation, now, wish):
            raise Missing(f"not asked: {why}")


def _against(db: Connection, conversation: str, now: datetime, wish: Satisfaction) -> str:
    """Return what speaks against the question, if anything does."""
    talk = db.execute(select(conversations).where(conversations.c.id == conversation)).first()
    if talk is None or talk.audience != "customer" or talk.channel == "public":
        return "no customer alone with us"
    about = _latest(db, conversation)
    return (
        ("" if wish.ask else "the brand does not ask")
        or _no_way(db, talk, now, wish)
        or ("a person has the conversation" if talk.owner == "person" else "")
        or ("" if about and _helped(db, about) else "nobody answered anything")
        or ("asked before" if about and _asked(db, about) else "")
        or ("a draft waits" if _waits(db, conversation) else "")
        or ("" if may_write_first(db, talk.contact) else "they want to hear nothing unasked")
    )


def _no_way(db: Connection, talk: Row[Any], now: datetime, wish: Satisfaction) -> str:
    mine = addresses.c.conversation == talk.id
    home = db.execute(select(addresses.c.channel, addresses.c.last_heard).where(mine)).first()
    if home is None:
        return "it lives on no channel"
    if wish.channels and home.channel not in wish.channels:
        return f"not on {home.channel}"
    if now - datetime.fromisoformat(home.last_heard) > timedelta(minutes=LATEST):
        return "they wrote too long ago"
    return ""


def _latest(db: Connection, conversation: str) -> Row[Any] | None:
    """Return the last episode in which the customer wrote."""
    mine = (episodes.c.conversation == conversation) & (episodes.c.messages > 0)
    query = select(episodes).where(mine).order_by(episodes.c.episode.desc()).limit(1)
    return db.execute(query).first()


def _helped(db: Connection, about: Row[Any]) -> bool:
    """Say whether the agent or a person answered."""
    if about.answered:
        return True
    same = (lines.c.conversation == about.conversation) & (lines.c.episode == about.episode)
    person = select(lines.c.id).where(same, lines.c.who == "person").limit(1)
    mine = (turns.c.conversation == about.conversation) & (turns.c.at >= about.began_at)
    let_go = (turns.c.kind == "decision") & (turns.c.outcome == "reply")
    approved = select(turns.c.id).where(mine, let_go).limit(1)
    return bool(db.execute(person).first() or db.execute(approved).first())


def _asked(db: Connection, about: Row[Any]) -> bool:
    return (
        db.execute(select(ratings.c.id).where(_of(about.conversation, about.episode))).first()
        is not None
    )


def _waits(db: Connection, conversation: str) -> bool:
    mine = (drafts.c.conversation == conversation) & (drafts.c.status == "open")
    return db.execute(select(drafts.c.id).where(mine).limit(1)).first() is not None


def _of(conversation: str, episode: int) -> Any:
    return (ratings.c.conversation == conversation) & (ratings.c.episode == episode)


def asked_about(db: Connection, conversation: str) -> int:
    """Return the episode whose rating was the last thing said in a conversation, or 0."""
    mine = lines.c.conversation == conversation
    last = db.scalar(select(lines.c.route).where(mine).order_by(lines.c.id.desc()).limit(1))
    if last != RATING:
        return 0
    unrated = (ratings.c.conversation == conversation) & (ratings.c.score == 0)
    query = select(ratings.c.episode).where(unrated).order_by(ratings.c.id.desc()).limit(1)
    return int(db.scalar(query) or 0)


def keep_rating(db: Connection, event: Event, turn: Turn, now: str) -> None:
    """Write down that a turn asked for a rating, or brought one."""
    place, standing = turn["conversation"], event.standing
    if turn["kind"] == RATING:
        about = _latest(db, place)
        row = {"conversation": place, "episode": about.episode if about else turn["episode"]}
        db.execute(insert(ratings).values(**row, score=0, asked_at=now, rated_at=""))
    elif standing and standing["says"] == "rated":
        mine = _of(place, standing.get("episode", 0)) & (ratings.c.score == 0)
        score = {"score": standing.get("score", 0), "rated_at": now}
        db.execute(update(ratings).where(mine).values(**score))
        rated = (episodes.c.conversation == place) & (episodes.c.episode == standing.get("episode"))
        db.execute(update(episodes).where(rated).values(score=standing.get("score", 0)))
