r"""An article as a BibTeX entry.

Text is escaped for TeX. BibTeX counts braces even behind a backslash, so a brace is ``\ensuremath{\lbrace}``. What TeX
makes a dash, quotation mark or inverted mark of is kept apart by an empty group. Addresses and DOIs are verbatim, as
biblatex reads them; line ends are spaces, as BibTeX reads them. Names and keywords that would be taken apart wrongly
are in braces.
"""

import re
from collections.abc import Iterable

from service.core.articles import Article, Creator
from service.core.attribution.spans import linkable
from service.formats.rights import copyright_notice, word_credit, word_rights_note, word_status

_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\ensuremath{\lbrace}",
    "}": r"\ensuremath{\rbrace}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "&%#$_"},
}
_SPECIAL = re.compile(r"[\\{}~^&%#$_]")
_LIGATURE = re.compile(r"(?<=-)(?=-)|(?<=[`!?])(?=`)|(?<=')(?=')|(?<=,)(?=,)|(?<=<)(?=<)|(?<=>)(?=>)")
_SPACES = re.compile(r"[ \t\r\n]+")
# A name that BibTeX takes apart rightly by itself: words without a comma, none of them the word that joins names.
_PLAIN_NAME = re.compile(r"(?!.*\band\b)[^,{}\\]+", re.IGNORECASE)
_SEPARATORS = re.compile(r"[,;]")  # what programs part keywords at
_ROLES = {"author": "author", "editor": "editor", "translator": "translator"}


def render_bibtex(article: Article) -> bytes:
    """One entry."""
    fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _fields(article) if value)
    return f"@article{{{article.id},\n{fields}}}\n".encode()


def escape_tex(text: str | None) -> str:
    """A text for TeX, on one line."""
    line = _SPACES.sub(" ", text or "").strip()
    return _LIGATURE.sub("{}", _SPECIAL.sub(lambda match: _TEX[match[0]], line))


def _fields(article: Article) -> Iterable[tuple[str, str]]:
    content, published = article.content, article.content.published_at
    yield from _people(content.creators)
    yield "title", escape_tex(content.title)
    yield "journal", escape_tex(article.source.name)
    yield "year", published.text[:4] if published else ""
    yield "date", published.text[:10] if published else ""
    yield "url", linkable(content.url) or ""
    yield from ((item.scheme, _verbatim(item.value)) for item in content.identifiers if item.scheme in ("doi", "issn"))
    yield "language", content.language or ""
    yield "abstract", escape_tex(content.summary)
    yield "keywords", ", ".join(filter(None, map(_keyword, content.keywords)))
    yield "copyright", escape_tex(copyright_notice(article))
    yield "note", escape_tex(_note(article))


def _people(creators: Iterable[Creator]) -> Iterable[tuple[str, str]]:
    """Authors, editors and translators; BibTeX has no field for the others."""
    names: dict[str, list[str]] = {}
    for creator in creators:
        if creator.role in _ROLES:
            names.setdefault(_ROLES[creator.role], []).append(_name(creator))
    yield from ((field, " and ".join(people)) for field, people in names.items())


def _name(creator: Creator) -> str:
    """A person's name as it is; any other in braces, since BibTeX would look for a family name in it."""
    name = escape_tex(creator.name)
    return name if creator.kind == "person" and _PLAIN_NAME.fullmatch(name) else f"{{{name}}}"


def _keyword(keyword: str) -> str:
    """A keyword; one with a separator in it is in braces, inside which nothing is taken apart."""
    text = escape_tex(keyword)
    return f"{{{text}}}" if _SEPARATORS.search(text) else text


def _verbatim(value: str) -> str:
    """A value that is read as it stands; braces in it would not be, so they are percent-encoded."""
    return value.replace("{", "%7B").replace("}", "%7D")


def _note(article: Article) -> str:
    """What a list of references should say of the article: that it was taken back, its license, and its credit."""
    status, rights = word_status(article), word_rights_note(article)
    said = (f"{status}." if status else None, f"{rights}." if rights else None, word_credit(article))
    return " ".join(filter(None, said))
