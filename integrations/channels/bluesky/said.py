"""What we said ourselves, so that its coming back in the log is not taken for a colleague's."""

from collections import OrderedDict

from integrations.channels.contract import Outgoing

MOST = 1000


class Said:
    """Remembers the marks of our last words; not the words, only what tells them apart."""

    def __init__(self) -> None:
        self._marks: OrderedDict[tuple[str, int], str] = OrderedDict()

    def remember(self, outgoing: Outgoing) -> None:
        """Keep a message before it goes: the log may be quicker than the answer."""
        key = _key(outgoing.conversation, outgoing.text)
        self._marks[key] = outgoing.mark
        self._marks.move_to_end(key)
        while len(self._marks) > MOST:
            self._marks.popitem(last=False)

    def forget(self, outgoing: Outgoing) -> None:
        """Drop a message that did not go."""
        self._marks.pop(_key(outgoing.conversation, outgoing.text), None)

    def mark(self, conversation: str, text: str) -> str:
        """Return the mark of our words, once; nothing for words that are not ours."""
        return self._marks.pop(_key(conversation, text), "")


def _key(conversation: str, text: str) -> tuple[str, int]:
    return conversation, hash(text.strip())
