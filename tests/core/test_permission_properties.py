"""What holds for every license of the catalogue and every use: unknown never becomes yes, and order means nothing."""

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.articles import Part
from service.core.catalogue import LICENSES, find_license, resolve_license
from service.core.errors import InvalidValue
from service.core.grants import ALL_RIGHTS_RESERVED, UNKNOWN, Claim, Grant
from service.core.licenses import Unversioned
from service.core.permission import USES, Permission, Subject, Use, decide, may_flags, may_mask
from service.core.permission.rulings import Situation, rule_license

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
TODAY = NOW.date()
RANKS = {"allow": 0, "allow_with_duties": 1, "unknown": 2, "ask": 2, "deny": 2}
YES = ("allow", "allow_with_duties")
OTHER = Claim(status="other", url="https://lantern.example/terms")
RESERVED = Claim(status=ALL_RIGHTS_RESERVED)
TYPES = {
    unit: resolution
    for unit in sorted({license.unit for license in LICENSES})
    if isinstance(resolution := resolve_license(f"https://creativecommons.org/licenses/{unit}/"), Unversioned)
}
SITUATIONS = [
    Situation(use=use, commercial=commercial, share=share, territory="other")
    for use, commercial, share in product(USES, ("yes", "no", "unsaid"), (True, False))
    if share or USES[use]["shares"] == "asked"
]

answers = st.sampled_from([True, False, None])
uses = st.builds(
    Use,
    use=st.sampled_from(sorted(USES)),
    commercial=answers,
    share=answers,
    changes=st.sampled_from([None, "abridged"]),
    outbound_license=st.sampled_from([None, "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-SA-1.0", "GPL-3.0-only", "CC0-1.0"]),
    territory=st.sampled_from([None, "IR", "US", "RU", "RE"]),
    as_of=st.just(TODAY),
    obtained_on=st.sampled_from([None, date(2020, 1, 1), date(2025, 1, 1)]),
)
known_claims = st.builds(lambda license: Claim(status="known", license=license), st.sampled_from(LICENSES))
vague_claims = st.sampled_from(
    [
        UNKNOWN,
        OTHER,
        RESERVED,
        *(Claim(status="unversioned", unit=x.unit, candidates=x.candidates) for x in TYPES.values()),
        Claim(status="disputed", candidates=("CC-BY-4.0", ALL_RIGHTS_RESERVED)),
        Claim(status="disputed", candidates=("CC-BY-4.0", "CC-BY-SA-3.0")),
    ]
)
claims = st.one_of(known_claims, vague_claims)
days = st.sampled_from([None, date(2019, 1, 1), date(2024, 1, 1), date(2026, 1, 1)])
dated_claims = st.builds(lambda claim, start, end: replace(claim, start=start, end=end), claims, days, days)
parts = st.builds(Part, kind=st.just("image"), license=claims)


def ledger_of(stated: list[Claim], *, offers: int) -> tuple[Grant, ...]:
    """Grants of one offer, or of two by turns."""
    return tuple(
        Grant(n=n, claim=claim, offer=n % offers, recorded_at=NOW, recorded_by="editor")
        for n, claim in enumerate(stated, start=1)
    )


ledgers = st.builds(
    lambda stated, offers: ledger_of(stated, offers=offers), st.lists(dated_claims, max_size=4), st.integers(1, 2)
)
subjects = st.builds(Subject, ledger=ledgers, parts=st.lists(parts, max_size=3).map(tuple))


def decide_under(claim: Claim, use: Use) -> Permission:
    return decide(Subject(ledger=ledger_of([claim], offers=1)), use)


@given(subjects, uses)
def test_every_answer_names_a_rule_and_asks_where_it_is_open(subject, use):
    permission = decide(subject, use)
    assert permission.reasons
    assert all(reason.rule and reason.text for reason in permission.reasons)
    assert bool(permission.questions) or permission.verdict != "unknown"
    assert any(duty.basis != "request" for duty in permission.duties) == (permission.verdict == "allow_with_duties")
    assert not {"{", "}"} & set("".join(duty.text for duty in permission.duties))


@given(subjects, uses)
def test_equal_input_gives_an_equal_answer(subject, use):
    assert repr(decide(subject, use)) == repr(decide(subject, use))


@given(
    st.lists(dated_claims, min_size=1, max_size=4), st.integers(1, 2), st.lists(parts, max_size=3), uses, st.randoms()
)
def test_the_order_of_grants_and_parts_changes_no_verdict(stated, offers, inside, use, random):
    ledger = list(ledger_of(stated, offers=offers))
    verdict = decide(Subject(ledger=tuple(ledger), parts=tuple(inside)), use).verdict
    random.shuffle(ledger)
    random.shuffle(inside)
    assert decide(Subject(ledger=tuple(ledger), parts=tuple(inside)), use).verdict == verdict


@given(
    st.lists(st.sampled_from([x.id for x in LICENSES] + [ALL_RIGHTS_RESERVED, "unknown"]), min_size=1),
    uses,
    st.randoms(),
)
def test_the_order_of_candidates_changes_no_verdict(names, use, random):
    one = decide_under(Claim(status="disputed", candidates=tuple(names)), use)
    random.shuffle(names)
    assert decide_under(Claim(status="disputed", candidates=tuple(names)), use).verdict == one.verdict


@given(claims, uses)
def test_a_license_that_is_no_longer_known_never_helps(claim, use):
    assert RANKS[decide_under(UNKNOWN, use).verdict] >= RANKS[decide_under(claim, use).verdict]
    assert RANKS[decide(Subject(), use).verdict] >= RANKS[decide_under(claim, use).verdict]


