"""Permission: may I do this with that article, and what must I do along with it?"""

from datetime import UTC, date, datetime

import pytest

from service.core.articles import AiTerms, Correction, Part, Request
from service.core.catalogue import LICENSES, find_license, resolve_license
from service.core.dates import PartialDate
from service.core.grants import ALL_RIGHTS_RESERVED, UNKNOWN, Claim, Grant
from service.core.permission import USES, Permission, Subject, Use, decide, find_outbound
from service.core.permission.conditions import Facts, read_condition

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
TODAY = NOW.date()
RESERVED = Claim(status=ALL_RIGHTS_RESERVED)
TERMS = Claim(status="other", url="https://lantern.example/terms")
YES = ("allow", "allow_with_duties")


def known(id: str, **dates) -> Claim:
    license = find_license(id)
    assert license, id
    return Claim(status="known", license=license, **dates)


def unversioned(name: str) -> Claim:
    resolution = resolve_license(name)
    return Claim(status="unversioned", unit=resolution.unit, candidates=resolution.candidates)


def grant(n: int, claim: Claim, **changes) -> Grant:
    return Grant(**{"n": n, "claim": claim, "offer": n, "recorded_at": NOW, "recorded_by": "editor", **changes})


def under(*claims: Claim | str, **facts) -> Subject:
    """An article of which these are alternatives of one statement."""
    stated = [known(claim) if isinstance(claim, str) else claim for claim in claims]
    return Subject(ledger=tuple(grant(n, claim, offer=1) for n, claim in enumerate(stated, start=1)), **facts)


def disputed(*claims: Claim | str, **facts) -> Subject:
    """An article about which these were recorded one by one."""
    stated = [known(claim) if isinstance(claim, str) else claim for claim in claims]
    return Subject(ledger=tuple(grant(n, claim) for n, claim in enumerate(stated, start=1)), **facts)


def ask(subject: Subject | str, use: str, **facts) -> Permission:
    subject = under(subject) if isinstance(subject, str) else subject
    return decide(subject, Use(**{"use": use, "as_of": TODAY, **facts}))


def kinds(permission: Permission) -> list[str]:
    return [duty.kind for duty in permission.duties]


def rules(permission: Permission) -> list[str]:
    return [reason.rule for reason in permission.reasons]


def questions(permission: Permission) -> list[str]:
    return [question.question for question in permission.questions]


def clause_of(permission: Permission, kind: str) -> str | None:
    return next(duty.clause for duty in permission.duties if duty.kind == kind)


def test_attribution_lets_one_republish_and_says_by_which_clauses():
    permission = ask("CC-BY-4.0", "republish")
    assert permission.verdict == "allow_with_duties"
    assert rules(permission)[0] == "copy-4.0"
    assert permission.reasons[0].clause == "s. 2(a)(1)(A)"
    assert clause_of(permission, "attribution") == "s. 3(a)(1)(A)"
    assert clause_of(permission, "license-notice") == "s. 3(a)(1)(C)"
    assert {duty.basis for duty in permission.duties} == {"license"}
    assert permission.license == find_license("CC-BY-4.0")
    assert permission.rule_set == "2026-11"
    assert permission.as_of == TODAY


@pytest.mark.parametrize(
    ("id", "clause"),
    [
        ("CC-BY-2.5", "s. 4(b)"),
        ("CC-BY-ND-3.0", "s. 4(b)"),
        ("CC-BY-SA-3.0", "s. 4(c)"),
        ("CC-BY-NC-2.0", "s. 4(c)"),
        ("CC-BY-NC-ND-1.0", "s. 4(c)"),
        ("CC-BY-NC-SA-1.0", "s. 4(d)"),
    ],
)
def test_attribution_before_4_0_stands_behind_the_clauses_of_noncommercial_and_share_alike(id, clause):
    permission = ask(id, "republish", commercial=False)
    assert clause_of(permission, "attribution") == clause
    assert clause_of(permission, "license-notice") == "s. 4(a)"


BEFORE = {"license-notice": "s. 4(a)", "no-restrictions": "s. 4(a)"}
AT_4_0 = {"attribution": "s. 3(a)(1)(A)", "license-notice": "s. 3(a)(1)(C)", "changes": "s. 3(a)(1)(B)"}


