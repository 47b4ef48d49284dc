"""What WhatsApp tells: one phone number of a business a change."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, cast

from integrations.channels.contract import Arrival, Attachment, BadPayload, Happened
from integrations.channels.meta.inbound import arrivals, envelope
from integrations.channels.meta.number_forms import (
    Choice,
    Contact,
    Content,
    File,
    Message,
    Status,
    Value,
    Webhook,
)
from integrations.channels.meta.refusals import meaning

FILES = {
    "image": "image",
    "video": "video",
    "audio": "audio",
    "document": "file",
    "sticker": "sticker",
}
SILENT = ("reaction", "system", "request_welcome")  # said without words
STATES = {"sent": "sent", "delivered": "delivered", "read": "read", "played": "read"}


@dataclass(frozen=True)
class _Part:
    """One thing of a batch, with the people that came along."""

    content: dict[str, Any]
    what: str  # message, echo, status
    people: tuple[Contact, ...]

    def person(self, phone: str, user: str) -> tuple[str, str]:
        """Return the id to answer and the name; the phone number may be hidden, the user is not."""
        known = (one for one in self.people if phone and one.wa_id == phone)
        known_user = (one for one in self.people if user and one.user_id == user)
        sole = self.people[0] if len(self.people) == 1 else Contact()
        one = next(known_user, None) or next(known, sole)
        who = user or one.user_id or phone or one.wa_id
        if not who:
            raise BadPayload("contacts")
        return who, (one.profile.name or one.profile.username) if one.profile else ""


def accounts(raw: bytes) -> list[str]:
    """Return the phone numbers that a delivery tells of."""
    about = (value.metadata.phone_number_id for value in _values(raw))
    return list(dict.fromkeys(one for one in about if one))


def parse(raw: bytes, account: str) -> list[Arrival]:
    """Return what happened to this phone number; other numbers of a batch are left out."""
    mine = [one for one in _values(raw) if one.metadata.phone_number_id == account]
    return arrivals([part for value in mine for part in _parts(value)], _happened)


def _values(raw: bytes) -> list[Value]:
    webhook = envelope(Webhook, raw)
    if webhook.object != "whatsapp_business_account":
        return []
    changes = [change for entry in webhook.entry for change in entry.changes]
    wanted = [one for one in changes if one.field in ("messages", "smb_message_echoes")]
    return [envelope(Value, one.value) for one in wanted]


def _parts(value: Value) -> list[_Part]:
    people = tuple(value.contacts)
    parts = [_Part(one, "message", people) for one in value.messages]
    parts += [_Part(one, "echo", people) for one in value.message_echoes]
    return parts + [_Part(one, "status", people) for one in value.statuses]


def _happened(part: _Part) -> Iterator[Arrival]:
    if part.what == "status":
        yield from _status(Status.model_validate(part.content), part)
        return
    message = Message.model_validate(part.content)
    if message.group_id or message.type in SILENT:
        return
    if part.what == "echo":
        who, name = part.person(message.to, message.to_user_id)
    else:
        who, name = part.person(message.sender, message.from_user_id)
    happened = cast(Happened, part.what)
    one = Arrival(happened, message.id, who, message.timestamp, contact=who, name=name)
    if happened == "echo":  # written in the app on a phone
        one = replace(one, state="person", name="")
    yield _said(message, one)


def _said(message: Message, one: Arrival) -> Arrival:
    if message.revoke:
        gone = message.revoke.original_message_id
        return replace(one, happened="deleted", external=f"{gone}:deleted")
    content: Content = message
    if message.edit and message.edit.message:
        content, was = message.edit.message, message.edit.original_message_id
        one = replace(one, happened="edited", external=f"{was}:edited:{message.id}")
    return replace(one, text=_text(content), attachments=_files(content))


def _text(content: Content) -> str:
    choice = content.interactive or Choice()
    words = content.text or content.button or choice.button_reply or choice.list_reply
    if words:
        return words.body or words.text or words.title
    return next((file.caption for _, file in _carried(content) if file.caption), "")


def _carried(content: Content) -> Iterator[tuple[str, File]]:
    for field, kind in FILES.items():
        file: File | None = getattr(content, field)
        if file:
            yield kind, file


def _files(content: Content) -> tuple[Attachment, ...]:
    files = [Attachment(kind, file.filename, file.id) for kind, file in _carried(content)]
    if place := content.location:
        reference = f"{place.latitude},{place.longitude}"
        files.append(Attachment("location", place.name, reference))
    if content.type == "contacts":
        files.append(Attachment("contact"))
    if not files and not _text(content):  # an order, or what WhatsApp does not pass on
        files.append(Attachment("file", content.type))
    return tuple(files)


def _status(status: Status, part: _Part) -> Iterator[Arrival]:
    failed = status.status == "failed"
    state = "failed" if failed else STATES.get(status.status)
    if state is None:
        return
    who, _ = part.person(status.recipient_id, status.recipient_user_id)
    one = Arrival("status", f"{status.id}:{status.status}", who, status.timestamp, contact=who)
    code = status.errors[0].code if status.errors else 0
    why = meaning(code).words if failed else ""
    yield replace(one, ours=status.biz_opaque_callback_data, state=state, text=why)