@pytest.mark.parametrize("situation", SITUATIONS, ids=repr)
def test_a_version_that_is_no_longer_known_never_helps(situation):
    use = Use(
        use=situation.use,
        commercial={"yes": True, "no": False, "unsaid": None}[situation.commercial],
        share=situation.share,
        territory="IR",
        as_of=TODAY,
    )
    for resolution in TYPES.values():
        vague = Claim(status="unversioned", unit=resolution.unit, candidates=resolution.candidates)
        rank = RANKS[decide_under(vague, use).verdict]
        for id in resolution.candidates:
            assert rank >= RANKS[decide_under(Claim(status="known", license=find_license(id)), use).verdict], id


@given(known_claims, st.lists(claims, min_size=1, max_size=3), uses)
def test_a_claim_that_is_put_in_doubt_never_helps(claim, doubts, use):
    before = decide_under(claim, use)
    ledger = tuple(replace(grant, offer=grant.n) for grant in ledger_of([claim, *doubts], offers=1))
    assert RANKS[decide(Subject(ledger=ledger), use).verdict] >= RANKS[before.verdict]


@given(st.lists(claims, min_size=1, max_size=4), uses, st.integers(0, 3))
def test_an_alternative_that_was_recorded_by_mistake_never_helps(stated, use, index):
    ledger = ledger_of(stated, offers=1)
    mistaken = tuple(
        replace(grant, state="mistaken") if grant.n == index % len(ledger) + 1 else grant for grant in ledger
    )
    before, after = (decide(Subject(ledger=each), use).verdict for each in (ledger, mistaken))
    assert RANKS[after] >= RANKS[before]


@given(subjects, claims, uses)
def test_a_part_that_is_not_cleared_never_leaves_a_plain_yes(subject, claim, use):
    inside = Part(kind="image", license=claim)
    cleared = decide_under(claim, use).verdict in YES
    verdict = decide(replace(subject, parts=(inside,)), use).verdict
    assert RANKS[verdict] >= RANKS[decide(replace(subject, parts=()), use).verdict]
    if not cleared and use.obtained_on is None:
        assert verdict != "allow"


@given(subjects, uses)
def test_what_is_not_said_of_a_use_is_read_as_the_demanding_case(subject, use):
    def rank(**facts):
        return RANKS[decide(subject, replace(use, **facts)).verdict]

    assert rank(commercial=None) >= rank(commercial=False)
    assert rank(territory=None) >= rank(territory="IR")
    assert rank(share=None) == rank(share=True) >= rank(share=False)
    assert rank(obtained_on=None) >= rank()


def test_all_ports_of_a_license_are_alike():
    answers = defaultdict(set)
    for license, situation in product(LICENSES, SITUATIONS):
        ruling = rule_license(license, situation)
        said = tuple(reason.rule for reason in ruling.reasons if reason.rule != "cure")
        answers[license.unit, license.version, situation].add((ruling.verdict, said, ruling.questions))
    assert {len(found) for found in answers.values()} == {1}


@pytest.mark.parametrize("words", [["republish"], ["commercial"], ["adapt"], ["commercial", "adapt"]])
@given(ledger=ledgers)
def test_what_a_list_is_filtered_by_agrees_with_the_decision(words, ledger):
    standing = tuple(grant for grant in ledger if grant.is_open(TODAY))
    mask = may_mask(words)
    use = "adapt" if "adapt" in words else "republish"
    asked = Use(use=use, commercial="commercial" in words, as_of=TODAY)
    permission = decide(Subject(ledger=standing), asked)
    assert (may_flags(standing) & mask == mask) == (permission.verdict in YES)


@pytest.mark.parametrize(
    ("stated", "flags"),
    [
        (["CC-BY-4.0"], 15),
        (["CC0-1.0"], 15),
        (["CC-BY-NC-4.0"], 5),
        (["CC-BY-ND-4.0"], 3),
        (["CC-BY-NC-ND-3.0"], 1),
        (["CC-BY-NC-4.0", "CC-BY-ND-4.0"], 7),
        (["CC-SAMPLING-PLUS-1.0"], 1),
        (["CC-SAMPLING-1.0"], 0),
        (["CC-DEVNATIONS-2.0"], 0),
    ],
)
def test_the_flags_of_a_license_and_of_alternatives(stated, flags):
    assert may_flags(ledger_of([Claim(status="known", license=find_license(id)) for id in stated], offers=1)) == flags


@pytest.mark.parametrize(
    ("one", "other", "flags"),
    [("CC-BY-4.0", "CC-BY-SA-4.0", 15), ("CC-BY-SA-1.0", "CC-BY-SA-4.0", 3), ("CC-BY-SA-4.0", "CC-BY-NC-4.0", 1)],
)
def test_a_dispute_is_listed_as_adaptable_where_a_result_can_keep_to_both(one, other, flags):
    stated = [Claim(status="known", license=find_license(id)) for id in (one, other)]
    assert may_flags(ledger_of(stated, offers=2)) == flags


def test_commercial_and_adapt_want_one_license_that_allows_both():
    dual = ledger_of(
        [Claim(status="known", license=find_license(id)) for id in ("CC-BY-NC-4.0", "CC-BY-ND-4.0")], offers=1
    )
    mask = may_mask(["adapt", "commercial"])
    assert may_flags(dual) & mask != mask
    assert may_flags(()) == 0


@pytest.mark.parametrize("license", LICENSES, ids=lambda license: license.id)
def test_what_may_be_adapted_or_sold_may_be_republished(license):
    flags = may_flags(ledger_of([Claim(status="known", license=license)], offers=1))
    assert flags & 1 or not flags
    assert flags & 6 == 6 or not flags & 8


def test_there_is_no_other_word():
    assert may_mask(["republish", "commercial"]) == 3
    with pytest.raises(InvalidValue, match="sell"):
        may_mask(["sell"])
