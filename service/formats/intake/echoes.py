"""What a record says that its article says already, in the coarser words of the form that the record came in.

A feed cuts off the fractions of a second, XML loses the space at the ends of a title, Dublin Core has the section among
its subjects: what is no more than this echo of the present state is not taken for a change of it.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from service.core.dates import PartialDate
from service.core.errors import InvalidValue
from service.formats.members import Members
from service.formats.xml_text import NO_CHARACTER

_Document = Mapping[str, Any]

_SECOND = timedelta(seconds=1)


def drop_echoes(members: _Document, present: _Document) -> Members:
    """`members` without those that the `present` document says as well, or more exactly."""
    return {
        name: value for name, value in members.items() if name not in _ECHOES or not _ECHOES[name](value, present, name)
    }


def _is_same_text(value: Any, present: _Document, name: str) -> bool:
    return isinstance(value, str) and isinstance(present.get(name), str) and _plain(value) == _plain(present[name])


def _is_same_date(value: Any, present: _Document, name: str) -> bool:
    """Whether the date is that which is known, to the second or to the day, month or year that it names."""
    said, known = _date(value), _date(present.get(name))
    if said is None or known is None:
        return False
    if said.precision == "instant":
        return known.precision == "instant" and said.first <= known.first < said.first + _SECOND
    first, last = said.days
    return first <= known.days[0] and known.days[1] <= last


def _is_same_source(value: Any, present: _Document, name: str) -> bool:
    """Whether the source is the present one, by its address or, where none is said, by its name."""
    source = present.get(name)
    if not isinstance(value, dict) or not isinstance(source, dict) or "id" in value:
        return False
    key = "url" if value.get("url") else "name"
    return bool(value.get(key)) and _plain(value[key]) == _plain(source.get(key))


def _are_same_subjects(value: Any, present: _Document, name: str) -> bool:
    """Whether the keywords are those that are known, or those behind the section."""
    if not isinstance(value, list):
        return False
    known = present.get(name) or []
    section = present.get("section")
    return [_plain(word) for word in value] in (_each_once(known), _each_once([section, *known] if section else known))


def _is_same_notice(value: Any, present: _Document, name: str) -> bool:
    """Whether nothing is said of the attribution but the notice that is known, or made of holder and year.

    Terms that are no license may begin as a notice does.
    """
    known = present.get(name) or {}
    if not isinstance(value, dict) or value.keys() != {"copyright_notice"}:
        return False
    holder, year = known.get("copyright_holder"), known.get("copyright_year")
    made = f"© {f'{year} ' if year else ''}{holder}" if holder else None
    terms = ((shown or {}).get("statement") for shown in (present.get("license"), *(present.get("licenses") or ())))
    said = _plain(value["copyright_notice"])
    return said in map(_plain, (known.get("copyright_notice") or made, *terms))


_ECHOES = {
    "title": _is_same_text,
    "summary": _is_same_text,
    "section": _is_same_text,
    "published_at": _is_same_date,
    "modified_at": _is_same_date,
    "source": _is_same_source,
    "keywords": _are_same_subjects,
    "attribution": _is_same_notice,
}


def _plain(text: Any) -> str:
    """The text as the poorest of forms has it."""
    return " ".join(NO_CHARACTER.sub("\ufffd", text).split()) if isinstance(text, str) else ""


def _each_once(words: list[Any]) -> list[str]:
    return list(dict.fromkeys(map(_plain, words)))


def _date(value: Any) -> PartialDate | None:
    try:
        return PartialDate.parse(value) if isinstance(value, str) else None
    except InvalidValue:
        return None
