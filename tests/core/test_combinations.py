"""Combinations: may these works go together, and which license may the result carry?"""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.catalogue import LICENSES, find_license, resolve_license
from service.core.combinations import Combination, Member, combine
from service.core.grants import ALL_RIGHTS_RESERVED, UNKNOWN, Claim
from service.core.licenses import Unversioned, unit_family
from service.core.permission.outbound import charted_targets

YES = ("allow", "allow_with_duties")
SIX = ("by", "by-sa", "by-nc", "by-nc-sa", "by-nd", "by-nc-nd")
NEWEST = {
    "cc0": "CC0-1.0",
    "by": "CC-BY-4.0",
    "by-sa": "CC-BY-SA-4.0",
    "by-nc": "CC-BY-NC-4.0",
    "by-nc-sa": "CC-BY-NC-SA-4.0",
    "by-nd": "CC-BY-ND-4.0",
    "by-nc-nd": "CC-BY-NC-ND-4.0",
}
# Creative Commons' chart of what an adaptation may carry: its green cells, in its order of rows.
GREEN = {
    "cc0": {"cc0", *SIX},
    "by": set(SIX),
    "by-nc": {"by-nc", "by-nc-sa", "by-nc-nd"},
    "by-nd": set(),
    "by-nc-nd": set(),
    "by-sa": {"by-sa"},
    "by-nc-sa": {"by-nc-sa"},
}
# Which two kinds of work can be adapted together: everything else is a no.
TOGETHER = {
    "cc0": {"cc0", "by", "by-sa", "by-nc", "by-nc-sa"},
    "by": {"cc0", "by", "by-sa", "by-nc", "by-nc-sa"},
    "by-sa": {"cc0", "by", "by-sa"},
    "by-nc": {"cc0", "by", "by-nc", "by-nc-sa"},
    "by-nc-sa": {"cc0", "by", "by-nc", "by-nc-sa"},
    "by-nd": set(),
    "by-nc-nd": set(),
}
KINDS = {"zero": "cc0", "mark": "cc0", "certification": "cc0", "by-nd-nc": "by-nc-nd"}


def claim_of(id: str) -> Claim:
    license = find_license(id)
    assert license, id
    return Claim(status="known", license=license)


def work(*ids: str, name: str = "") -> Member:
    """A work that is offered under any of these."""
    return Member(name=name or " or ".join(ids), claims=tuple(claim_of(id) for id in ids))


def adapt(*works: Member | str, **facts) -> Combination:
    members = [work(each) if isinstance(each, str) else each for each in works]
    return combine(members, as_="adaptation", **{"commercial": False, **facts})


def collect(*works: Member | str, **facts) -> Combination:
    members = [work(each) if isinstance(each, str) else each for each in works]
    return combine(members, as_="collection", **facts)


def rules(combination: Combination) -> list[tuple[tuple[str, ...], str]]:
    return [(conflict.works, conflict.rule) for conflict in combination.conflicts]


def kinds(combination: Combination) -> list[str]:
    return [duty.kind for duty in combination.duties]


@pytest.mark.parametrize("license", LICENSES, ids=lambda license: license.id)
def test_an_adaptation_carries_what_the_chart_marks_green(license):
    """The chart's cells for each license in every version and port; ShareAlike is bound to versions besides."""
    kind = KINDS.get(license.unit, license.unit)
    targets = charted_targets(license)
    if kind not in GREEN:
        assert targets in (None, frozenset(), frozenset({license.id})), "not on the chart"
        return
    carried = {KINDS.get(found.unit, found.unit) for found in map(find_license, targets) if found}
    assert carried == GREEN[kind]


@pytest.mark.parametrize(("one", "other"), list(product(NEWEST, NEWEST)))
def test_two_works_go_together_as_the_chart_says(one, other):
    combination = adapt(work(NEWEST[one], name="a"), work(NEWEST[other], name="b"))
    goes = other in TOGETHER[one]
    assert (combination.verdict in YES) == goes
    assert bool(combination.outbound) == goes
    assert [conflict.works for conflict in combination.conflicts] == ([] if goes else [("a", "b")])
    common = (
        (GREEN[one] if other == "cc0" else GREEN[other] if one == "cc0" else GREEN[one] & GREEN[other]) if goes else ()
    )
    assert {id for id in combination.outbound if find_license(id)} == {NEWEST[kind] for kind in common}


