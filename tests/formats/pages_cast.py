"""Pages of a newspaper that there is not, made of pieces."""

from typing import Any

import orjson

from service.formats.pages import Draft, read_page

URL = "https://tehrantimes.example/news/salt-road"
OTHER = "https://mehrnews.example/a"
CC = "https://creativecommons.org/licenses/"
BY, NC = f"{CC}by/4.0/", f"{CC}by-nc/4.0/"
BYLINE = '<p class="byline">By Jane Doe</p>'
FILLED = ("license", "published_at", "modified_at", "summary", "section", "keywords")
"""Members that a page without metadata does not fill."""
PROSE = (
    "<p>The road that ran along the salt lake for ninety kilometres has sunk, and the villages beside it wait for help "
    "from the capital. Nobody has said when the engineers are to come, or what is to be done about the wells.</p>"
)


def page(*, head: str = "", top: str = "", body: str = "", foot: str = "", beside: str = "", lang: str = "en") -> str:
    """A page with an article about a road; `top` stands behind its heading, `body` within its text."""
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">'
        f"<title>The Salt Road - Tehran Times"
        f"</title>{head}"
        f'</head><body><header><a href="/">Tehran Times</a></header><article class="post"><h1>The Salt Road</h1>{top}'
        f'<div class="entry-content">{PROSE}{body}{PROSE}</div></article>{beside}<footer id="footer">{foot}</footer>'
        "</body></html>"
    )


def linked_data(**members: Any) -> str:
    """A script of JSON-LD with an article."""
    article = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "The Salt Road", **members}
    return f'<script type="application/ld+json">{orjson.dumps(article).decode()}</script>'


def read(html: str | None = None, *, url: str | None = URL, **pieces: str) -> Draft:
    """The draft of some HTML, or of the page of these pieces."""
    return read_page(page(**pieces) if html is None else html, url=url)


def names_of(draft: Draft) -> list[str]:
    """The names of the creators."""
    return [creator["name"] for creator in draft.members.get("creators", [])]


def license_of(draft: Draft) -> Any:
    """The license by its id, unit or address, what a dispute is between, or its status; a list of several; or None."""
    license = draft.members.get("license")
    if isinstance(license, list):
        return [item["id"] for item in license]
    return license and next(license[name] for name in ("id", "unit", "url", "candidates", "status") if name in license)
