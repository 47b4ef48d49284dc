"""What can be drafted beside posts, each kind with what makes it."""

from collections.abc import Awaitable, Callable, Mapping

from tools.drafting.brief import Brief, Kind
from tools.drafting.composing import composed
from tools.drafting.gathering import Material
from tools.drafting.image_brief import image_brief, pictured
from tools.drafting.patterns import sketch
from tools.drafting.planning import calendar, campaign
from tools.drafting.posts import chosen, drafted, posts
from tools.drafting.replies import replies
from tools.drafting.storyboard import shots, storyboard
from tools.drafting.variants import headlines
from tools.drafting.work import Made, Work

Make = Callable[[Brief, Material, Work], Awaitable[Made]]
LINES = 5  # headlines where no number was wished


async def pictures(brief: Brief, material: Material, work: Work) -> Made:
    """Return posts that each bring the brief for their picture."""
    made = Made()
    desk = work.desk(brief, material)
    for network in brief.networks:
        for place in range(brief.number):
            found, _ = chosen(place, desk)
            if found is None:
                break
            post = await drafted(found, brief, network, work, place, made.notes)
            desk.used.update(quote["quote"] for quote in post["evidence"])
            made.posts.append(pictured(post, found.facts[0]))
    return made


async def videos(brief: Brief, material: Material, work: Work) -> Made:
    """Return a caption with its storyboard."""
    made = Made()
    desk = work.desk(brief, material)
    for place, network in enumerate(brief.networks):
        found, _ = chosen(place, desk)
        if found is None:
            break
        post = await drafted(found, brief, network, work, place, made.notes)
        board = storyboard(shots(found, brief.topic, brief.shots, brief.seconds))
        made.posts.append({**post, "extras": {**post["extras"], "storyboard": board}})
    return made


async def lines(brief: Brief, material: Material, work: Work) -> Made:
    """Return a post with headlines and pictures to test against each other."""
    made = Made()
    found = sketch("plain", work.desk(brief, material))
    most = brief.number if brief.number > 1 else max(LINES, brief.variants)
    every = headlines(material, brief.topic, brief.audience, most)
    if found is None or not every:
        return made
    post = composed(found, brief, brief.network, work.house)
    extras = {
        f"headline {letter}": line for letter, line in zip("ABCDEFGHIJKL", every, strict=False)
    }
    facts = [section.facts[0] for section in material.sections if section.facts][:2]
    visuals = {
        f"visual {letter}": image_brief(fact, brief.network)
        for letter, fact in zip("AB", facts, strict=False)
    }
    made.posts.append({**post, "extras": {**post["extras"], **extras, **visuals}})
    made.notes.append("Test one difference at a time: the headline, or the picture.")
    return made


KINDS: Mapping[Kind, Make] = {
    "post": posts,
    "reply": replies,
    "calendar": calendar,
    "campaign": campaign,
    "image_brief": pictures,
    "storyboard": videos,
    "headlines": lines,
    "rewrite": posts,
}
