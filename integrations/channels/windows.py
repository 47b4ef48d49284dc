"""How long after somebody's last message each platform takes what a person approved."""

HOURS: dict[str, float] = {"messenger": 168, "instagram": 168, "whatsapp": 24}  # others: for ever
