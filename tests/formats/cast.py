"""Articles as the writers of other formats get them, and texts that have broken formats before."""

from typing import Any

from service.core.articles import Article, Shown, SourceName, license_article
from service.core.catalogue import find_license
from service.core.grants import UNKNOWN, NewGrant, add_grant, state_claims
from service.formats.provider import Provider
from service.formats.schemas.articles import NAME
from tests.factories import NOON, checked_article, lighthouse, moth

ID = "01900000-0000-7000-8000-000000000000"
URN = f"urn:uuid:{ID}"
PROVIDER = Provider(address="https://registry.example", metadata_license=find_license("CC0-1.0"))

HOSTILE = {
    "quotes": "She said \"no\", 'never', „nie“ and left",
    "markup": "</script><script>alert(1)</script> <b>bold</b> <!-- x --> ]]> &amp; &#60;",
    "braces": "a { b } c }{ {{d}} {creator} }",
    "backslashes": "C:\\new\\textbf{x} \\& \\\\ \\",
    "lines": "one\ntwo\r\nthree\rfour\tfive",
    "right to left": "שלום, مرحبا, סוף",
    "emoji": "🦋 👩‍🔬 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "long": "ab " * 333 + "z",
    "formula": '=HYPERLINK("https://evil.example","x")',
    "plus": "+1",
    "minus": "-1",
    "at": "@SUM(A1)",
    "apostrophe": "'=1",
    "tex": "100% of #1 at $5 & a_b ~ ``x'' -- --- !` ?` ,, << >>",
    "tag": "a\nER  - \nTY  - JOUR",
    "separators": "a; b, c and d | e",
    "joined": "Smith and Sons",
    "blank ends": "  ends  ",
}
"""Texts by what is hostile in them, all of which the API takes as a title."""

STATED = {
    "known": "CC-BY-4.0",
    "alternatives": ["CC-BY-NC-4.0", "CC-BY-SA-4.0"],
    "all-rights-reserved": "all-rights-reserved",
    "other": "https://harbour.example/our-terms",
    "unversioned": "CC BY-ND",
    "disputed": "Licensed under CC BY 4.0 and CC BY-NC 4.0, somehow.",
    "unknown": None,
}
"""What a client says of a license, by the status that comes of it; alternatives are known."""


def recorded(document: dict[str, Any], *, version: int = 7) -> Article:
    """The article that a client's `document` makes."""
    new = checked_article(document)
    source = SourceName(id="courier", name=new.source.name, url=new.source.url)
    ledger = state_claims((), new.claims, now=NOON, by="editor") if new.claims else ()
    article = Article(
        id=ID,
        version=version,
        created_at=NOON,
        updated_at=NOON,
        content=new.content,
        source=source,
        license=Shown(claim=UNKNOWN),
        licenses=(),
    )
    return license_article(article, ledger, NOON.date())


def whole(**changes: Any) -> Article:
    """The article with something in every member."""
    return recorded(lighthouse(**changes))


def least(**changes: Any) -> Article:
    """The article of which next to nothing is known."""
    return recorded(moth(**changes))


def contested() -> Article:
    """An article of which two people said, one after the other, that it is under different licenses."""
    said, objected = (checked_article(moth(license=id)).claims for id in ("CC-BY-4.0", "CC-BY-NC-4.0"))
    ledger = state_claims((), said, now=NOON, by="editor")
    ledger = add_grant(ledger, NewGrant(claim=objected[0]), now=NOON, by="reader")
    return license_article(least(), ledger, NOON.date())


def hostile(text: str) -> Article:
    """An article with `text` in every member that is free text, cut where a name may not be so long."""
    name = text[:NAME]
    parts = [{"kind": "image", "title": text, "creator": name, "credit": name, "license": "CC-BY-4.0"}]
    based_on = [{"relation": "translation", "title": text, "creators": [name], "changes": text}]
    return whole(
        title=text,
        source={"name": name, "url": "https://harbour.example/"},
        creators=[name, {"name": name, "role": "editor"}, {"name": name, "role": "translator"}],
        summary=text,
        section=name,
        keywords=[name],
        identifiers=[{"scheme": "partner:desk", "value": text}],
        requests=[{"kind": "other", "text": text}],
        attribution={
            "credit": name,
            "copyright_notice": text,
            "copyright_holder": name,
            "disclaimer": text,
            "requested": text,
        },
        parts=parts,
        based_on=based_on,
        corrections=[{"at": "2024-05-05", "text": text}],
    )


def one_line(text: str) -> str:
    """`text` as a format of lines carries it: line ends and tabs are spaces."""
    return " ".join(text.split())