@pytest.mark.parametrize(
    ("id", "use", "duties"),
    [
        ("CC-BY-4.0", "adapt", {**AT_4_0, "outbound-license": "s. 3(a)(4)", "no-restrictions": "s. 2(a)(5)(B)"}),
        ("CC-BY-SA-4.0", "adapt", {**AT_4_0, "share-alike": "s. 3(b)(1)", "no-restrictions": "s. 2(a)(5)(C)"}),
        ("CC-BY-3.0", "adapt", {**BEFORE, "attribution": "s. 4(b)", "changes": "s. 3(b)", "outbound-license": None}),
        ("CC-BY-2.5", "adapt", {**BEFORE, "attribution": "s. 4(b)", "changes": "s. 4(b)", "outbound-license": None}),
        ("CC-BY-NC-2.0", "adapt", {**BEFORE, "attribution": "s. 4(c)", "changes": "s. 4(c)", "outbound-license": None}),
        ("CC-BY-SA-1.0", "adapt", {**BEFORE, "attribution": "s. 4(c)", "changes": "s. 4(c)", "share-alike": "s. 4(b)"}),
        (
            "CC-BY-NC-SA-2.5",
            "adapt",
            {**BEFORE, "attribution": "s. 4(d)", "changes": "s. 4(d)", "share-alike": "s. 4(b)"},
        ),
        ("CC-NC-1.0", "adapt", {**BEFORE, "outbound-license": None}),
        ("CC-SA-1.0", "adapt", {**BEFORE, "share-alike": "s. 4(b)"}),
        (
            "CC-NC-SAMPLING-PLUS-1.0",
            "republish",
            dict.fromkeys(("attribution", "license-notice", "no-restrictions", "no-advertising"), "s. 3"),
        ),
        (
            "CC-DEVNATIONS-2.0",
            "republish",
            {**BEFORE, "attribution": "s. 4(b)", "no-export": "s. 4(c)", "verify-recipients": "s. 4(d)"},
        ),
        ("CC-BY-3.0", "ai-train", {**BEFORE, "attribution": "s. 4(b)"}),
    ],
)
def test_each_license_has_its_duties_by_its_own_clauses(id, use, duties):
    permission = ask(id, use, commercial=False, territory="IR")
    assert permission.verdict == "allow_with_duties"
    assert {duty.kind: duty.clause for duty in permission.duties} == duties


@pytest.mark.parametrize(
    ("id", "outbound", "words"),
    [
        ("CC-BY-SA-3.0", None, "this license or a later version of it, such as CC-BY-SA-4.0."),
        ("CC-BY-SA-3.0", "CC-BY-SA-3.0-DE", "under CC-BY-SA-3.0-DE."),
        ("CC-BY-SA-1.0", None, "under CC-BY-SA-1.0."),
        ("CC-BY-NC-3.0", None, "CC-BY-NC-4.0, CC-BY-NC-ND-4.0 or CC-BY-NC-SA-4.0."),
        ("CC-NC-1.0", None, "chart names none."),
    ],
)
def test_the_duty_names_the_licenses_that_fit(id, outbound, words):
    permission = ask(id, "adapt", commercial=False, outbound_license=outbound)
    assert [duty.text for duty in permission.duties if duty.text.endswith(words)]


@pytest.mark.parametrize(("commercial", "rule"), [(True, "nc-commercial"), (None, "nc-unsaid")])
def test_noncommercial_sampling_is_cited_by_its_own_clause(commercial, rule):
    permission = ask("CC-NC-SAMPLING-PLUS-1.0", "republish", commercial=commercial)
    assert {reason.rule: reason.clause for reason in permission.reasons}[rule] == "s. 3"


def test_that_a_use_is_noncommercial_is_said_back():
    assert "noncommercial" in rules(ask("CC-BY-NC-4.0", "republish", commercial=False))
    assert "noncommercial" not in rules(ask("CC-BY-4.0", "republish", commercial=False))


@pytest.mark.parametrize("id", ["CC-ND-1.0", "CC-NC-1.0", "CC-SA-1.0", "CC-NC-SA-1.0", "CC-ND-NC-1.0", "CC-SA-2.0-JP"])
def test_the_retired_licenses_ask_for_notices_and_no_names(id):
    assert kinds(ask(id, "republish", commercial=False)) == ["license-notice", "no-restrictions"]


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("id", ["CC0-1.0", "CC-PDM-1.0", "CC-PDDC"])
def test_the_public_domain_is_free_for_every_use(id, use):
    permission = ask(id, use, commercial=True)
    assert permission.verdict == "allow"
    assert permission.duties == ()


@pytest.mark.parametrize("claim", [known("CC-BY-NC-ND-4.0"), RESERVED, TERMS, UNKNOWN, unversioned("CC BY-ND")])
def test_to_list_and_to_link_needs_no_license(claim):
    permission = ask(under(claim), "index")
    assert (permission.verdict, rules(permission), permission.duties) == ("allow", ["index"], ())


def test_listing_needs_no_license_in_a_dispute_either():
    assert ask(disputed("CC-BY-4.0", RESERVED), "index").verdict == "allow"
    assert ask(Subject(), "index").verdict == "allow"


