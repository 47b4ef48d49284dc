"""No message can keep the patterns busy: a pattern that tries everything again would hang here."""

import resource
import subprocess
import sys

import pytest

PIECES = [
    "a.a.a.", "12 34 56 ", "1:1:", "@@@@", "a@a@a@", "((((", "+1+1", "A1A1", "Dr. Dr. ",
    "http://http://", "\n\n", "ssss-ssss", "Apt. 5 ", "I'm ", "I'M ", "1 Aa 2 Bb ", "name: name: ",
    "-----BEGIN PRIVATE KEY-----", "password is ", "de la de la ", "=/&?", "花 花", "DE12 1234 ",
    "a_1 on ", "pass a1 ", "a b @ ", "a.com/", "calle a 1 ", "code 1234 ",
]  # fmt: skip
LENGTH, SECONDS = 20_000, 60
CODE = """
import sys
from agents.redaction.folding import fold
from agents.redaction.patterns.every import PATTERNS
for piece in sys.argv[2:]:
    text = fold((piece * int(sys.argv[1]))[: int(sys.argv[1])]).text
    for pattern in PATTERNS:
        for find in pattern(text):
            assert 0 <= find.start < find.end <= len(text), (piece, find)
print("done")
"""


def _little_time() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


@pytest.mark.parametrize("pieces", [PIECES[:12], PIECES[12:]])
def test_hostile_messages_come_to_an_end(pieces: list[str]) -> None:
    command = [sys.executable, "-c", CODE, str(LENGTH), *pieces]
    ran = subprocess.run(command, capture_output=True, text=True, preexec_fn=_little_time)
    assert ran.stdout.strip() == "done", ran.stderr[-500:]
