"""Which signals speak of the same license, and which of them contradict each other."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product

from service.core.catalogue import ANY_UNIT
from service.core.detection.cues import any_cue, has_cue
from service.core.detection.signals import Signal
from service.core.licenses import License, unit_family

Claim = License | str
_family = lru_cache(maxsize=64)(unit_family)

_PAIRED = 60
_RELATED = 300
# Between a name and its URL: "](", "(", ": ", quotes and tags, or words that lead over to it.
_LINK_GAP = re.compile(
    r"(?:licen[cs]es?|lizenz|licencia|licenza|licença|lisens|licens|лицензия|许可协议|协议|许可|international|public"
    r"|see|siehe|voir|ver|vedi|details|at|available|found|url|link|a copy of|deed|legal code|version|href|src|a|\W)*+"
)
_BRACKET_GAP = re.compile(rf"(?:\s(?:{any_cue('noun')})\w{{0,5}})?\s?[(\[（]\s?")
_APPOSITION_GAP = re.compile(r"\s?[:,\-]\s?")
_NESTED_GAP = re.compile(r"\s?\)\]\(\s?")


@dataclass(slots=True)
class Group:
    """Signals that speak of one and the same license, in the order of the source."""

    signals: list[Signal]
    until: int
    scope_end: int

    @property
    def linked(self) -> bool:
        """Whether any of them points at the license itself."""
        return any(signal.linked for signal in self.signals)

    @property
    def marked(self) -> bool:
        """Whether the markup says of any of them that it is the license."""
        return any(signal.marked for signal in self.signals)

    @property
    def named(self) -> bool:
        """Whether any of them names the license."""
        return any(not signal.linked for signal in self.signals)

    @property
    def subject(self) -> str:
        return self.signals[0].subject


def group_signals(signals: Sequence[Signal], folded: str) -> list[Group]:
    """The signals, in the order of the source, those together that speak of one and the same license."""
    groups: list[Group] = []
    for signal in signals:
        if groups and _belongs(groups[-1], signal, folded):
            group = groups[-1]
            group.signals.append(signal)
            group.until, group.scope_end = max(group.until, signal.until), max(group.scope_end, signal.scope_end)
        else:
            groups.append(Group([signal], signal.until, signal.scope_end))
    return groups


def claims_of(groups: Sequence[Group], signals: Sequence[Signal]) -> list[Claim]:
    """The distinct licenses and units that are left when the vaguer ones go up in the clearer ones."""
    claims = _claims(signals)
    if len(claims) == 1:
        return claims
    ports = {x.license for group in groups if not group.named for x in group.signals if x.license}
    licenses = list(dict.fromkeys(claim for group in groups for claim in _clearest(group, ports)))
    families = {family_of(license) for license in licenses}
    units = [claim for claim in claims if isinstance(claim, str)]
    typed = [unit for unit in units if unit != ANY_UNIT and family_of(unit) not in families]
    if licenses or typed or not units:
        return [*licenses, *typed]
    return [ANY_UNIT]


def disagree(groups: Sequence[Group], folded: str) -> bool:
    """Whether two signals about the same work say different things."""
    works: dict[str, list[Group]] = {}
    for group in groups:
        works.setdefault(group.subject, []).append(group)
    return any(map(_contradicts_itself, groups)) or any(_contradict(work, folded) for work in works.values())


def family_of(claim: Claim) -> str:
    """The type of a license or unit, its elements in one order."""
    return _family(claim if isinstance(claim, str) else claim.unit)


def _belongs(group: Group, signal: Signal, folded: str) -> bool:
    """Whether the signal stands inside an element of the group, or beside its last signal as name and link do."""
    if signal.start < group.scope_end:
        return True
    last = group.signals[-1]
    if last.metadata or signal.metadata or last.subject != signal.subject:
        return False
    if (last.at, last.until) == (signal.at, signal.until):
        return last.start == signal.start
    if not 0 <= signal.at - group.until <= _PAIRED:
        return False
    gap = folded[group.until : signal.at]
    return "\n\n" not in gap and _joins(group, signal, gap)


def _joins(group: Group, signal: Signal, gap: str) -> bool:
    last = group.signals[-1]
    if last.linked and signal.linked:
        return "button" in (last.kind, signal.kind) and _NESTED_GAP.fullmatch(gap) is not None
    if last.linked != signal.linked:
        return not (group.linked and group.named) and _LINK_GAP.fullmatch(gap) is not None
    if _BRACKET_GAP.fullmatch(gap):
        return True
    return last.coded != signal.coded and _APPOSITION_GAP.fullmatch(gap) is not None


def _clearest(group: Group, ports: Set[License]) -> Iterator[License]:
    """The group's licenses; a name without a jurisdiction gives way to a link that has one."""
    links = ports | {x.license for x in group.signals if x.linked and x.license}
    for signal in group.signals:
        license = signal.license
        if license is None:
            continue
        if signal.linked or license in links or not any(_is_port_of(link, license) for link in links):
            yield license


