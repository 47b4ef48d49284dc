"""Plan posts over days: a calendar, or a campaign with its phases."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle, islice

from tools.contract import Post
from tools.drafting.brief import Brief, Pattern
from tools.drafting.calendar import days
from tools.drafting.dating import monday
from tools.drafting.gathering import Fact, Material
from tools.drafting.networks import NETWORKS
from tools.drafting.patterns import Desk
from tools.drafting.posts import chosen, drafted
from tools.drafting.work import Made, Work

MOST = 30  # posts in one plan


@dataclass(frozen=True)
class Phase:
    """A part of a campaign: what it does, and the pattern that does it."""

    name: str
    says: str
    pattern: Pattern


PHASES = (
    Phase("Announce", "says what it is, in one fact", "plain"),
    Phase("Explain", "shows what there is to know", "list"),
    Phase("Show", "goes through it step by step", "how_to"),
    Phase("Answer", "takes up a question that people ask", "question"),
    Phase(
        "Be plain about limits", "says what it does not do, before anybody is surprised", "limits"
    ),
)


async def calendar(brief: Brief, material: Material, work: Work) -> Made:
    """Return a plan: a post a slot, networks and patterns in turn."""
    per_week = brief.per_week or (brief.number if brief.number > 1 else 0)
    per_week = per_week or work.studio.content.per_week
    starts = brief.starts or monday(work.place.clock().date())
    made, desks = Made(), _desks(brief, material, work)
    slots = days(starts, brief.weeks, per_week)[:MOST]
    for place, (day, network) in enumerate(zip(slots, cycle(brief.networks), strict=False)):
        desk = desks[place % len(desks)]
        found, _ = chosen(place, desk)
        if found is None or not any(map(desk.new, found.facts)):
            continue
        post = await drafted(found, desk.brief, network, work, place, made.notes)
        desk.used.update(quote["quote"] for quote in post["evidence"])
        made.posts.append({**post, "when": day.isoformat()})
    if len(made.posts) < len(slots):
        made.notes.append(_short_of(len(made.posts), len(slots)))
    last = slots[-1]
    made.head = f"A plan from {slots[0]:%d %B} to {last:%d %B %Y}, {per_week} posts a week."
    return made


def _desks(brief: Brief, material: Material, work: Work) -> list[Desk]:
    """Return a desk for each topic of a plan."""
    own = brief.model_copy(update={"number": 1})
    if not brief.topics:
        return [work.desk(own, material)]
    known = [(topic, work.material(topic)[0]) for topic in brief.topics]
    return [
        work.desk(own.model_copy(update={"topic": topic}), found)
        for topic, found in known
        if found.sections
    ]


async def campaign(brief: Brief, material: Material, work: Work) -> Made:
    """Return an outline with a post for each phase that the facts carry."""
    starts = brief.starts or monday(work.place.clock().date())
    made, desk = Made(), work.desk(brief, material)
    phases: list[tuple[Phase, Post]] = []
    for place, (phase, network) in enumerate(zip(PHASES, cycle(brief.networks), strict=False)):
        wished = brief.model_copy(update={"patterns": [phase.pattern]})
        desk = work.desk(wished, material, desk.used)
        found, note = chosen(0, desk)
        if note or not found:
            continue
        post = await drafted(found, brief, network, work, place, made.notes)
        if any(one["blocks"] for one in post["findings"]):
            continue
        desk.used.update(quote["quote"] for quote in post["evidence"])
        day = starts + timedelta(days=1 + 7 * len(phases))
        post = {**post, "when": day.isoformat(), "extras": {**post["extras"], "phase": phase.name}}
        phases.append((phase, post))
    made.posts = [post for _, post in phases]
    made.head = _outline(brief, material, phases)
    return made


def _outline(brief: Brief, material: Material, phases: list[tuple[Phase, Post]]) -> str:
    facts = _best(material, 4)
    goal = brief.goal or "that people know what it does"
    lines = [
        f"Campaign outline: {brief.topic}",
        f"Goal: {goal}",
        f"For: {brief.audience or 'everybody who follows us'}",
        f"Message: {facts[0].text}" if facts else "",
        "What it rests on:",
        *(f"- {fact.text}" for fact in facts[1:]),
        "Phases:",
    ]
    for number, (phase, post) in enumerate(phases, 1):
        name = NETWORKS[post["network"]].name
        lines.append(f"{number}. {phase.name} ({post['when']}, {name}): {phase.says}.")
    lines += [
        "To decide by a person: budget, who answers comments, and what number counts as success.",
        "To look at afterwards: clicks, saves and the questions that came back.",
    ]
    return "\n".join(line for line in lines if line)


def _best(material: Material, most: int) -> list[Fact]:
    every = [fact for section in material.sections for fact in section.facts]
    own = [fact for fact in every if fact.passage.title == material.title]
    return list(islice(sorted(own, key=lambda fact: -fact.score), most))


def _short_of(count: int, wanted: int) -> str:
    return f"The articles carry {count} of {wanted} posts without saying a thing twice."
