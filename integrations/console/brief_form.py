"""The form of a brief, made into the sentence that a colleague would have written."""

from dataclasses import dataclass, field

from integrations.store.missing import Missing
from tools.drafting.networks import NETWORKS

KINDS = {
    "post": "posts",
    "calendar": "content calendar",
    "campaign": "campaign outline",
    "image_brief": "image brief",
    "storyboard": "storyboard",
    "headlines": "headlines",
}
PATTERNS = {
    "": "as fits",
    "question": "a question hook",
    "list": "a bulleted list",
    "how_to": "a how-to",
    "number": "a number",
    "limits": "limits",
}
MOST = 10


@dataclass(frozen=True)
class BriefForm:
    """What was chosen."""

    about: str
    kind: str = "post"
    networks: list[str] = field(default_factory=list)
    number: int = 1
    weeks: int = 1
    audience: str = ""
    pattern: str = ""
    tone: str = ""
    act: str = ""


def asked(form: BriefForm) -> str:
    """Return the request in words; without a topic there is none."""
    topic = " ".join(form.about.split())
    if not topic:
        raise Missing("Say what it shall be about.")
    names = [NETWORKS[one].name for one in form.networks if one in NETWORKS]
    kind = KINDS.get(form.kind, KINDS["post"])
    many = f"{form.number} {kind}" if form.kind in ("post", "headlines") else f"a {kind}"
    parts = [f"Draft {many}" + (f" for {form.weeks} weeks" if form.kind == "calendar" else "")]
    parts += [f"for {' and '.join(names)}"] if names else []
    parts += [f"about {topic}"]
    parts += [f"for {form.audience.strip()}"] if form.audience.strip() else []
    said = " ".join(parts)
    if form.pattern in PATTERNS and form.pattern:
        said += f", one with {PATTERNS[form.pattern]}"
    if form.tone.strip():
        said += f", tone {form.tone.strip()}"
    if form.act.strip():
        said += f", call to action: {form.act.strip()}"
    return said
