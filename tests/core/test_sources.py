"""A source's policies: what an article inherits that states no license itself."""

import itertools
import re
from datetime import date, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.catalogue import find_license
from service.core.dates import PartialDate
from service.core.grants import ALL_RIGHTS_RESERVED, Claim
from service.core.sources import Policy, inherited_claim, slugs_for

BY4 = Claim(status="known", license=find_license("CC-BY-4.0"))
BY3 = Claim(status="known", license=find_license("CC-BY-3.0"))
RESERVED = Claim(status=ALL_RIGHTS_RESERVED)
UNVERSIONED = Claim(status="unversioned", unit="by", candidates=("CC-BY-4.0", "CC-BY-3.0"))


def policy(claim: Claim, valid_from: str | None = None, valid_to: str | None = None) -> Policy:
    return Policy(
        claim=claim,
        valid_from=date.fromisoformat(valid_from) if valid_from else None,
        valid_to=date.fromisoformat(valid_to) if valid_to else None,
    )


def inherit(policies: list[Policy], published: str | None) -> Claim | None:
    return inherited_claim(policies, PartialDate.parse(published) if published else None)


@pytest.mark.parametrize("published", [None, "2019", "2019-05", "2019-05-06", "2019-05-06T07:08:09Z", "0001", "9999"])
def test_one_policy_without_dates_is_inherited_whenever_the_article_was_published(published):
    assert inherit([policy(BY4)], published) == BY4


@pytest.mark.parametrize("published", [None, "2019", "2019-05-06"])
def test_without_policies_nothing_is_inherited(published):
    assert inherit([], published) is None


@pytest.mark.parametrize(
    "policies",
    [
        [policy(BY4, "2010-01-01")],
        [policy(BY4, None, "2030-12-31")],
        [policy(BY4, "0001-01-01", "9999-12-31")],
        [policy(BY4), policy(BY4)],
        [policy(BY4), policy(BY3, "2020-01-01")],
    ],
)
def test_an_article_without_a_date_takes_only_a_sole_policy_without_dates(policies):
    assert inherit(policies, None) is None


@pytest.mark.parametrize(
    ("published", "inherited"),
    [
        ("2019-12-31", None),
        ("2020-01-01", BY4),
        ("2022-06-15", BY4),
        ("2022-12-31", BY4),
        ("2023-01-01", None),
        ("2019-12-31T23:59:59.999999Z", None),
        ("2020-01-01T00:00:00Z", BY4),
        ("2022-12-31T23:59:59Z", BY4),
        ("2020-01-01T00:30:00+01:00", None),
        ("2022-12-31T23:30:00-01:00", None),
        ("2023-01-01T00:30:00+01:00", BY4),
        ("2021", BY4),
        ("2020", BY4),
        ("2022", BY4),
        ("2019", None),
        ("2023", None),
        ("2019-12", None),
        ("2020-01", BY4),
        ("2022-12", BY4),
    ],
)
def test_a_policy_counts_from_its_first_to_its_last_day_in_utc(published, inherited):
    assert inherit([policy(BY4, "2020-01-01", "2022-12-31")], published) == inherited


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "published"),
    [("2020-01-15", None, "2020-01"), ("2020-01-15", None, "2020"), (None, "2020-12-30", "2020-12")],
)
def test_a_policy_that_covers_a_part_of_the_month_or_year_covers_too_little(valid_from, valid_to, published):
    assert inherit([policy(BY4, valid_from, valid_to)], published) is None


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_same_license_over_several_policies_is_inherited_if_no_day_is_left_out(order):
    terms = [("2019-01-01", "2020-03-31"), ("2020-04-01", "2020-06-30"), ("2020-07-01", None)]
    whole = [policy(BY4, *terms[index]) for index in order]
    assert inherit(whole, "2020") == BY4
    gap = [policy(BY4, *[*terms[:1], ("2020-04-02", "2020-06-30"), *terms[2:]][index]) for index in order]
    assert inherit(gap, "2020") is None
    assert inherit(gap, "2020-04") is None
    assert inherit(gap, "2020-05") == BY4
    assert inherit(gap, "2020-04-01") is None


def test_policies_that_change_within_what_the_date_may_mean_are_a_dispute():
    policies = [policy(BY3, None, "2020-06-30"), policy(BY4, "2020-07-01")]
    disputed = inherit(policies, "2020")
    assert (disputed.status, disputed.candidates) == ("disputed", ("CC-BY-3.0", "CC-BY-4.0"))
    assert inherit(policies, "2020-06") == BY3
    assert inherit(policies, "2020-07") == BY4
    assert inherit(policies, "2020-06-30T23:59:59Z") == BY3