@pytest.mark.parametrize(
    ("id", "carried"),
    [
        ("CC-BY-SA-1.0", {"CC-BY-SA-1.0"}),
        ("CC-BY-SA-1.0-FI", {"CC-BY-SA-1.0-FI"}),
        ("CC-BY-NC-SA-1.0", {"CC-BY-NC-SA-1.0"}),
        ("CC-SA-1.0", {"CC-SA-1.0"}),
        ("CC-NC-SA-1.0", {"CC-NC-SA-1.0"}),
        ("CC-BY-SA-4.0", {"CC-BY-SA-4.0", "LAL-1.3", "GPL-3.0-only"}),
        ("CC-BY-NC-SA-4.0", {"CC-BY-NC-SA-4.0"}),
    ],
)
def test_share_alike_1_0_is_locked_to_itself_and_4_0_has_partners(id, carried):
    assert charted_targets(find_license(id)) == carried


@pytest.mark.parametrize(
    "license",
    [x for x in LICENSES if x.unit in ("by-sa", "by-nc-sa") and "2.0" <= x.version <= "3.0"],
    ids=lambda x: x.id,
)
def test_share_alike_since_2_0_goes_to_later_versions_and_ports_of_the_same_elements(license):
    targets = charted_targets(license)
    for other in LICENSES:
        same = unit_family(other.unit) == unit_family(license.unit)
        later = other.version > license.version or (other.version == license.version and other.jurisdiction)
        assert (other.id in targets) == (same and (bool(later) or other == license)), other.id
    assert targets <= {other.id for other in LICENSES}, "no foreign partner before 4.0"


def test_share_alike_of_several_versions_meets_in_the_later_one():
    assert adapt("CC-BY-SA-2.0", "CC-BY-SA-3.0-DE", "CC-BY-4.0").outbound == ("CC-BY-SA-4.0",)
    assert adapt("CC-BY-SA-1.0", "CC-BY-4.0").outbound == ("CC-BY-SA-1.0",), "forced, so an old one is named"
    assert rules(adapt("CC-BY-SA-1.0", "CC-BY-SA-4.0")) == [(("CC-BY-SA-1.0", "CC-BY-SA-4.0"), "share-alike-1.0")]


def test_the_public_domain_goes_into_anything():
    for id in ("CC0-1.0", "CC-PDM-1.0", "CC-PDDC"):
        assert adapt(id, "CC-BY-SA-4.0").outbound == ("CC-BY-SA-4.0", "GPL-3.0-only", "LAL-1.3")
        assert adapt(id, "CC-BY-SA-1.0").outbound == ("CC-BY-SA-1.0",)
        alone = adapt(id, commercial=None)
        assert (alone.verdict, alone.duties, len(alone.outbound)) == ("allow", (), 7)
        assert adapt(id, outbound_license="GPL-3.0-only").verdict == "allow"


@pytest.mark.parametrize("id", ["CC-BY-ND-4.0", "CC-BY-NC-ND-3.0", "CC-ND-1.0", "CC-BY-NC-ND-1.0"])
def test_no_derivatives_goes_into_no_adaptation_and_into_any_collection(id):
    assert rules(adapt(id)) == [((id,), "no-derivatives")]
    assert rules(adapt(id, "CC0-1.0")) == [((*sorted((id, "CC0-1.0")),), "no-derivatives")]
    assert adapt(id, "CC-BY-4.0").verdict == "deny"
    for license in ("CC-BY-4.0", "CC-BY-SA-1.0", "CC-BY-NC-SA-3.0", "CC-BY-ND-2.0"):
        assert collect(id, license, commercial=False).verdict == "allow_with_duties"


@pytest.mark.parametrize("make", [adapt, collect])
@pytest.mark.parametrize("id", ["CC-BY-NC-4.0", "CC-BY-NC-SA-2.5"])
def test_noncommercial_binds_the_use_of_the_whole(make, id):
    assert make(id, "CC-BY-4.0", commercial=True).verdict == "deny"
    assert rules(make(id, "CC-BY-4.0", commercial=True)) == [((id,), "nc-commercial")]
    unsaid, said = make(id, "CC-BY-4.0", commercial=None), make(id, "CC-BY-4.0", commercial=False)
    assert unsaid.verdict == said.verdict == "allow_with_duties"
    assert "noncommercial" in kinds(unsaid)
    assert "noncommercial" not in kinds(said)
    assert "noncommercial" not in [reason.rule for reason in unsaid.reasons], "nobody has said so"
    assert "noncommercial" not in kinds(make("CC-BY-4.0", commercial=None))
    assert make("CC-BY-4.0", "CC-BY-SA-4.0", commercial=True).verdict == "allow_with_duties"


