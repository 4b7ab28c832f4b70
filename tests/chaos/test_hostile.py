"""Whatever comes over the wire, the answer is no fault of the service, and the next client is served (I7)."""

import json
import re
import socket
import threading
from typing import Any

import pytest

from service.core.paging import encode_cursor
from tests.api import ADMIN_KEY
from tests.chaos.clients import Answer, Client, check_answer, in_crowd
from tests.chaos.servers import Server
from tests.factories import another_moth

NOBODY = "/v1/articles/01900000-0000-7000-8000-000000000000"
SERVERS_OWN = {400, 403, 405, 408, 414, 417, 431, 501, 505}
AUTH = f"Authorization: Bearer {ADMIN_KEY}".encode()
POST = b"POST /v1/articles HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n" + AUTH + b"\r\n"
PATIENCE = 30
STALLED = 3  # fewer than the threads of one worker: gunicorn reads a header for as long as it takes


def get(path: str | bytes, *headers: str | bytes) -> bytes:
    """A GET, byte for byte."""
    lines = [b"GET " + _bytes(path) + b" HTTP/1.1", b"Host: a", *map(_bytes, headers), b"Connection: close"]
    return b"\r\n".join(lines) + b"\r\n\r\n"


def post(body: bytes, *headers: str | bytes) -> bytes:
    """A POST of an article with a Content-Length, unless the headers say otherwise."""
    sized = [*headers, f"Content-Length: {len(body)}", "Connection: close"]
    return POST + b"".join(_bytes(header) + b"\r\n" for header in sized) + b"\r\n" + body


def chunked(raw: bytes) -> bytes:
    """A POST with a chunked body as it is."""
    return POST + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + raw


def cursor_of(query: str, *position: Any) -> str:
    """A cursor such as somebody can make who has read the code."""
    return encode_cursor(query, list(position))


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("latin-1")


def _article(**changes: Any) -> bytes:
    return json.dumps(another_moth(**changes)).encode()


