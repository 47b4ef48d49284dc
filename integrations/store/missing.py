"""What a store says when it is asked for something that is not there."""


class Missing(Exception):
    """There is no such thing, in words a user may read."""
