"""Bodies are I-JSON, and every fault says where it is."""

import json
import time
from contextlib import suppress

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.errors import InvalidJson, MalformedJson
from service.formats.strict_json import MAX_DEPTH, MAX_FAULTS, parse_foreign_json, parse_json

MIB = 1 << 20
SAFE = 2**53 - 1
clean_text = st.text(st.characters(exclude_categories=["Cc", "Cs"], include_characters="\t\n\r"))
documents = st.dictionaries(
    clean_text,
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-SAFE, SAFE)
        | st.floats(allow_nan=False, allow_infinity=False)
        | clean_text,
        lambda inner: st.lists(inner) | st.dictionaries(clean_text, inner),
        max_leaves=20,
    ),
)


def malformed(body):
    with pytest.raises(MalformedJson) as caught:
        parse_json(body, require_object=False)
    return caught.value


def faults(body, **options):
    with pytest.raises(InvalidJson) as caught:
        parse_json(body, **options)
    return caught.value.faults


@given(documents, st.booleans(), st.sampled_from([None, 2]))
def test_every_clean_document_is_read_back(document, ascii_only, indent):
    assert parse_json(json.dumps(document, ensure_ascii=ascii_only, indent=indent).encode()) == document
    assert parse_json(orjson.dumps(document)) == document


@pytest.mark.parametrize("body", [b"1", b"[]", b'"x"', b"null", b"true", b"-0", b"1.5e3"])
def test_any_value_is_read_where_no_object_is_required(body):
    assert parse_json(body, require_object=False) == json.loads(body)
    assert faults(body) == (("", "not-an-object", "Send a JSON object."),)


def test_one_byte_order_mark_is_dropped():
    assert parse_json(b"\xef\xbb\xbf{}") == {}
    assert malformed(b"\xef\xbb\xbf\xef\xbb\xbf{}").column == 1


@pytest.mark.parametrize(
    ("body", "line", "column"),
    [
        (b"", 1, 1),
        (b"\xef\xbb\xbf", 1, 1),
        (b"  ", 1, 3),
        (b"{", 1, 2),
        (b'{"a": 1,}', 1, 9),
        (b"{'a': 1}", 1, 2),
        (b'{"a": 1} x', 1, 10),
        (b'{\n  "a": 1\n  "b": 2\n}', 3, 3),
        (b'{\r\n"a": tru}', 2, 6),
        ('{"é": x}'.encode(), 1, 7),
        (b'{"a": 01}', 1, 8),
        (b'{"a": +1}', 1, 7),
        (b'{"a": .5}', 1, 7),
        (b'{"a": "x', 1, 7),
        (b'{"a": "x\ny"}', 1, 9),
        (b'{"a": "\x00"}', 1, 8),
        (b'{"a": "\\x"}', 1, 8),
        (b"[1 // no\n]", 1, 4),
        (b"\xc2\xa0{}", 1, 1),
        (b"]", 1, 1),
        (b'{"a": NaN}', 1, 7),
        (b'{"NaN": [1,\n -Infinity]}', 2, 2),
        (b"[Infinity]", 1, 2),
        (b'{"a": 1, "b": {"a": 2},\n "\\u0061": 3}', 2, 2),
        (b'[{"a": [{"b": 1}, {"b": 1, "b" : 2}]}]', 1, 28),
        (b'{"": 1, "": 1}', 1, 9),
        (b'{"a": "\\ud800"}', 1, 7),
        (b'{"a": "\\ud83d\\ude00", "b\\udc00": 1}', 1, 23),
        (b'["\\ude00\\ud83d"]', 1, 2),
        (b'["\\ud800", 18446744073709551616]', 1, 2),
        (b'{"a": "x\xff"}', 1, 9),
        (b'{\n"\xc3\xa9": "\xed\xa0\x80"}', 2, 7),
        (b'{"a": "\xc0\x80"}', 1, 8),
        (b'{"a": 123456789012345678901}', 1, 7),
        (b'{"a": -123456789012345678901}', 1, 7),
        (b"[" + b"9" * 5000 + b"]", 1, 2),
        (b"[1e999]", 1, 2),
        (b"[0, -1E+400]", 1, 5),
        (b"[" * 33 + b"]" * 33, 1, 33),
        (b"[\n" + b'{"[{": ' * 40, 2, 7 * 31 + 1),
    ],
)
def test_what_cannot_be_read_is_refused_with_line_and_column(body, line, column):
    error = malformed(body)
    assert (error.line, error.column) == (line, column)
    assert str(error) == error.detail
    assert error.detail.endswith(f"(line {error.line}, column {error.column}).")
    assert error.in_file(7).detail == f"{error.reason} (line 7, column {error.column})."


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_other_encodings_are_told_to_use_utf_8(encoding):
    assert "send UTF-8" in malformed('{"a": 1}'.encode(encoding)).detail


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_thirty_two_levels_are_read_and_one_more_is_not(opening, closing):
    inner = "0" if opening != "[" else ""
    parse_json((opening * MAX_DEPTH + inner + closing * MAX_DEPTH).encode(), require_object=False)
    deeper = opening * (MAX_DEPTH + 1) + inner + closing * (MAX_DEPTH + 1)
    assert "32 levels" in malformed(deeper.encode()).detail


