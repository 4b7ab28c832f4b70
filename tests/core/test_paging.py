"""A cursor is opaque, fits one query, and tells when it was tampered with."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.errors import InvalidCursor
from service.core.paging import decode_cursor, encode_cursor

QUERY = "-published_at\nlanguage=en"
ID = "01900000-0000-7000-8000-00000000002a"
KINDS = ("integer", "id")
CURSOR = encode_cursor(QUERY, [1_710_000_000_000_000, ID])
ALPHABET = string.ascii_letters + string.digits + "-_+/="


@given(st.text(), st.integers(-(10**18) + 1, 10**18 - 1), st.uuids().map(str))
def test_a_position_is_read_back_from_its_cursor(query, number, id):
    assert decode_cursor(query, encode_cursor(query, [number, id]), *KINDS) == [number, id]


@given(st.binary(max_size=200).map(bytes.hex), st.from_regex(r"\A[a-z0-9-]{1,64}\Z"))
def test_words_of_every_kind_are_read_back(hexadecimal, slug):
    assert decode_cursor("q", encode_cursor("q", [hexadecimal, slug]), "hex", "slug") == [hexadecimal, slug]


def test_a_cursor_goes_into_a_query_string_as_it_is():
    assert set(CURSOR) <= set(string.ascii_letters + string.digits + "-_")


@pytest.mark.parametrize("place", range(len(CURSOR)))
def test_a_cursor_with_any_character_changed_is_refused(place):
    for letter in ALPHABET:
        if letter != CURSOR[place]:
            refuse(CURSOR[:place] + letter + CURSOR[place + 1 :])


@pytest.mark.parametrize("length", range(len(CURSOR)))
def test_a_cursor_that_is_cut_anywhere_is_refused(length):
    refuse(CURSOR[:length])
    refuse(CURSOR[len(CURSOR) - length :])


@pytest.mark.parametrize("addition", ["=", "A", "AAAA", " ", "\n", "%3D", "\0", "é", "\ud800"])
def test_a_cursor_with_anything_added_is_refused(addition):
    refuse(CURSOR + addition)
    refuse(addition + CURSOR)


@pytest.mark.parametrize("query", ["", "published_at\nlanguage=en", QUERY + "\n", QUERY.upper(), "-published_at"])
def test_a_cursor_does_not_fit_another_query(query):
    refuse(CURSOR, query=query)


@pytest.mark.parametrize(
    "position",
    [
        [],
        [1],
        [1, ID, 1],
        ["a", ID],
        [ID, 1],
        [1, "x"],
        [10**18, ID],
        [1.5, ID],
        [None, ID],
        [[], {}],
        ["١", ID],
        ["+1", ID],
        [" 1", ID],
        [1, ID.upper()],
    ],
)
def test_a_cursor_made_up_by_somebody_who_has_read_the_code_is_refused_where_it_holds_no_position(position):
    refuse(encode_cursor(QUERY, position))


@given(st.text())
def test_any_text_is_a_cursor_or_refused(text):
    refuse(text)


def refuse(cursor, *, query=QUERY):
    with pytest.raises(InvalidCursor):
        decode_cursor(query, cursor, *KINDS)
