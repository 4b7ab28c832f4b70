"""Who made the article: metadata, marked and spoken bylines, the better evidence first."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from service.core.written_dates import find_first_date
from service.formats.intake.json_ld_people import read_creators
from service.formats.members import Members
from service.formats.pages.facts import Fact, one_line_of, quote_of, squash
from service.formats.pages.linked_data import SOURCE, LinkedData
from service.formats.pages.names import is_generic, is_name, read_names
from service.formats.pages.regions import region_of, regions_of
from service.formats.pages.survey import Survey
from service.formats.pages.titles import host_name
from service.formats.pages.tree import Element, ancestors_of, text_of

MOST = 12
_LONGEST = 160
# A byline stands within so many elements of the heading.
_BEFORE, _BEHIND = 15, 60
_ASIDE = frozenset(("comments", "others", "embed", "figure", "navigation"))
_CITED = ("citation_author", "citation_authors", "bepress_citation_author", "wkhealth_authors", "eprints.creators_name")
_NAMED = (
    "author",
    "authors",
    "dc.creator",
    "dcterms.creator",
    "dc.contributor.author",
    "dc.creator.personalname",
    "dc.creator.name",
    "dc.author",
    "article:author",
    "og:article:author",
    "og:author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "byl",
    "rbauthors",
    "shareaholic:article_author_name",
    "cxenseparse:author",
    "author_name",
    "twitter:data1",
)
_INVERTED = frozenset((*_CITED, "dc.creator", "dcterms.creator", "dc.contributor.author", "dc.creator.name"))

Creators = list[dict[str, Any]]


def find_creators(
    survey: Survey, linked: LinkedData, publisher: str | None, heading: Element | None = None
) -> list[Fact]:
    """Lists of creators as the page's sources name them, the best first; what names only the site comes last."""
    phrased = list(_of_phrases(survey))
    groups: list[Iterable[Fact]] = [
        _of_linked_data(linked),
        _of_metas(survey, _CITED),
        _of_bylines(survey, heading),
        [fact for fact in phrased if find_first_date(fact.quote)],
        _of_metas(survey, _NAMED),
        phrased,
        _of_profiles(survey, heading),
    ]
    sites = _site_names(survey, publisher)
    facts = [Fact(_without_site(fact.value, sites), fact.source, fact.quote) for group in groups for fact in group]
    facts = [fact for fact in facts if fact.value]
    facts.sort(key=lambda fact: _weakness(fact.value, publisher))
    return _spelled(facts)[:MOST]


def _site_names(survey: Survey, publisher: str | None) -> set[str]:
    """What the site may be called, letters only."""
    return {squash(name) for name in (publisher or "", host_name(survey.address)) if name}


def _without_site(creators: Creators, sites: set[str]) -> Creators:
    """The creators but the site itself, where others stand before it: "Jane Doe, CNN"."""
    return [x for place, x in enumerate(creators) if not place or not _is_site(squash(x["name"]), sites)]


def _is_site(name: str, sites: set[str]) -> bool:
    return any(name and (name in site or site in name) for site in sites if len(site) > 2)


def _spelled(facts: list[Fact]) -> list[Fact]:
    """The facts, the first in the spelling of another where it is all in capitals."""
    if not facts or not all(creator["name"].isupper() for creator in facts[0].value):
        return facts
    first = [creator["name"].casefold() for creator in facts[0].value]
    for fact in facts[1:]:
        names = [creator["name"] for creator in fact.value]
        if [name.casefold() for name in names] == first and not all(name.isupper() for name in names):
            return [Fact(fact.value, facts[0].source, facts[0].quote), *facts[1:]]
    return facts


def _weakness(creators: Creators, publisher: str | None) -> int:
    """0 for people, 1 for what is called as the publisher is, 2 for an account such as "admin"."""
    names = [creator["name"].casefold() for creator in creators]
    if all(is_generic(name) for name in names):
        return 2
    own = (publisher or "").casefold()
    return 1 if own and all(name in (own, f"{own} staff") for name in names) else 0


def _of_linked_data(linked: LinkedData) -> Iterator[Fact]:
    """The authors that JSON-LD names, of the article and else of the page; other roles are no bylines."""
    stated = list(linked.stated.get("creators", ()))
    if not stated and linked.page is not None:
        stated = list(read_creators(linked.page))
    authors = [creator for creator in stated if creator["role"] == "author"]
    creators = [creator for author in authors for creator in _agents_in(author)]
    if creators:
        yield Fact(_distinct(creators), SOURCE, quote_of(", ".join(author["name"] for author in authors)))


def _agents_in(agent: Members) -> Creators:
    """An agent; where its name is a byline, each of the names in it."""
    agent = {name: value for name, value in agent.items() if name != "role"} | {"name": one_line_of(agent["name"])}
    if agent.get("kind") == "organization":
        return [agent]
    names = read_names(agent["name"])
    if len(names) == 1:
        return [{**agent, "name": names[0]}]
    kind = {"kind": agent["kind"]} if "kind" in agent else {}
    return [{"name": name, **kind} for name in names]