@pytest.mark.parametrize(
    ("commercial", "verdict", "asked"),
    [(True, "deny", []), (False, "allow_with_duties", []), (None, "unknown", ["commercial"])],
)
@pytest.mark.parametrize("id", [license.id for license in LICENSES if license.unit in ("by-nc", "by-nc-sa", "nc")])
def test_noncommercial_is_about_the_use(id, commercial, verdict, asked):
    permission = ask(id, "republish", commercial=commercial)
    assert permission.verdict == verdict
    assert questions(permission) == asked


@pytest.mark.parametrize(
    ("id", "clause"),
    [("CC-BY-NC-4.0", "s. 2(a)(1)"), ("CC-BY-NC-3.0", "s. 4(b)"), ("CC-BY-NC-SA-3.0", "s. 4(c)")],
)
def test_noncommercial_is_cited_by_version(id, clause):
    assert ask(id, "republish", commercial=True).reasons[0].clause == clause


@pytest.mark.parametrize("use", ["translate", "adapt"])
@pytest.mark.parametrize(
    ("id", "share", "verdict", "rule"),
    [
        ("CC-BY-ND-4.0", True, "deny", "nd-4.0-share"),
        ("CC-BY-ND-4.0", None, "deny", "nd-4.0-share"),
        ("CC-BY-ND-4.0", False, "allow", "nd-4.0-private"),
        ("CC-BY-ND-3.0", False, "deny", "nd-before-4.0"),
        ("CC-BY-ND-2.1-JP", False, "deny", "nd-before-4.0"),
        ("CC-ND-1.0", True, "deny", "nd-before-4.0"),
    ],
)
def test_no_derivatives_lets_4_0_be_adapted_in_private_and_nothing_before_it(use, id, share, verdict, rule):
    permission = ask(id, use, share=share)
    assert (permission.verdict, rules(permission)[0]) == (verdict, rule)


@pytest.mark.parametrize(
    ("use", "at_4_0", "before"),
    [
        ("excerpt", "allow_with_duties", "unknown"),
        ("text-to-speech", "allow_with_duties", "unknown"),
        ("format-shift", "allow_with_duties", "allow_with_duties"),
        ("collect", "allow_with_duties", "allow_with_duties"),
        ("tdm", "allow", "allow"),
        ("ai-train", "unknown", "unknown"),
    ],
)
def test_what_no_derivatives_leaves_free(use, at_4_0, before):
    assert ask("CC-BY-ND-4.0", use).verdict == at_4_0
    for id in ("CC-BY-ND-3.0", "CC-BY-ND-2.5-SCOTLAND", "CC-ND-1.0"):
        assert ask(id, use).verdict == before


def test_an_excerpt_that_is_not_licensed_may_still_be_a_quotation():
    assert "quotation" in rules(ask("CC-BY-ND-3.0", "excerpt"))
    assert "quotation" in rules(ask(under(RESERVED), "excerpt"))
    assert "quotation" not in rules(ask("CC-BY-4.0", "excerpt"))


@pytest.mark.parametrize("id", ["CC-BY-4.0", "CC-BY-SA-2.5", "CC-BY-NC-4.0"])
def test_duties_arise_on_sharing(id):
    for use in ("reproduce", "collect", "format-shift"):
        assert ask(id, use, share=False, commercial=False).verdict == "allow"
        assert ask(id, use, commercial=False).verdict == "allow_with_duties"
    assert ask(id, "republish", share=False, commercial=False).verdict == "allow_with_duties", "to publish is to share"


def test_an_adaptation_under_3_0_is_marked_as_changed_even_in_private():
    permission = ask("CC-BY-3.0", "translate", share=False)
    assert kinds(permission) == ["changes"]
    assert clause_of(permission, "changes") == "s. 3(b)"
    assert ask("CC-BY-4.0", "translate", share=False).duties == ()
    assert ask("CC-BY-2.5", "translate", share=False).duties == ()


def test_mining_copies_without_sharing_and_training_has_duties():
    assert ask("CC-BY-4.0", "tdm").verdict == "allow"
    assert ask("CC-BY-NC-4.0", "tdm").verdict == "unknown"
    assert ask("CC-BY-NC-4.0", "tdm", commercial=True).verdict == "deny"
    assert ask("CC-BY-NC-4.0", "tdm", commercial=False).verdict == "allow"
    assert ask("CC-BY-4.0", "ai-train").verdict == "allow_with_duties"
    assert ask("CC-BY-NC-4.0", "ai-train", commercial=False).verdict == "allow_with_duties"
    assert questions(ask("CC-BY-SA-4.0", "ai-train")) == ["share_alike"]


@pytest.mark.parametrize("use", ["tdm", "ai-train"])
@pytest.mark.parametrize("claim", [known("CC0-1.0"), known("CC-BY-ND-3.0"), RESERVED, UNKNOWN])
def test_what_machines_do_may_be_free_by_law(use, claim):
    assert "exception-of-law" in rules(ask(under(claim), use))