def _is_port_of(port: License, license: License) -> bool:
    same = (port.unit, port.version) == (license.unit, license.version)
    return same and license.jurisdiction is None and port.jurisdiction is not None


def _contradicts_itself(group: Group) -> bool:
    """A link beside another link, a name beside a link, or a name in brackets behind a name, that do not fit."""
    links = _claims(x for x in group.signals if x.linked)
    places: dict[int, list[Signal]] = {}
    for signal in group.signals:
        if not signal.linked:
            places.setdefault(signal.at, []).append(signal)
    names = [_claims(place) for place in places.values()]
    if any(not _fits(one, other) and not _fits(other, one) for one, other in pairwise(links)):
        return True
    if any(links and not _any_fits(name, links) for name in names):
        return True
    return any(not _any_fits(one, other) and not _any_fits(other, one) for one, other in pairwise(names))


def _contradict(groups: Sequence[Group], folded: str) -> bool:
    """Whether a name that no link bears out stands over against a link that no name bears out, of one work."""
    links = _claims(x for group in groups for x in group.signals if x.linked)
    names = _claims(x for group in groups for x in group.signals if not x.linked)
    loose_links = [x for x in groups if not x.named and not _any_fits(names, _claims(x.signals))]
    loose_names = [x for x in groups if not x.linked and not _any_fits(_claims(x.signals), links)]
    if any(_are_near(name, link, folded) for name, link in product(loose_names[:9], loose_links[:9])):
        return True
    return _buttons_differ(groups, folded) or _metadata_differs(groups)


def _buttons_differ(groups: Sequence[Group], folded: str) -> bool:
    """A button whose license nothing else in the text names, near a link to another one."""
    buttons = [x for x in groups if all(y.kind == "button" or not y.linked for y in x.signals) and x.linked]
    for button in buttons[:9]:
        others = [x for x in groups if x is not button and x.linked]
        claims = _claims(x for other in others for x in other.signals)
        if others and not _any_fits(_claims(button.signals), claims):
            return any(_are_near(button, other, folded) for other in others[:9])
    return False


def _metadata_differs(groups: Sequence[Group]) -> bool:
    """What the page's metadata say, against the links that the page marks as its license."""
    metadata = _claims(x for group in groups for x in group.signals if x.metadata)
    marked = _claims(x for group in groups for x in group.signals if x.marked and not x.metadata)
    return bool(metadata and marked) and not _any_fits(metadata, marked)


def _are_near(first: Group, second: Group, folded: str) -> bool:
    """Whether no words between them tell of several works, parts or choices."""
    start, end = min(first.until, second.until), max(first.signals[0].at, second.signals[0].at)
    if end - start > _RELATED:
        return False
    between = folded[start:end]
    return not has_cue("part", between) and not has_cue("also", between)


def _claims(signals: Iterable[Signal]) -> list[Claim]:
    claims = (signal.license or signal.unit or ANY_UNIT for signal in signals)
    return list(dict.fromkeys(claims))


def _any_fits(first: Iterable[Claim], second: Sequence[Claim]) -> bool:
    return any(_fits(one, other) for one in first for other in second)


def _fits(one: Claim, other: Claim) -> bool:
    """Whether the other may mean what the one says: a link may be more specific than a name, not less."""
    if ANY_UNIT in (one, other) or one == other:
        return True
    if isinstance(one, str) or isinstance(other, str):
        return family_of(one) == family_of(other)
    return _is_port_of(other, one)
