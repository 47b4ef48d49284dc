"""Everything that is looked at before a post may be published."""

from collections.abc import Iterable
from itertools import chain

from tools.contract import Finding, Post
from tools.drafting import claims, culture, form, labels, tags
from tools.drafting.facts import Facts as Facts
from tools.drafting.facts import stop
from tools.drafting.facts import whole as whole
from tools.drafting.networks import network

PLAIN = Facts()


def check(post: Post, facts: Facts = PLAIN) -> list[Finding]:
    """Return what is wrong with a post: first what blocks it, then hints, in reading order."""
    rules = network(post["network"])
    if rules is None:
        known = stop("network.unknown", f"We know no network called {post['network']!r}.")
        return [known, *_sorted(claims.check(post, facts))]
    return _sorted(
        chain(
            form.check(post, rules),
            tags.check(post, rules),
            claims.check(post, facts),
            labels.check(post, facts),
            culture.check(post, facts),
        )
    )


def blocked(post: Post, facts: Facts = PLAIN) -> bool:
    """Say whether a post must not be published as it is."""
    return any(one["blocks"] for one in check(post, facts))


def _sorted(found: Iterable[Finding]) -> list[Finding]:
    return sorted(found, key=lambda one: (not one["blocks"], one["start"], one["rule"]))
