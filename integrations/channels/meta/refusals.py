"""What the error codes of Meta mean, in words an operator may read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """One refusal; without a subcode it stands for all of its code."""

    code: int
    words: str
    subcode: int | None = None
    permanent: bool = True
    unknown: bool = False
    wait: float | None = None  # seconds, where Meta tells none


_WINDOW = "the person wrote more than 24 hours ago"
_TOKEN = "the access token is expired or revoked: make a new one and set `token`"
_RIGHTS = "the app lacks a permission: see Permissions in the channel's README"
_AWAY = "the person blocked the account, is gone, or cannot get messages from it"
_BUSY = "Meta asks us to slow down"
_PARAMETER = "Meta does not take this message as it is"

# First match decides; rows with a subcode stand before those without.
REFUSALS = (
    Refusal(10, f"{_WINDOW}: only a person may answer, for seven days", 2018278),
    Refusal(10, f"{_WINDOW}: only a person may answer, for seven days", 2534022),
    Refusal(10, _RIGHTS),
    Refusal(100, "there is no such person: they have to write first", 2018001),
    Refusal(100, "the tag is not taken: ask Meta for the Human Agent permission", 2018320),
    Refusal(100, _PARAMETER),
    Refusal(190, _TOKEN),
    Refusal(102, _TOKEN),
    Refusal(200, _AWAY, 1545041),
    Refusal(200, _RIGHTS),
    Refusal(230, _RIGHTS),
    Refusal(551, _AWAY),
    Refusal(0, _TOKEN),
    Refusal(3, _RIGHTS),
    Refusal(33, "there is no such account: see `account`"),
    Refusal(368, "Meta blocked the account for breaking its rules: see Account Quality"),
    Refusal(4, _BUSY, permanent=False, wait=60),
    Refusal(17, _BUSY, permanent=False, wait=60),
    Refusal(32, _BUSY, permanent=False, wait=60),
    Refusal(613, _BUSY, permanent=False, wait=60),
    Refusal(80006, _BUSY, permanent=False, wait=60),
    Refusal(80007, _BUSY, permanent=False, wait=60),
    # Meta says of this one that the message may be out all the same.
    Refusal(1, "Meta does not say what went wrong", permanent=False, unknown=True),
    Refusal(2, "Meta is out of order for now", permanent=False),
    # WhatsApp
    Refusal(130429, "the number sends too fast", permanent=False, wait=5),
    Refusal(131056, "too many messages to this person in a short time", permanent=False, wait=6),
    Refusal(131048, "WhatsApp limits the number: people reported it", permanent=False, wait=3600),
    Refusal(131047, f"{_WINDOW}: only a template may go now, and templates are not sent from here"),
    Refusal(131026, "the message cannot be delivered to this person"),
    Refusal(131021, "the number wrote to itself"),
    Refusal(131030, "a test number reaches only the numbers that are listed for it"),
    Refusal(131031, "WhatsApp locked the account: see WhatsApp Manager"),
    Refusal(131037, "the number's display name is not approved: see WhatsApp Manager"),
    Refusal(131042, "there is no valid way to pay: see WhatsApp Manager"),
    Refusal(131045, "the number is not registered with the Cloud API"),
    Refusal(131049, "WhatsApp held it back to keep people from too much marketing"),
    Refusal(131050, "the person stopped marketing messages"),
    Refusal(131062, "WhatsApp does not take this without a phone number"),
    Refusal(131005, _RIGHTS),
    Refusal(131008, _PARAMETER),
    Refusal(131009, _PARAMETER),
    Refusal(131051, _PARAMETER),
    Refusal(130472, "WhatsApp keeps this person out of an experiment"),
    Refusal(130497, "the account may not write to people in this country"),
    Refusal(131000, "WhatsApp failed to send it", permanent=False),
    Refusal(131016, "WhatsApp is out of order for now", permanent=False),
    Refusal(131057, "the account is being maintained", permanent=False, wait=300),
    Refusal(133010, "the number is not registered with the Cloud API"),
    Refusal(133016, _BUSY, permanent=False, wait=60),
)


def meaning(code: int, subcode: int | None = None) -> Refusal:
    """Return what a code means; an unknown one is final, for a person to read."""
    for one in REFUSALS:
        if one.code == code and one.subcode in (None, subcode):
            return one
    return Refusal(code, "Meta refused it")
