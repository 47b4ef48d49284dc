"""Addresses of crypto wallets."""

import re
from collections.abc import Iterator

from agents.redaction.kinds import Find

_WALLET = re.compile(
    r"(?<![\w/+-])(?:(?:bc1|ltc1|tb1)[ac-hj-np-z02-9]{11,87}+|0x[0-9a-fA-F]{40}"
    r"|(?:bitcoincash:)?[qp][ac-hj-np-z02-9]{41}|addr1[a-z0-9]{50,110}+|cosmos1[a-z0-9]{38}"
    r"|[a-z0-9-]{3,40}\.eth|[48][1-9A-HJ-NP-Za-km-z]{94})(?!\w)"
)
_ALPHABET = re.compile(r"(?<![\w/+-])[13LMDTrA-Z][1-9A-HJ-NP-Za-km-z]{25,43}(?!\w)")
_COINS = re.compile(
    r"\b(?:bitcoin|btc|litecoin|ltc|doge\w*|tron|trx|xrp|ripple|solana|sol|usdt|usdc|crypto"
    r"|wallet|coin\w*)\b",
    re.IGNORECASE,
)
_FIRST = "13LMDTr"


def wallets(text: str) -> Iterator[Find]:
    """Find the addresses of the usual chains."""
    for found in _WALLET.finditer(text):
        yield Find(*found.span(), "CRYPTO", 0.95)
    for found in _ALPHABET.finditer(text):
        if _mixed(found[0]) and (_usual(found[0]) or _COINS.search(text)):
            yield Find(*found.span(), "CRYPTO", 0.8)


def _usual(token: str) -> bool:
    return token[0] in _FIRST and len(token) <= 35


def _mixed(token: str) -> bool:
    lower = sum(map(str.islower, token))
    upper = sum(map(str.isupper, token))
    return lower > 3 and upper > 3 and any(map(str.isdigit, token))