def test_share_alike_names_the_licenses_that_an_adaptation_may_carry():
    permission = ask("CC-BY-SA-4.0", "translate")
    duty = next(duty for duty in permission.duties if duty.kind == "share-alike")
    assert duty.clause == "s. 3(b)(1)"
    assert "CC-BY-SA-4.0, GPL-3.0-only or LAL-1.3" in duty.text
    assert clause_of(ask("CC-BY-SA-2.0", "translate"), "share-alike") == "s. 4(b)"
    assert "share-alike" not in kinds(ask("CC-BY-SA-4.0", "republish"))


@pytest.mark.parametrize(
    ("id", "outbound", "verdict"),
    [
        ("CC-BY-SA-4.0", "CC-BY-SA-4.0", "allow_with_duties"),
        ("CC-BY-SA-4.0", "GPL-3.0-only", "allow_with_duties"),
        ("CC-BY-SA-4.0", "LAL-1.3", "allow_with_duties"),
        ("CC-BY-SA-4.0", "CC-BY-4.0", "deny"),
        ("CC-BY-SA-4.0", "CC-BY-SA-3.0", "deny"),
        ("CC-BY-SA-3.0", "CC-BY-SA-3.0", "allow_with_duties"),
        ("CC-BY-SA-3.0", "CC-BY-SA-3.0-DE", "allow_with_duties"),
        ("CC-BY-SA-3.0", "CC-BY-SA-2.5", "deny"),
        ("CC-BY-SA-3.0", "GPL-3.0-only", "deny"),
        ("CC-BY-SA-1.0", "CC-BY-SA-4.0", "deny"),
        ("CC-BY-SA-1.0", "CC-BY-SA-1.0", "allow_with_duties"),
        ("CC-BY-NC-SA-4.0", "CC-BY-SA-4.0", "deny"),
        ("CC-BY-4.0", "CC-BY-NC-ND-4.0", "allow_with_duties"),
        ("CC-BY-4.0", "CC0-1.0", "deny"),
        ("CC-BY-3.0", "CC0-1.0", "deny"),
        ("CC-BY-NC-4.0", "CC-BY-4.0", "deny"),
        ("CC-NC-1.0", "CC-BY-NC-4.0", "unknown"),
        ("CC0-1.0", "GPL-3.0-only", "allow"),
    ],
)
def test_the_license_of_an_adaptation_must_be_one_that_the_work_allows(id, outbound, verdict):
    assert ask(id, "adapt", outbound_license=outbound, commercial=False).verdict == verdict


def test_a_license_for_what_is_not_changed_covers_only_the_own_contribution():
    permission = ask("CC-BY-SA-4.0", "republish", outbound_license="CC0-1.0")
    assert permission.verdict == "allow_with_duties"
    assert "own-license" in kinds(permission)
    assert ask("CC-BY-SA-4.0", "adapt", share=False, outbound_license="CC0-1.0").verdict == "allow"


def test_without_a_license_for_the_adaptation_its_choice_is_a_duty():
    assert "outbound-license" in kinds(ask("CC-BY-4.0", "adapt"))
    assert "outbound-license" not in kinds(ask("CC-BY-4.0", "adapt", outbound_license="CC-BY-4.0"))


def test_an_outbound_license_is_found_in_any_case():
    assert find_outbound("cc-by-sa-4.0") == "CC-BY-SA-4.0"
    assert find_outbound("gpl-3.0-only") == "GPL-3.0-only"
    assert find_outbound("MIT") is None


def test_what_was_changed_is_an_adaptation_by_whatever_name():
    assert ask("CC-BY-ND-4.0", "republish", changes="abridged").verdict == "deny"
    assert "changes" in kinds(ask("CC-BY-4.0", "republish", changes="abridged"))
    assert ask("CC-BY-ND-4.0", "republish", changes="  ").verdict == "allow_with_duties"
    assert ask("CC-BY-ND-4.0", "format-shift", changes="from PDF to EPUB").verdict == "allow_with_duties"
    assert ask("CC-BY-SA-4.0", "republish", changes="abridged", outbound_license="CC0-1.0").verdict == "deny"


@pytest.mark.parametrize("id", [x.id for x in LICENSES if x.unit in ("sampling", "sampling+", "nc-sampling+")])
@pytest.mark.parametrize("use", [use for use in USES if use not in ("index", "reproduce", "republish")])
def test_whether_sampling_is_transformative_enough_nobody_can_say(id, use):
    permission = ask(id, use, commercial=False)
    assert permission.verdict == "unknown"
    assert questions(permission) == ["sampling"]
    assert permission.reasons[0].clause == "s. 3"