def _of_metas(survey: Survey, names: Sequence[str]) -> Iterator[Fact]:
    """One list for each name of a meta element; several such elements name several people."""
    for wanted in names:
        said = [content for _, content in survey.meta_values(wanted)]
        if wanted == "twitter:data1" and not any("by" in x.lower() for _, x in survey.meta_values("twitter:label1")):
            continue
        people = [name for text in said for name in _split(text, inverted=wanted in _INVERTED)]
        if people:
            yield Fact(_distinct([{"name": name} for name in people]), wanted, quote_of("; ".join(said)))


def _split(text: str, *, inverted: bool) -> Iterator[str]:
    for piece in text.split(";"):
        yield from read_names(piece, inverted=inverted)


def _of_bylines(survey: Survey, heading: Element | None) -> Iterator[Fact]:
    """Marked bylines: rel=author, itemprop=author, hCard and elements with such a class."""
    related = [("rel=author", element) for rel, element in survey.relations if "author" in rel.split()]
    marked = [
        ("itemprop=author", element)
        for word, element in survey.properties
        if word.rpartition(":")[2] in ("author", "creator") and element.tag != "meta"
    ]
    classed = [(_class_of(element), element) for element in survey.bylines if element.tag not in ("html", "body")]
    place = survey.order.get(heading, 0)
    found = [*marked, *related, *classed]
    near = [item for item in found if -_BEFORE <= survey.order.get(item[1], 0) - place <= _BEHIND] if place else []
    yield from _lists(near)
    yield from _lists([item for item in found if item not in near])


def _of_profiles(survey: Survey, heading: Element | None) -> Iterator[Fact]:
    """Links to a page about somebody, as sites have them under /author/."""
    place = survey.order.get(heading, 0)
    found = [("a", x) for x in survey.profiles if -_BEFORE <= survey.order.get(x, 0) - place <= _BEHIND]
    for fact in _lists(found):
        if all(" " in creator["name"] and _looks_named(creator["name"]) for creator in fact.value):
            yield fact


def _class_of(element: Element) -> str:
    return f"class={(element.get('class') or element.get('id') or '').split()[0]}"[:60]


def _lists(found: Iterable[tuple[str, Element]]) -> Iterator[Fact]:
    """The names of each kind of byline; those that stand beside each other are one list."""
    groups: dict[str, list[tuple[tuple[str, ...], Element, str]]] = {}
    named: list[tuple[str, Element, tuple[str, ...], str]] = []
    for source, element in found:
        text = "" if regions_of(element) & _ASIDE else _shown(element)
        names = read_names(text) if text and len(text) <= _LONGEST else ()
        if names and not _is_link_list(element):
            named.append((source, element, names, text))
    holding = {about for _, element, _, _ in named for about in ancestors_of(element)[1:]}
    for source, element, names, text in named:
        if element not in holding:
            groups.setdefault(source, []).append((names, element, text))
    for source, members in groups.items():
        first = _together(members)
        creators = [{"name": name} for names, _, _ in first for name in names]
        yield Fact(_distinct(creators), source, quote_of(", ".join(text for _, _, text in first)))


def _shown(element: Element) -> str:
    """The words of a byline; where a part of it is marked as the name, that part."""
    for inner in element.iter("*"):
        if inner is not element and (inner.get("itemprop") or "") == "name":
            return text_of(inner, _LONGEST * 2)
    return text_of(element, _LONGEST * 2, joint=" | ").strip(" |")


def _is_link_list(element: Element) -> bool:
    """Whether it is a list of many links, as a menu is."""
    return sum(1 for _ in element.iter("a")) > 6


def _together(members: list[tuple[tuple[str, ...], Element, str]]) -> list[tuple[tuple[str, ...], Element, str]]:
    """The first byline and those beside it: in the same element, or the same parent's."""
    home = ancestors_of(members[0][1])[1:3]
    return [member for member in members if member[1].getparent() in home or member is members[0]]


def _of_phrases(survey: Survey) -> Iterator[Fact]:
    """Words such as "By Jane Doe" at the beginning of a line, outside of the running text."""
    for element in survey.phrased:
        text = text_of(element, _LONGEST * 2, joint=" | ").strip(" |")
        if len(text) > _LONGEST or regions_of(element) & _ASIDE or region_of(element) == "footer":
            continue
        names = read_names(text)
        if names and all(_looks_named(name) for name in names):
            yield Fact([{"name": name} for name in names], element.tag, quote_of(text))


def _looks_named(name: str) -> bool:
    return is_name(name) and (not name[0].islower() or len(name.split()) == 1)


def _distinct(creators: Creators) -> Creators:
    found: dict[str, dict[str, Any]] = {}
    for creator in creators:
        found.setdefault(creator["name"].casefold(), creator)
    return list(found.values())
