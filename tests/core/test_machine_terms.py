"""What a publisher states about machines: the signals that say it, and where it contradicts the license."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.articles import AiTerms
from service.core.catalogue import LICENSES, find_license
from service.core.machine_terms import allows_mining, find_contradictions, signals_of
from tests.formats.cast import STATED, contested, least

POLICY = "https://harbour.example/tdm.json"
NOTHING = AiTerms()
RESERVED = AiTerms(train_ai=False, tdm_reservation=True)

answers = st.sampled_from((None, True, False))
policies = st.one_of(
    st.none(), st.just(POLICY), st.text(max_size=40).map(lambda text: f"https://harbour.example/{text}")
)
terms = st.builds(AiTerms, train_ai=answers, search=answers, tdm_reservation=answers, tdm_policy=policies)


def headers(said: AiTerms) -> dict[str, str]:
    return {signal.header: signal.value for signal in signals_of(said)}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (NOTHING, {}),
        (AiTerms(train_ai=False), {"Content-Usage": "train-ai=n"}),
        (AiTerms(train_ai=True, search=False), {"Content-Usage": "train-ai=y, search=n"}),
        (AiTerms(search=True), {"Content-Usage": "search=y"}),
        (AiTerms(tdm_reservation=False), {"tdm-reservation": "0"}),
        (AiTerms(tdm_reservation=True), {"tdm-reservation": "1"}),
        (AiTerms(tdm_reservation=True, tdm_policy=POLICY), {"tdm-reservation": "1", "tdm-policy": POLICY}),
        (AiTerms(tdm_reservation=False, tdm_policy=POLICY), {"tdm-reservation": "0"}),
        (AiTerms(tdm_policy=POLICY), {}),
    ],
)
def test_each_statement_has_its_word_and_nothing_else_has_one(said, expected):
    assert headers(said) == expected


def test_every_signal_names_the_vocabulary_it_is_a_word_of_and_its_day():
    signals = signals_of(AiTerms(train_ai=True, tdm_reservation=True, tdm_policy=POLICY))
    assert {(signal.vocabulary, signal.dated) for signal in signals} == {
        ("draft-ietf-aipref-vocab-07", "2026-08-19"),
        ("CG-FINAL-tdmrep-20240202", "2024-02-02"),
    }


@given(terms)
def test_no_signal_holds_what_a_header_cannot(said):
    for signal in signals_of(said):
        assert re.fullmatch(r"[ -~]+", signal.value)


def test_a_policy_is_percent_encoded():
    said = AiTerms(tdm_reservation=True, tdm_policy="https://harbour.example/règles")
    assert headers(said)["tdm-policy"] == "https://harbour.example/r%C3%A8gles"


@pytest.mark.parametrize("policy", ["https://x.example/\r\nSet-Cookie: a=b", "javascript:alert(1)", "https://"])
def test_what_is_no_address_is_no_policy(policy):
    assert "tdm-policy" not in headers(AiTerms(tdm_reservation=True, tdm_policy=policy))


@given(terms, terms)
def test_the_source_speaks_only_where_the_article_says_nothing(own, of_source):
    combined = own.or_else(of_source)
    for member in ("train_ai", "search", "tdm_reservation"):
        said = getattr(own, member)
        assert getattr(combined, member) is (getattr(of_source, member) if said is None else said)
    assert own.or_else(NOTHING) == own
    assert NOTHING.or_else(of_source) == of_source


@pytest.mark.parametrize(
    ("license", "members"),
    [
        ("CC-BY-4.0", {"train_ai", "tdm_reservation"}),
        ("CC-BY-SA-3.0", {"train_ai", "tdm_reservation"}),
        ("CC0-1.0", {"train_ai", "tdm_reservation"}),
        ("CC-BY-ND-4.0", {"tdm_reservation"}),
        ("CC-BY-NC-4.0", set()),
        (["CC-BY-NC-4.0", "CC-BY-4.0"], {"train_ai", "tdm_reservation"}),
        ("CC BY", {"train_ai", "tdm_reservation"}),
        ("all-rights-reserved", set()),
        ("https://harbour.example/our-terms", set()),
        (None, set()),
    ],
)
def test_a_no_contradicts_a_license_that_says_yes_to_everybody(license, members):
    assert {item.member for item in find_contradictions(least(license=license), RESERVED)} == members


def test_the_reason_names_the_license_and_the_clause():
    (found,) = find_contradictions(least(license="CC-BY-4.0"), AiTerms(tdm_reservation=True))
    assert "CC BY 4.0 allows it (s. 2(a)(1)(A))" in found.text
    assert "takes that back" in found.text


def test_a_dispute_contradicts_nothing_that_one_of_its_sides_denies():
    assert find_contradictions(contested(), RESERVED) == ()


@pytest.mark.parametrize("license", STATED.values(), ids=STATED)
@pytest.mark.parametrize("said", [NOTHING, AiTerms(train_ai=True, search=False, tdm_reservation=False)])
def test_a_yes_and_silence_contradict_no_license(license, said):
    assert find_contradictions(least(license=license), said) == ()


def test_mining_is_allowed_to_everybody_where_nothing_is_kept_for_anybody():
    assert allows_mining(find_license("CC0-1.0"))
    assert allows_mining(find_license("CC-BY-4.0"))
    assert not allows_mining(find_license("CC-BY-NC-4.0"))
    assert not any(allows_mining(license) for license in LICENSES if "CommercialUse" in license.prohibits)
