"""What can be drafted beside posts, each kind with what makes it."""

from collections.abc import Awaitable, Callable, Mapping

from tools.contract import Post
from tools.drafting.brief import Brief, Kind
from tools.drafting.composing import composed
from tools.drafting.finishing import finished, held
from tools.drafting.gathering import Material
from tools.drafting.house import House
from tools.drafting.image_brief import pictured, sighted
from tools.drafting.patterns import sketch
from tools.drafting.planning import calendar, campaign
from tools.drafting.posts import chosen, drafted, posts
from tools.drafting.replies import replies
from tools.drafting.storyboard import filmed
from tools.drafting.variants import headlines
from tools.drafting.work import Made, Work

Make = Callable[[Brief, Material, Work], Awaitable[Made]]
LINES, LETTERS = 5, "ABCDEFGHIJKL"  # headlines where no number was wished; their names


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
            whole = pictured(post, found.facts[0], work.house)
            made.posts.append(whole or _without("picture", post, made))
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
        whole = filmed(post, found, brief, work.house)
        made.posts.append(whole or _without("storyboard", post, made))
    return made


async def lines(brief: Brief, material: Material, work: Work) -> Made:
    """Return a post with headlines and pictures to test against each other."""
    made, house = Made(), work.house
    found = sketch("plain", work.desk(brief, material))
    most = brief.number if brief.number > 1 else max(LINES, brief.variants)
    if found is None:
        return made
    post = _headed(composed(found, brief, brief.network, house), brief, material, most, house)
    if not any(name.startswith("headline") for name in post["extras"]):
        return made
    facts = [section.facts[0] for section in material.sections if section.facts][:2]
    for letter, fact in zip("AB", facts, strict=False):
        post = sighted(post, f"visual {letter}", fact, house) or post
    made.posts.append(post)
    made.notes.append("Test one difference at a time: the headline, or the picture.")
    return made


def _headed(post: Post, brief: Brief, material: Material, most: int, house: House) -> Post:
    """Add headlines one by one, and leave out what the facts do not show."""
    letters = iter(LETTERS[:most])
    letter = next(letters, "")
    for line, fact in headlines(material, brief.topic, brief.audience):
        longer = finished(post, [fact], house, {f"headline {letter}": line})
        if letter and held(post, [longer]):
            post, letter = longer, next(letters, "")
    return post


def _without(what: str, post: Post, made: Made) -> Post:
    """Return the post alone, and say what was left off."""
    made.notes.append(f"A {what} was left off: its words would claim more than the articles show.")
    return post


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