@pytest.mark.parametrize(
    ("id", "commercial", "verdict"),
    [
        ("CC-SAMPLING-PLUS-1.0", False, "allow_with_duties"),
        ("CC-SAMPLING-PLUS-1.0", True, "deny"),
        ("CC-SAMPLING-PLUS-1.0", None, "unknown"),
        ("CC-NC-SAMPLING-PLUS-1.0", False, "allow_with_duties"),
        ("CC-NC-SAMPLING-PLUS-1.0", True, "deny"),
        ("CC-SAMPLING-1.0", False, "unknown"),
        ("CC-SAMPLING-1.0", True, "unknown"),
    ],
)
def test_sampling_plus_shares_the_whole_for_noncommercial_purposes(id, commercial, verdict):
    permission = ask(id, "republish", commercial=commercial)
    assert permission.verdict == verdict
    assert ("no-advertising" in kinds(permission)) == (verdict in YES)


@pytest.mark.parametrize(
    ("territory", "as_of", "verdict"),
    [
        (None, TODAY, "unknown"),
        ("US", TODAY, "deny"),
        ("de", TODAY, "deny"),
        ("IR", TODAY, "allow_with_duties"),
        ("IN", TODAY, "allow_with_duties"),
        ("RE", TODAY, "unknown"),
        ("RU", date(2024, 6, 30), "allow_with_duties"),
        ("RU", date(2024, 7, 1), "unknown"),
        ("RU", date(2029, 7, 1), "deny"),
        ("US", date(2015, 1, 1), "unknown"),
    ],
)
def test_developing_nations_turns_on_the_place_and_the_day(territory, as_of, verdict):
    permission = ask("CC-DEVNATIONS-2.0", "republish", territory=territory, as_of=as_of)
    assert permission.verdict == verdict
    assert bool(permission.questions) == (verdict == "unknown")
    if verdict == "allow_with_duties":
        assert clause_of(permission, "verify-recipients") == "s. 4(d)"


def test_without_a_license_the_answer_is_no_or_open():
    assert ask(under(RESERVED), "republish").verdict == "deny"
    assert questions(ask(under(TERMS), "republish")) == ["terms"]
    assert questions(ask(Subject(), "republish")) == ["license"]
    assert ask(Subject(), "republish").claim == UNKNOWN


def test_a_no_becomes_a_question_to_the_publisher_who_takes_them():
    url = "https://lantern.example/rights"
    permission = ask(under(RESERVED, more_permissions_url=url), "republish")
    assert permission.verdict == "ask"
    assert url in permission.reasons[-1].text
    assert ask(under(UNKNOWN, more_permissions_url=url), "republish").verdict == "unknown"
    assert ask(under("CC-BY-4.0", more_permissions_url=url), "republish").verdict == "allow_with_duties"


def test_a_license_without_a_version_is_asked_in_every_version():
    permission = ask(under(unversioned("CC BY")), "republish")
    assert permission.verdict == "allow_with_duties"
    assert "version" in kinds(permission)
    assert "unversioned" in rules(permission)
    assert ask(under(unversioned("CC BY-ND")), "adapt", share=False).verdict == "unknown"
    assert "version" in questions(ask(under(unversioned("CC BY-ND")), "adapt", share=False))
    assert ask(under(unversioned("CC BY-ND")), "adapt").verdict == "deny"
    assert ask(under(unversioned("Creative Commons license")), "republish", commercial=False).verdict == "unknown"


def test_a_clause_in_which_possible_licenses_differ_is_left_out():
    both = ask(disputed("CC-BY-3.0", "CC-BY-SA-3.0"), "republish")
    assert clause_of(both, "attribution") is None
    assert clause_of(both, "license-notice") == "s. 4(a)"


def test_a_version_that_binds_the_result_to_itself_leaves_an_unversioned_share_alike_open():
    """1.0 is locked to itself, so nothing that is published keeps to whichever version is meant."""
    permission = ask(under(unversioned("CC BY-SA")), "adapt")
    assert (permission.verdict, permission.duties) == ("unknown", ())
    assert questions(permission) == ["version", "outbound_license"]
    assert rules(permission) == ["no-shared-license", "unversioned"]
    assert ask(under(unversioned("CC BY-SA")), "adapt", outbound_license="CC-BY-SA-4.0").verdict == "unknown"
    assert ask(under(unversioned("CC BY-SA")), "adapt", share=False).verdict == "allow_with_duties"
    assert ask(under(unversioned("CC BY-SA")), "republish").verdict == "allow_with_duties"


