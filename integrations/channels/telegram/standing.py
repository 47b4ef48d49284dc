"""What Telegram says of a bot, in words an operator may read."""

from typing import Any

from integrations.channels.contract import Standing


def standing(me: Any, hook: Any, account: str, polls: bool) -> Standing:
    """Say how a bot stands, by what Telegram tells of it and of its webhook."""
    name = _text(me, "username")
    if name.lower() != account.lower():
        todo = "set `account` to that name, or `token` to this bot's"
        return Standing(False, f"the token is of {name or 'another bot'}", todo=todo)
    where, trouble = _text(hook, "url"), _text(hook, "last_error_message")
    if polls and where:
        todo = "a poll gets nothing: `quiethand channels unregister`, or set `receive` to webhook"
        return Standing(False, f"@{name}", f"webhook at {where}", todo)
    if polls:
        return Standing(True, f"@{name}", "asked for by us (long poll)")
    if not where:
        todo = "set the webhook: `quiethand channels register`"
        return Standing(False, f"@{name}", "no webhook is set", todo)
    todo = f"Telegram could not deliver last time: {trouble}" if trouble else ""
    return Standing(True, f"@{name}", f"webhook at {where}", todo)


def _text(content: Any, key: str) -> str:
    found = content.get(key) if isinstance(content, dict) else None
    return found if isinstance(found, str) else ""