def test_in_a_collection_each_work_keeps_its_license():
    combination = collect("CC-BY-SA-1.0", "CC-BY-NC-ND-4.0", "CC0-1.0", outbound_license="CC-BY-4.0")
    assert combination.verdict == "allow_with_duties"
    assert len(combination.outbound) == 7
    assert "combined-license" not in kinds(combination)
    assert collect("CC0-1.0").verdict == "allow"


def test_the_result_must_carry_a_license_that_all_works_allow():
    good = adapt("CC-BY-SA-4.0", "CC-BY-SA-3.0", outbound_license="CC-BY-SA-4.0")
    assert good.verdict == "allow_with_duties"
    assert "CC-BY-SA-4.0" in good.duties[-1].text
    assert not {"share-alike", "outbound-license"} & set(kinds(good))
    bad = adapt("CC-BY-SA-4.0", "CC-BY-SA-3.0", outbound_license="GPL-3.0-only")
    assert (bad.verdict, rules(bad)) == ("deny", [(("CC-BY-SA-3.0",), "outbound")])
    assert adapt("CC-BY-SA-3.0", outbound_license="CC-BY-SA-3.0").verdict == "allow_with_duties"
    assert adapt("CC-BY-NC-4.0", outbound_license="CC-BY-4.0").verdict == "deny", "yellow is not green"
    assert adapt("CC-BY-SA-4.0", "CC-BY-NC-4.0", outbound_license="CC-BY-SA-4.0").verdict == "deny"


def test_an_alternative_is_taken_where_it_fits():
    dual = work("CC-BY-NC-SA-4.0", "CC-BY-SA-4.0", name="dual")
    combination = adapt(dual, "CC-BY-SA-3.0", commercial=None)
    assert combination.outbound == ("CC-BY-SA-4.0",)
    assert combination.works[0].claim == claim_of("CC-BY-SA-4.0")
    assert "noncommercial" not in kinds(combination)
    assert adapt(dual, "CC-BY-NC-SA-3.0").works[0].claim == claim_of("CC-BY-NC-SA-4.0")
    assert adapt(work("CC-BY-ND-4.0", "CC0-1.0"), "CC-BY-SA-1.0").outbound == ("CC-BY-SA-1.0",)


def test_works_may_go_together_two_by_two_and_not_all_at_once():
    one = work("CC-BY-SA-4.0", "CC-BY-SA-1.0", name="a")
    two = work("CC-BY-SA-4.0", "CC-BY-NC-SA-1.0", name="b")
    three = work("CC-BY-SA-1.0", "CC-BY-NC-SA-1.0", name="c")
    assert all(adapt(*pair).verdict in YES for pair in ((one, two), (two, three), (one, three)))
    combination = adapt(one, two, three)
    assert (combination.verdict, combination.outbound) == ("deny", ())
    assert rules(combination) == [(("a", "b", "c"), "no-common-license")]


VAGUE = [
    Member(name="lost", claims=None),
    Member(name="empty", claims=()),
    Member(name="unknown", claims=(UNKNOWN,)),
    Member(name="terms", claims=(Claim(status="other", url="https://lantern.example/terms"),)),
    Member(name="bare", claims=(Claim(status="unversioned", unit="cc"),)),
    Member(name="disputed", claims=(Claim(status="disputed", candidates=("CC-BY-4.0", "CC-BY-3.0")),)),
    *(
        Member(name=unit, claims=(Claim(status="unversioned", unit=unit, candidates=found.candidates),))
        for unit in ("by", "by-sa", "by-nc")
        if isinstance(found := resolve_license(f"CC {unit.upper()}"), Unversioned)
    ),
]


@pytest.mark.parametrize("as_", ["collection", "adaptation"])
@pytest.mark.parametrize("vague", VAGUE[:5], ids=lambda member: member.name)
def test_what_is_not_known_never_makes_a_yes(as_, vague):
    combination = combine([vague, work("CC0-1.0")], as_=as_, commercial=False)
    assert (combination.verdict, combination.outbound, combination.duties) == ("unknown", (), ())
    assert combination.works[0].verdict == "unknown"
    assert len(combination.reasons) > 1


def vague(*ids: str, status: str = "disputed", name: str = "") -> Member:
    """A work that is under one of these, nobody knows which."""
    return Member(name=name or "/".join(ids[:3]), claims=(Claim(status=status, candidates=ids),))


def unversioned(name: str) -> Member:
    found = resolve_license(name)
    assert isinstance(found, Unversioned)
    claim = Claim(status="unversioned", unit=found.unit, candidates=found.candidates)
    return Member(name=name, claims=(claim,))


