"""What a license asks of a credit, element by element, with the clause of its legal code.

The table `credit_clauses.tsv` follows the unported texts; ports are cited by the clause of the unported license of
their version (2.1, which has none, by that of 2.0). A title is asked for through 3.0 and not in 4.0; an address of the
work since 2.0; parties that the licensor designates since 2.5; Sampling 1.0 asks for no title. Licenses without
Attribution (nd, nc, sa and their mixtures) keep the notices and the address of the license (s. 4(a)). CC0, the Public
Domain Mark and the certification are not in the table: they ask for nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from service.core.catalogue import find_license
from service.core.data import read_table
from service.core.grants import Claim
from service.core.licenses import License

_ROWS = {(row["unit"], row["version"]): row for row in read_table("credit_clauses.tsv")}
_NO_ELEMENTS = ("unit", "version", "names_use")


@dataclass(frozen=True, slots=True)
class Terms:
    """The elements that are asked for, each with its clause, None where the possible licenses differ in it.

    ``names_use`` says that the credit of an adaptation names the use of the work, as 1.0 to 3.0 want it.
    """

    clauses: Mapping[str, str | None]
    names_use: bool


def terms_of(claim: Claim) -> Terms:
    """What the claim may ask for: where several licenses are possible, all that any of them does."""
    return _terms(_possible_licenses(claim))


@lru_cache(maxsize=1024)
def _terms(licenses: tuple[License, ...]) -> Terms:
    rows = [_ROWS.get((license.unit, license.version), {}) for license in licenses]
    asked = {key for row in rows for key, clause in row.items() if clause and key not in _NO_ELEMENTS}
    clauses = {key: _agreed(row.get(key) or None for row in rows) for key in sorted(asked)}
    return Terms(MappingProxyType(clauses), any(row.get("names_use") for row in rows))


def _possible_licenses(claim: Claim) -> tuple[License, ...]:
    """The license of a known claim, the candidates of one that is unversioned or disputed, else none."""
    if claim.license:
        return (claim.license,)
    return tuple(license for license in map(find_license, claim.candidates) if license)


def _agreed(clauses: Iterable[str | None]) -> str | None:
    different = set(clauses)
    return different.pop() if len(different) == 1 else None
