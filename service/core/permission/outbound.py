"""The licenses that an adaptation may carry: `compatibility.tsv`, of which only what the chart marks green counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, reduce
from operator import and_

from service.core.catalogue import LICENSES, find_license
from service.core.data import read_table
from service.core.licenses import License, unit_family
from service.core.permission.conditions import Condition, Facts, license_facts, read_condition, read_version
from service.core.permission.model import Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Compatibility:
    """A row of the table: under a license that `when` holds for, an adaptation may carry what the relation says.

    ``unit`` names types in any version, ``itself`` the license alone, ``later`` itself, later versions of its type and
    ports of its own version, ``listed`` ids, ``none`` nothing.
    """

    when: Condition
    relation: str
    targets: frozenset[str]
    reason: Reason


def find_outbound(id: str) -> str | None:
    """The id, as it is spelled, of a license that an adaptation can carry: one of the catalogue or a foreign one."""
    license = find_license(id)
    return license.id if license else _FOREIGN.get(id.lower())


@cache
def charted_targets(license: License) -> frozenset[str] | None:
    """The ids that an adaptation under the license may carry; None where the chart has nothing about it."""
    rows = compatibility_rows(license)
    return frozenset().union(*(_targets(row, license) for row in rows)) if rows else None


@cache
def compatibility_rows(license: License) -> tuple[Compatibility, ...]:
    """The rows of the table that speak of a license."""
    facts = Facts(frozenset(license_facts(license)), read_version(license.version))
    return tuple(row for row in _ROWS if row.when.holds(facts))


def shared_targets(licenses: Iterable[License]) -> frozenset[str] | None:
    """The ids that an adaptation may carry whichever of the licenses a work has; None where the chart does not say.

    What is in the public domain binds nothing; among nothing else the ids are those that it may go under.
    """
    charted = [charted_targets(license) for license in licenses if not is_public_domain(license)]
    known = [targets for targets in charted if targets is not None]
    if len(known) < len(charted):
        return None
    return reduce(and_, known) if known else PUBLIC_DOMAIN_TARGETS


def is_public_domain(license: License) -> bool:
    """Whether nothing is asked for: such a work may go into anything."""
    return not license.requires and not license.prohibits


def shown_targets(ids: Iterable[str]) -> tuple[str, ...]:
    """Ids as they are proposed: the current tools and foreign ones, older ones only where there is nothing else."""
    known = set(ids)
    current = [id for id in CURRENT if id in known]
    return tuple(current or [license.id for license in LICENSES if license.id in known])


def word_targets(ids: Iterable[str]) -> str:
    """The proposed ids in words, nothing where there are none."""
    *most, last = shown_targets(ids) or ("",)
    return f"{', '.join(most)} or {last}" if most else last


def _targets(row: Compatibility, license: License) -> frozenset[str]:
    if row.relation == "listed":
        return row.targets
    return frozenset(other.id for other in LICENSES if _reaches(row, license, other))


def _reaches(row: Compatibility, license: License, other: License) -> bool:
    family = unit_family(other.unit)
    if row.relation == "unit":
        return family in row.targets
    if row.relation == "later" and family == unit_family(license.unit):
        return other == license or _is_later(license, other)
    return row.relation == "itself" and other == license


def _is_later(license: License, other: License) -> bool:
    """A later version, or a port of the same one (2.0 to 3.0 s. 4(b))."""
    mine, its = read_version(license.version), read_version(other.version)
    return its > mine or (its == mine and other.jurisdiction is not None)


def _load_row(row: dict[str, str]) -> Compatibility:
    names = row["targets"].split()
    return Compatibility(
        when=read_condition(row["when"]),
        relation=row["relation"],
        targets=frozenset(map(unit_family, names) if row["relation"] == "unit" else names),
        reason=Reason(rule=row["rule"], clause=row["clause"] or None, text=row["text"]),
    )


_ROWS = tuple(_load_row(row) for row in read_table("compatibility.tsv"))
_FOREIGN = {id.lower(): id for row in _ROWS if row.relation == "listed" for id in sorted(row.targets)}
_NEWEST = max(read_version(license.version) for license in LICENSES)
# What a work is put under today: the newest version, the one dedication with a legal text in force, and foreign ones.
CURRENT = (
    *(x.id for x in LICENSES if read_version(x.version) == _NEWEST),
    *(x.id for x in LICENSES if is_public_domain(x) and x.languages and not x.deprecated_on),
    *_FOREIGN.values(),
)
PUBLIC_DOMAIN_TARGETS: frozenset[str] = frozenset().union(
    *(charted_targets(license) or () for license in LICENSES if is_public_domain(license))
)
