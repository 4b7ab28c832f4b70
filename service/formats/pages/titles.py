"""What the article is called: its heading where that is borne out by what the page says of itself."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from urllib.parse import urlsplit

from service.formats.pages.facts import Fact, one_line_of, quote_of, squash
from service.formats.pages.linked_data import LinkedData
from service.formats.pages.regions import regions_of
from service.formats.pages.survey import Survey
from service.formats.pages.tree import Element, names_of, text_of

LIMIT = 1000
_SEPARATOR = re.compile(r"\s+(?:[|–—»«·•›‹/~<>:-]|::|\|\||--)\s+|\s*[|»«]\s*|:\s+(?=[^:]+$)")
_METAS = (
    "citation_title",
    "dc.title",
    "dcterms.title",
    "og:title",
    "twitter:title",
    "sailthru.title",
    "parsely-title",
    "title",
    "headline",
)
_TITLED = re.compile(
    r"(?:entry|post|article|story|news|page|content|blog|single|main)[-_]?(?:title|headline|heading|header)|headline|p-name|ueberschrift"
)
_SITE = re.compile(r"site|blog[-_]?title|logo|brand|tagline|masthead|banner|sub-?title|widget|comment|modal")
_ASIDE = frozenset(("comments", "others", "embed", "navigation", "side", "footer"))
_LONGEST_HEADING, _MOST_PIECES, _LONG_PIECE = 400, 8, 12
ARCHIVE = re.compile(r"blog ?arch?ive?s?|archives?|archiv", re.IGNORECASE)
_HOME = re.compile(r"(?:https?:)?(?://[^/]+)?/?(?:index\.\w+)?")


def find_titles(survey: Survey, linked: LinkedData) -> list[Fact]:
    """The titles that the page's sources give, the best first."""
    said = list(_said(survey, linked))
    references = [fact.value for fact in said] + ([survey.title] if survey.title else [])
    headings = _ranked(survey, references)
    best = [fact for rank, fact in headings if rank >= _SURE]
    rest = [fact for rank, fact in headings if rank < _SURE]
    own = [Fact(_bare(survey), "title", quote_of(survey.title))] if survey.title else []
    facts = [*best[:1], *said, *own, *best[1:], *rest]
    return [Fact(fact.value[:LIMIT], fact.source, fact.quote) for fact in facts if fact.value]


class PageHeadings:
    """What metadata, the title and the first heading of a page say that it is headed, JSON-LD apart."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey

    def include(self, text: str) -> bool:
        """Whether a text is what the page is headed, or a long piece of that."""
        wanted = squash(text[: LIMIT * 2])
        if not wanted:
            return False
        return wanted in self._said or (len(wanted) > _LONG_PIECE and any(wanted in said for said in self._said))

    @cached_property
    def _said(self) -> set[str]:
        survey = self._survey
        said = [content for _, content in survey.meta_values(*_METAS)] + [survey.title]
        said += [piece for text in said for piece in split_title(text)]
        first = next((text_of(x, _LONGEST_HEADING) for x in survey.headings if x.tag == "h1"), "")
        return {squash(text[: LIMIT * 2]) for text in (*said, first)} - {""}


def find_heading(survey: Survey, title: str) -> Element | None:
    """The heading that has the title; else the first of the first level, else the first."""
    own = squash(title)
    same = [
        x
        for x in survey.headings
        if own and x.tag in ("h1", "h2", "h3") and squash(text_of(x, _LONGEST_HEADING)) == own
    ]
    first = next((x for x in survey.headings if x.tag == "h1"), survey.headings[0] if survey.headings else None)
    return same[0] if same else first


def split_title(title: str) -> list[str]:
    """The pieces of a page's title: of the article, its section, its site."""
    return [piece for piece in (one_line_of(x) for x in _SEPARATOR.split(title)) if piece]


def host_name(url: str | None) -> str:
    """The letters of the host that name a site: "tehrantimes" for www.tehrantimes.com."""
    host = urlsplit(url).hostname or "" if url else ""
    labels = host.removeprefix("www.").split(".")
    return squash("".join(labels[:-1])) if len(labels) > 1 else squash(host)


def _said(survey: Survey, linked: LinkedData) -> Iterator[Fact]:
    """The titles in metadata, without the site's name."""
    yield from linked.stated_fact("title")
    for name, content in survey.meta_values(*_METAS):
        text = one_line_of(content)[: LIMIT * 2]
        yield Fact(_without_site(text, _site_names(survey)), name, quote_of(text))