def test_a_license_without_a_version_is_taken_under_what_every_version_allows():
    by = adapt(unversioned("CC BY"), "CC-BY-SA-4.0")
    assert (by.verdict, by.outbound) == ("allow_with_duties", ("CC-BY-SA-4.0",))
    assert "version" in kinds(by)
    assert kinds(by).count("combined-license") == 1
    assert by.works[0].claim.status == "unversioned"
    assert collect(unversioned("CC BY-SA"), "CC-BY-4.0").verdict == "allow_with_duties"
    assert adapt(unversioned("CC BY-NC"), "CC-BY-4.0", commercial=True).verdict == "deny"
    assert rules(adapt(unversioned("CC BY-ND"))) == [(("CC BY-ND",), "no-derivatives")]


def test_a_share_alike_without_a_version_can_carry_nothing_for_sure():
    for other in ("CC-BY-SA-1.0", "CC-BY-SA-4.0", "CC0-1.0", "CC-BY-4.0"):
        combination = adapt(unversioned("CC BY-SA"), other)
        assert (combination.verdict, combination.outbound, combination.conflicts) == ("unknown", (), ())
        assert "version" in [question.question for question in combination.questions]
    assert adapt(unversioned("CC BY-SA"), "CC-BY-NC-4.0").verdict == "deny", "no version goes with it"


def test_a_dispute_is_taken_under_what_all_its_candidates_allow():
    assert adapt(vague("CC-BY-4.0", "CC-BY-SA-4.0"), "CC-BY-3.0").outbound == ("CC-BY-SA-4.0",)
    assert adapt(vague("CC0-1.0", "CC-BY-SA-4.0"), "CC-BY-3.0").outbound == ("CC-BY-SA-4.0",)
    assert adapt(vague("CC-BY-4.0", "CC-BY-ND-4.0")).verdict == "unknown"
    assert adapt(vague("CC-BY-ND-3.0", "CC-BY-ND-4.0")).verdict == "deny"
    assert collect(vague("CC-BY-4.0", "CC-BY-ND-4.0")).verdict == "allow_with_duties"
    assert collect(vague("CC-BY-4.0", ALL_RIGHTS_RESERVED)).verdict == "unknown"
    split = adapt(vague("CC-BY-4.0", "CC-BY-SA-4.0"), "CC-BY-NC-4.0")
    assert (split.verdict, split.conflicts) == ("unknown", ())
    assert [question.question for question in split.questions] == ["dispute"]
    named = adapt(vague("CC-BY-4.0", "CC-BY-SA-4.0"), outbound_license="CC-BY-4.0")
    assert (named.verdict, named.conflicts) == ("unknown", ())
    assert adapt(vague("CC-BY-4.0", "CC-BY-SA-4.0"), outbound_license="CC-BY-SA-4.0").verdict == "allow_with_duties"


def test_a_foreign_license_is_carried_where_every_work_allows_it():
    for id in ("GPL-3.0-only", "LAL-1.3"):
        assert adapt("CC-BY-SA-4.0", "CC0-1.0", outbound_license=id).verdict == "allow_with_duties"
        assert adapt("CC-BY-SA-4.0", "CC-BY-4.0", outbound_license=id).verdict == "deny", "the chart has no such cell"


def test_a_collection_under_developing_nations_turns_on_the_territory():
    def answer(territory):
        found = collect("CC-DEVNATIONS-2.0", "CC-BY-4.0", territory=territory)
        return found.verdict, [question.question for question in found.questions]

    assert answer("unsaid") == ("unknown", ["territory"])
    assert answer("other") == ("allow_with_duties", [])
    assert answer("high") == ("deny", [])


def test_what_is_not_known_hides_no_certain_conflict():
    assert adapt(VAGUE[0], "CC-BY-ND-4.0").verdict == "deny"
    assert rules(adapt(VAGUE[0], "CC-BY-SA-4.0", "CC-BY-NC-4.0")) == [
        (("CC-BY-NC-4.0", "CC-BY-SA-4.0"), "share-alike-4.0")
    ]
    reserved = Member(name="reserved", claims=(Claim(status=ALL_RIGHTS_RESERVED),))
    assert rules(collect(reserved, "CC0-1.0")) == [(("reserved",), "all-rights-reserved")]
    assert adapt(reserved, "CC0-1.0").verdict == "deny"


@pytest.mark.parametrize("id", ["CC-NC-1.0", "CC-SAMPLING-1.0", "CC-DEVNATIONS-2.0"])
def test_a_license_that_the_chart_does_not_speak_of_leaves_the_answer_open(id):
    combination = adapt(id, "CC-BY-4.0")
    assert (combination.verdict, combination.outbound) == ("unknown", ())
    assert combination.questions


