"""The outbound client: where it goes, what it takes, and how it fails."""

import gzip
import socket
import zlib

import pytest

from service.core.errors import CreditlineError, InvalidValue
from service.delivery.addresses import is_any, is_public
from service.delivery.client import USER_AGENT, Response, exchange, send
from service.delivery.errors import AddressForbidden, AnswerTooLarge, AnswerUnreadable, TimedOut, Unreachable
from service.delivery.policy import Policy
from tests.delivery.hosts import Host, open_host, open_wire

HERE = Policy(permits=is_any)
PUBLIC = Policy(patience=5, seconds=5)


def get(url: str, policy: Policy = HERE, **headers: str) -> Response:
    return send("GET", url, headers=headers, policy=policy)


class TestForbidden:
    """Hosts that are not spoken to"""

    @pytest.mark.parametrize(
        "authority",
        [
            *("127.0.0.1", "[::1]", "169.254.169.254", "10.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0"),
            *("[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1]", "[fd00::1]", "192.168.0.1", "224.0.0.1"),
            *("LOCALHOST", "localhost.", "%6cocalhost", "１２７.０.０.１"),
        ],
    )
    def test_a_private_host_is_refused_however_it_is_written(self, host, authority):
        with pytest.raises(AddressForbidden, match="private or reserved"):
            get(f"http://{authority}:{host.port}/", PUBLIC)
        assert host.asked == []

    @pytest.mark.parametrize("authority", ["2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0x7f.1", "017700000001"])
    def test_a_number_that_a_resolver_takes_for_an_address_is_no_host(self, host, authority):
        with pytest.raises((InvalidValue, AddressForbidden)):
            get(f"http://{authority}:{host.port}/", PUBLIC)
        assert host.asked == []

    @pytest.mark.parametrize(
        "url",
        [
            *("file:///etc/passwd", "ftp://example.org/", "gopher://127.0.0.1/", "data:,x", "//127.0.0.1/", "", "x"),
            *("http://user@127.0.0.1/", "http://1.1.1.1@127.0.0.1/", "http:///x", "http://a b/", "http://[::1%25lo]/"),
            *("http://127.0.0.1:99999/", "http://example.org/\r\nHost: x", "http://exa\0mple.org/"),
        ],
    )
    def test_only_a_web_address_is_asked(self, url):
        with pytest.raises(InvalidValue):
            get(url)

    def test_a_name_is_looked_up_once_and_the_address_that_was_checked_is_the_one_connected_to(self, host):
        answers = [["127.0.0.1"], ["10.0.0.1"]]
        policy = Policy(permits=lambda address: address == "127.0.0.1", resolve=lambda *_: answers.pop(0))
        host.answer("/", (200, {}, b"here"))
        assert get(f"http://lantern.example:{host.port}/", policy).body == b"here"
        assert answers == [["10.0.0.1"]]
        assert host.asked[0].headers["host"] == f"lantern.example:{host.port}"

    def test_a_name_that_means_another_host_by_the_second_look_is_refused_at_a_redirect(self, host):
        answers = [["127.0.0.1"], ["127.0.0.2"]]
        policy = Policy(permits=lambda address: address == "127.0.0.1", resolve=lambda *_: answers.pop(0))
        host.answer("/", (302, {"Location": "/again"}, b""))
        with pytest.raises(AddressForbidden):
            get(f"http://lantern.example:{host.port}/", policy)
        assert [asked.path for asked in host.asked] == ["/"]

    def test_of_several_addresses_only_those_that_are_permitted_are_connected_to(self, host):
        policy = Policy(permits=lambda address: address == "127.0.0.1", resolve=lambda *_: ["10.0.0.1", "127.0.0.1"])
        host.answer("/", (200, {}, b"here"))
        assert get(f"http://lantern.example:{host.port}/", policy).body == b"here"

    @pytest.mark.parametrize(
        "location",
        [
            *("http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[::ffff:10.0.0.1]/"),
            *("https://192.168.0.1/", "//172.16.0.1/x", "http://localhost:1/"),
        ],
    )
    def test_a_redirect_to_a_private_host_is_refused(self, host, location):
        start = host.answer("/", (302, {"Location": location}, b""))
        policy = Policy(permits=lambda address: address == "127.0.0.1" or is_public(address))
        with pytest.raises(AddressForbidden):
            get(start, policy if "localhost" not in location else _only_first())
        assert len(host.asked) == 1


def _only_first() -> Policy:
    """A policy that permits the first connection and no other."""
    permitted = iter([True])
    return Policy(permits=lambda _: next(permitted, False))


