"""Who published the page: what its metadata say, then what stands beside the article's title, then the host."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from service.formats.pages.facts import Fact, one_line_of, quote_of, squash
from service.formats.pages.linked_data import LinkedData
from service.formats.pages.survey import Survey
from service.formats.pages.titles import ARCHIVE, host_name, split_title

_FIRST = ("og:site_name",)
_METAS = (
    "dc.publisher",
    "dcterms.publisher",
    "citation_publisher",
    "citation_journal_title",
    "publisher",
    "application-name",
)
_LAST = ("apple-mobile-web-app-title", "copyright", "dc.source", "twitter:app:name:iphone")
_LONGEST = 100


def find_publishers(survey: Survey, linked: LinkedData, url: str | None, title: str) -> list[Fact]:
    """The names of the publisher, the best first; `title` is the article's."""
    return [
        *linked.publishers(),
        *_of_metas(survey, _FIRST),
        *_of_metas(survey, _METAS),
        *_of_marks(survey),
        *_of_title(survey, url, title),
        *_of_metas(survey, _LAST[:1]),
        *_of_host(url),
    ]


def _of_metas(survey: Survey, names: tuple[str, ...]) -> Iterator[Fact]:
    for name, content in survey.meta_values(*names):
        text = one_line_of(content)
        if text and len(text) <= _LONGEST and "://" not in text:
            yield Fact(text, name, quote_of(text))


def _of_marks(survey: Survey) -> Iterator[Fact]:
    """What microdata name as the publisher."""
    for word, element in survey.properties:
        if word.rpartition(":")[2] == "publisher":
            inner = next((x for x in element.iter("*") if (x.get("itemprop") or "") == "name"), None)
            chosen = element if inner is None else inner
            text = one_line_of(chosen.get("content") or chosen.text)
            if 1 < len(text) <= _LONGEST and "://" not in text:
                yield Fact(text, "itemprop=publisher", quote_of(text))


def _of_title(survey: Survey, url: str | None, title: str) -> Iterator[Fact]:
    """The piece of the page's title that is not the article's: the one like the host, else the last or the first."""
    own = squash(title)
    pieces = [
        x for x in split_title(survey.title) if squash(x) and squash(x) not in own and not (own and own in squash(x))
    ]
    pieces = [piece for piece in pieces if not ARCHIVE.fullmatch(piece)]
    if not pieces or len(split_title(survey.title)) < 2:
        return
    host = host_name(url)
    like = [x for x in pieces if host and (squash(x) in host or host in squash(x)) and len(squash(x)) > 2]
    chosen = like[0] if like else pieces[-1] if survey.title.rstrip().endswith(pieces[-1]) else pieces[0]
    if len(chosen) <= _LONGEST:
        yield Fact(chosen, "title", quote_of(survey.title))


def _of_host(url: str | None) -> Iterator[Fact]:
    host = urlsplit(url).hostname if url else None
    if host:
        yield Fact(host.removeprefix("www."), "url", quote_of(url))
