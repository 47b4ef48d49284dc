"""Whether an answer promises what no tool does and no source says. Pure."""

from knowledge.language.promises import promises
from tools.contract import MARK, Answer


def promised(answer: Answer) -> list[str]:
    """Return the sentences that promise something; what an article says word for word is a fact."""
    quoted = " ".join(one["quote"] for one in answer["evidence"])
    said = (MARK.sub("", one).strip() for one in promises(answer["text"]))
    return [] if answer["actions"] else [one for one in said if one not in quoted]