def test_a_gap_counts_before_a_difference():
    assert inherit([policy(BY3, None, "2020-06-29"), policy(BY4, "2020-07-01")], "2020") is None


def test_policies_that_overlap_and_differ_are_a_dispute_on_the_days_they_share():
    policies = [policy(BY3, "2019-01-01", "2020-06-30"), policy(BY4, "2020-06-01", None)]
    assert inherit(policies, "2020-05-31") == BY3
    assert inherit(policies, "2020-06-15").status == "disputed"
    assert inherit(policies, "2020-07-01") == BY4


def test_a_policy_within_another_one_does_not_hide_its_end():
    policies = [policy(BY4, "2020-01-01", "2020-12-31"), policy(BY4, "2020-02-01", "2020-03-01")]
    assert inherit(policies, "2020") == BY4
    assert inherit(policies, "2020-12-31") == BY4


def test_a_policy_without_a_version_stays_without_one_and_a_dispute_lists_what_it_may_be():
    assert inherit([policy(UNVERSIONED)], "2020") == UNVERSIONED
    disputed = inherit([policy(UNVERSIONED, None, "2020-06-30"), policy(RESERVED, "2020-07-01")], "2020")
    assert disputed.candidates == ("CC-BY-4.0", "CC-BY-3.0", ALL_RIGHTS_RESERVED)


def test_what_is_inherited_keeps_the_words_of_the_policy_and_where_they_stand():
    said = Claim(
        **{**fields_of(BY4), "statement": "All under CC BY 4.0.", "statement_url": "https://lantern.example/t"}
    )
    later = Claim(**{**fields_of(BY4), "statement": "CC BY 4.0, as ever."})
    assert inherit([policy(said)], "2020") == said
    assert inherit([policy(said, None, "2020-06-30"), policy(later, "2020-07-01")], "2020") == said
    assert inherit([policy(said, None, "2020-06-30"), policy(later, "2020-07-01")], "2020-08") == later


days = st.dates(date(2020, 1, 1), date(2020, 3, 31))
ends = st.tuples(st.none() | days, st.none() | days).filter(lambda span: None in span or span[0] <= span[1])
spans = st.lists(st.tuples(ends, st.sampled_from([BY3, BY4])), max_size=5)
months = st.sampled_from(["2020", "2020-02", "2020-03"]) | days.map(date.isoformat)


@given(spans, months)
def test_the_rule_looked_at_day_by_day(spans, published):
    policies = [Policy(claim=claim, valid_from=first, valid_to=last) for (first, last), claim in spans]
    first, last = PartialDate.parse(published).days
    claims, is_covered = set(), True
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        there = {item.claim.license.id for item in policies if item.overlaps(day, day)}
        is_covered &= bool(there)
        claims |= there
    inherited = inherit(policies, published)
    if not is_covered:
        assert inherited is None
    elif len(claims) == 1:
        assert inherited.license.id in claims
    else:
        assert (inherited.status, set(inherited.candidates)) == ("disputed", claims)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("The Lantern", "the-lantern"),
        ("  Mehr  News -- Agency! ", "mehr-news-agency"),
        ("Société Générale", "societe-generale"),
        ("24 Heures", "24-heures"),
        ("a" * 100, "a" * 64),
        ("a" * 63 + " b", "a" * 63),
    ],
)
def test_a_slug_is_made_of_the_name(name, slug):
    assert next(slugs_for(name, None)) == slug


def test_a_name_that_leaves_no_slug_and_every_further_one_is_source_and_eight_digits():
    for made in ([*islice(slugs_for("خبرگزاری مهر", None), 4)], [*islice(slugs_for("The Lantern", None), 1, 4)]):
        assert len(set(made)) == len(made)
        assert all(re.fullmatch("source-[0-9a-f]{8}", slug) for slug in made)


@given(st.text(), st.none() | st.text())
def test_every_name_has_valid_slugs_and_the_same_ones_each_time(name, url):
    slugs = [*islice(slugs_for(name, url), 3)]
    assert all(re.fullmatch("[a-z0-9-]{1,64}", slug) for slug in slugs)
    assert slugs == [*islice(slugs_for(name, url), 3)]


def fields_of(claim: Claim) -> dict[str, object]:
    return {"status": claim.status, "license": claim.license}