REQUESTS: dict[str, bytes] = {
    # no HTTP, or hardly
    "nothing": b"",
    "an empty line": b"\r\n\r\n",
    "garbage": bytes(range(256)) + b"\r\n\r\n",
    "TLS": bytes.fromhex("16030100a5010000a10303") + b"\0" * 160,
    "HTTP/0.9": b"GET /\r\n\r\n",
    "HTTP/1.0 without Host": b"GET /v1/articles HTTP/1.0\r\n\r\n",
    "HTTP/2 preface": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "HTTP/9.9": b"GET / HTTP/9.9\r\nHost: a\r\n\r\n",
    "a cut request line": b"GET /v1/art",
    "cut headers": b"GET /v1/articles HTTP/1.1\r\nHost: a\r\nAccep",
    "bare LF": b"GET /v1/articles HTTP/1.1\nHost: a\n\n",
    "no method": b" /v1/articles HTTP/1.1\r\nHost: a\r\n\r\n",
    "a strange method": b"BREW /v1/articles HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    "a method in lower case": b"get /v1/articles HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    "a method of 300 letters": b"G" * 300 + b" / HTTP/1.1\r\nHost: a\r\n\r\n",
    "CONNECT": b"CONNECT a:443 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    "OPTIONS *": b"OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    "TRACE": b"TRACE / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    "an absolute target": get("http://elsewhere.example/v1/articles"),
    "two requests at once": get("/v1/articles").replace(b"Connection: close\r\n", b"") + get("/v1/changes"),
    # paths
    "NUL in the path": get(b"/v1/articles/\x00"),
    "encoded NUL in the path": get("/v1/articles/%00"),
    "encoded CRLF in the path": get("/v1/sources/a%0d%0aSet-Cookie:%20x=y"),
    "a path that is no UTF-8": get("/v1/sources/%ff%fe%c0%80"),
    "raw bytes in the path": get(b"/v1/sources/\xff\xc3\x28"),
    "a bad percent": get("/v1/articles/%zz%"),
    "dots": get("/v1/../../../../etc/passwd"),
    "encoded dots": get("/v1/%2e%2e/%2e%2e/etc/passwd"),
    "slashes": get("//v1///articles//"),
    "a trailing slash": get("/v1/articles/"),
    "a long path": get("/v1/" + "a" * 8000),
    "a longer path": get("/v1/" + "a" * 20_000),
    "a huge version": get(f"{NOBODY}/versions/{'9' * 300}"),
    "a version of other digits": get(f"{NOBODY}/versions/%d9%a3"),
    "a negative version": get(f"{NOBODY}/versions/-1"),
    # queries
    "a query that is no UTF-8": get("/v1/articles?title=%ff"),
    "raw bytes in the query": get(b"/v1/articles?title=\xff\xfe"),
    "NUL in the query": get("/v1/articles?title=%00"),
    "a surrogate in the query": get("/v1/articles?title=%ed%a0%80"),
    "a thousand parameters": get("/v1/articles?" + "&".join(f"a{n}=1" for n in range(1000))),
    "a parameter without a name": get("/v1/articles?=1&&=&"),
    "brackets": get("/v1/articles?id[[]]=1&[eq]=&published_at[gte][lt]=2020"),
    "a huge limit": get(f"/v1/articles?limit={'9' * 5000}"),
    "a limit of other digits": get("/v1/articles?limit=%d9%a3"),
    "a huge place in the feed": get(f"/v1/changes?after={'9' * 5000}"),
    "the largest place in the feed": get("/v1/changes?after=999999999999999999"),
    "a negative place in the feed": get("/v1/changes?after=-1"),
    "an endless wait": get("/v1/changes?wait=1e9"),
    "a forged cursor of texts": get("/v1/changes?after=" + cursor_of("changes", "a", "b")),
    "a forged cursor of nothing": get("/v1/changes?after=" + cursor_of("changes")),
    "a forged cursor of numbers too large": get("/v1/changes?after=" + cursor_of("changes", 2**70, 2**70)),
    "a forged cursor of a negative number": get("/v1/changes?after=" + cursor_of("changes", -(2**70), None)),
    "a forged cursor of lists": get("/v1/changes?after=" + cursor_of("changes", [[]], {})),
    "a forged cursor of a list by id": get("/v1/articles?sort=id&cursor=" + cursor_of("id", 7)),
    "a forged cursor of a list by id, NUL": get("/v1/articles?sort=id&cursor=" + cursor_of("id", "\0")),
    "a forged cursor of a list by title": get("/v1/articles?sort=title&cursor=" + cursor_of("title", "xyz", "a")),
    "a forged cursor of a list by date": get("/v1/articles?cursor=" + cursor_of("-published_at", 2**70, "a")),
    "a forged cursor of a list, empty": get("/v1/articles?cursor=" + cursor_of("-published_at")),
    "a forged cursor of sources": get("/v1/sources?cursor=" + cursor_of("sources", 7)),
    "a forged cursor of sources, NUL": get("/v1/sources?cursor=" + cursor_of("sources", "\0")),
    "a forged cursor of versions": get(f"{NOBODY}/versions?cursor=" + cursor_of(f"versions {NOBODY[13:]}", "x")),
    # headers
    "a header without a colon": get("/", "Accept"),
    "a header with a space in its name": get("/", "Ac cept: a"),
    "a folded header": get("/", "Accept: a\r\n b"),
    "an empty header name": get("/", ": a"),
    "NUL in a header": get("/", b"Accept: a\x00b"),
    "raw bytes in headers": get("/v1/articles", b"Accept: \xff\xfe", b"Request-Id: \xc3\x28", b"Prefer: \xff"),
    "raw bytes in a key": get("/v1/articles", b"Authorization: Bearer \xff\xc3\x28"),
    "a lone CR in a header": get("/", b"Request-Id: a\rSet-Cookie: x=y"),
    "a huge header": get("/", "X-Long: " + "a" * 15_000),
    "a header too large": get("/", "X-Long: " + "a" * 100_000),
    "five hundred headers": get("/", *(f"X-{n}: a" for n in range(500))),
    "no Host": b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
    "two Hosts": get("/", "Host: b"),
    "a strange Host": get("/v1/articles", "Host: <script>\"'", 'X-Forwarded-Host: "><b>'),
    "the place of an application": get("/v1/articles", "SCRIPT_NAME: /evil"),
    "the place of an application, and it fits": get("/v1/articles", "SCRIPT_NAME: /v1"),
    "another path": get("/v1/articles", "PATH_INFO: /\xff"),
    "malformed conditions": get(NOBODY, 'If-Match: "', "If-None-Match: W/x"),
    "a condition with a huge version": get(NOBODY, f'If-Match: "{"9" * 4000}"'),
    "malformed preferences": get("/v1/articles", 'Prefer: return="minimal'),
    "malformed Accept": get("/v1/articles", 'Accept: ;;;q=1,/,*/*;q=zzz,text/html;level="', "Accept-Language: -,;q"),
    "a malformed key": post(_article(), "Idempotency-Key: a b"),
    "an Idempotency-Key of 256 characters": post(_article(), "Idempotency-Key: " + "a" * 256),
    "an Origin that is none": get("/v1/articles", "Origin: null\t\t", "Access-Control-Request-Method: \xff"),
    "Expect something else": post(_article(), "Expect: 200-maybe"),
    "an Upgrade": get("/v1/articles", "Upgrade: websocket", "Connection: Upgrade"),
    "a Range": get("/v1/articles", "Range: bytes=0-0,9-1,-"),
    # lengths and codings of bodies
    "a cut body": POST + b"Content-Length: 1000\r\n\r\n{",
    "no length and no body": POST + b"Connection: close\r\n\r\n",
    "a negative length": POST + b"Content-Length: -1\r\n\r\n{}",
    "a length that is none": POST + b"Content-Length: ten\r\n\r\n{}",
    "a length of other digits": POST + b"Content-Length: \xb2\r\n\r\n{}",
    "a huge length": POST + b"Content-Length: " + b"9" * 30 + b"\r\n\r\n{}",
    "two lengths": POST + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    "a length and chunks": POST + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    "chunks twice": POST + b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
    "an unknown coding": POST + b"Transfer-Encoding: morse\r\n\r\n0\r\n\r\n",
    "a chunk size that is none": chunked(b"zz\r\n{}\r\n0\r\n\r\n"),
    "a negative chunk size": chunked(b"-2\r\n{}\r\n0\r\n\r\n"),
    "a huge chunk size": chunked(b"f" * 40 + b"\r\n{}"),
    "a chunk longer than its size": chunked(b"1\r\n{}\r\n0\r\n\r\n"),
    "a cut chunk": chunked(b"1000\r\n{"),
    "chunks without an end": chunked(b"2\r\n{}\r\n"),
    "a chunk extension": chunked(b'2;a="\r\n";b\r\n{}\r\n0\r\n\r\n'),
    "a good trailer": chunked(b"2\r\n{}\r\n0\r\nX: y\r\n\r\n"),
    "a trailer that frames": chunked(b"2\r\n{}\r\n0\r\nX: y\r\nContent-Length: 5\r\n\r\n"),
    "bad trailers": chunked(b"2\r\n{}\r\n0\r\nnone\r\n\r\n"),
    "a body in gzip": post(b"\x1f\x8b\x08", "Content-Encoding: gzip"),
    "a body with GET": get("/v1/articles", "Content-Length: 2") + b"{}",
    "a body with DELETE": post(b"{}").replace(b"POST /v1/articles", b"DELETE " + NOBODY.encode()),
    # bodies
    "an empty body": post(b""),
    "a body that is no UTF-8": post(b'{"title": "\xff"}'),
    "UTF-16": post('{"title": "a"}'.encode("utf-16")),
    "UTF-32": post('{"title": "a"}'.encode("utf-32")),
    "NUL bytes": post(b"\0" * 100),
    "deep lists": post(b"[" * 100_000),
    "deep objects": post(b'{"a":' * 100_000),
    "a number without end": post(b'{"version": ' + b"9" * 100_000 + b"}"),
    "a huge exponent": post(b'{"attribution": {"copyright_year": 1e999999}}'),
    "NaN": post(b'{"title": NaN}'),
    "duplicate members": post(b'{"title": "a", "title": "b"}'),
    "a lone surrogate": post(_article().replace(b'"title": "', rb'"title": "\ud800')),
    "an escaped NUL": post(_article(title="a\0b")),
    "members without number": post(json.dumps({f"m{n}": n for n in range(20_000)}).encode()),
    "every member a list": post(json.dumps(dict.fromkeys(another_moth(), [])).encode()),
    "every member an object": post(json.dumps(dict.fromkeys(another_moth(), {"a": {}})).encode()),
    "a list of ten thousand nulls": post(_article(creators=[None] * 10_000)),
    # values that reach headers
    "CRLF in the address": post(_article(url="https://lantern.example/a\r\nSet-Cookie: x=y")),
    "an angle bracket in the address": post(_article(url='https://lantern.example/a>;rel="next",<b')),
    "CRLF in a slug": post(_article(source="a\r\nX: y")),
    "CRLF in a licence": post(_article(license="https://creativecommons.org/licenses/by/4.0/\r\nX: y")),
    "an address of many scripts": post(_article(url="https://lantern.example/ماه/月?q=é#ü")),
    "a host of many scripts": post(_article(url="https://bücher.example\u2028/")),
    "a licence of many scripts": post(_article(license="Lizenz: ©️ \u202e CC BY")),
}


