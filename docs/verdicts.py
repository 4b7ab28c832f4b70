"""The tables of verdicts and of combinations, made from the rules and the catalogue."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from service.core.catalogue import LICENSES
from service.core.combinations import Member, combine
from service.core.grants import Claim
from service.core.licenses import License
from service.core.permission.model import USES, Ruling
from service.core.permission.outbound import charted_targets, shown_targets
from service.core.permission.rulings import Situation, rule_license, rule_status

Cells = tuple[str, ...]

_MARKS = {"allow": "yes", "allow_with_duties": "duties", "deny": "no", "unknown": "open"}
_STATUSES = ("all-rights-reserved", "other", "unknown")
_CASES = {
    "Noncommercial and shared": {"commercial": "no", "territory": "other"},
    "Commercial and shared": {"commercial": "yes", "territory": "other"},
    "Noncommercial and not shared": {"commercial": "no", "territory": "other", "share": False},
    "Nothing said": {},
}
_COMBINED = ("zero", "by", "by-sa", "by-nc", "by-nc-sa", "by-nd", "by-nc-nd")


def verdict_tables() -> str:
    """A table for each case: like tools in one row, like uses in one column, verdict and rule in each cell."""
    return "\n\n".join(f"### {title}\n\n{_verdict_table(facts)}" for title, facts in _CASES.items())


def combination_tables() -> str:
    """What an adaptation of each tool may carry, and what two works make together."""
    outbound = {_label(license): _outbound(license) for license in _one_of_each()}
    carried = _table(
        ["Tool", "An adaptation may carry"], [[_joined(labels), cell] for labels, cell in _alike(outbound)]
    )
    newest = [license for license in LICENSES if license.unit in _COMBINED and not license.replaced_by]
    newest.sort(key=lambda license: _COMBINED.index(license.unit))
    rows = [[one.id, *(_together(one, other) for other in newest)] for one in newest]
    return f"{carried}\n\n{_table(['', *(license.id for license in newest)], rows)}"


def _verdict_table(facts: dict[str, str | bool]) -> str:
    rulings = {use: _column(use, facts) for use in USES}
    columns = _alike(rulings)
    rows = {label: tuple(cells[i] for _, cells in columns) for i, label in enumerate(_row_labels())}
    body = [[_joined(labels), *cells] for labels, cells in _alike(rows)]
    return _table(["", *("<br>".join(uses) for uses, _ in columns)], body)


def _column(use: str, facts: dict[str, str | bool]) -> Cells:
    shares = {"always": True, "never": False}.get(USES[use]["shares"], facts.get("share", True))
    situation = Situation(use=use, **{**facts, "share": shares})
    known = [_cell(rule_license(license, situation)) for license in _one_of_each()]
    return (*known, *(_cell(rule_status(status, situation)) for status in _STATUSES))


def _cell(ruling: Ruling) -> str:
    return f"{_MARKS[ruling.verdict]} `{ruling.reasons[0].rule}`"


def _row_labels() -> list[str]:
    return [*(_label(license) for license in _one_of_each()), *_STATUSES]


def _one_of_each() -> list[License]:
    """A license of each type and version; the ports of one are alike."""
    return list({(license.unit, license.version): license for license in reversed(LICENSES)}.values())[::-1]


def _label(license: License) -> str:
    return f"{license.unit} {license.version}"


def _joined(labels: Iterable[str]) -> str:
    """Labels by type: `by 1.0, 2.0`."""
    parts = sorted((label.rpartition(" ")[0] or label, label.rpartition(" ")[2]) for label in labels)
    units = {unit: [version for _, version in group] for unit, group in groupby(parts, key=lambda part: part[0])}
    spans: dict[str, list[str]] = {}
    for unit, versions in units.items():
        spans.setdefault("" if versions == [unit] else ", ".join(versions), []).append(unit)
    return "; ".join(f"{', '.join(names)} {versions}".strip() for versions, names in spans.items())


def _alike(cells: dict[str, object]) -> list[tuple[list[str], object]]:
    """Names with equal cells together, in the order of the first."""
    groups: dict[object, list[str]] = {}
    for name, cell in cells.items():
        groups.setdefault(cell, []).append(name)
    return [(names, cell) for cell, names in groups.items()]


def _outbound(license: License) -> str:
    targets = charted_targets(license)
    if targets is None:
        return "not charted"
    return ", ".join(shown_targets(targets)) or "nothing"


def _together(one: License, other: License) -> str:
    works = [Member(name=str(n), claims=(Claim(status="known", license=x),)) for n, x in enumerate((one, other))]
    combination = combine(works, as_="adaptation", commercial=False)
    return ", ".join(combination.outbound) or f"no `{combination.conflicts[0].rule}`"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows))