class TestRedirects:
    """Redirects"""

    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_a_get_follows_a_redirect_and_tells_where_it_ended(self, host, status):
        start = host.answer("/a/b?x=1", (status, {"Location": "../c?utm_source=y"}, b"moved"))
        host.answer("/c?utm_source=y", (200, {}, b"there"))
        response = get(start)
        assert (response.status, response.body, response.url) == (200, b"there", f"{host.url}/c?utm_source=y")

    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_a_post_follows_none(self, host, status):
        start = host.answer("/", (status, {"Location": "/there"}, b"moved"))
        assert send("POST", start, body=b"x", policy=HERE).status == status
        assert len(host.asked) == 1

    def test_a_policy_without_redirects_gives_the_redirect_back(self, host):
        start = host.answer("/", (301, {"Location": "/there"}, b"moved"))
        assert get(start, Policy(permits=is_any, redirects=0)).status == 301

    def test_redirects_without_end_are_given_up(self, host):
        start = host.answer("/", (302, {"Location": "/"}, b""))
        with pytest.raises(AnswerUnreadable, match="more than 5 redirects"):
            get(start)
        assert len(host.asked) == 6

    @pytest.mark.parametrize("location", ["ftp://x/", "file:///etc/passwd", "javascript:1", "http://[", "http://a b/"])
    def test_a_redirect_to_what_is_no_web_address_is_told(self, host, location):
        with pytest.raises(AnswerUnreadable, match="leads to"):
            get(host.answer("/", (302, {"Location": location}, b"")))

    def test_a_redirect_without_a_place_is_the_answer(self, host):
        assert get(host.answer("/", (302, {}, b"hm"))).body == b"hm"

    def test_a_secret_goes_to_the_host_it_was_meant_for_and_to_no_other(self, host):
        with open_host() as other:
            other.answer("/there", (200, {}, b""))
            start = host.answer("/", (302, {"Location": "/b"}, b""))
            host.answer("/b", (302, {"Location": f"{other.url}/there"}, b""))
            get(start, authorization="Bearer ak_lamp", accept="application/xml")
        assert [asked.headers.get("authorization") for asked in host.asked] == ["Bearer ak_lamp"] * 2
        assert "authorization" not in other.asked[0].headers
        assert other.asked[0].headers["accept"] == "application/xml"


class TestAnswers:
    """What comes back"""

    def test_a_request_says_who_asks_and_brings_its_body(self, host):
        host.answer("/", (201, {"ETag": '"1"'}, b"made"))
        response = send("POST", host.url, headers={"Content-Type": "text/plain"}, body=b"words", policy=HERE)
        assert (response.status, response.headers["etag"], response.body) == (201, '"1"', b"made")
        (asked,) = host.asked
        assert (asked.method, asked.path, asked.body) == ("POST", "/", b"words")
        assert asked.headers["user-agent"] == USER_AGENT
        assert USER_AGENT.startswith("Creditline/")
        assert asked.headers["host"] == f"127.0.0.1:{host.port}"

    @pytest.mark.parametrize(
        ("name", "packed"),
        [
            ("gzip", gzip.compress(b"word " * 1000)),
            ("deflate", zlib.compress(b"word " * 1000)),
            ("gzip, gzip", gzip.compress(gzip.compress(b"word " * 1000))),
            ("identity", b"word " * 1000),
        ],
        ids=["gzip", "deflate", "twice", "identity"],
    )
    def test_a_packed_answer_is_unpacked(self, host, name, packed):
        assert get(host.answer("/", (200, {"Content-Encoding": name}, packed))).body == b"word " * 1000

    @pytest.mark.parametrize(("name", "body"), [("br", b"x"), ("gzip", b"no gzip at all"), ("zip", b"PK")])
    def test_an_answer_that_cannot_be_unpacked_is_told(self, host, name, body):
        with pytest.raises(AnswerUnreadable):
            get(host.answer("/", (200, {"Content-Encoding": name}, body)))

    def test_as_many_bytes_as_are_allowed_are_taken_and_not_one_more(self, host):
        url = host.answer("/", (200, {}, b"x" * 1000))
        assert len(get(url, Policy(permits=is_any, max_bytes=1000)).body) == 1000
        with pytest.raises(AnswerTooLarge, match="999"):
            get(url, Policy(permits=is_any, max_bytes=999))

    def test_a_bomb_is_counted_unpacked_and_never_held_whole(self, host):
        bomb = gzip.compress(gzip.compress(b"\0" * 200_000_000))
        url = host.answer("/", (200, {"Content-Encoding": "gzip, gzip"}, bomb))
        sizes: list[int] = []
        policy = Policy(permits=is_any, max_bytes=1_000_000)
        with exchange("GET", url, policy=policy) as answer, pytest.raises(AnswerTooLarge):
            sizes.extend(map(len, answer.pieces()))
        assert max(sizes) <= 1_000_000
        assert sum(sizes) <= 1_000_000

    def test_an_answer_is_read_piece_by_piece_without_a_limit_of_its_size(self, host):
        url = host.answer("/", (200, {}, b"x" * 3_000_000))
        with exchange("GET", url, policy=Policy(permits=is_any, max_bytes=None, seconds=None)) as answer:
            pieces = list(answer.pieces())
        assert sum(map(len, pieces)) == 3_000_000
        assert len(pieces) > 10