@pytest.mark.parametrize("stated", [disputed("CC-BY-SA-4.0", "CC-BY-NC-4.0"), disputed("CC-BY-SA-1.0", "CC-BY-SA-4.0")])
def test_a_dispute_between_licenses_that_no_result_can_carry_both_is_open(stated):
    permission = ask(stated, "adapt", commercial=False)
    assert (permission.verdict, permission.duties) == ("unknown", ())
    assert questions(permission) == ["dispute", "outbound_license"]


@pytest.mark.parametrize(
    ("stated", "kind", "text"),
    [
        (under(unversioned("CC BY-NC")), "outbound-license", "CC-BY-NC-4.0, CC-BY-NC-ND-4.0 or CC-BY-NC-SA-4.0"),
        (disputed("CC-BY-4.0", "CC-BY-SA-3.0"), "share-alike", "Publish your version under CC-BY-SA-4.0."),
        (disputed("CC-BY-SA-2.0", "CC-BY-SA-4.0"), "share-alike", "Publish your version under CC-BY-SA-4.0."),
        (disputed("CC0-1.0", "CC-BY-NC-SA-3.0"), "share-alike", "Publish your version under CC-BY-NC-SA-4.0."),
        (disputed("CC-BY-4.0", "CC-BY-NC-4.0"), "outbound-license", "CC-BY-NC-4.0, CC-BY-NC-ND-4.0 or CC-BY-NC-SA-4.0"),
    ],
)
def test_licenses_that_may_be_meant_ask_for_one_license_of_the_result(stated, kind, text):
    permission = ask(stated, "adapt", commercial=False)
    assert permission.verdict == "allow_with_duties"
    (duty,) = [duty for duty in permission.duties if duty.kind in ("share-alike", "outbound-license")]
    assert duty.kind == kind
    assert text in duty.text


def test_a_license_that_is_charted_and_one_that_is_not_leave_the_result_open():
    assert ask(disputed("CC-NC-1.0", "CC-BY-4.0"), "adapt", commercial=False).verdict == "unknown"
    duties = ask(disputed("CC-NC-1.0", "CC-NC-2.0-JP"), "adapt", commercial=False).duties
    assert [duty.text.endswith("names none.") for duty in duties if duty.kind == "outbound-license"] == [True]


def test_the_index_of_a_disputed_article_shows_the_dispute():
    permission = ask(disputed("CC-BY-4.0", "CC-BY-NC-4.0"), "index")
    assert (permission.verdict, permission.claim.status) == ("allow", "disputed")
    assert (permission.license, permission.duties) == (None, ())
    assert set(permission.claim.candidates) == {"CC-BY-4.0", "CC-BY-NC-4.0"}


@pytest.mark.parametrize("changes", ["none", "unchanged", " None "])
def test_a_work_that_is_said_to_be_unchanged_is_no_adaptation(changes):
    assert ask("CC-BY-ND-4.0", "republish", changes=changes) == ask("CC-BY-ND-4.0", "republish")
    assert ask("CC-BY-ND-4.0", "republish", changes="abridged").verdict == "deny"


def test_in_a_dispute_only_what_all_allow_is_allowed():
    assert ask(disputed("CC-BY-4.0", "CC-BY-SA-4.0"), "republish").verdict == "allow_with_duties"
    assert "disputed" in rules(ask(disputed("CC-BY-4.0", "CC-BY-SA-4.0"), "republish"))
    open_case = ask(disputed("CC-BY-4.0", RESERVED), "republish")
    assert (open_case.verdict, questions(open_case)) == ("unknown", ["dispute"])
    assert open_case.claim.status == "disputed"
    assert ask(disputed("CC-BY-ND-4.0", RESERVED), "adapt").verdict == "deny"


def test_a_statement_that_contradicts_itself_is_a_dispute():
    claim = Claim(status="disputed", candidates=("CC-BY-4.0", ALL_RIGHTS_RESERVED))
    assert ask(under(claim), "republish").verdict == "unknown"
    agreed = Claim(status="disputed", candidates=("CC-BY-4.0", "CC-BY-3.0"))
    assert ask(under(agreed), "republish").verdict == "allow_with_duties"
    foreign = Claim(status="disputed", candidates=("CC-BY-4.0", "https://lantern.example/terms"))
    assert ask(under(foreign), "republish").verdict == "unknown"
    assert ask(under(Claim(status="disputed")), "republish").verdict == "unknown"


def test_a_dispute_with_a_contradiction_is_not_settled_by_its_other_side():
    contradiction = Claim(status="disputed", candidates=("CC-BY-4.0", ALL_RIGHTS_RESERVED))
    assert ask(disputed(contradiction, "CC-BY-4.0"), "republish").verdict == "unknown"


