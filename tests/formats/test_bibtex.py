"""BibTeX, read by bibtexparser with its decoder of TeX (pylatexenc), and by pybtex, which is strict about braces."""

import re

import bibtexparser
import pytest
from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts
from hypothesis import given
from hypothesis import strategies as st
from pybtex.bibtex.utils import split_tex_string
from pybtex.database import parse_string
from pylatexenc.latex2text import LatexNodes2Text

from service.formats.bibtex import escape_tex, render_bibtex
from tests.formats.cast import HOSTILE, ID, STATED, hostile, least, one_line, whole

VERBATIM = ("url", "doi", "issn")
_TEX = LatexNodes2Text()


def decode(text: str) -> str:
    """What TeX would print. The decoder reads \\textasciicircum as the modifier letter, which is another character."""
    return _TEX.latex_to_text(text).replace("ˆ", "^")


def read(body: bytes) -> dict[str, str]:
    """The fields of the one entry; both readers have to agree on them before they are decoded."""
    library = bibtexparser.parse_string(body.decode())
    assert not library.failed_blocks
    (entry,) = library.entries
    strict = parse_string(body.decode(), "bibtex").entries[ID]
    fields = {field.key: field.value for field in entry.fields}
    assert dict(strict.fields) == {key: value for key, value in fields.items() if key not in ("author", "editor")}
    assert entry.key == ID
    return {key: value if key in VERBATIM else decode(value) for key, value in fields.items()}


def people(body: bytes, field: str = "author") -> list[str]:
    """The names in a field, as the readers take them apart."""
    library = bibtexparser.parse_string(body.decode(), append_middleware=[SeparateCoAuthors()])
    assert len(parse_string(body.decode(), "bibtex").entries[ID].persons[field]) == len(library.entries[0][field])
    return library.entries[0][field]


def test_it_is_an_article_in_its_source():
    fields = read(render_bibtex(whole()))
    assert fields["title"] == "Who paints the lighthouse?"
    assert fields["journal"] == "Harbour Courier"
    assert (fields["year"], fields["date"]) == ("2024", "2024-05-04")
    assert fields["url"] == "https://harbour.example/2024/lighthouse"
    assert fields["doi"] == "10.1000/182"


def test_the_note_names_the_license_and_what_became_of_the_article():
    note = read(render_bibtex(whole(status="retracted")))["note"]
    assert note.startswith("Retracted. License: Attribution-ShareAlike 3.0 Unported (CC BY-SA 3.0)")
    assert "https://creativecommons.org/licenses/by-sa/3.0/." in note
    assert note.endswith("Credit: Ines Albright for The Harbour Trust")


def test_a_person_is_taken_apart_and_nobody_else_is():
    creators = [
        {"name": "Ines Albright", "kind": "person"},
        {"name": "Harbour and Sons", "kind": "organization"},
        "The Lantern Staff",
        {"name": "Sand and Sea", "kind": "person"},
    ]
    body = render_bibtex(least(creators=creators))
    assert people(body) == ["Ines Albright", "{Harbour and Sons}", "{The Lantern Staff}", "{Sand and Sea}"]
    split = bibtexparser.parse_string(body.decode(), append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    assert [name.last for name in split.entries[0]["author"]][:2] == [["Albright"], ["{Harbour and Sons}"]]


def test_editors_and_translators_have_fields_of_their_own():
    creators = [{"name": "Ida", "role": "editor"}, {"name": "Ned", "role": "translator"}]
    fields = read(render_bibtex(least(creators=creators)))
    assert (fields["editor"], fields["translator"]) == ("Ida", "Ned")
    assert "author" not in fields


@pytest.mark.parametrize(
    "keywords",
    [
        ["salt", "rock, paper"],
        ["a, b"],
        [",", ";"],
        ["a; b", "c}, d"],
        ["{x}, y", "z"],
        ["a,, b", "c"],
        ["salt", "sea"],
    ],
)
def test_a_reader_that_heeds_braces_takes_keywords_apart_as_they_were(keywords: list[str]):
    body = render_bibtex(least(keywords=keywords))
    (entry,) = bibtexparser.parse_string(body.decode()).entries
    strict = parse_string(body.decode(), "bibtex").entries[ID].fields["keywords"]
    assert entry["keywords"] == strict
    assert [decode(keyword) for keyword in split_tex_string(strict, "[,;]")] == keywords


def test_a_dispute_is_said_once():
    note = read(render_bibtex(least(license=STATED["disputed"])))["note"]
    assert note == "License in dispute: CC-BY-4.0, CC-BY-NC-4.0."


@pytest.mark.parametrize("status", STATED)
def test_only_a_license_that_is_exactly_known_has_an_address(status: str):
    note = read(render_bibtex(least(license=STATED[status]))).get("note", "")
    assert bool(note) == (status != "unknown")
    assert ("https://" in note) == (status in ("known", "alternatives", "other"))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_comes_back_on_one_line(text: str):
    body = render_bibtex(hostile(text))
    fields = read(body)
    assert fields["title"] == fields["abstract"] == fields["copyright"] == one_line(text)
    assert fields["journal"] == fields["keywords"] == one_line(text[:500])
    for field in ("author", "editor"):
        assert [decode(name) for name in people(body, field)] == [one_line(text[:500])]


@given(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp", "Co", "Cn"]) | st.sampled_from(" {}\\%'`-~^")
    )
)
def test_any_text_is_one_field_with_balanced_braces(text: str):
    escaped = escape_tex(text)
    depth = 0
    for brace in re.findall(r"[{}]", escaped):
        depth += 1 if brace == "{" else -1
        assert depth >= 0
    assert depth == 0


def test_braces_in_an_identifier_cannot_end_its_field():
    body = render_bibtex(least(identifiers=[{"scheme": "doi", "value": "10.1000/a}{b"}]))
    assert read(body)["doi"] == "10.1000/a%7D%7Bb"
