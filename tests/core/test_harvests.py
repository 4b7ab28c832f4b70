"""Requests of OAI-PMH, the sets a record is in, and the tokens that carry a list on."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.catalogue import LICENSES as CATALOGUE
from service.core.dates import to_micros
from service.core.harvests import (
    ARGUMENTS,
    LICENSES,
    SOURCES,
    VERBS,
    Harvest,
    Refused,
    Subset,
    encode_harvest,
    encode_set_place,
    find_id,
    find_subset,
    format_datestamp,
    identifier_of,
    is_in,
    read_harvest,
    read_request,
    read_set_place,
    settled_at,
    subsets_of,
)
from tests.formats.cast import STATED, least, whole

ID = "01890a5d-ac96-774b-bcce-b302099a8057"
NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
LIST = {"verb": "ListRecords", "metadataPrefix": "oai_dc"}
SETS = [None, SOURCES, LICENSES, Subset("source", "the-lantern"), Subset("license", "CC-BY-4.0")]
SPEC = re.compile(r"[A-Za-z0-9\-_.!~*'()]+(:[A-Za-z0-9\-_.!~*'()]+)*")
MICROS = st.integers(0, 10**17)


def ask(arguments: dict[str, str], *more: tuple[str, str]) -> Harvest:
    return read_harvest(read_request([*arguments.items(), *more]))


def codes_of(pairs: list[tuple[str, str]]) -> list[str]:
    with pytest.raises(Refused) as refusal:
        read_request(pairs)
    return [code for code, _ in refusal.value.errors]


class TestRequests:
    @pytest.mark.parametrize(
        "arguments",
        [
            {"verb": "Identify"},
            {"verb": "ListMetadataFormats"},
            {"verb": "ListMetadataFormats", "identifier": "oai:lantern.example:1"},
            {"verb": "ListSets"},
            {"verb": "ListSets", "resumptionToken": "anything at all"},
            {"verb": "GetRecord", "identifier": "oai:lantern.example:1", "metadataPrefix": "oai_dc"},
            {"verb": "ListIdentifiers", "metadataPrefix": "marc21"},
            {**LIST, "from": "2024-01-01", "until": "2024-01-01", "set": "source:the-lantern"},
            {"verb": "ListRecords", "resumptionToken": ""},
        ],
    )
    def test_what_the_protocol_has_is_taken(self, arguments):
        request = read_request(list(arguments.items()))
        assert {"verb": request.verb, **request.arguments} == arguments

    @pytest.mark.parametrize(
        "pairs",
        [
            [],
            [("verb", "")],
            [("verb", "identify")],
            [("verb", "Identify "), ("x", "y")],
            [("verb", "Identify"), ("verb", "Identify")],
            [("identifier", "oai:lantern.example:1")],
        ],
    )
    def test_a_verb_that_is_missing_unknown_or_repeated_is_a_bad_verb(self, pairs):
        assert codes_of(pairs) == ["badVerb"]

    @pytest.mark.parametrize(
        ("arguments", "faults"),
        [
            ({"verb": "Identify", "set": "source"}, 1),
            ({"verb": "Identify", "resumptionToken": "x"}, 1),
            ({"verb": "ListSets", "metadataPrefix": "oai_dc"}, 1),
            ({"verb": "GetRecord"}, 2),
            ({"verb": "GetRecord", "identifier": "x"}, 1),
            ({"verb": "GetRecord", "resumptionToken": "x"}, 3),
            ({"verb": "ListRecords"}, 1),
            ({**LIST, "resumptionToken": "x"}, 1),
            ({**LIST, "page": "2"}, 1),
            ({**LIST, "metadataPrefix": "oai dc"}, 1),
            ({**LIST, "metadataPrefix": ""}, 1),
            ({**LIST, "set": "source:"}, 1),
            ({**LIST, "set": "a/b"}, 1),
            ({**LIST, "from": "yesterday"}, 1),
            ({**LIST, "from": "2024-02-30"}, 1),
            ({**LIST, "from": "2024"}, 1),
            ({**LIST, "from": "2024-01-01T00:00:00+01:00"}, 1),
            ({**LIST, "from": "2024-01-01T00:00:00.5Z"}, 1),
            ({**LIST, "from": "2024-01-01T24:00:00Z"}, 1),
            ({**LIST, "from": "0000-01-01"}, 1),
            ({**LIST, "from": "٢٠٢٤-٠١-٠١"}, 1),
            ({**LIST, "until": "x", "from": "y"}, 2),
            ({**LIST, "from": "2024-01-01", "until": "2024-01-01T00:00:00Z"}, 1),
            ({**LIST, "from": "2024-01-02", "until": "2024-01-01"}, 1),
            ({"verb": "ListMetadataFormats", "identifier": ""}, 1),
            ({"verb": "ListMetadataFormats", "identifier": "a b"}, 1),
            ({"verb": "ListMetadataFormats", "identifier": "%zz"}, 1),
        ],
    )
    def test_wrong_arguments_are_told_all_at_once(self, arguments, faults):
        assert codes_of(list(arguments.items())) == ["badArgument"] * faults

    @pytest.mark.parametrize("name", ["metadataPrefix", "page"])
    def test_an_argument_that_is_repeated_is_one_bad_argument(self, name):
        more = [(name, "oai_dc"), (name, "oai_dc")]
        assert codes_of([("verb", "ListRecords"), ("metadataPrefix", "oai_dc")][: 2 - (name != "page")] + more) == [
            "badArgument"
        ]

    @given(st.lists(st.tuples(st.sampled_from([*ARGUMENTS, "x"]), st.text(max_size=20)), max_size=6))
    def test_whatever_is_sent_is_read_or_refused(self, pairs):
        try:
            read = read_request(pairs).verb in VERBS
        except Refused as refused:
            read = refused.errors[0][0] in ("badVerb", "badArgument")
        assert read


class TestLists:
    def test_a_day_reaches_to_its_end_and_a_second_too(self):
        day = ask({**LIST, "from": "2026-03-14", "until": "2026-03-14"})
        assert (day.until - day.since) == timedelta(days=1) // timedelta(microseconds=1)
        second = ask({**LIST, "from": "2026-03-14T12:00:00Z", "until": "2026-03-14T12:00:00Z"})
        assert (second.since, second.until) == (to_micros(NOON), to_micros(NOON) + 1_000_000)

    def test_the_last_day_of_the_calendar_may_be_asked_for(self):
        assert ask({**LIST, "until": "9999-12-31"}).until > to_micros(NOON)

    def test_another_format_cannot_be_had(self):
        with pytest.raises(Refused, match="cannotDisseminateFormat"):
            ask({**LIST, "metadataPrefix": "marc21"})

    @pytest.mark.parametrize(
        "spec", ["x", "source:Lantern", "license:CC-BY-9.0", "license:cc-by-4.0", "sources", "source:a:b"]
    )
    def test_a_set_that_there_cannot_be_has_no_records(self, spec):
        with pytest.raises(Refused, match="noRecordsMatch"):
            ask({**LIST, "set": spec})

    @given(st.sampled_from(SETS), MICROS | st.none(), MICROS, MICROS)
    def test_a_token_says_where_its_list_goes_on(self, subset, until, after, given):
        harvest = Harvest(subset=subset, until=until, after=after, given=given)
        found = ask({"verb": "ListRecords", "resumptionToken": encode_harvest("ListRecords", harvest)})
        assert found == replace(harvest, until=max(until, 1) if until is not None else None)

    @given(st.integers(0, 100), st.sampled_from("ABab01-_"))
    def test_a_damaged_token_is_refused(self, place, letter):
        token = encode_harvest("ListRecords", Harvest(subset=SOURCES, until=10**15, after=912, given=100))
        damaged = token[:place] + letter + token[place + 1 :]
        if damaged != token:
            with pytest.raises(Refused, match="badResumptionToken"):
                ask({"verb": "ListRecords", "resumptionToken": damaged})

    @pytest.mark.parametrize(
        "made_up",
        [{"after": -1}, {"given": -1}, {"subset": Subset("source", "The Lantern")}, {"subset": Subset("x", "y")}],
    )
    def test_a_token_that_was_made_up_is_refused(self, made_up):
        token = encode_harvest("ListRecords", Harvest(**{"after": 912, "given": 100, **made_up}))
        with pytest.raises(Refused, match="badResumptionToken"):
            ask({"verb": "ListRecords", "resumptionToken": token})

    def test_a_token_of_another_list_is_refused(self):
        token = encode_harvest("ListRecords", Harvest(after=912, given=100))
        for verb in ("ListIdentifiers", "ListSets"):
            request = read_request([("verb", verb), ("resumptionToken", token)])
            with pytest.raises(Refused, match="badResumptionToken"):
                read_set_place(request) if verb == "ListSets" else read_harvest(request)

    @pytest.mark.parametrize("subset", SETS[1:])
    def test_a_list_of_sets_goes_on_behind_any_set(self, subset):
        assert read_set_place(read_request([("verb", "ListSets")])) is None
        token = encode_set_place(subset)
        assert read_set_place(read_request([("verb", "ListSets"), ("resumptionToken", token)])) == subset


class TestSets:
    @pytest.mark.parametrize("license", CATALOGUE, ids=lambda license: license.id)
    def test_every_license_has_a_set_with_a_name_that_the_protocol_can_write(self, license):
        subset = Subset("license", license.id)
        assert SPEC.fullmatch(subset.spec)
        assert find_subset(subset.spec) == subset

    def test_an_article_is_in_the_set_of_its_source_and_in_those_of_its_licenses(self):
        assert [subset.spec for subset in subsets_of(whole())] == ["source:courier", "license:CC-BY-SA-3.0"]
        assert len(subsets_of(least(license=STATED["alternatives"]))) == 3

    @pytest.mark.parametrize("status", sorted(STATED.keys() - {"known", "alternatives"}))
    def test_what_is_not_surely_a_license_is_in_no_set_of_one(self, status):
        assert {subset.kind for subset in subsets_of(least(license=STATED[status]))} == {"source"}

    def test_a_set_of_all_holds_whatever_is_in_one_of_its_sets(self):
        unlicensed, licensed = [Subset("source", "a")], [Subset("source", "a"), Subset("license", "CC-BY-4.0")]
        assert is_in(None, unlicensed)
        assert is_in(SOURCES, unlicensed)
        assert not is_in(LICENSES, unlicensed)
        assert is_in(LICENSES, licensed)
        assert is_in(Subset("license", "CC-BY-4.0"), licensed)
        assert not is_in(Subset("license", "CC-BY-3.0"), licensed)


class TestNames:
    def test_an_identifier_leads_back_to_its_article_in_its_own_repository_alone(self):
        identifier = identifier_of("lantern.example", ID)
        assert identifier == f"oai:lantern.example:{ID}"
        assert find_id("lantern.example", identifier) == ID
        assert find_id("harbour.example", identifier) is None

    @pytest.mark.parametrize("rest", ["", "1", ID.upper(), f"{ID}0"])
    def test_nothing_else_is_an_identifier(self, rest):
        assert find_id("lantern.example", f"oai:lantern.example:{rest}") is None
        assert find_id("lantern.example", ID) is None

    def test_a_datestamp_cuts_off_what_is_finer_than_a_second(self):
        assert format_datestamp(to_micros(NOON) + 999_999) == "2026-03-14T12:00:00Z"

    def test_an_answer_is_dated_where_nothing_earlier_can_appear(self):
        now, second = to_micros(NOON), 1_000_000
        assert settled_at(NOON, None) == settled_at(NOON, now - 60 * second) == now - 5 * second
        assert settled_at(NOON, now - second) == now - second
        assert settled_at(NOON, now + second) == now + second
