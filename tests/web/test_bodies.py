"""What a body may be: bytes, size, encoding, depth, syntax, in this order; and never a word of a stack trace."""

import gzip
from collections.abc import Iterator

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.api import Api, expect_problem, faults_of
from tests.engines import Postgresql, Sqlite
from tests.factories import another_moth
from tests.servers import Server, serve

LIMIT = 1024 * 1024
WRITES = ("POST", "PUT", "PATCH")


@pytest.fixture(scope="module")
def place(shared_api: Api) -> str:
    """The path of an article that no body of this module changes."""
    return str(shared_api.created("/v1/articles", another_moth())["links"]["self"])


def send(api: Api, place: str, method: str, body: bytes | None, **headers: str):
    path = "/v1/articles" if method == "POST" else place
    media = "application/merge-patch+json" if method == "PATCH" else "application/json"
    return api.send(method, path, body, **{"if_match": "*", "content_type": media, **headers})


@pytest.mark.parametrize("method", WRITES)
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"not json",
        b'{"title": "x",}',
        b"{'title': 'x'}",
        b'{"title": "x"} {}',
        b'{"title": "a", "title": "b"}',
        b'{"attribution": {"credit": "a", "credit": "b"}}',
        b'{"title": NaN}',
        b'{"title": -Infinity}',
        b'{"title": 1e999}',
        b'{"title": "\\ud800"}',
        b'{"title": "\\udc00 x"}',
        b'{"title": "\xff"}',
        b'{"title": "\xed\xa0\x80"}',
        '{"title": "x"}'.encode("utf-16"),
        '{"title": "x"}'.encode("utf-16-le"),
        '{"title": "x"}'.encode("utf-32-be"),
        b'{"a":' * 33 + b"1" + b"}" * 33,
        b"[" * 100_000,
        b'{"title": 123456789012345678901}',
        b'{"title": "a\nb"}'.replace(b"\n", b"\x00"),
        b'{"title": 01}',
        b'{"title": "\\x41"}',
    ],
    ids=lambda body: repr(body[:24]),
)
def test_what_cannot_be_parsed_is_400_with_line_and_column(shared_api, place, method, body):
    problem = expect_problem(send(shared_api, place, method, body), 400, "malformed-json")
    assert problem["line"] >= 1
    assert problem["column"] >= 1
    assert faults_of(problem) == {("", "malformed")}


def test_line_and_column_point_at_the_fault(shared_api, place):
    problem = expect_problem(send(shared_api, place, "PUT", b'{\n  "title": tru\n}'), 400, "malformed-json")
    assert (problem["line"], problem["column"]) == (2, 12)


@pytest.mark.parametrize("method", WRITES)
@pytest.mark.parametrize("body", [b"[]", b'"x"', b"1", b"null", b"true", b'[{"title": "x"}]'])
def test_a_top_level_that_is_no_object_is_422(shared_api, place, method, body):
    problem = expect_problem(send(shared_api, place, method, body), 422, "validation-failed")
    assert "" in {at for at, _ in faults_of(problem)}


@pytest.mark.parametrize("method", WRITES)
@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"title": "a\u0000b"}, "/title"),
        ({"title": "a\u0007b"}, "/title"),
        ({"summary": "a\u007fb"}, "/summary"),
        ({"summary": "a\u0085b"}, "/summary"),
        ({"keywords": ["fine", "a\u001bb"]}, "/keywords/1"),
        ({"attribution": {"credit": "\u0001"}}, "/attribution/credit"),
        ({"a/b~c\u0002": 1}, "/a~1b~0c\u0002"),
        ({"title": 2**53}, "/title"),
        ({"title": -(2**53)}, "/title"),
        ({"parts": [{"n": 2**60}]}, "/parts/0/n"),
    ],
)
def test_what_json_can_hold_and_a_member_cannot_is_422(shared_api, place, method, body, pointer):
    response = send(shared_api, place, method, orjson.dumps(body))
    assert pointer in {at for at, _ in faults_of(expect_problem(response, 422, "validation-failed"))}