@pytest.mark.parametrize("name", REQUESTS)
def test_a_hostile_request_gets_an_honest_answer(server: Server, name: str) -> None:
    raw = exchange(server.port, REQUESTS[name])
    for answer in answers_of(raw):
        _check(answer)
    assert b"\r\nset-cookie" not in raw.lower()


@pytest.mark.parametrize("chunks", [b"zz\r\n", b"-1\r\n", b"1\r\n{}\r\n0\r\n\r\n", b'2;a="\r\n{}\r\n0\r\n\r\n'])
def test_behind_a_damaged_body_nothing_is_taken_for_a_request(server: Server, chunks: bytes) -> None:
    damaged = chunked(chunks).replace(b"Connection: close\r\n", b"")
    (answer,) = answers_of(exchange(server.port, damaged + get("/v1/changes")))
    assert answer.status == 400


def test_what_follows_a_refused_body_is_the_next_request(server: Server) -> None:
    refused = post(b"GET /v1/sources HTTP/1.1\r\nHost: a\r\n\r\n").replace(b"Connection: close\r\n", b"")
    for request in (refused, refused.replace(b"POST /v1/articles", b"POST /v1/nowhere")):
        first, second = answers_of(exchange(server.port, request + get("/v1/changes")))
        assert (first.status, second.status) == (400 if request == refused else 404, 200)
        assert "cursor" in second.json


