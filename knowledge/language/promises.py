"""Sentences that promise what somebody would have to do: "we will call you tomorrow"."""

import re

from knowledge.documents.sentences import ends

_WHO = (
    r"(?:i|we|our (?:team|colleagues?|people|support|staff)|my colleagues?|a colleague|someone"
    r"|somebody)"
)
_WILL = (
    r"(?:['’]ll|['’]m going to|['’]re going to| will| shall| am going to| are going to"
    r"| is going to)"
)
_HAVE = r"(?:['’]ve| have| has)(?: just| already| now)?"
_DO = (
    r"(?:refund|reimburse|credit|compensate|call|phone|ring|e-?mail|mail|write|message|text|contact"
    r"|get back|come back|reach out|follow up|send|ship|replace|cancel|delete|remove|change|update"
    r"|fix|repair|solve|resolve|escalate|forward|pass|look into|investigate|check|ask|arrange|book"
    r"|schedule|extend|upgrade|downgrade|waive|unlock|reset|activate|restore|make sure|ensure"
    r"|take care|let you know|inform you|notify you|keep you|give you|grant|issue|process|transfer)"
)
_DONE = (
    r"(?:refunded|reimbursed|credited|cancelled|canceled|deleted|sent|shipped|replaced|changed"
    r"|updated|fixed|escalated|forwarded|passed|booked|extended|upgraded|waived|unlocked|reset"
    r"|activated|restored|issued|processed|transferred|arranged)"
)
_PROMISE = re.compile(
    rf"\b{_WHO}{_WILL}(?: \w+ly| also| now| then| personally| gladly)? {_DO}\b"
    rf"|\b{_WHO}{_HAVE} {_DONE}\b"
    rf"|\b(?:you['’]ll|you will|you shall) (?:be (?:refunded|credited|called|contacted|compensated)"
    r"|get (?:your money back|a refund|a call|a credit)|hear (?:back )?from us|receive (?:a|your) "
    r"(?:refund|call|credit|replacement))\b"
    r"|\b(?:is|are|has been|have been) (?:on (?:its|their|the) way to you|refunded to you)\b"
    r"|\b(?:i|we) promise\b|\bconsider it done\b",
    re.IGNORECASE,
)


def promises(text: str) -> list[str]:
    """Return the sentences that promise something."""
    spans = ends(text, 0, len(text))
    return [text[start:end] for start, end in spans if _PROMISE.search(text[start:end])]