@pytest.mark.parametrize("text", ["tab\tin", "two\nlines", "cr\r\nlf", "e\u0301", "\u2066rtl\u2069", "😀", "a\u200cb"])
def test_text_is_stored_as_given(shared_api, text):
    made = shared_api.created("/v1/articles", another_moth(title=text, summary=text, keywords=[text]))
    assert (made["title"], made["summary"], made["keywords"]) == (text, text, [text])


def test_one_byte_order_mark_is_dropped(shared_api):
    body = orjson.dumps(another_moth())
    assert shared_api.post("/v1/articles", b"\xef\xbb\xbf" + body).status_code == 201
    expect_problem(shared_api.post("/v1/articles", b"\xef\xbb\xbf\xef\xbb\xbf" + body), 400, "malformed-json")


def test_32_levels_are_read(shared_api, place):
    body = b'{"summary":' + b"[" * 31 + b"]" * 31 + b"}"
    assert faults_of(expect_problem(send(shared_api, place, "PUT", body), 422, "validation-failed"))


@pytest.mark.parametrize("method", WRITES)
@pytest.mark.parametrize(
    "media_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "application/jsonp",
        "application/vnd.api+json",
        "json",
        "*/*",
        "",
        "application/json; charset=utf-16",
        "application/json; charset=iso-8859-1",
        'application/json; charset="latin1"',
    ],
)
def test_another_media_type_or_charset_is_415(shared_api, place, method, media_type):
    expect_problem(send(shared_api, place, method, b"{}", content_type=media_type), 415, "unsupported-media-type")


@pytest.mark.parametrize("method", WRITES)
def test_a_missing_media_type_is_415(shared_api, place, method):
    path = "/v1/articles" if method == "POST" else place
    headers = {"Authorization": "Bearer ak_the-lamp-is-lit-for-tests", "If-Match": "*"}
    response = shared_api.app.test_client().open(path, method=method, data=b"{}", headers=headers)
    expect_problem(response, 415, "unsupported-media-type")


@pytest.mark.parametrize(
    "media_type",
    ["application/json", "APPLICATION/JSON", "application/json;charset=UTF-8", 'application/json; charset="utf-8"'],
)
def test_json_in_utf_8_is_taken_in_any_spelling(shared_api, media_type):
    assert shared_api.post("/v1/articles", another_moth(), content_type=media_type).status_code == 201


@pytest.mark.parametrize("media_type", ["application/merge-patch+json", "application/json"])
def test_a_patch_comes_as_merge_patch_or_json(shared_api, place, media_type):
    assert shared_api.patch(place, {}, if_match="*", content_type=media_type).status_code == 200


def test_merge_patch_is_no_media_type_of_a_creation(shared_api):
    response = shared_api.post("/v1/articles", another_moth(), content_type="application/merge-patch+json")
    expect_problem(response, 415, "unsupported-media-type")


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate", "identity, gzip", "x"])
def test_a_content_coding_is_415(shared_api, place, coding):
    body = gzip.compress(b"{}")
    response = send(shared_api, place, "PUT", body, content_encoding=coding)
    expect_problem(response, 415, "unsupported-media-type")


def test_the_identity_coding_is_taken(shared_api, place):
    assert send(shared_api, place, "PATCH", b"{}", content_encoding="identity").status_code == 200


def padded(size: int) -> bytes:
    """An article in exactly so many bytes."""
    body = orjson.dumps(another_moth())
    return body[:-1] + b" " * (size - len(body)) + b"}"


@pytest.mark.parametrize("method", WRITES)
def test_a_body_over_one_mebibyte_is_413_with_the_limit(shared_api, place, method):
    problem = expect_problem(send(shared_api, place, method, b" " * (LIMIT + 1)), 413, "content-too-large")
    assert problem["limit"] == LIMIT


def test_a_body_of_one_mebibyte_is_read(shared_api):
    assert shared_api.post("/v1/articles", padded(LIMIT)).status_code == 201