class TestFailures:
    """Hosts that do not answer as they should"""

    @pytest.mark.parametrize(
        "said",
        [
            *(b"", b"SSH-2.0-OpenSSH_9.6\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"),
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n0\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
            b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 200 + b"\r\n",
            b"HTTP/1.1 200 OK\r\nx: " + b"y" * 70_000 + b"\r\n\r\n",
            b"HTTP/1.1 2000 Hm\r\n\r\n",
            b"\xff" * 1000,
        ],
    )
    def test_an_answer_that_is_none_or_breaks_off_is_told(self, said):
        def talk(connection: socket.socket) -> None:
            connection.recv(65536)
            connection.sendall(said)

        with open_wire(talk) as url, pytest.raises(Unreachable) as caught:
            get(url)
        assert url.removesuffix("/") in str(caught.value)

    @pytest.mark.parametrize(
        "beginning", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n"]
    )
    def test_a_trickle_of_bytes_does_not_stretch_the_time(self, beginning):
        def talk(connection: socket.socket) -> None:
            connection.recv(65536)
            connection.sendall(beginning)
            connection.settimeout(0.05)
            while True:
                connection.sendall(b"x")
                try:
                    if not connection.recv(1):
                        return
                except TimeoutError:
                    continue

        with open_wire(talk) as url, pytest.raises(TimedOut, match="too long"):
            get(url, Policy(permits=is_any, seconds=0.5, patience=10))

    def test_silence_is_not_waited_for(self):
        with (
            open_wire(lambda connection: connection.recv(65536) and connection.recv(1)) as url,
            pytest.raises(TimedOut),
        ):
            get(url, Policy(permits=is_any, seconds=None, patience=0.2))

    def test_a_host_without_a_listener_is_told(self, host):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            with pytest.raises(Unreachable, match="takes no connection"):
                get(f"http://127.0.0.1:{free.getsockname()[1]}/")

    def test_a_name_without_a_host_is_told(self):
        with pytest.raises(CreditlineError, match=r"nowhere\.invalid"):
            get("http://nowhere.invalid/", PUBLIC)

    def test_a_host_that_refuses_a_large_body_before_it_is_through_is_heard(self):
        def talk(connection: socket.socket) -> None:
            connection.recv(1000)
            connection.sendall(b"HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno")
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(65536):
                pass

        with open_wire(talk) as url:
            assert send("POST", url, body=b"x" * 5_000_000, policy=HERE).status == 413


class TestCertificates:
    """TLS"""

    def test_the_certificate_must_be_for_the_name_and_not_for_the_address(self, certificate):
        with open_host(certificate) as secure:
            secure.answer("/", (200, {}, b"safe"))
            policy = Policy(permits=is_any, ca_file=str(certificate), resolve=lambda *_: ["127.0.0.1"])
            assert get(f"https://lantern.example:{secure.port}/", policy).body == b"safe"
            with pytest.raises(Unreachable, match="certificate"):
                get(f"https://other.example:{secure.port}/", policy)

    def test_a_certificate_of_nobody_we_trust_is_refused(self, certificate):
        with open_host(certificate) as secure, pytest.raises(Unreachable, match="certificate"):
            get(f"https://lantern.example:{secure.port}/", Policy(permits=is_any, resolve=lambda *_: ["127.0.0.1"]))
        assert secure.asked == []

    def test_a_handshake_that_never_ends_is_given_up(self):
        with (
            open_wire(lambda connection: connection.recv(65536) and connection.recv(1)) as url,
            pytest.raises(TimedOut),
        ):
            get(url.replace("http:", "https:"), Policy(permits=is_any, seconds=0.3, patience=10))


def test_many_requests_leave_nothing_open(host: Host, recwarn: pytest.WarningsRecorder) -> None:
    url = host.answer("/", (200, {}, b"x"))
    for _ in range(20):
        get(url)
    assert not recwarn.list
