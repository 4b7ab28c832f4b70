"""Tables in CSV: our own columns, other people's, and files as they come out of spreadsheets and editors."""

import csv
import io
import tracemalloc
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.errors import ContentTooLarge, Invalid, Problem, UnsupportedMediaType
from service.formats.documents.articles import render_article
from service.formats.intake.reading import Reading
from service.formats.intake.table_cells import read_identifier_cell, split_items
from service.formats.intake.table_rows import MAX_ROW
from service.formats.schemas.articles import load_article
from service.formats.spreadsheet import COLUMNS, stream_csv
from tests.formats.cast import recorded
from tests.formats.intake.uploads import CSV, FEED, items_of, members_of, problems_of, rss

A, B = "https://lantern.example/a", "https://lantern.example/b"
TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=20)
TABLE = f"url,title\r\n{A},Moths\r\n{B},Birds\r\n"


def row(**cells: str) -> dict[str, Any]:
    """What a row with these cells states."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, ["url", *(name.replace("__", ".") for name in cells)])
    writer.writeheader()
    writer.writerow({"url": A, **{name.replace("__", "."): cell for name, cell in cells.items()}})
    (members,) = members_of(CSV, file.getvalue())
    assert members.pop("url") == A
    return members


def refused(body: bytes | str, **said: Any) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as problem:
        items_of(CSV, body, **said)
    return [(fault.code, fault.detail) for fault in problem.value.faults]


class TestColumns:
    def test_every_member_that_has_one(self):
        assert row(
            title="Moths",
            source__name="The Lantern",
            source__url="https://lantern.example/",
            creators="Ines Albright; Tomás Ferreira",
            language="en-GB",
            published_at="2026-03-14",
            keywords="moths;birds ; ",
            identifiers="doi:10.1000/182; partner:desk:HC-0042",
            license__id="CC-BY-4.0",
            attribution__credit="The Trust",
            attribution__copyright_year="2026",
            ai_terms__train_ai="FALSE",
            status="corrected",
        ) == {
            "title": "Moths",
            "source": {"name": "The Lantern", "url": "https://lantern.example/"},
            "creators": ["Ines Albright", "Tomás Ferreira"],
            "language": "en-GB",
            "published_at": "2026-03-14",
            "keywords": ["moths", "birds"],
            "identifiers": [{"scheme": "doi", "value": "10.1000/182"}, {"scheme": "partner:desk", "value": "HC-0042"}],
            "license": {"id": "CC-BY-4.0"},
            "attribution": {"credit": "The Trust", "copyright_year": 2026},
            "ai_terms": {"train_ai": False},
            "status": "corrected",
        }

    def test_an_empty_cell_says_nothing(self):
        assert row(title="", creators="", license__id="", ai_terms__search="") == {}

    def test_what_only_the_registry_says_is_passed_over(self):
        assert row(id="x", version="7", created_at="x", updated_at="x", license__title="x", license__version="9") == {}

    def test_a_source_may_be_named_by_its_slug_or_its_name_alone(self):
        assert row(source__id="lantern")["source"] == "lantern"
        assert row(source="The Lantern", source__id="lantern")["source"] == {"name": "The Lantern"}

    def test_space_around_words_for_machines_falls_away_and_stays_in_texts(self):
        assert row(title=" a ", language=" en ") == {"title": " a ", "language": "en"}

    @pytest.mark.parametrize(
        ("cells", "claim"),
        [
            ({"license": "CC BY 4.0"}, ("known", "CC-BY-4.0")),
            ({"license": "Text: CC BY 4.0, photos reserved"}, ("known", "CC-BY-4.0")),
            ({"license__url": "https://creativecommons.org/licenses/by/4.0/"}, ("known", "CC-BY-4.0")),
            ({"license__spdx": "CC-BY-4.0"}, ("known", "CC-BY-4.0")),
            ({"license__status": "known", "license__id": "CC-BY-4.0", "license__unit": "by"}, ("known", "CC-BY-4.0")),
            ({"license__status": "all-rights-reserved"}, ("all-rights-reserved", None)),
            ({"license__status": "unversioned", "license__unit": "by"}, ("unversioned", None)),
            ({"license__status": "other", "license__statement": "Ask us."}, ("other", None)),
        ],
    )
    def test_a_license_in_any_column(self, cells: dict[str, str], claim: tuple[str, str | None]):
        members = row(title="a", source="b", **cells)
        (found,) = load_article({"url": A, **members}, None).claims
        assert (found.status, found.license.id if found.license else None) == claim

    @pytest.mark.parametrize(
        "cells",
        [
            {"license__status": "known", "license__id": "CC-BY-4.0", "license__origin": "source"},
            {"license__status": "disputed", "license__statement": "CC BY 4.0 or so"},
            {"license__status": "unknown"},
        ],
    )
    def test_what_is_inherited_disputed_or_unknown_is_no_statement(self, cells: dict[str, str]):
        assert row(**cells) == {}

    @pytest.mark.parametrize(
        ("cells", "at"),
        [
            ({"license": "All rights reserved", "license__id": "CC-BY-4.0"}, "/license"),
            ({"license": "CC BY-NC 4.0", "license__status": "known", "license__id": "CC-BY-4.0"}, "/license"),
            ({"license": "CC BY 9.9", "license__id": "CC-BY-4.0"}, "/license"),
            ({"license": "CC BY 4.0", "license__status": "other", "license__statement": "Ask us."}, "/license"),
            ({"license__id": "CC-BY-4.0", "license__spdx": "CC-BY-NC-4.0"}, "/license/id"),
        ],
    )
    def test_columns_that_name_two_licenses_refuse_the_row(self, cells: dict[str, str], at: str):
        names = ",".join(name.replace("__", ".") for name in cells)
        (item,) = items_of(CSV, f"url,{names}\n{A},{','.join(cells.values())}\n")
        assert [(fault.at, fault.code) for fault in item.problem.faults] == [(at, "contradictory")]

    @pytest.mark.parametrize(
        ("cells", "license"),
        [
            ({"license": "CC BY 4.0", "license__id": "CC-BY-4.0"}, {"id": "CC-BY-4.0"}),
            ({"license": "CC BY", "license__id": "CC-BY-4.0"}, {"id": "CC-BY-4.0"}),
            ({"license": "CC BY", "license__origin": "source", "license__id": "CC-BY-4.0"}, "CC BY"),
            ({"license": "CC BY", "license__status": "disputed"}, "CC BY"),
            ({"license": "CC BY", "license__start": "2031-01-01"}, {"statement": "CC BY", "start": "2031-01-01"}),
            ({"license": "CC BY", "license__id": "CC-BY-9.9"}, {"id": "CC-BY-9.9"}),
        ],
    )
    def test_a_license_in_words_goes_with_what_other_columns_say(self, cells: dict[str, str], license: Any):
        assert row(**cells) == {"license": license}

    @pytest.mark.parametrize("cell", ["perhaps", "2", "ja"])
    def test_a_flag_is_true_or_false(self, cell: str):
        (item,) = items_of(CSV, f"url,ai_terms.search,attribution.copyright_year\n{A},{cell},MMXXVI\n")
        assert [fault.at for fault in item.problem.faults] == ["/ai_terms/search", "/attribution/copyright_year"]


class TestHeaders:
    def test_a_column_needs_a_name(self):
        assert refused("url,,title\n") == [("unnamed-column", "Column 2 has no name.")]

    def test_empty_columns_at_the_end_are_none_and_hold_nothing(self):
        items = items_of(CSV, f"url,title,,\n{A},Moths,,\n{B},Birds,,!\n")
        assert items[0].members == {"url": A, "title": "Moths"}
        assert problems_of(items) == [(3, "cell-count")]

    def test_columns_without_a_name_are_passed_over_with_all_others_where_columns_are_named(self):
        table = f"url,,Headline,\n{A},x,Moths,y\n"
        (members,) = members_of(CSV, table, columns={"title": "Headline"})
        assert members == {"url": A, "title": "Moths"}

    def test_unknown_columns_are_all_named_with_near_ones(self):
        assert refused("url,titel,langauge\n") == [
            ("unknown-column", "There is no column 'titel'. Did you mean title?"),
            ("unknown-column", "There is no column 'langauge'. Did you mean language?"),
        ]

    @pytest.mark.parametrize(
        ("header", "code"),
        [
            ("", "no-header"),
            ("\n\n", "no-header"),
            ("title\n", "no-url"),
            ("url,title,title\n", "duplicate-column"),
            (",".join(["url", *["x"] * 1000]), "too-many-columns"),
        ],
    )
    def test_a_header_that_cannot_be_used(self, header: str, code: str):
        assert refused(header)[0][0] == code

    def test_columns_may_have_names_of_their_own(self):
        columns = {"url": "Link", "title": "Headline, main", "license": "Rights"}
        table = f'Link,"Headline, main",Rights,Notes\n{A},Moths,CC0,"x"\n'
        assert members_of(CSV, table, columns=columns) == [{"url": A, "title": "Moths", "license": "CC0"}]

    def test_a_column_of_ours_that_was_given_to_another_member_is_not_read_twice(self):
        table = f"url,title,section\n{A},Moths,Coast\n"
        assert members_of(CSV, table, columns={"section": "title", "title": "section"}) == [
            {"url": A, "title": "Coast", "section": "Moths"}
        ]

    def test_a_mapping_that_does_not_fit_is_refused(self):
        assert refused(TABLE, columns={"titel": "title", "section": "Sektion"}) == [
            ("unknown-column", "There is no member 'titel' for a column. Did you mean title?"),
            ("no-such-column", "The table has no column 'Sektion'."),
        ]

    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_what_stands_between_the_cells_is_found_out(self, delimiter: str):
        table = TABLE.replace(",", delimiter)
        assert [members["title"] for members in members_of(CSV, table)] == ["Moths", "Birds"]

    def test_a_delimiter_in_the_name_of_a_column_does_not_mislead(self):
        table = f'url;title;"a, b, c, d"\n{A};Moths;x\n'
        assert members_of(CSV, table, columns={"section": "a, b, c, d"}) == [
            {"url": A, "title": "Moths", "section": "x"}
        ]

    def test_the_line_that_excel_writes_before_is_understood(self):
        assert len(members_of(CSV, "sep=;\r\n" + TABLE.replace(",", ";"))) == 2


class TestLines:
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_lines_end_in_any_way(self, end: str):
        items = items_of(CSV, TABLE.replace("\r\n", end))
        assert [item.line for item in items] == [2, 3]

    def test_ways_to_end_lines_may_be_mixed(self):
        items = items_of(CSV, f"url,title\r\n{A},a\n{B},b\r{A},c\n\r\n{B},d")
        assert [(item.line, item.members["title"]) for item in items] == [(2, "a"), (3, "b"), (4, "c"), (6, "d")]

    def test_a_row_stands_on_the_line_on_which_it_begins(self):
        items = items_of(CSV, f'\nurl,title\n\n{A},"one\r\ntwo\n\nthree"\n,\n{B},b')
        assert [(item.line, item.members["title"]) for item in items] == [(4, "one\r\ntwo\n\nthree"), (9, "b")]

    @pytest.mark.parametrize(
        ("line", "code"),
        [
            (f"{A}", "cell-count"),
            (f"{A},a,b", "cell-count"),
            (f'{A},"a" b', "malformed"),
        ],
    )
    def test_a_row_that_is_ill_is_its_own_problem(self, line: str, code: str):
        items = items_of(CSV, f"url,title\n{A},a\n{line}\n{B},b\n")
        assert (len(items), problems_of(items)) == (3, [(3, code)])

    def test_empty_cells_too_many_are_forgiven(self):
        assert members_of(CSV, f"url,title\n{A},a,,\n") == [{"url": A, "title": "a"}]

    def test_a_quote_that_is_never_closed_takes_no_other_row_along(self):
        items = items_of(CSV, f'url,title\n{A},"a\n{B},b\n{A},c\n')
        assert problems_of(items) == [(2, "open-quote")]
        assert [item.members["title"] for item in items if item.members] == ["b", "c"]

    def test_a_quote_in_the_middle_of_a_cell_is_one(self):
        assert members_of(CSV, f'url,title\n{A},A 5" disk\n{B},b\n')[0]["title"] == 'A 5" disk'

    def test_bytes_that_are_no_utf_8_are_the_problem_of_their_row(self):
        body = f"url,title\n{A},caf".encode() + b"\xe9" + f"\n{B},é\n".encode()
        items = items_of(CSV, body)
        assert (problems_of(items), items[1].members) == ([(2, "invalid-encoding")], {"url": B, "title": "é"})

    @pytest.mark.parametrize("charset", ["windows-1252", "utf-16", "utf-8-sig"])
    def test_the_charset_is_that_of_the_header_or_of_the_mark(self, charset: str):
        said = {"charset": charset} if charset.startswith("win") else {}
        assert members_of(CSV, f"url,title\n{A},é\n".encode(charset), **said)[0]["title"] == "é"

    @pytest.mark.parametrize("charset", ["utf-16", "utf-32"])
    def test_the_order_of_bytes_is_little_endian_where_no_mark_tells_it(self, charset: str):
        for form, text in ((CSV, f"url,title\n{A},é\n"), (FEED, rss(f"<title>é</title><link>{A}</link>"))):
            assert members_of(form, text.encode(f"{charset}-le"), charset=charset)[0]["title"] == "é"

    def test_a_charset_that_there_is_not(self):
        with pytest.raises(UnsupportedMediaType):
            items_of(CSV, TABLE, charset="klingon")

    @pytest.mark.parametrize("around", ["", '"'])
    @pytest.mark.parametrize("size", [131_072, 131_073, MAX_ROW])
    def test_a_cell_may_fill_its_row(self, around: str, size: int):
        cell = "x" * (size - len(f"{A},{2 * around}\n"))
        assert members_of(CSV, f"url,title\n{A},{around}{cell}{around}\n") == [{"url": A, "title": cell}]
        (problem,) = (item.problem for item in items_of(CSV, f"url,title\n{A},{around}{'x' * MAX_ROW}{around}\n"))
        assert isinstance(problem, ContentTooLarge)
        assert f"at most {MAX_ROW} characters" in problem.detail

    @pytest.mark.parametrize("size", [MAX_ROW + 1, 2 * MAX_ROW])
    def test_a_line_that_is_too_long_is_its_own_problem(self, size: int):
        for cell in ("x" * size, f'"{"x" * size}"', f'"{"x" * 100}\n{"x" * size}"'):
            items = items_of(CSV, f"url,title\n{A},{cell}\n{B},b\n")
            assert isinstance(items[0].problem, ContentTooLarge) or problems_of(items[:1]) == [(2, "open-quote")]
            assert items[-1].members == {"url": B, "title": "b"}

    def test_a_text_over_the_limit_is_for_the_schema_to_refuse(self):
        (item,) = items_of(CSV, f"url,title,source\n{A},{'x' * 1001},b\n")
        with pytest.raises(Invalid) as refusal:
            load_article(item.members or {}, None)
        assert refusal.value.faults[0].at == "/title"

    def test_nul_is_a_character_like_any_other(self):
        assert members_of(CSV, f"url,title\n{A},a\0b\n")[0]["title"] == "a\0b"


class TestCells:
    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "'=1", "''-1"])
    def test_an_apostrophe_that_keeps_a_cell_from_running_is_taken_off(self, text: str):
        assert row(title=f"'{text}") == {"title": text}

    @pytest.mark.parametrize("text", ["'tis", "a=1", "' =1", "=1"])
    def test_no_other_character_is(self, text: str):
        assert row(title=text) == {"title": text}

    @pytest.mark.parametrize(
        ("cell", "items"),
        [
            ("a;b;  c", ["a", "b", "c"]),
            ('"a; b"; c', ["a; b", "c"]),
            ('"a ""b""";c', ['a "b"', "c"]),
            ('"a" b; c', ['"a" b', "c"]),
            ('"a', ['"a']),
            ("; ;", []),
            ('" a "', [" a "]),
        ],
    )
    def test_items_of_a_list(self, cell: str, items: list[str]):
        assert split_items(cell) == items

    @pytest.mark.parametrize(
        ("cell", "scheme", "value"),
        [
            ("doi:10.1000/182", "doi", "10.1000/182"),
            ("10.1000/182", "doi", "10.1000/182"),
            ("https://doi.org/10.1000/182", "doi", "10.1000/182"),
            ("urn:urn:isbn:0451450523", "urn", "urn:isbn:0451450523"),
            ("partner:desk:a:b", "partner:desk", "a:b"),
            ("a:b: c", "a:b", "c"),
            ("what", "", "what"),
        ],
    )
    def test_identifiers(self, cell: str, scheme: str, value: str):
        assert read_identifier_cell(cell) == {"scheme": scheme, "value": value}

    @given(
        names=st.lists(TEXTS.filter(lambda name: bool(name.strip())), max_size=4),
        schemes=st.lists(st.from_regex(r"[a-z0-9][a-z0-9.+:-]{0,20}", fullmatch=True), max_size=3),
        value=TEXTS,
    )
    def test_any_lists_come_back(self, names: list[str], schemes: list[str], value: str):
        free = [scheme for scheme in schemes if scheme not in ("doi", "issn", "urn", "arxiv", "pmid")]
        article = recorded(
            {
                "url": A,
                "title": "a",
                "source": {"name": "b"},
                "creators": names,
                "keywords": names,
                "identifiers": [{"scheme": scheme, "value": value} for scheme in free],
            }
        )
        (members,) = members_of(CSV, b"".join(stream_csv([render_article(article)])))
        new = load_article(members, None).content
        assert [creator.name for creator in new.creators] == names
        assert list(new.keywords) == names
        assert new.identifiers == article.content.identifiers


@given(st.data())
def test_no_bytes_are_too_strange(data: st.DataObject):
    body = data.draw(st.binary(max_size=200))
    for start in (b"", b"url,title\n", b'url;title\n"'):
        with suppress(Problem):
            items_of(CSV, start + body)


@given(st.integers(0, len(TABLE)))
def test_a_table_cut_anywhere_is_read_as_far_as_it_goes(cut: int):
    try:
        items = items_of(CSV, TABLE[:cut])
    except Invalid:
        assert cut < len("url,title")
        return
    whole = items_of(CSV, TABLE)
    assert [item.line for item in items] == [item.line for item in whole][: len(items)]
    assert items[:-1] == whole[: len(items) - 1] if items else True


def test_the_header_that_we_write_is_taken():
    assert items_of(CSV, ",".join(COLUMNS) + "\r\n") == []


def test_memory_does_not_grow_with_the_rows():
    peaks = []
    for count in (1_000, 20_000):
        body = io.BytesIO(("url,title\n" + f"{A},Moths\n" * count).encode())
        tracemalloc.start()
        assert sum(1 for _ in CSV(body, Reading())) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 500_000
