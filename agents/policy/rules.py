"""Who answers: the agent, the agent after a person's approval, a person, or nobody.

Pure: no clock, no network, no model. The first rule that applies decides; what nobody
thought of goes to a person.
"""

from collections.abc import Callable
from dataclasses import dataclass

from agents.state import Risk, Signals, Verdict
from knowledge.brands.brand import Mode

# Nothing in a help centre can settle these: they are about one order, account or event.
PERSONAL = frozenset({"account_request", "purchase", "complaint", "event_support"})
IRONIC = 0.6
COURTESIES = frozenset({"greeting", "closing", "praise", "boundary", "scope", "cancelled"})


@dataclass(frozen=True)
class Case:
    """What a rule may look at."""

    owner: str
    audience: str
    intents: frozenset[str]
    mode: Mode
    risk: Risk
    signals: Signals
    language_known: bool
    route: str
    asked_back: int
    recent: tuple[str, ...]
    answered: bool
    missing: bool
    actions: bool
    sure: bool = True
    unserved: bool = False
    doubtful: bool = False
    promises: bool = False
    asks_yes: bool = False  # the answer does nothing before a plain yes
    said_yes: bool = False
    standing: str = ""  # what the message says about its writer, and nothing else

    @property
    def customer(self) -> bool:
        """Say whether a customer writes, and not the team."""
        return self.audience == "customer"

    @property
    def shape(self) -> str:
        """Say what sort of text came: text, empty, emoji or long."""
        return self.signals["readable"]

    @property
    def ironic(self) -> bool:
        """Say whether it sounds like praise and probably is not."""
        negative = self.signals["sentiment"] == "negative"
        return self.route == "praise" and negative and self.signals["irony"] >= IRONIC

    @property
    def confirmable(self) -> bool:
        """Say whether a yes is all that is missing, and nothing else is wanted."""
        open_wish = self.missing or self.unserved or "person_request" in self.intents
        return self.asks_yes and self.answered and self.mode == "auto" and not open_wish

    @property
    def stuck(self) -> bool:
        """Say whether we asked back before and still do not know."""
        return self.asked_back > 0 and (self.route == "clarify" or not self.answered)


@dataclass(frozen=True)
class Rule:
    """One line of the policy: a verdict, why, and the message text that goes with it."""

    verdict: Verdict
    reason: str
    applies: Callable[[Case], bool]
    says: str = ""
    acts: bool = False  # a handoff that does first what the answer says


ABOUT_THEMSELVES = (
    Rule("silence", "said before to hear nothing unasked", lambda c: c.standing == "still_out"),
    Rule(
        "silence",
        "whether we may write first; a person has this conversation",
        lambda c: c.standing.startswith("opted") and c.owner == "person",
    ),
    Rule(
        "silence",
        "how well we helped; a person has this conversation",
        lambda c: c.standing == "rated" and c.owner == "person",
    ),
    Rule("reply", "says how well we helped", lambda c: c.standing == "rated", "rated"),
    Rule("reply", "hears nothing unasked now", lambda c: c.standing == "opted_out", "opted_out"),
    Rule("reply", "may be written to again", lambda c: c.standing == "opted_in", "opted_in"),
    Rule("reply", "showed the code", lambda c: c.standing == "linked", "linked"),
    Rule("reply", "not the code", lambda c: c.standing == "code_wrong", "code_wrong"),
    Rule("reply", "a code on its own side", lambda c: c.standing == "code_here", "code_here"),
)

OWNED = (
    Rule("silence", "a person has this conversation", lambda c: c.owner == "person"),
    Rule("reply", "there is no text to read", lambda c: c.shape == "empty", "unreadable"),
    Rule("reply", "only emoji", lambda c: c.shape == "emoji" and not c.answered, "emoji_only"),
)

TEAM = (
    Rule("reply", "longer than the agent reads", lambda c: c.shape == "long", "too_long"),
    Rule("reply", "unsure what is meant", lambda c: c.route == "clarify"),
    Rule("approval", "it would change something", lambda c: c.actions and c.risk != "low"),
    Rule("reply", "part of it has no tool", lambda c: c.answered and c.unserved, "no_tool"),
    Rule("reply", "answered", lambda c: c.answered),
    Rule("reply", "no tool for this", lambda c: not c.answered, "help_team"),
)

CUSTOMER = (
    Rule("handoff", "danger, law or press", lambda c: bool(c.signals["crisis"]), "handoff_crisis"),
    Rule("silence", "looks like spam", lambda c: bool(c.signals["spam"]) and "abuse" in c.intents),
    Rule("handoff", "too long to read reliably", lambda c: c.shape == "long", "handoff"),
    Rule("handoff", "an unknown language", lambda c: not c.language_known, "language"),
    Rule("reply", "asks for a yes before anything is done", lambda c: c.confirmable),
    Rule(
        "handoff",
        "a confirmed request about personal data",
        lambda c: c.said_yes and c.answered and "privacy_request" in c.intents,
        "handoff_privacy",
        acts=True,
    ),
    Rule(
        "handoff",
        "a request about personal data",
        lambda c: "privacy_request" in c.intents,
        "handoff_privacy",
    ),
    Rule("handoff", "asks for a person", lambda c: "person_request" in c.intents, "handoff"),
    Rule(
        "handoff",
        "keeps insulting",
        lambda c: c.route == "boundary" and "boundary" in c.recent,
        "handoff",
    ),
    Rule("handoff", "praise that may be ironic", lambda c: c.ironic, "handoff"),
    Rule("reply", "a courtesy", lambda c: c.route in COURTESIES and c.mode == "auto"),
    Rule("handoff", "still unclear after asking back", lambda c: c.stuck, "handoff"),
    Rule("reply", "unsure what is meant", lambda c: c.route == "clarify"),
    Rule("reply", "unsure what is meant", lambda c: not (c.sure or c.answered), "clarify"),
    Rule("handoff", "the brand wants a person here", lambda c: c.mode == "off", "handoff"),
    Rule(
        "handoff",
        "only a person can look into this",
        lambda c: not c.answered and bool(PERSONAL & c.intents),
        "handoff",
    ),
    Rule("reply", "we do not know", lambda c: not c.answered, "unknown"),
    Rule("approval", "the brand wants a person to check", lambda c: c.mode == "draft"),
    Rule("approval", "may try to steer the agent", lambda c: bool(c.signals["injection"])),
    Rule("approval", "articles disagree", lambda c: c.doubtful),
    Rule("approval", "it would promise something", lambda c: c.promises),
    Rule("approval", "it would change something", lambda c: c.actions and c.risk != "low"),
    Rule("reply", "part of it has no answer", lambda c: c.missing, "unknown_part"),
    Rule("reply", "answered", lambda c: c.answered),
)

UNFORESEEN = Rule("handoff", "no rule applies", lambda _: True, "handoff")


def decide(case: Case) -> Rule:
    """Return the rule that decides."""
    about = CUSTOMER if case.customer else TEAM
    rules: tuple[Rule, ...] = (*ABOUT_THEMSELVES, *OWNED, *about, UNFORESEEN)
    return next(rule for rule in rules if rule.applies(case))
