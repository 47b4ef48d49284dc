"""How much could go wrong if a machine answers this alone. Pure."""

from agents.state import Risk, Signals

UPSET = frozenset({"anger", "frustration", "fear"})
ABUSIVE = 0.7


def risk(signals: Signals) -> Risk:
    """High for danger, law and press; medium for an upset writer or somebody who steers us."""
    if signals["crisis"]:
        return "high"
    upset = signals["sentiment"] == "negative" and UPSET.intersection(signals["emotions"])
    if upset or signals["injection"] or signals["abuse"] >= ABUSIVE:
        return "medium"
    return "low"