def test_there_must_be_works():
    with pytest.raises(ValueError, match="nothing"):
        combine([], as_="collection")


def test_many_works_list_no_more_than_a_hundred_conflicts():
    works = [work("CC-BY-SA-4.0", name=f"a{n:03}") for n in range(100)]
    works += [work("CC-BY-NC-4.0", name=f"b{n:03}") for n in range(100)]
    combination = adapt(*works)
    assert (combination.verdict, len(combination.conflicts)) == ("deny", 100)
    assert combination.conflicts[0].works == ("a000", "b000")


members = st.lists(
    st.one_of(
        st.builds(
            lambda ids: work(*ids),
            st.lists(st.sampled_from([x.id for x in LICENSES]), min_size=1, max_size=2, unique=True),
        ),
        st.sampled_from(VAGUE),
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda member: member.name,
)
outbound = st.sampled_from([None, "CC-BY-SA-4.0", "CC-BY-NC-SA-3.0", "CC-BY-4.0", "GPL-3.0-only"])


@given(
    members, st.sampled_from(["collection", "adaptation"]), st.sampled_from([None, True, False]), outbound, st.randoms()
)
def test_the_order_of_the_works_changes_nothing(works, as_, commercial, license, random):
    def answer(order):
        found = combine(order, as_=as_, commercial=commercial, outbound_license=license)
        named = {each.name: each for each in found.works}
        return found.verdict, found.outbound, found.conflicts, found.duties, found.reasons, found.questions, named

    shuffled = list(works)
    random.shuffle(shuffled)
    assert answer(shuffled) == answer(works)


def test_a_way_that_is_barred_does_not_close_one_that_is_open():
    combination = combine([work("CC-SAMPLING-1.0", "CC-BY-NC-2.0")], as_="adaptation", commercial=True)
    assert (combination.verdict, combination.conflicts) == ("unknown", ())


@given(members, st.sampled_from(["collection", "adaptation"]), st.sampled_from([None, True, False]), outbound)
def test_an_answer_holds_together(works, as_, commercial, license):
    combination = combine(works, as_=as_, commercial=commercial, outbound_license=license)
    assert bool(combination.conflicts) == (combination.verdict == "deny")
    assert bool(combination.outbound) == (combination.verdict in YES)
    assert bool(combination.duties) == (combination.verdict == "allow_with_duties")
    assert [each.name for each in combination.works] == [each.name for each in works]
    assert len(combination.reasons) > 1


@given(members, st.sampled_from(["collection", "adaptation"]), st.sampled_from([None, True, False]))
def test_one_more_work_never_helps(works, as_, commercial):
    ranks = {"allow": 0, "allow_with_duties": 1, "unknown": 2, "deny": 3}
    whole, rest = (combine(each, as_=as_, commercial=commercial) for each in (works, works[:-1] or works))
    assert ranks[whole.verdict] >= ranks[rest.verdict]


exact = st.lists(st.sampled_from([x.id for x in LICENSES]), min_size=1, max_size=3)


@given(exact, exact, st.sampled_from(["collection", "adaptation"]), st.sampled_from([None, True, False]), outbound)
def test_a_fact_that_is_taken_away_never_makes_a_yes(ids, rest, as_, commercial, license):
    """A yes for one of several licenses is a yes for each of them, and no less bound."""
    ranks = {"allow": 0, "allow_with_duties": 1, "unknown": 2, "deny": 2}
    others = [work(id, name=f"other {n}") for n, id in enumerate(rest)]
    open_answer = combine([vague(*ids, name="a"), *others], as_=as_, commercial=commercial, outbound_license=license)
    for id in ids:
        known = combine([work(id, name="a"), *others], as_=as_, commercial=commercial, outbound_license=license)
        assert ranks[open_answer.verdict] >= ranks[known.verdict]
        assert set(open_answer.outbound) <= {*known.outbound} | set(charted_targets(find_license(id)) or ()) or (
            as_ == "collection"
        )


@pytest.mark.parametrize("license", LICENSES, ids=lambda license: license.id)
def test_a_version_that_is_taken_away_never_makes_a_yes(license):
    found = resolve_license(f"CC {license.unit.upper()}")
    if not isinstance(found, Unversioned) or license.id not in found.candidates:
        return
    for other in ("CC-BY-4.0", "CC-BY-SA-3.0", "CC-BY-NC-SA-1.0", "CC0-1.0"):
        for make in (adapt, collect):
            if make(unversioned(f"CC {license.unit.upper()}"), other).verdict in YES:
                assert make(license.id, other).verdict in YES
