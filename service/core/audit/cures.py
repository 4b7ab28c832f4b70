"""The day by which a breach is mended so that the license holds again: 4.0 s. 6(b)(1), 3.0 IGO s. 7(b)."""

from collections.abc import Iterable
from datetime import date, timedelta

from service.core.audit.model import Cure, Finding
from service.core.audit.sentences import say
from service.core.data import read_table
from service.core.licenses import License

_CURES = {(row["version"], row["jurisdiction"]): row for row in read_table("audit_cures.tsv")}


def find_cure(findings: Iterable[Finding], discovered_on: date | None) -> Cure:
    """The day, counted from the discovery, if something is lacking under a license that has days of grace."""
    lacking = [finding for finding in findings if finding.is_lacking]
    licenses = list(dict.fromkeys(finding.under for finding in lacking if finding.under))
    graced = [license for license in licenses if (license.version, license.jurisdiction or "") in _CURES]
    if not lacking:
        return Cure(reason=say("cure.nothing"))
    if not licenses:
        return Cure(reason=say("cure.unclear"))
    if not graced:
        return Cure(reason=say("cure.none", license=licenses[0].id))
    return _count(graced[0], discovered_on)


def _count(license: License, discovered_on: date | None) -> Cure:
    cure = _CURES[license.version, license.jurisdiction or ""]
    days, clause = int(cure["days"]), cure["clause"]
    if discovered_on is None:
        return Cure(clause=clause, reason=say("cure.undated"))
    if (date.max - discovered_on).days < days:
        return Cure(clause=clause, reason=say("cure.late"))
    reason = say("cure.by", days=str(days), license=license.id)
    return Cure(by=discovered_on + timedelta(days=days), clause=clause, reason=reason)