def _site_names(survey: Survey) -> set[str]:
    names = survey.meta_values(
        "og:site_name", "application-name", "dc.publisher", "apple-mobile-web-app-title", "publisher"
    )
    pieces = split_title(survey.title)
    site = {squash(pieces[0])} if len(pieces) > 2 and ARCHIVE.fullmatch(pieces[-2]) else set()
    return {squash(content) for _, content in names} | site - {""}


def _without_site(text: str, sites: set[str]) -> str:
    """The text without a piece at its end, or its beginning, that is the name of the site."""
    for match in list(_SEPARATOR.finditer(text))[: -_MOST_PIECES - 1 : -1]:
        if match.start() and _is_site_like(squash(text[match.end() :]), sites):
            return one_line_of(text[: match.start()])
    first = _SEPARATOR.search(text)
    if first and first.start() and squash(text[: first.start()]) in sites:
        return one_line_of(text[first.end() :])
    return text


def _is_site_like(text: str, sites: set[str]) -> bool:
    """Whether a piece of a title is the site's name, or the beginning of it."""
    return text in sites or (len(text) > 4 and any(site.startswith(text) for site in sites))


def _bare(survey: Survey) -> str:
    """What the title element says without the site's name, where anything on the page says which part that is."""
    bare = _without_site(survey.title, _site_names(survey))
    if bare != survey.title:
        return bare
    pieces = split_title(survey.title)
    if len(pieces) < 2:
        return bare
    if len(pieces) > 2 and ARCHIVE.fullmatch(pieces[-2]):
        return pieces[-1]
    host = host_name(survey.address)
    last = squash(pieces[-1])
    if last and host and (last in host or host in last):
        end = survey.title.rfind(pieces[-1])
        return one_line_of(re.sub(r"[\s|–—»«·•›‹/~<>:-]+$", "", survey.title[:end])) or bare
    return bare


_SURE = 2.5


def _ranked(survey: Survey, references: list[str]) -> list[tuple[float, Fact]]:
    """The headings with how sure each is the article's, the surest first."""
    squashed = [squash(text) for text in references if text]
    pieces = {squash(piece) for piece in split_title(survey.title)} if survey.title else set()
    sites = _site_names(survey) | {host_name(survey.address)} - {""}
    found: list[tuple[float, Fact]] = []
    for element in _candidates(survey):
        text = text_of(element, _LONGEST_HEADING * 2)
        if 1 < len(text) <= _LONGEST_HEADING and (rank := _rank(element, squash(text), squashed, pieces)) > 0:
            if len(survey.headings) > 1 and (_is_site(squash(text), sites) or _leads_home(element)):
                rank -= 3
            found.append((rank, Fact(text, element.tag, quote_of(text))))
    found.sort(key=lambda item: -item[0])
    return found


def _is_site(text: str, sites: set[str]) -> bool:
    return text in sites or any(text.startswith(site) and len(text) - len(site) < 4 for site in sites if len(site) > 4)


def _leads_home(element: Element) -> bool:
    """Whether all of a heading is a link to the beginning of the site."""
    links = list(element.iter("a"))
    return len(links) == 1 and _HOME.fullmatch(links[0].get("href") or "") is not None


def _candidates(survey: Survey) -> Iterable[Element]:
    return survey.headings[:40]


def _rank(element: Element, text: str, references: list[str], pieces: set[str]) -> float:
    """How sure it is that a heading is the article's: by its element, its class, and who else says the same."""
    if not text:
        return 0
    names = names_of(element)
    rank = {"h1": 1.5, "h2": 1.0, "h3": 0.5}.get(element.tag, 0.0)
    if _TITLED.search(names) or (element.get("itemprop") or "").lower() in ("headline", "name"):
        rank += 1
    if _SITE.search(names):
        rank -= 1.5
    rank += _borne_out(text, references, pieces)
    if regions_of(element) & _ASIDE:
        rank -= 2
    return rank


def _borne_out(text: str, references: list[str], pieces: set[str]) -> float:
    """2 where a reference is the same, or has it as a piece; 1.5 where one begins with it, or it with one."""
    if text in references:
        return 2.5 if len(text) > 3 else 1
    if text in pieces:
        return 2 if len(text) > 6 else 1
    if len(text) > 12 and any(
        reference.startswith(text) or text.startswith(reference) for reference in references if reference
    ):
        return 1.5
    return (
        1 if len(text) > 20 and any(text in reference or reference[:15] == text[:15] for reference in references) else 0
    )