class TestOrder:
    """What is checked first is told first."""

    def test_the_key_before_the_body(self, shared_api, place):
        anonymous = shared_api.with_key(None)
        expect_problem(send(anonymous, place, "POST", b"{", content_type="text/plain"), 401, "unauthenticated")

    def test_a_header_before_the_key(self, shared_api, place):
        expect_problem(send(shared_api.with_key("wrong"), place, "PUT", b"{", if_match="1"), 400, "malformed-header")

    def test_the_record_before_the_media_type(self, shared_api):
        path = "/v1/articles/01900000-0000-7000-8000-000000000000"
        expect_problem(send(shared_api, path, "PUT", b"{", content_type="text/plain"), 404, "not-found")

    def test_the_media_type_before_the_condition(self, shared_api, place):
        response = send(shared_api, place, "PUT", b"{", content_type="text/plain", if_match='"99"')
        expect_problem(response, 415, "unsupported-media-type")

    def test_the_condition_before_the_syntax(self, shared_api, place):
        expect_problem(send(shared_api, place, "PUT", b"{", if_match='"99"'), 412, "precondition-failed")

    def test_the_syntax_before_the_values(self, shared_api, place):
        expect_problem(send(shared_api, place, "PUT", b'{"title": 1'), 400, "malformed-json")

    def test_the_values_before_the_conflict(self, shared_api, place):
        taken = shared_api.read(place)["url"]
        expect_problem(shared_api.post("/v1/articles", {"url": taken}), 422, "validation-failed")