def test_the_server_outlives_all_of_them_at_once(server: Server) -> None:
    in_crowd(lambda names: [exchange(server.port, REQUESTS[name]) for name in names], _parts(list(REQUESTS), 8))
    with Client(server.port) as client:
        made = client.insist("POST", "/v1/articles", another_moth())
        assert client.read(made.headers["location"])["version"] == 1
        client.walk("/v1/articles?limit=200")
        client.read_feed()
    assert "unhandled" not in server.read_log()


def test_clients_that_stall_do_not_keep_others_from_being_served(server: Server) -> None:
    stalled = [socket.create_connection(("127.0.0.1", server.port), PATIENCE) for _ in range(STALLED)]
    try:
        for connection in stalled:
            connection.sendall(b"GET /v1/articles HTTP/1.1\r\nHost: a\r\nX-Slow: ")
        with Client(server.port) as client:
            assert client.insist("GET", "/v1/articles?limit=1").status == 200
    finally:
        for connection in stalled:
            connection.close()


def exchange(port: int, request: bytes) -> bytes:
    """All that the server sends back to `request`, after which this side sends nothing more."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as connection:
        sender = threading.Thread(target=_send, args=(connection, request))
        sender.start()
        received = b""
        try:
            while piece := connection.recv(65_536):
                received += piece
        except ConnectionError:
            pass  # it hung up on what it had refused
        finally:
            sender.join()
    return received


def _send(connection: socket.socket, request: bytes) -> None:
    try:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
    except OSError:
        pass  # it hung up before it had read all


def answers_of(raw: bytes) -> list[Answer]:
    """The answers in what was received; a connection that was closed without a word has none."""
    answers = []
    while raw:
        head, _, rest = raw.partition(b"\r\n\r\n")
        line, *fields = head.decode("latin-1").split("\r\n")
        match = re.fullmatch(r"HTTP/1\.[01] (\d{3}) [^\r\n]*", line)
        assert match, raw[:300]
        headers = {name.strip().lower(): value.strip() for name, _, value in (item.partition(":") for item in fields)}
        if match[1] == "100":
            raw = rest
            continue
        length = int(headers.get("content-length", len(rest) if match[1] not in ("204", "304") else 0))
        answers.append(Answer(int(match[1]), headers, rest[:length]))
        raw = rest[length:]
    return answers


def _check(answer: Answer) -> None:
    if "request-id" in answer.headers:
        check_answer(answer)
    else:
        assert answer.status in SERVERS_OWN, answer
        assert b"Traceback" not in answer.body


def _parts(names: list[str], count: int) -> list[list[str]]:
    return [names[start::count] for start in range(count)]
