"""Documents that may have changed, and hosts that are busy."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from service.delivery.addresses import is_any
from service.delivery.errors import Refused, TryLater
from service.delivery.fetching import Validators, fetch, read_retry_after
from service.delivery.policy import Policy

HERE = Policy(permits=is_any)
NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
BUSY = (503, {"Retry-After": "7"}, b"")


def test_a_document_comes_with_its_type_and_what_to_ask_for_news_with(host):
    headers = {"ETag": 'W/"a"', "Last-Modified": "Sat, 14 Mar 2026 12:00:00 GMT"}
    url = host.answer("/", (200, {**headers, "Content-Type": "Text/XML; charset=ISO-8859-2"}, b"<a/>"))
    fetched = fetch(url, policy=HERE)
    assert (fetched.body, fetched.media_type, fetched.charset) == (b"<a/>", "text/xml", "iso-8859-2")
    assert fetched.validators == Validators(etag='W/"a"', last_modified="Sat, 14 Mar 2026 12:00:00 GMT")


def test_what_is_still_the_same_is_not_sent_again(host):
    url = host.answer("/", (304, {}, b""))
    known = Validators(etag='"a"', last_modified="Sat, 14 Mar 2026 12:00:00 GMT")
    fetched = fetch(url, policy=HERE, validators=known)
    assert (fetched.body, fetched.validators) == (None, known)
    headers = host.asked[0].headers
    assert (headers["if-none-match"], headers["if-modified-since"]) == ('"a"', "Sat, 14 Mar 2026 12:00:00 GMT")


def test_not_modified_without_a_condition_is_no_answer(host):
    with pytest.raises(Refused, match="304"):
        fetch(host.answer("/", (304, {}, b"")), policy=HERE)


@pytest.mark.parametrize("etag", ["a", '"a', 'w/"a"', '"a b"', '"\x7f"', '"a"b"'])
def test_a_tag_that_is_none_is_not_kept(host, etag):
    assert fetch(host.answer("/", (200, {"ETag": etag}, b"")), policy=HERE).validators == Validators()


def test_a_document_without_a_type_has_none(host):
    fetched = fetch(host.answer("/", (200, {}, b"x")), policy=HERE)
    assert (fetched.media_type, fetched.charset) == ("", None)


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_busy_host_is_asked_again_when_it_says(host, status):
    url = host.answer("/", (status, {"Retry-After": "7"}, b""), (status, {}, b""), (200, {}, b"now"))
    waits: list[float] = []
    assert fetch(url, policy=HERE, pause=waits.append).body == b"now"
    assert waits == [7, 10]


def test_a_host_that_stays_busy_is_left_alone(host):
    waits: list[float] = []
    with pytest.raises(TryLater, match="try again in 7 seconds") as caught:
        fetch(host.answer("/", BUSY), policy=HERE, pause=waits.append)
    assert (caught.value.status, caught.value.seconds) == (503, 7)
    assert waits == [7, 7, 7]


def test_a_host_that_wants_hours_is_not_waited_for(host):
    with pytest.raises(TryLater, match="in 86400 seconds"):
        fetch(host.answer("/", (503, {"Retry-After": "86400"}, b"")), policy=HERE, pause=pytest.fail)


@pytest.mark.parametrize("status", [204, 400, 401, 403, 404, 410, 500])
def test_any_other_status_is_told(host, status):
    with pytest.raises(Refused, match=str(status)) as caught:
        fetch(host.answer("/", (status, {}, b"")), policy=HERE, pause=pytest.fail)
    assert caught.value.status == status


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        *(("120", 120), (" 0 ", 0), (None, None), ("", None), ("soon", None), ("-1", None), ("1.5", None)),
        *((format_datetime(NOON + timedelta(minutes=2), usegmt=True), 120), ("Sat, 14 Mar 2026 11:00:00 GMT", 0)),
        *(("Sat, 14 Mar 2026 12:00:09 -0000", 9), ("Sat, 99 Mar 2026 12:00:00 GMT", None), ("9" * 10, None)),
    ],
)
def test_retry_after_is_seconds_or_a_date(value, seconds):
    assert read_retry_after(value, now=NOON) == seconds
