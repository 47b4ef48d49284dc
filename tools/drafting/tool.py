"""Draft what is to be published: the brand's own facts, in the form of each network."""

import re

from prompts import loader
from tools.contract import Answer, Evidence, Post, Tool, say
from tools.drafting.brief import Brief
from tools.drafting.facts import whole
from tools.drafting.folding import fold
from tools.drafting.gathering import PLAIN, Material
from tools.drafting.kinds import KINDS
from tools.drafting.networks import NETWORKS
from tools.drafting.reading import brief as read
from tools.drafting.stated import unshown
from tools.drafting.work import Made, Studio, Work
from tools.support.help_centre import Documents, Place

EXAMPLE = "draft three LinkedIn posts about session summaries for event organisers"
SURE = 0.5  # below, no article is about it
LISTED = frozenset(
    {"pattern", "topic", "variant", "phase", "reply to", "words_by"}
)  # extras in the label
_STAND_IN = re.compile(r"<[A-Z]+_\d+>")


def drafting(documents: Documents, place: Place, studio: Studio) -> Tool:
    """Build the tool around a search; only the team has it."""
    work = Work(documents, place, studio)

    async def answer(form: Brief) -> Answer:
        if not form.topic or form.kind == "rewrite":
            return _question(form)
        material, nearest = work.material(_STAND_IN.sub(" ", form.topic))
        known = bool(material.sections) and material.sure >= SURE
        if not known and form.kind != "reply":
            blanks = {"topic": form.topic, "nearest": nearest}
            return say(loader.render("messages/drafting_nothing", **blanks))
        found = material if known else Material()
        return _answer(form, await KINDS[form.kind](form, found, work), work, found)

    return Tool(
        name="drafting",
        purpose="draft posts, replies, calendars and briefs from your own articles",
        audiences=frozenset({"team"}),
        intents=frozenset({"drafting"}),
        form=Brief,
        fill=lambda asked: read(asked.text, studio.content, place.clock().date()),
        answer=answer,
    )


def _question(form: Brief) -> Answer:
    """Ask once for the one thing that cannot be assumed."""
    reply = form.kind == "reply"
    text = loader.render(
        "messages/drafting_topic", example=EXAMPLE, reply=reply, assumed=", ".join(form.assumed)
    )
    return say(text) if form.kind in ("rewrite", "reply") else {**say(text), "asks": "drafting"}


def _answer(form: Brief, made: Made, work: Work, found: Material) -> Answer:
    evidence: list[Evidence] = []
    rows = []
    for number, post in enumerate(made.posts, 1):
        first = len(evidence)
        shown = [Evidence(**{**one, "number": first + one["number"]}) for one in post["evidence"]]
        evidence += shown
        row = _row(number, len(made.posts), post, [one["number"] for one in shown])
        rows.append({**row, "findings": work.findings(post)})
    assumed = [f"Assumed: {', '.join(form.assumed)}."] if form.assumed and made.posts else []
    near = [_near(found)] if found.sections and found.sure < PLAIN else []
    text = loader.render(
        "messages/drafted", head=made.head or _head(form, made), posts=rows,
        notes=[*assumed, *_unmet(form, work.place), *_missing(form, made), *near, *made.notes],
    )  # fmt: skip
    return {**say(text), "evidence": evidence, "posts": made.posts}


def _head(form: Brief, made: Made) -> str:
    count = len(made.posts)
    if not count:
        return f"The articles about “{form.topic}” have no sentence that stands alone in a post."
    what = "reply" if form.kind == "reply" else "draft"
    several = {"reply": "replies", "draft": "drafts"}[what]
    about = "" if form.kind == "reply" else f" about “{form.topic}”"
    return f"{count} {what if count == 1 else several}{about}."


def _near(found: Material) -> str:
    titles = list(dict.fromkeys(section.title for section in found.sections))[:3]
    return f"Check that this is what you meant; the nearest articles are: {', '.join(titles)}."


def _unmet(form: Brief, place: Place) -> list[str]:
    """Say what was wished and only a language model could do."""
    stays = "without a language model the words stay the articles' own"
    wished = [f"Tone “{form.tone}”"] if form.tone else []
    if form.language and form.language not in place.languages:
        wished.append(f"Language “{form.language}”")
    return [] if place.model else [f"{one}: {stays}." for one in wished]


def _missing(form: Brief, made: Made) -> list[str]:
    """Say which dates, prices and wishes of the request the drafts do not have."""
    missing = ", ".join(unshown(form, made.posts)) if made.posts else ""
    how = "No article says them; in a call to action the brief is their source."
    notes = [f"Not shown in any draft: {missing}. {how}"] if missing else []
    wish = form.call_to_action
    if any(fold(wish) not in fold(whole(post)) for post in made.posts) and form.kind != "reply":
        notes.append(f"“{wish}” is left out where it does not fit or claims what nothing shows.")
    return notes


def _row(number: int, count: int, post: Post, sources: list[int]) -> dict[str, object]:
    extras = post["extras"]
    told = [NETWORKS[post["network"]].name, extras.get("pattern", ""), post["when"]]
    told += [f"variant {extras['variant']}"] if "variant" in extras else []
    told += [extras["phase"]] if "phase" in extras else []
    return {
        "label": f"{number} of {count}: {', '.join(one for one in told if one)}",
        "text": "\n\n".join(post["parts"]),
        "extras": [(name, text) for name, text in extras.items() if name not in LISTED],
        "sources": " ".join(f"[{number}]" for number in sources),
    }