@pytest.fixture(scope="module")
def server(engine: Sqlite | Postgresql, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One worker, since sockets see what a test client does not."""
    with engine.database() as url, serve(url, workers=1, log=tmp_path_factory.mktemp("server") / "log") as running:
        yield running


def chunked(body: bytes, size: int, *, end: bytes = b"0\r\n\r\n", **headers: str) -> bytes:
    """A POST of an article in chunks."""
    lines = {
        "Host": "127.0.0.1",
        "Connection": "close",
        "Authorization": "Bearer ak_the-lamp-is-lit-for-tests",
        "Content-Type": "application/json",
        "Transfer-Encoding": "chunked",
        **headers,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    pieces = (body[at : at + size] for at in range(0, len(body), size))
    framed = b"".join(f"{len(piece):x}\r\n".encode() + piece + b"\r\n" for piece in pieces)
    return f"POST /v1/articles HTTP/1.1\r\n{head}\r\n".encode() + framed + end


def split(answer: bytes) -> tuple[int, bytes]:
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), body


@pytest.mark.parametrize("size", [1, 7, 65536])
def test_a_chunked_body_is_not_cut_short(server, size):
    summary = "The whistle. " * 1500
    status, body = split(server.send_raw(chunked(orjson.dumps(another_moth(summary=summary)), size)))
    assert (status, orjson.loads(body)["summary"]) == (201, summary)


def test_a_chunked_body_of_exactly_the_limit_is_read(server):
    assert split(server.send_raw(chunked(padded(LIMIT), 50_000)))[0] == 201


def test_a_chunked_body_over_the_limit_is_413_and_leaves_nothing(server):
    article = another_moth()
    body = orjson.dumps(article)
    status, answer = split(server.send_raw(chunked(body + b" " * (LIMIT + 1 - len(body)), 100_000)))
    assert (status, orjson.loads(answer)["limit"]) == (413, LIMIT)
    assert server.send("POST", "/v1/articles", article)[0] == 201


def test_a_body_that_ends_early_leaves_nothing(server):
    article = another_moth()
    body = orjson.dumps(article)
    lines = f"Host: x\r\nContent-Type: application/json\r\nContent-Length: {len(body) + 10}\r\n".encode()
    key = b"Authorization: Bearer ak_the-lamp-is-lit-for-tests\r\n"
    server.send_raw_and_leave(b"POST /v1/articles HTTP/1.1\r\n" + lines + key + b"\r\n" + body)
    assert server.send("POST", "/v1/articles", article)[0] == 201


@pytest.mark.parametrize("end", [b"zz\r\n", b"5\r\nab"])
def test_a_body_in_broken_chunks_leaves_nothing_and_the_server_goes_on(server, end):
    article = another_moth()
    server.send_raw_and_leave(chunked(orjson.dumps(article), 100, end=end))
    assert server.send("POST", "/v1/articles", article)[0] == 201


def test_a_body_is_read_after_100_continue(server):
    head, _, body = chunked(orjson.dumps(another_moth()), 100, Expect="100-continue").partition(b"\r\n\r\n")
    answer = server.send_raw(head + b"\r\n\r\n" + body)
    assert answer.startswith(b"HTTP/1.1 100 ")
    assert b"HTTP/1.1 201 " in answer


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
MEMBERS = (
    "id version links licenses _schema warnings url title source creators language published_at modified_at summary "
    "section keywords identifiers license requests attribution parts based_on more_permissions_url ai_terms status "
    "corrections name country credit policies scopes sources expires_at"
)
LICENSE_MEMBERS = (
    "status id url title unit version jurisdiction spdx permits requires prohibits candidates statement statement_url "
    "origin start end"
)
article_members = st.sampled_from(MEMBERS.split())
license_members = st.sampled_from(LICENSE_MEMBERS.split())
license_values = st.dictionaries(
    license_members,
    json_values
    | st.sampled_from(["known", "other", "disputed", "unversioned", "unknown", "by", "CC-BY-4.0", "2024-01-01", "cc"]),
    max_size=5,
)
bodies = st.dictionaries(
    article_members,
    json_values | license_values | st.lists(license_values, max_size=2) | st.sampled_from(["CC-BY-4.0", "2024", "en"]),
    max_size=6,
)


class TestAnyBodyWhatever:
    """No body gives a 5xx, and what is refused leaves nothing behind."""

    @settings(max_examples=40)
    @given(body=json_values)
    def test_any_json(self, shared_api, place, body):
        self._try(shared_api, place, orjson.dumps(body, default=str) if _is_plain(body) else repr(body).encode())

    @settings(max_examples=100)
    @given(body=bodies, whole=st.booleans())
    def test_any_values_of_the_members(self, shared_api, place, body, whole):
        document = {**another_moth(), **body} if whole else body
        self._try(shared_api, place, orjson.dumps(document) if _is_plain(document) else b"{")

    @settings(max_examples=40)
    @given(body=st.binary(max_size=200))
    def test_any_bytes(self, shared_api, place, body):
        self._try(shared_api, place, body)

    def _try(self, api: Api, place: str, body: bytes) -> None:
        source = api.read(place)["links"]["source"]
        for path in ("/v1/articles", "/v1/sources", "/v1/keys"):
            self._send(api, "POST", path, body)
        for path in (place, source):
            for method in ("PUT", "PATCH"):
                self._send(api, method, path, body)

    def _send(self, api: Api, method: str, path: str, body: bytes) -> None:
        database = api.app.extensions["creditline"].database
        head = database.fetch_one("SELECT seq FROM feed_head")
        media = "application/merge-patch+json" if method == "PATCH" else "application/json"
        headers = {} if path == "/v1/keys" else {"if_match": "*"}
        response = api.send(method, path, body, content_type=media, **headers)
        assert response.status_code in (200, 201, 400, 409, 422), response.text
        if response.status_code >= 400:
            assert database.fetch_one("SELECT seq FROM feed_head") == head
        elif path != "/v1/keys":
            location = response.headers.get("Location", path)
            assert api.put(location, api.read(location), if_match="*").headers["ETag"] == response.headers["ETag"]


def _is_plain(value: object) -> bool:
    """Whether the value is JSON as orjson writes it."""
    try:
        orjson.dumps(value)
    except (orjson.JSONEncodeError, TypeError):
        return False
    return True
