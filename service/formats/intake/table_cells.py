"""The cells of a row as the members of an article: the columns of ``service.formats.spreadsheet``, read back."""

import re
from collections.abc import Mapping
from typing import Any

from service.core.errors import Fault, Invalid
from service.formats.intake.stated_terms import is_same_license, state_terms
from service.formats.intake.work_names import read_work_name
from service.formats.members import drop_unknown
from service.formats.spreadsheet import COLUMNS, split_identifier

COLUMNS_IN = (*COLUMNS, "source", "license")
"""The columns that are taken: those that are written; ``source``, a name; and ``license``, in any words."""

_Cells = Mapping[str, str]

_TEXTS = ("title", "summary", "section")
_WORDS = ("url", "language", "published_at", "modified_at", "more_permissions_url", "status")
_ATTRIBUTION = ("credit", "credit_url", "requested", "disclaimer", "copyright_notice", "copyright_holder")
_EVIDENCE = ("statement", "statement_url", "start", "end")
_NAMING = ("status", "id", "url", "statement")
_FLAGS = ("train_ai", "search", "tdm_reservation")
_BOOLEANS = {"true": True, "false": False, "yes": True, "no": False, "1": True, "0": False}
_ITEM = re.compile(r'\s*(?:"((?:[^"]|"")*+)"\s*|([^;]*+))(?:;|\Z)')


def read_cells(cells: _Cells) -> dict[str, Any]:
    """The members that the cells state, each by its column; raises Invalid with all that cannot be read.

    What is derived from others is passed over: ids, versions and times of the record, the title of a license. A license
    that was inherited from the source, or is disputed, is none that the article states.
    """
    faults: list[Fault] = []
    ai_terms: dict[str, Any] = {name: _flag(cells, name, faults) for name in _FLAGS}
    attribution: dict[str, Any] = {name: cells.get(f"attribution.{name}") for name in _ATTRIBUTION}
    members = {
        **{name: cells.get(name) for name in _TEXTS},
        **{name: _word(cells, name) for name in _WORDS},
        "source": _source(cells),
        "creators": split_items(cells.get("creators", "")),
        "keywords": split_items(cells.get("keywords", "")),
        "identifiers": [read_identifier_cell(item) for item in split_items(cells.get("identifiers", ""))],
        "license": _license(cells, faults),
        "attribution": drop_unknown({**attribution, "copyright_year": _year(cells, faults)}),
        "ai_terms": drop_unknown({**ai_terms, "tdm_policy": _word(cells, "ai_terms.tdm_policy")}),
    }
    if faults:
        raise Invalid(faults[0].detail, tuple(faults))
    return drop_unknown(members)


def split_items(cell: str) -> list[str]:
    """The items of a list in a cell: between semicolons, in double quotes where they hold one."""
    found = ((quoted, plain) for quoted, plain in _ITEM.findall(cell))
    return [quoted.replace('""', '"') or plain.strip() for quoted, plain in found if quoted or plain.strip()]


def read_identifier_cell(item: str) -> dict[str, str]:
    """The scheme and the value of an identifier; without a scheme, one by which a work is known everywhere."""
    known = read_work_name(item) if item.startswith(("10.", "http://", "https://")) else None
    scheme, value = split_identifier(item) or ("", item)
    return known or {"scheme": scheme, "value": value}


def _source(cells: _Cells) -> Any:
    """The source by name and address, by which it is found in another registry too; by its slug if that is all."""
    name = cells.get("source.name") or cells.get("source")
    if name is None:
        return _word(cells, "source.id")
    return drop_unknown({"name": name, "url": _word(cells, "source.url")})


def _license(cells: _Cells, faults: list[Fault]) -> Any:
    """The license in the form that documents show it in, repeated it is no new statement; or else in any words."""
    words, named = cells.get("license"), _named_license(cells, faults)
    if words is None or named is None:
        return named or words
    if named.keys().isdisjoint(_NAMING):
        return {**(state_terms(words) or {}), **named}
    if not is_same_license(named, words):
        detail = "This names another license than the columns license.id, license.url and license.status do."
        faults.append(Fault("pointer", "/license", "contradictory", detail))
    return named


def _named_license(cells: _Cells, faults: list[Fault]) -> Any:
    said = {name: cells[f"license.{name}"] for name in (*_EVIDENCE, "id", "url") if f"license.{name}" in cells}
    status, origin = _word(cells, "license.status"), _word(cells, "license.origin")
    if origin == "source" or status == "disputed":
        return None
    if "license.spdx" in cells and said.setdefault("id", cells["license.spdx"]) != cells["license.spdx"]:
        detail = "The columns license.id and license.spdx name two licenses."
        faults.append(Fault("pointer", "/license/id", "contradictory", detail))
    if status in ("other", "all-rights-reserved") or (status == "known" and "id" in said):
        return {"status": status, **said}
    if status == "unversioned" and "license.unit" in cells and "id" not in said:
        return {"status": status, "unit": cells["license.unit"], **said}
    return said or None


def _word(cells: _Cells, column: str) -> str | None:
    """A cell that is no text of people, without space around it."""
    return cells.get(column, "").strip() or None


def _flag(cells: _Cells, name: str, faults: list[Fault]) -> bool | None:
    word = _word(cells, f"ai_terms.{name}")
    if word is None:
        return None
    if word.lower() not in _BOOLEANS:
        faults.append(Fault("pointer", f"/ai_terms/{name}", "wrong-type", "true or false is needed here."))
    return _BOOLEANS.get(word.lower())


def _year(cells: _Cells, faults: list[Fault]) -> int | None:
    word = _word(cells, "attribution.copyright_year")
    if word is None:
        return None
    if not (word.isascii() and word.isdigit() and len(word) <= 4):
        detail = "A year from 1 to 9999 is needed here."
        faults.append(Fault("pointer", "/attribution/copyright_year", "out-of-range", detail))
        return None
    return int(word)
