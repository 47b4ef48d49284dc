"""A storyboard for a short video: shots with picture, words on screen, voice and length."""

from dataclasses import dataclass

from tools.contract import Post
from tools.drafting.brief import Brief
from tools.drafting.finishing import finished, held
from tools.drafting.gathering import Fact
from tools.drafting.house import House
from tools.drafting.patterns import Sketch
from tools.drafting.wording import asking, quantity, question

PACE = 2.3  # words a second that a calm voice says
LEAST = 2.0  # seconds of a shot that a viewer can take in
LENGTH, SHOTS = 20, 5
SHORT = 8  # words on the screen


@dataclass(frozen=True)
class Shot:
    """One picture of a video."""

    seconds: float
    shows: str
    screen: str
    voice: str


def shots(
    sketch: Sketch, topic: str, wanted: int = 0, length: int = 0, *, plain: bool = False
) -> list[Shot]:
    """Return shots that fill the length; only as many facts as can be said in it.

    Plain shots ask no question of their own and show each fact as it is.
    """
    limit, most = float(length or LENGTH), (wanted or SHOTS)
    hook = sketch.title if plain else question(sketch.facts[0], topic) or asking(sketch.title)
    found = [Shot(_seconds(hook), "A person looks into the camera", hook, hook)]
    end = Shot(LEAST + 1, "The brand's card", sketch.title, _last(sketch))
    left = limit - found[0].seconds - end.seconds
    for fact in sketch.facts:
        needed = _seconds(fact.text)
        if len(found) + 1 >= most or (needed > left and len(found) > 1):
            break
        screen = fact.text if plain else _screen(fact)
        found.append(Shot(needed, _picture(fact), screen, fact.text))
        left -= needed
    return [*found, end]


def filmed(post: Post, sketch: Sketch, brief: Brief, house: House) -> Post | None:
    """Return a post with its storyboard; nothing where even a plain one claims too much."""
    forms = []
    for plain in (False, True):
        every = shots(sketch, brief.topic, brief.shots, brief.seconds, plain=plain)
        voices = {shot.voice for shot in every}
        facts = [fact for fact in sketch.facts if fact.text in voices]
        forms.append(finished(post, facts, house, {"storyboard": storyboard(every)}))
    return held(post, forms)


def storyboard(every: list[Shot]) -> str:
    """Return the shots as text, with the moment at which each begins."""
    lines, at = list[str](), 0.0
    for number, shot in enumerate(every, 1):
        lines += [
            f"Shot {number} ({_clock(at)} to {_clock(at + shot.seconds)})",
            f"  Picture: {shot.shows}",
            f"  On screen: {shot.screen}",
            f"  Voice: {shot.voice}",
        ]
        at += shot.seconds
    return "\n".join([f"Length: {at:.0f} seconds, {len(every)} shots; captions throughout", *lines])


def length(every: list[Shot]) -> float:
    """Return how long the video is, in seconds."""
    return sum(shot.seconds for shot in every)


def _last(sketch: Sketch) -> str:
    return f"Read more in our help centre: “{sketch.title}”."


def _seconds(text: str) -> float:
    return round(max(LEAST, len(text.split()) / PACE), 1)


def _picture(fact: Fact) -> str:
    if fact.sentence.kind == "step":
        return f"A recording of the screen: {fact.text}"
    return f"The product at “{fact.passage.heading}”, from a recording of the screen"


def _screen(fact: Fact) -> str:
    """Return few words of the fact itself, so that the screen says nothing of its own."""
    said = fact.text.rstrip(".").split()
    return quantity(fact) or (fact.text if len(said) <= SHORT else fact.passage.heading)


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
