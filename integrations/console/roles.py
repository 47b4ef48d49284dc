"""Who may do what in the console: four roles, ten actions, one table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["viewer", "community manager", "marketer", "admin"]
Action = Literal[
    "see", "decide", "talk", "reveal", "content", "teach", "voice", "people", "settings", "audit"
]  # fmt: skip
ROLES: tuple[Role, ...] = get_args(Role)
ACTIONS: Mapping[Action, str] = {
    "see": "read everything but originals of personal data",
    "decide": "decide about drafts",
    "talk": "take a conversation over, speak in it, hand it back, note something",
    "reveal": "see an original of personal data, with a reason",
    "content": "have posts drafted, and decide about posts",
    "teach": "answer gaps, look after documents",
    "voice": "approve, refuse and undo rules of the voice",
    "people": "say who may use the console",
    "settings": "see how the agent is set up",
    "audit": "read and export the audit log",
}
MATRIX: Mapping[Role, frozenset[Action]] = {
    "viewer": frozenset({"see"}),
    "community manager": frozenset({"see", "decide", "talk", "reveal", "teach", "settings"}),
    "marketer": frozenset({"see", "content", "teach", "voice", "settings"}),
    "admin": frozenset(ACTIONS),
}


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in."""

    id: int
    name: str
    role: Role
    token: str  # that the forms of this session carry

    def may(self, action: Action) -> bool:
        """Say whether the role has a right."""
        return action in MATRIX.get(self.role, ())
