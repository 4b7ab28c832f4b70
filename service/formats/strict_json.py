"""JSON as request bodies may hold it: I-JSON (RFC 7493), at most 32 levels deep.

The standard library's parser is used as it has hooks for names and numbers. orjson reads faster, but takes duplicate
names and turns 2^64 into a float; finding both afterwards cost more than its lead.
"""

import re
from collections.abc import Iterator
from itertools import islice
from json import JSONDecodeError, JSONDecoder
from math import isfinite
from typing import NoReturn

import orjson

from service.core.errors import InvalidJson, MalformedJson

MAX_DEPTH = 32
MAX_DIGITS = 20  # of an integer
MAX_SAFE_INTEGER = 2**53 - 1  # RFC 7493 section 2.2
MAX_FAULTS = 100
MAX_POINTERS = 65_536  # characters in all pointers together, so that long names cannot blow up an answer

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""A control character that no text of ours holds."""

_BOM = b"\xef\xbb\xbf"
# Possessive, and without need of the closing quote: every match is final, so that scans of ill bodies stay linear.
_STRING_PATTERN = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?'
_STRING = re.compile(_STRING_PATTERN, re.DOTALL)
_TOKEN = re.compile(rf'{_STRING_PATTERN}|[\[\]{{}}]|[^\s"\[\]{{}},:]+', re.DOTALL)
_COLON = re.compile(r"\s*:")
_NO_BRACKETS = re.compile(r"[^\[\]{}]+")
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")
_CONTROL_ESCAPE = re.compile(r"\\(?:[bf]|u00(?:[0189]|7[fF]))")
_UPPER_CONTROL = re.compile(r"[\x7f-\x9f]")

_Fault = tuple[str, str, str]
_Path = tuple[str | int, ...]


def parse_json(body: bytes, *, require_object: bool = True, free_text: frozenset[str] = frozenset()) -> object:
    """Read a JSON document of dicts, lists, strings, ints, floats, booleans and None.

    Text in the top-level members named by `free_text` may hold control characters. Raises MalformedJson for what
    cannot be read, InvalidJson with all faults for what can be read and is not allowed.
    """
    text = _decode(body)
    _check_depth(text)
    document, unsafe_integers = _parse(text)
    _check_surrogates(text, document)
    if unsafe_integers or _may_hold_controls(text) or (require_object and not isinstance(document, dict)):
        _check_values(document, require_object=require_object, free_text=free_text)
    return document


def parse_foreign_json(body: bytes) -> object:
    """Read JSON that somebody else wrote, whose strings and numbers are not ours to judge: else as `parse_json`.

    Strings may hold control characters, and integers be of any size. Raises MalformedJson.
    """
    text = _decode(body)
    _check_depth(text)
    document, _ = _parse(text)
    _check_surrogates(text, document)
    return document


def _decode(body: bytes) -> str:
    if b"\x00" in body[:4] or body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise MalformedJson("This looks like UTF-16 or UTF-32; send UTF-8", 1, 1)
    content = body.removeprefix(_BOM)
    if not content:
        raise MalformedJson("There is nothing here; send JSON", 1, 1)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        _refuse(before, len(before), "This is not UTF-8")


def _check_depth(text: str) -> None:
    """Count the levels before parsing, as parsers recurse. Most bodies have too few brackets to need a look."""
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return
    depth = 0
    for bracket in _NO_BRACKETS.sub("", _STRING.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        if depth > MAX_DEPTH:
            _refuse(text, _find_deepest(text), f"Arrays and objects are nested more than {MAX_DEPTH} levels deep")


def _find_deepest(text: str) -> int:
    """Where the first bracket stands that is one level too many."""
    depth = 0
    for token in _TOKEN.finditer(text):
        depth += (token[0] in "[{") - (token[0] in "]}")
        if depth > MAX_DEPTH:
            return token.start()
    return 0


class _IllNumber(Exception):
    """A number, by its own text, that cannot be read."""

    def __init__(self, text: str, detail: str) -> None:
        super().__init__(text)
        self.text = text
        self.detail = detail


class _UnsafeInteger(Exception):
    """An integer that can be read but not by everybody."""


class _DuplicateName(Exception):
    """An object with two members of one name."""


def _parse(text: str) -> tuple[object, bool]:
    """The document, and whether it holds integers beyond 2^53-1."""
    try:
        try:
            return _DECODER.decode(text), False
        except _UnsafeInteger:
            return _TOLERANT_DECODER.decode(text), True
    except JSONDecodeError as error:
        _refuse(text, error.pos, error.msg.removesuffix(" at"))
    except _IllNumber as error:
        _refuse(text, _find_number(text, error.text), error.detail)
    except _DuplicateName:
        _refuse(text, _find_duplicate(text), "An object has two members of this name")


def _read_members(members: list[tuple[str, object]]) -> dict[str, object]:
    read = dict(members)
    if len(read) < len(members):
        raise _DuplicateName
    return read


def _read_integer(text: str) -> int:
    # Checked before int(), which is quadratic and refuses 4,301 digits with an error of its own.
    if len(text.lstrip("-")) > MAX_DIGITS:
        raise _IllNumber(text, f"An integer has more than {MAX_DIGITS} digits")
    return int(text)


def _read_safe_integer(text: str) -> int:
    number = _read_integer(text)
    if abs(number) > MAX_SAFE_INTEGER:
        raise _UnsafeInteger
    return number


def _read_float(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise _IllNumber(text, "A number is too large for a double")
    return number


def _read_constant(text: str) -> NoReturn:
    raise _IllNumber(text, f"{text} is no JSON number")


_DECODER = JSONDecoder(
    object_pairs_hook=_read_members,
    parse_int=_read_safe_integer,
    parse_float=_read_float,
    parse_constant=_read_constant,
)
_TOLERANT_DECODER = JSONDecoder(
    object_pairs_hook=_read_members, parse_int=_read_integer, parse_float=_read_float, parse_constant=_read_constant
)


def _find_number(text: str, number: str) -> int:
    """Where a number stands. The first that reads so is the one that stopped the parser, as all its like would."""
    return next((token.start() for token in _TOKEN.finditer(text) if token[0].startswith(number)), 0)


def _find_duplicate(text: str) -> int:
    """Where the first name stands that its object has already."""
    names: list[set[object]] = []
    for token in _TOKEN.finditer(text):
        if token[0] in "[{":
            names.append(set())
        elif token[0] in "]}":
            names.pop()
        elif token[0][0] == '"' and _COLON.match(text, token.end()):
            name = _DECODER.decode(token[0])
            if name in names[-1]:
                return token.start()
            names[-1].add(name)
    return 0


def _check_surrogates(text: str, document: object) -> None:
    """Refuse halves of pairs, which Python reads but UTF-8, and so the database, cannot hold."""
    if not _SURROGATE_ESCAPE.search(text):
        return
    try:
        orjson.dumps(document)  # the quickest way to encode every string
    except orjson.JSONEncodeError:  # a half, or an integer beyond 64 bits
        _refuse_half_pairs(text)


def _refuse_half_pairs(text: str) -> None:
    for token in _TOKEN.finditer(text):
        if _SURROGATE_ESCAPE.search(token[0]):
            try:
                str(_DECODER.decode(token[0])).encode("utf-8")
            except UnicodeEncodeError:
                _refuse(text, token.start(), "A string holds half of a surrogate pair")


def _refuse(text: str, position: int, problem: str) -> NoReturn:
    line = text.count("\n", 0, position) + 1
    column = position - text.rfind("\n", 0, position)
    raise MalformedJson(problem, line, column)


def _may_hold_controls(text: str) -> bool:
    """Whether a string may hold a control character: quick, and sometimes wrongly true."""
    if "\\" in text and _CONTROL_ESCAPE.search(text):
        return True
    return "\x7f" in text if text.isascii() else _UPPER_CONTROL.search(text) is not None


def _check_values(document: object, *, require_object: bool, free_text: frozenset[str]) -> None:
    faults: list[_Fault] = []
    if require_object and not isinstance(document, dict):
        faults.append(("", "not-an-object", "Send a JSON object."))
    size = 0
    for path, code, detail in islice(_find_faults(document, (), free_text), MAX_FAULTS - len(faults)):
        faults.append((_pointer(path), code, detail))
        size += len(faults[-1][0])
        if size > MAX_POINTERS:
            break
    if faults:
        raise InvalidJson(tuple(faults))


def _find_faults(value: object, path: _Path, free_text: frozenset[str]) -> Iterator[tuple[_Path, str, str]]:
    if isinstance(value, dict):
        for name, member in value.items():
            if control := CONTROL.search(name):
                yield (*path, name), "control-character", _control_detail("a member's name", control[0])
            if path or name not in free_text or not isinstance(member, str):
                yield from _find_faults(member, (*path, name), free_text)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _find_faults(item, (*path, index), free_text)
    elif isinstance(value, str):
        if control := CONTROL.search(value):
            yield path, "control-character", _control_detail("text", control[0])
    elif isinstance(value, int) and abs(value) > MAX_SAFE_INTEGER:
        yield path, "integer-out-of-range", "Integers lie between -(2^53-1) and 2^53-1; send a larger one as a string."


def _control_detail(place: str, control: str) -> str:
    return f"Remove U+{ord(control):04X} from {place}: of control characters only tab, LF and CR are allowed."


def _pointer(path: _Path) -> str:
    """RFC 6901 section 3."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)
