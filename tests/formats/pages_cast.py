"""Pages of a newspaper that there is not, made of pieces."""

from typing import Any

import orjson

URL = "https://tehrantimes.example/news/salt-road"
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
