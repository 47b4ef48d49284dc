"""Show what the boundary makes of a text; nothing is kept."""

import json
import secrets
import sys
from dataclasses import asdict

from agents.redaction.redact import Redactor
from agents.understanding.readable import stored
from integrations.cli.say import lines
from integrations.finding import open_finder
from integrations.settings import read
from knowledge.brands.brand import load


def run(text: str, brand: str | None, as_json: bool) -> None:
    """Print each text with its placeholders; the same line has the same ones."""
    settings = read()
    finder = open_finder(settings, load(brand or settings.brand))
    redactor, known = Redactor(finder, secrets.token_bytes(32)), dict[str, str]()
    for line in lines() if text == "-" else [text]:
        clean = redactor.clean(stored(line), known)
        known = clean.placeholders
        if as_json:
            finds = [asdict(one) for one in finder.find(stored(line))]
            sys.stdout.write(json.dumps({"text": clean.text, "finds": finds}) + "\n")
        else:
            sys.stdout.write(f"{clean.text}\n")
        sys.stdout.flush()
        if not clean.checked:
            raise SystemExit(1)