def test_any_alternative_is_enough_and_the_answer_stands_on_it():
    dual = under("CC-BY-NC-4.0", "CC-BY-ND-4.0")
    assert ask(dual, "republish", commercial=True).license == find_license("CC-BY-ND-4.0")
    assert ask(dual, "adapt", commercial=False).license == find_license("CC-BY-NC-4.0")
    assert ask(dual, "adapt", commercial=True).verdict == "deny"


def test_a_grant_for_mining_counts_for_mining_alone():
    subject = Subject(ledger=(grant(1, RESERVED), grant(2, known("CC-BY-4.0"), scope="tdm")))
    assert ask(subject, "tdm").verdict == "allow"
    assert ask(subject, "ai-train").verdict == "deny"
    assert ask(subject, "republish").verdict == "deny"
    terms = Subject(ledger=(grant(1, known("CC-BY-4.0")), grant(2, TERMS, scope="tdm")))
    assert ask(terms, "tdm").verdict == "allow", "publisher's terms for mining take nothing from the license"
    assert ask(Subject(ledger=(grant(1, known("CC0-1.0"), scope="manuscript"),)), "republish").verdict == "unknown"


ENDED = date(2024, 2, 29)
CHANGED = (
    grant(1, known("CC-BY-4.0", end=ENDED)),
    grant(2, known("CC-BY-NC-ND-4.0", start=date(2024, 3, 1))),
)


def test_an_earlier_license_leaves_a_use_open_until_it_is_known_when_the_copy_was_obtained():
    subject = Subject(ledger=CHANGED)
    permission = ask(subject, "republish", commercial=True)
    assert permission.verdict == "unknown"
    assert "obtained_on" in questions(permission)
    assert permission.earlier_grants == CHANGED[:1]
    kept = ask(subject, "republish", commercial=True, obtained_on=ENDED)
    assert (kept.verdict, kept.license) == ("allow_with_duties", find_license("CC-BY-4.0"))
    assert ("irrevocable", "s. 2(a)(1)") in [(reason.rule, reason.clause) for reason in kept.reasons]
    assert ask(subject, "republish", commercial=True, obtained_on=date(2024, 3, 1)).verdict == "deny"
    assert ask(subject, "republish", commercial=True, obtained_on=date(2027, 1, 1)).verdict == "deny", "not yet"


@pytest.mark.parametrize(
    ("id", "clause"), [("CC0-1.0", "s. 2"), ("CC-BY-3.0", "s. 7(b)"), ("CC-BY-3.0-IGO", None), ("CC-PDM-1.0", None)]
)
def test_what_was_kept_is_cited_where_the_clause_is_certain(id, clause):
    ledger = (grant(1, known(id, end=ENDED)), grant(2, RESERVED))
    kept = ask(Subject(ledger=(ledger[0],)), "republish", obtained_on=ENDED)
    assert [reason.clause for reason in kept.reasons if reason.rule == "irrevocable"] == [clause]


def test_the_answer_reads_the_ledger_for_the_day_asked():
    subject = Subject(ledger=CHANGED)
    assert ask(subject, "republish", commercial=True, as_of=ENDED).verdict == "allow_with_duties"
    assert ask(subject, "adapt", as_of=ENDED).earlier_grants == ()
    future = Subject(ledger=(grant(1, RESERVED, offer=1), grant(2, known("CC0-1.0", start=date(2030, 1, 1)), offer=1)))
    assert ask(future, "republish").verdict == "deny"
    assert ask(future, "republish", as_of=date(2030, 1, 1)).verdict == "allow"
    assert ask(future, "republish", obtained_on=date(2030, 1, 1)).verdict == "deny", "no copy is from the future"


def test_what_was_recorded_by_mistake_was_never_given():
    ledger = (grant(1, known("CC-BY-4.0", end=ENDED), state="mistaken"), grant(2, RESERVED))
    permission = ask(Subject(ledger=ledger), "republish")
    assert (permission.verdict, permission.earlier_grants) == ("deny", ())


def test_a_time_before_a_dispute_counts_for_a_copy_of_that_time():
    ledger = (grant(1, known("CC-BY-4.0", start=date(2020, 1, 1))), grant(2, RESERVED_LATER))
    assert "obtained_on" in questions(ask(Subject(ledger=ledger), "republish"))
    assert ask(Subject(ledger=ledger), "republish", obtained_on=date(2022, 1, 1)).verdict == "allow_with_duties"


RESERVED_LATER = Claim(status=ALL_RIGHTS_RESERVED, start=date(2024, 1, 1))


def part(claim: Claim, kind: str = "image") -> Part:
    return Part(kind=kind, license=claim)


