"""What a Mastodon server tells an account, turned into arrivals."""

import logging
import re
from typing import Any

from pydantic import BaseModel, Field, ValidationError
from selectolax.lexbor import LexborHTMLParser

from integrations.channels.contract import Arrival, Attachment, BadPayload
from integrations.channels.reading import At, fields, loaded

BREAKS = {"br": "\n", "p": "\n\n", "li": "\n", "pre": "\n\n", "blockquote": "\n\n"}

log = logging.getLogger(__name__)


class _Account(BaseModel):
    id: str
    acct: str
    display_name: str = ""
    bot: bool = False


class _Mention(BaseModel):
    id: str
    acct: str


class _File(BaseModel):
    type: str = "unknown"
    url: str | None = None
    remote_url: str | None = None
    description: str | None = None


class _Application(BaseModel):
    name: str = ""


class _Status(BaseModel):
    id: str
    created_at: At
    visibility: str
    content: str = ""
    spoiler_text: str = ""
    account: _Account
    in_reply_to_account_id: str | None = None
    media_attachments: list[_File] = []
    mentions: list[_Mention] = []
    application: _Application | None = None


class _Notification(BaseModel):
    id: str = Field(pattern=r"^\w{1,64}$")
    type: str


class _Mentioned(BaseModel):
    status: _Status


_KINDS = {"image": "image", "video": "video", "gifv": "video", "audio": "audio"}


def number(notification: dict[str, Any]) -> str:
    """Return a notification's id, by which we ask for what came later."""
    try:
        return _Notification.model_validate(notification).id
    except ValidationError as error:
        raise BadPayload(_complaint(error)) from None


def parse(raw: bytes, own: str) -> list[Arrival]:
    """Return what one notification says: private mentions by people, nothing else."""
    return _of(loaded(raw), own)


def parse_batch(notifications: list[dict[str, Any]], own: str) -> list[Arrival]:
    """Return what several notifications say; a broken one must not hold up the others."""
    arrivals: list[Arrival] = []
    for notification in notifications:
        try:
            arrivals += _of(notification, own)
        except BadPayload as error:
            log.warning("mastodon.notification_left_out %s", error)
    return arrivals


def parse_own(raw: bytes, own: str, application: str) -> list[Arrival]:
    """Return a private answer that a person wrote in another program than ours."""
    try:
        status = _Status.model_validate_json(raw)
    except ValidationError as error:
        raise BadPayload(_complaint(error)) from None
    if status.account.acct.lower() != own.partition("@")[0].lower():
        return []
    # A server that does not say which program wrote it leaves us in doubt: that is no echo.
    if status.visibility != "direct" or not status.application or not application:
        return []
    to = _addressed(status)
    if status.application.name == application or not to:
        return []
    return [_arrival(status, own, to, "echo")]


def plain(html: str) -> str:
    """Return a post's text without its markup."""
    tree = LexborHTMLParser(html)
    for tag, gap in BREAKS.items():
        for node in tree.css(tag):
            node.insert_after(gap)
    text = tree.body.text(deep=True) if tree.body else ""
    return re.sub(r"\n{3,}", "\n\n", text.replace("\0", "")).strip()


def _of(notification: object, own: str) -> list[Arrival]:
    try:
        if _Notification.model_validate(notification).type != "mention":
            return []
        status = _Mentioned.model_validate(notification).status
    except ValidationError as error:
        raise BadPayload(_complaint(error)) from None
    if status.visibility != "direct" or status.account.bot:
        return []
    return [_arrival(status, own, status.account.acct, "message")]


def _arrival(status: _Status, own: str, conversation: str, happened: Any) -> Arrival:
    theirs = happened == "message"
    return Arrival(
        happened=happened,
        external=status.id,
        conversation=conversation,
        at=status.created_at,
        contact=status.account.id if theirs else "",
        name=(status.account.display_name or status.account.acct) if theirs else "",
        text=_text(status, own if theirs else conversation),
        attachments=tuple(
            Attachment(
                _KINDS.get(file.type, "file"), file.description or "",
                file.url or file.remote_url or "",
            )
            for file in status.media_attachments
        ),
    )  # fmt: skip


def _text(status: _Status, addressed: str) -> str:
    """Return the words without the address in front of them."""
    name, _, domain = addressed.partition("@")
    server = f"(?:@{re.escape(domain)})?" if domain else ""
    address = rf"^(?:@{re.escape(name)}{server}(?![\w@-]|\.\w)\s*)+"
    text = re.sub(address, "", plain(status.content), flags=re.IGNORECASE)
    return "\n\n".join(part for part in (plain(status.spoiler_text), text) if part)


def _addressed(status: _Status) -> str:
    """Return to whom we wrote: whom we answered, else the only one that is named."""
    for mention in status.mentions:
        if mention.id == status.in_reply_to_account_id:
            return mention.acct
    return status.mentions[0].acct if len(status.mentions) == 1 else ""


def _complaint(error: ValidationError) -> str:
    """Name the fields, never their values."""
    return f"no Mastodon notification: {fields(error)}"
