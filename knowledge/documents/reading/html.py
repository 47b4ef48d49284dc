"""Read a page: what people see of its main part, as Markdown."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from knowledge.documents.document import Document, DocumentError
from knowledge.documents.reading.article import article, title_of
from knowledge.documents.reading.decoding import decoded
from knowledge.documents.reading.grid import grid
from knowledge.documents.reading.marks import clean, heading, item, paragraph, words

UNREAD = frozenset(
    """script style noscript template nav footer iframe svg canvas object video audio button
    select textarea input head map math dialog""".split()  # noqa: SIM905
)
INLINE = frozenset(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp
    small span strike strong sub sup time tt u var wbr br img""".split()  # noqa: SIM905
)
WRAPPED = "p,div,ul,ol,dl,table,pre,section,article,h1,h2,h3,h4,h5,h6,blockquote,details"
MAIN = ("main, [role=main]", "article")
_HIDDEN = re.compile(
    r"display:none|visibility:hidden|opacity:0(?:\.0*)?(?:;|$)|font-size:0(?:\D|$)"
    r"|(?:left|top|text-indent):-\d{3,}"
)
_NOTE = re.compile(
    r"note|tip|hint|info|warn|caution|danger|alert|callout|admonition", re.IGNORECASE
)
_DECLARED = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)


def read(content: bytes, source: str) -> list[Document]:
    """Return the one document on a page."""
    declared = _DECLARED.search(content[:4096])
    page = LexborHTMLParser(decoded(content, source, declared[1].decode() if declared else ""))
    body = _main(page)
    try:
        text = "\n\n".join(_blocks(body, source if "://" in source else ""))
    except RecursionError as error:
        raise DocumentError(f"{source}: the page is nested too deep. Make it simpler.") from error
    title = _text(body.css_first("h1")) or _text(page.css_first("title")) or title_of(source)
    return [article(source, title, text, _fields(page))]


def markdown(text: str) -> str:
    """Return a piece of HTML as Markdown."""
    return "\n\n".join(_blocks(_main(LexborHTMLParser(text)), ""))


def _main(page: LexborHTMLParser) -> LexborNode:
    """Return the part that is the article, where a page says which it is."""
    for selector in MAIN:
        found = [node for node in page.css(selector) if not _hidden(node)]
        if len(found) == 1:
            return found[0]
    whole = page.body or page.root
    if whole is None:
        raise ValueError("a parser always makes a body")
    return whole


def _fields(page: LexborHTMLParser) -> dict[str, str]:
    fields = {"language": (page.root.attributes.get("lang") if page.root else "") or ""}
    for meta in page.css("meta[name][content]"):
        fields[(meta.attributes["name"] or "").lower()] = meta.attributes["content"] or ""
    return fields


def _blocks(node: LexborNode, site: str, level: int = 1) -> Iterator[str]:
    """Return the Markdown blocks below a node, in order."""
    line: list[str] = []
    for child in node.iter(include_text=True):
        if _flows(child):
            line.append(_inline(child, site))
            continue
        yield from _paragraphs(line)
        line = []
        if not _hidden(child):
            level = _level(child) or level
            yield from _block(child, site, level)
    yield from _paragraphs(line)


def _block(node: LexborNode, site: str, level: int) -> Iterator[str]:
    """Return what one element that is no part of a line becomes."""
    tag = node.tag or ""
    if _level(node) or tag == "summary":
        if title := _inline(node, "").strip():
            yield heading(title, level + (tag == "summary"))
    elif tag in ("ul", "ol", "menu"):
        yield from _list(node, site, level)
    elif tag == "dl":
        yield from _terms(node, site)
    elif tag == "pre":
        code = node.text().strip("\n").replace("```", "'''")
        yield f"```\n{code}\n```"
    elif tag == "table" and (rows := grid(node, lambda cell: _inline(cell, site))):
        yield rows
    elif tag == "blockquote":
        yield re.sub("^", "> ", "\n\n".join(_blocks(node, site, level)), flags=re.MULTILINE)
    else:
        yield from _blocks(node, site, level)


def _list(node: LexborNode, site: str, level: int) -> Iterator[str]:
    items: list[str] = []
    number = int(start) if (start := node.attributes.get("start") or "").isdecimal() else 1
    for child in node.iter():
        inside = [] if _hidden(child) else list(_blocks(child, site, level))
        if not inside:
            continue
        if child.tag in ("ul", "ol") and items:  # a list in a list, without an item around it
            items[-1] = item([items[-1], *inside], "").lstrip()
            continue
        items.append(item(inside, f"{number}." if node.tag == "ol" else "-"))
        number += 1
    if items:
        yield "\n".join(items)


def _terms(node: LexborNode, site: str) -> Iterator[str]:
    """Return a list of terms and what they mean, an item each."""
    term, items = "", []
    for child in node.css("dt, dd"):
        said = " ".join(_inline(child, site).split())
        if child.tag == "dt":
            term = said.rstrip(":")
        elif said:
            items.append(item([f"{term}: {said}" if term else said], "-"))
    if items:
        yield "\n".join(items)


def _paragraphs(line: list[str]) -> Iterator[str]:
    for part in re.split(r"\n\s*\n", "".join(line)):
        if said := paragraph(part):
            yield said


def _inline(node: LexborNode, site: str) -> str:
    """Return the words of a node on one line; a link keeps where it goes."""
    if node.is_text_node:
        return re.sub(r"\s+", " ", _escaped(node.text_content or ""))
    if node.tag == "br":
        return "\n"
    if node.tag in UNREAD or _hidden(node):
        return ""
    between = "" if _flows(node) else " "
    said = between.join(_inline(child, site) for child in node.iter(include_text=True))
    return _link(said, node.attributes.get("href") or "", site) if node.tag == "a" else said


def _escaped(text: str) -> str:
    """Return escaped words, with a space where there was one at either end."""
    before, after = text[:1].isspace(), text[-1:].isspace()
    return f"{' ' * before}{words(text)}{' ' * after}"


def _link(said: str, target: str, site: str) -> str:
    target = urljoin(site, target.strip())
    if not said.strip() or not re.match(r"(?:https?://|mailto:)[^\s<>()\\]+$", target):
        return said
    inside = re.sub(r"(?<!\\)([\[\]])", r"\\\1", said.strip())
    return f"{' ' * said[0].isspace()}[{inside}]({target}){' ' * said[-1].isspace()}"


def _flows(node: LexborNode) -> bool:
    """Say whether a node is part of a line."""
    if node.is_text_node:
        return True
    return node.tag in INLINE and node.css_first(WRAPPED) is None


def _level(node: LexborNode) -> int:
    tag = node.tag or ""
    return int(tag[1]) if re.fullmatch("h[1-6]", tag) else 0


def _hidden(node: LexborNode) -> bool:
    """Say whether people do not see a node, or it is not part of what the page says."""
    if not node.is_element_node or node.tag in UNREAD or _around(node):
        return True
    said = node.attributes
    style = re.sub(r"\s", "", said.get("style") or "").lower()
    return "hidden" in said or said.get("aria-hidden") == "true" or bool(_HIDDEN.search(style))


def _around(node: LexborNode) -> bool:
    """Say whether a node is what stands around an article: banner, side column, sign-up form."""
    if node.tag == "header":
        return node.parent is not None and node.parent.tag == "body"
    if node.tag == "aside":
        said = node.attributes
        return not _NOTE.search(f"{said.get('class')} {said.get('role')}")
    return node.tag == "form" and node.css_first("h1") is None


def _text(node: LexborNode | None) -> str:
    return clean(" ".join(node.text(separator=" ").split())) if node is not None else ""