def test_a_cleared_text_with_an_uncleared_photograph_says_so():
    subject = under("CC0-1.0", parts=(part(known("CC0-1.0")), part(RESERVED), part(UNKNOWN, "chart")))
    permission = ask(subject, "republish")
    assert permission.verdict == "allow_with_duties"
    assert [(duty.kind, duty.basis) for duty in permission.duties] == [("parts", "law")]
    assert "part:1, part:2" in permission.duties[0].text
    assert [reason.text.split(" is")[0] for reason in permission.reasons if reason.rule == "uncleared-part"] == [
        "part:1 (image)",
        "part:2 (chart)",
    ]
    assert ask(subject, "index").verdict == "allow"


def test_a_part_is_asked_for_the_same_use():
    subject = under("CC-BY-4.0", parts=(part(known("CC-BY-NC-4.0")),))
    assert "parts" in kinds(ask(subject, "republish", commercial=True))
    cleared = ask(subject, "republish", commercial=False)
    assert "parts" not in kinds(cleared)
    assert "part-terms" in kinds(cleared)
    ended = under("CC-BY-4.0", parts=(part(known("CC-BY-4.0", end=ENDED)),))
    assert "parts" in kinds(ask(ended, "republish"))


def test_a_cleared_part_clears_no_text():
    assert ask(under(RESERVED, parts=(part(known("CC0-1.0")),)), "republish").verdict == "deny"
    assert ask(under("CC0-1.0", parts=(part(known("CC0-1.0")),)), "republish").verdict == "allow"


def test_requests_stand_apart_and_never_make_a_no():
    requests = (
        Request(kind="tracking-pixel", url="https://lantern.example/pixel"),
        Request(kind="no-automatic-republication", text="Please do not syndicate us by machine."),
    )
    permission = ask(under("CC0-1.0", requests=requests), "republish")
    assert permission.verdict == "allow"
    assert [(duty.kind, duty.basis, duty.url) for duty in permission.duties] == [
        ("tracking-pixel", "request", "https://lantern.example/pixel"),
        ("no-automatic-republication", "request", None),
    ]
    assert permission.duties[1].text == "Please do not syndicate us by machine."
    assert ask(under(RESERVED, requests=requests), "republish").duties == ()


def test_what_the_publisher_says_of_machines_is_a_request():
    terms = AiTerms(train_ai=False, search=False, tdm_reservation=True, tdm_policy="https://lantern.example/tdm")
    subject = under("CC0-1.0", ai_terms=terms)
    assert kinds(ask(subject, "ai-train")) == ["no-ai-training", "tdm-reservation"]
    assert [duty.url for duty in ask(subject, "tdm").duties] == ["https://lantern.example/tdm"]
    assert kinds(ask(subject, "index")) == ["no-search"]
    assert kinds(ask(subject, "republish")) == []
    assert {ask(subject, use).verdict for use in USES} == {"allow"}
    welcome = under(UNKNOWN, ai_terms=AiTerms(train_ai=True))
    assert ask(welcome, "ai-train").verdict == "unknown", "a welcome is no license"


@pytest.mark.parametrize("status", ["retracted", "withdrawn", "corrected"])
def test_the_state_of_an_article_changes_no_license_and_is_said(status):
    corrections = (
        Correction(at=PartialDate.parse("2025"), url="https://lantern.example/second"),
        Correction(at=PartialDate.parse("2024"), url="https://lantern.example/first"),
    )
    permission = ask(under("CC-BY-4.0", status=status, corrections=corrections), "republish")
    assert permission.verdict == "allow_with_duties"
    assert rules(permission)[-1] == status
    assert "https://lantern.example/second" in permission.reasons[-1].text
    assert "See" not in ask(under("CC-BY-4.0", status=status), "republish").reasons[-1].text


@pytest.mark.parametrize(
    ("id", "clause"), [("CC-BY-4.0", "s. 6(b)(1)"), ("CC-BY-3.0-IGO", "s. 7(b)"), ("CC-BY-3.0", None)]
)
def test_how_a_breach_is_cured_is_said_where_the_license_says_it(id, clause):
    found = [reason.clause for reason in ask(id, "republish").reasons if reason.rule == "cure"]
    assert found == ([clause] if clause else [])


def test_there_is_no_other_use():
    with pytest.raises(ValueError, match="sell"):
        Use(use="sell", as_of=TODAY)


def test_a_condition_compares_whole_words():
    condition = read_condition("use:adapt|collect ShareAlike -unit:sampling|nc since:2.0 until:3.0")
    facts = {"use:collect", "ShareAlike", "unit:sampling+"}
    assert condition.holds(Facts(frozenset(facts), (2, 5)))
    assert not condition.holds(Facts(frozenset(facts), (4, 0)))
    assert not condition.holds(Facts(frozenset(facts), None))
    assert not condition.holds(Facts(frozenset({*facts, "unit:nc"}), (2, 5)))
    assert not condition.holds(Facts(frozenset({"use:collect"}), (2, 5)))
    assert read_condition("").holds(Facts(frozenset()))
