"""What repositories say beside their records."""

import pytest

from service.formats.oai_answers import read_oai_answer

NAMESPACE = 'xmlns="http://www.openarchives.org/OAI/2.0/"'


def answer(content: str, at: str = "2026-03-14T12:00:00Z") -> bytes:
    return f'<?xml version="1.0"?><OAI-PMH {NAMESPACE}><responseDate>{at}</responseDate>{content}</OAI-PMH>'.encode()


def record(identifier: str, attributes: str = "") -> str:
    return f"<record><header{attributes}><identifier>{identifier}</identifier></header></record>"


def test_a_list_has_a_token_and_tells_what_was_deleted():
    records = record("oai:lantern:1") + record("oai:lantern:2", ' status="deleted"')
    read = read_oai_answer(answer(f"<ListRecords>{records}<resumptionToken> a|b </resumptionToken></ListRecords>"))
    assert (read.at, read.token, read.deleted, read.count) == ("2026-03-14T12:00:00Z", "a|b", ["oai:lantern:2"], 2)
    assert (read.errors, read.is_exact) == ([], None)


@pytest.mark.parametrize("token", ["", "<resumptionToken/>", "<resumptionToken> </resumptionToken>"])
def test_the_last_part_has_no_token(token):
    assert read_oai_answer(answer(f"<ListRecords>{record('x')}{token}</ListRecords>")).token is None


def test_errors_have_their_code_and_words():
    read = read_oai_answer(answer('<error code="badArgument">no\n such thing</error><error code="x"/>'))
    assert read.errors == [("badArgument", "no such thing"), ("x", "")]


@pytest.mark.parametrize(("said", "exact"), [("YYYY-MM-DD", False), ("YYYY-MM-DDThh:mm:ssZ", True)])
def test_a_repository_says_how_exact_its_times_are(said, exact):
    assert read_oai_answer(answer(f"<Identify><granularity>{said}</granularity></Identify>")).is_exact is exact


@pytest.mark.parametrize("at", ["", "yesterday", "2026-03-14", "2026-03-14 12:00:00"])
def test_a_time_that_is_none_is_left_out(at):
    assert read_oai_answer(answer("", at)).at is None


@pytest.mark.parametrize("body", [b"", b" ", b"x", b"<rss/>", b"<html><body>OAI-PMH</body></html>", b"\xff\xfe", b"{}"])
def test_what_is_no_repository_is_none(body):
    assert read_oai_answer(body) is None


def test_an_answer_that_is_not_well_formed_still_tells_how_to_go_on():
    body = answer(
        "<ListRecords><record><header/><metadata>A & B</metadata></record><resumptionToken>t</resumptionToken>"
    )
    assert read_oai_answer(body).token == "t"


def test_entities_are_not_expanded_and_nothing_is_fetched(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("lamp")
    declared = f'<!DOCTYPE OAI-PMH [<!ENTITY a SYSTEM "{secret.as_uri()}"><!ENTITY b "wick">]>'
    body = answer("<ListRecords><resumptionToken>&a;&b;</resumptionToken></ListRecords>").replace(
        b"<OAI-PMH", declared.encode() + b"<OAI-PMH", 1
    )
    read = read_oai_answer(body)
    assert read is None or read.token is None


@pytest.mark.parametrize("charset", [None, "iso-8859-2", "utf-8", "no-such-charset", "zlib"])
def test_a_charset_may_be_named(charset):
    assert read_oai_answer(answer("<Identify/>"), charset=charset).at == "2026-03-14T12:00:00Z"


@pytest.mark.parametrize("cut", range(0, 260, 13))
def test_an_answer_that_is_cut_raises_nothing(cut):
    whole = answer(f"<ListRecords>{record('x')}<resumptionToken>t</resumptionToken></ListRecords>")
    read = read_oai_answer(whole[:cut])
    assert read is None or not read.is_whole


@pytest.mark.parametrize(
    ("body", "whole"),
    [
        (answer(""), True),
        (answer("") + b"\n<!-- made by a lamp -->\n", True),
        (b"<OAI-PMH/>", True),
        (b'<o:OAI-PMH xmlns:o="x"></o:OAI-PMH >', True),
        (answer("").decode().replace('<?xml version="1.0"?>', "").encode("utf-16"), True),
        (answer("<ListRecords>")[:-10], False),
        (b"<OAI-PMH>", False),
    ],
)
def test_an_answer_tells_whether_it_is_whole(body, whole):
    assert read_oai_answer(body).is_whole is whole
