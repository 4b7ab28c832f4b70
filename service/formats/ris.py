"""An article as a RIS record, for programs that keep references.

A value is one line, so line ends are spaces, and no text can look like a tag. The rights are notes: RIS has no tag for
them.
"""

import re
from collections.abc import Iterable

from service.core.articles import Article, Creator
from service.core.attribution.spans import linkable
from service.core.dates import PartialDate
from service.formats.members import urn_of
from service.formats.rights import copyright_notice, word_credit, word_rights_note, word_status

_ROLES = {"author": "AU", "editor": "A2", "translator": "A4"}
_LINE_ENDS = re.compile(r"[ \t]*[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+[ \t]*")


def render_ris(article: Article) -> bytes:
    """One record; lines end as the format has it, with CR LF."""
    lines = [f"{tag}  - {_LINE_ENDS.sub(' ', value).strip()}" for tag, value in _tags(article) if value]
    return "".join(f"{line}\r\n" for line in ("TY  - NEWS", *lines, "ER  - ")).encode()


def _tags(article: Article) -> Iterable[tuple[str, str | None]]:
    content, identifiers = article.content, article.content.identifiers
    yield "ID", urn_of(article)
    yield "TI", content.title
    yield from ((_ROLES[item.role], item.name) for item in content.creators if item.role in _ROLES)
    yield from (("AD", place) for place in _affiliations(content.creators))
    yield "T2", article.source.name
    yield "SE", content.section
    yield "PY", content.published_at.text[:4] if content.published_at else None
    yield "DA", _date(content.published_at)
    yield "AB", content.summary
    yield from (("KW", keyword) for keyword in content.keywords)
    yield "LA", content.language
    yield "UR", linkable(content.url)
    yield "DO", next((item.value for item in identifiers if item.scheme == "doi"), None)
    yield "SN", next((item.value for item in identifiers if item.scheme == "issn"), None)
    yield from (("N1", note) for note in _notes(article))


def _affiliations(creators: Iterable[Creator]) -> Iterable[str]:
    """Where the authors belong, each place once: RIS does not say whose it is."""
    return dict.fromkeys(item.affiliation for item in creators if item.role == "author" and item.affiliation)


def _date(date: PartialDate | None) -> str | None:
    """``YYYY/MM/DD/``, with nothing between the strokes where it is not known."""
    if date is None:
        return None
    parts = date.text[:10].split("-")
    return "/".join([*parts, *[""] * (3 - len(parts)), ""])


def _notes(article: Article) -> Iterable[str | None]:
    """What a reference should say: that the article was taken back, its license, its copyright, the credit wished."""
    yield word_status(article)
    yield word_rights_note(article)
    yield copyright_notice(article)
    yield word_credit(article)