def test_brackets_in_strings_are_no_levels():
    document = {"a": "[" * 50 + '\\"' + "{" * 50, "[" * 40: [{}, []] * 40}
    assert parse_json(json.dumps(document).encode()) == document


@pytest.mark.parametrize("number", [SAFE, -SAFE])
def test_safe_integers_are_read(number):
    assert parse_json(b'{"a": %d}' % number) == {"a": number}


def test_all_unsafe_integers_are_named_at_once():
    body = b'{"a": 9007199254740992, "b/~": [1, {"c": -9007199254740992}], "d": 99999999999999999999, "e": 1e300}'
    assert [(pointer, code) for pointer, code, _ in faults(body)] == [
        ("/a", "integer-out-of-range"),
        ("/b~1~0/1/c", "integer-out-of-range"),
        ("/d", "integer-out-of-range"),
    ]


@pytest.mark.parametrize("control", [*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0))])
@pytest.mark.parametrize("ascii_only", [True, False])
def test_control_characters_other_than_tab_lf_and_cr_are_refused(control, ascii_only):
    body = json.dumps({"a": [f"x{control}"], f"k{control}": 1}, ensure_ascii=ascii_only).encode()
    if control in "\t\n\r":
        assert parse_json(body)
    else:
        assert [(pointer, code) for pointer, code, _ in faults(body)] == [
            ("/a/0", "control-character"),
            (f"/k{control}", "control-character"),
        ]


def test_free_text_at_the_top_may_hold_control_characters():
    free = frozenset({"html"})
    assert parse_json(b'{"html": "\\u0000\\f\x7f"}', free_text=free) == {"html": "\0\f\x7f"}
    assert [fault[0] for fault in faults(b'{"html": ["\\u0000"], "a": {"html": "\\u0000"}}', free_text=free)] == [
        "/html/0",
        "/a/html",
    ]


def test_escapes_that_only_look_like_control_characters_are_read():
    assert parse_json(rb'{"a": "\\b \\u0000 \u007a \u0009"}') == {"a": r"\b \u0000 z " + "\t"}


def test_what_others_wrote_may_hold_controls_and_large_integers_but_must_be_json():
    assert parse_foreign_json(b'[{"a\\u0001": "\\u0000\\u0085"}, 9007199254740993]') == [
        {"a\x01": "\0\x85"},
        9007199254740993,
    ]
    for body in (b"{", b'{"a": 1, "a": 2}', b"[NaN]", b'"\\ud800"', b"[" * 40, b"1" * 21, b""):
        with pytest.raises(MalformedJson):
            parse_foreign_json(body)


def test_at_most_a_hundred_faults_are_named():
    assert len(faults(json.dumps(["\0"] * 500).encode())) == MAX_FAULTS


def test_long_names_do_not_blow_up_the_answer():
    found = faults(json.dumps({"k" * 50_000: ["\0"] * 500}).encode())
    assert sum(len(pointer) for pointer, _, _ in found) < 200_000


@pytest.mark.parametrize(
    "body",
    [
        b"[" * MIB,
        b"[]" * (MIB // 2),
        b"[" + b"[]," * (MIB // 3) + b"[]]",
        b'{"a":' * (MIB // 5),
        b"9" * MIB,
        b"1." + b"3" * MIB,
        b'"' * MIB,
        b'"\\' * (MIB // 2),
        b"[" * 40 + b'"\\' * (MIB // 2),
        b"[" + b"1," * (MIB // 2) + b"NaN]",
        b'["' + b"\\ud83d\\ude00" * (MIB // 12) + b'"]',
        b"[" + b'"\\ud83d\\ude00",' * (MIB // 15) + b'"\\ud83d"]',
        b"{" + b'"a":1,' * (MIB // 6) + b'"a":1}',
        b'{"' + b"k" * (MIB // 2) + b'":[' + b'"\\u0001",' * (MIB // 20) + b"1]}",
        b'["a"' + b" " * MIB,
        b'{"a":"' + b"\xff" * MIB,
    ],
    ids=lambda body: body[:8].decode("latin-1"),
)
def test_hostile_megabytes_are_answered_in_linear_time(body):
    began = time.perf_counter()
    with suppress(MalformedJson, InvalidJson):
        parse_json(body)
    # Half a second at worst when idle; what is quadratic takes minutes.
    assert time.perf_counter() - began < 10


@given(st.binary() | st.text('[]{}",:\\u0d8tn1e- ').map(str.encode))
def test_any_bytes_are_read_or_refused(body):
    with suppress(MalformedJson, InvalidJson):
        assert parse_json(body, require_object=False) == json.loads(body)
