"""How the World Bank classes a territory, which the Developing Nations license turns on.

`territories.tsv` has the economies that the Bank classifies, by ISO 3166-1 alpha-2 code, since its list of July 2022,
with the changes of each July up to 2026. "before" is a high-income economy since an earlier list.
"""

from datetime import date

from service.core.data import read_table

_FIRST_LIST = date(2022, 7, 1)
_GRACE_YEARS = 5  # Developing Nations 2.0 s. 7(a)(ii)

_HIGH_SINCE = {row["code"]: row["high_income_since"] for row in read_table("territories.tsv")}


def class_of_territory(code: str | None, day: date) -> str:
    """`unsaid`, `high`, `recent` (high for less than five years), `other`, or `unlisted` where the class is not known.

    A day before the first list is not known either; a day after the last follows it.
    """
    if code is None:
        return "unsaid"
    since = _HIGH_SINCE.get(code.upper())
    if since is None or day < _FIRST_LIST:
        return "unlisted"
    if since in ("", "before"):
        return "high" if since else "other"
    return _class_since(date.fromisoformat(since), day)


def _class_since(since: date, day: date) -> str:
    if day < since:
        return "other"
    return "recent" if day < since.replace(year=since.year + _GRACE_YEARS) else "high"
