"""Every tool there is, by name. What is not here, the agent cannot do and does not offer."""

from collections.abc import Mapping

from tools.contract import Tool
from tools.conversation.courtesies import clarify, courtesies
from tools.drafting.tool import drafting
from tools.drafting.work import Studio
from tools.privacy.request import Requests, privacy
from tools.support.help_centre import Documents, Place, help_centre
from tools.support.idea import Ideas, note_idea
from tools.team.help import team_help
from tools.team.queue import Desk, queue


def catalogue(
    place: Place,
    documents: Documents,
    ideas: Ideas,
    desk: Desk,
    requests: Requests,
    studio: Studio | None = None,
) -> Mapping[str, Tool]:
    """Build the tools around their sources."""

    def abilities() -> list[str]:
        return [t.purpose for t in found.values() if "team" in t.audiences and t.purpose]

    tools = [
        help_centre(documents, place),
        note_idea(ideas, place.brand),
        privacy(requests, place),
        queue(desk),
        drafting(documents, place, studio or Studio()),
        team_help(place.brand, abilities),
        clarify(),
        *courtesies(place.brand),
    ]
    found = {tool.name: tool for tool in tools}
    return found
