"""Dead letters in the terminal."""

from dataclasses import asdict

from integrations.cli.privacy import cellar, now, show
from integrations.cli.terminal import plain
from integrations.store.dead import DeadLetters


def list_dead(brand: str | None, as_json: bool) -> None:
    """Print what needs a person."""
    found = DeadLetters(cellar(brand).engine, now).all()
    for one in found:
        line = f"{one.name:8} {one.state:8} {one.at[:16]} {one.conversation}: {one.error}"
        said = f"\n{' ' * 9}{plain(one.text)}" if one.text else ""
        show(asdict(one), as_json, line + said)
    if not found and not as_json:
        show({}, False, "No dead letters.")


def replay(letter: str, by: str, brand: str | None, as_json: bool) -> None:
    """Try one again."""
    DeadLetters(cellar(brand).engine, now).replay(letter)
    said = f"{letter} will be tried again" + (f", as {by} asked." if by else ".")
    show({"replayed": letter, "by": by}, as_json, said)
