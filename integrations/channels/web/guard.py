"""Who may call the routes of the chat, and what a browser may do with its pages."""

from ipaddress import IPv6Address, IPv6Network, ip_address

from starlette.requests import Request

PAGE_COOKIE = "quiethand_chat"
HEADER = "x-quiethand-visitor"
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class Refused(Exception):
    """This browser may not do that."""


def same_site(request: Request, origins: tuple[str, ...]) -> None:
    """Refuse what another site's page makes a browser send."""
    fetched = request.headers.get("sec-fetch-site", "same-origin")
    if fetched != "same-origin":
        raise Refused("Another site sent this.")
    origin, own = request.headers.get("origin"), _own(request)
    if origin != own and origin not in origins and (origin or request.method != "GET"):
        raise Refused("Another site sent this.")


def address(request: Request) -> str:
    """Return where a request comes from: of IPv6 the network, for one person has all of it."""
    host = request.client.host if request.client else ""
    try:
        found = ip_address(host)
    except ValueError:
        return host
    if not isinstance(found, IPv6Address):
        return host
    return str(found.ipv4_mapped or IPv6Network((int(found), 64), strict=False))


def token_of(request: Request) -> str:
    """Return the token that came along: the panel's header counts, else the page's cookie."""
    if HEADER in request.headers:
        return request.headers[HEADER]
    return request.cookies.get(cookie_name(request), "")


def cookie_name(request: Request) -> str:
    """Name the cookie; with TLS in a way that no other host of the domain can set."""
    return f"__Host-{PAGE_COOKIE}" if request.url.scheme == "https" else PAGE_COOKIE


def page_headers(framed_by: tuple[str, ...] | None) -> dict[str, str]:
    """Return the headers of a page: no script or style but ours, framed by nobody else."""
    ancestors = "'none'" if framed_by is None else " ".join(("'self'", *framed_by))
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self'; "
        f"base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}"
    )
    framing = {"X-Frame-Options": "DENY"} if framed_by is None else {}
    return {**FIXED, **framing, "Content-Security-Policy": policy, "Cache-Control": "no-store"}


def _own(request: Request) -> str:
    return f"{request.url.scheme}://{request.headers.get('host', '')}"
