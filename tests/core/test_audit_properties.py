"""What holds for every license, every language and every page."""

import sys
from html import escape
from itertools import groupby
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.core.articles import Basis, Creator
from service.core.attribution import LANGUAGES, Reuse, Work, credit_work
from service.core.audit import Audit, Republication, Subject, audit_page
from service.core.catalogue import LICENSES
from service.core.grants import UNKNOWN, Claim
from service.core.licenses import License

WEG = Basis(relation="translation", title="Der Salzweg", url="https://salz.example/weg", license=UNKNOWN)
SALT = {
    "title": "The Salt Road: a journey inland",
    "url": "https://salt.example/road",
    "creators": (
        Creator(name="Amal Haddad"),
        Creator(name="Tom Okafor"),
        Creator(name="Ida Berg", role="translator", url="https://salt.example/ida"),
    ),
    "credit": "Delta Fund",
    "source_name": "Harbour Press",
    "copyright_notice": "© 2024 Harbour Press",
    "disclaimer": "No warranty <none> is given.",
    "language": "en",
    "based_on": (WEG,),
}
NAMAK = {
    "title": "جادهٔ نمک؛ یک سفر",
    "url": "https://مثال.example/خبر/۱",
    "creators": (Creator(name="علی‌رضا احمدی"), Creator(name="سارا کریمی")),
    "source_name": "خبرگزاری بندر",
    "copyright_notice": "© ۱۴۰۳ بندر",
    "language": "fa",
}


def _versions() -> list[License]:
    """A license of each type and version, unported where there is one."""
    ordered = sorted(LICENSES, key=lambda x: (x.unit, x.version, x.jurisdiction or ""))
    return [next(group) for _, group in groupby(ordered, key=lambda x: (x.unit, x.version))]


VERSIONS = _versions()


def work_under(license: License, facts: dict) -> Work:
    return Work(claim=Claim(status="known", license=license), **facts)


def audit(work: Work, html: str, changes: str | None = None) -> Audit:
    return audit_page(Subject(work=work, alternatives=(work.claim,)), Republication(html=html, changes=changes))


def as_paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.splitlines())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("facts", [SALT, NAMAK], ids=["latin", "persian"])
def test_a_page_with_our_own_credit_lacks_nothing_under_any_version(lang: str, facts: dict) -> None:
    """Every license in three languages at least, so that it does not take all day."""
    for license in VERSIONS[LANGUAGES.index(lang) % 4 :: 4]:
        work = work_under(license, facts)
        credit = credit_work(work, Reuse(changes="translated"), lang=lang)
        for page in (credit.html, as_paragraphs(credit.text)):
            found = audit(work, page, "translated")
            assert not [x for x in found.findings if x.status != "found" and x.element != "rel_license"], page


@pytest.mark.parametrize("license", VERSIONS, ids=lambda license: license.id)
def test_an_empty_page_has_nothing_and_every_finding_is_weighed_as_the_credit_has_it(license: License) -> None:
    work = work_under(license, SALT)
    found = audit(work, "", "translated")
    assert {finding.status for finding in found.findings} == {"missing"}
    required = {element.element for element in credit_work(work, Reuse(changes="translated")).required}
    assert {finding.element for finding in found.findings if finding.is_lacking} == required
    assert all(finding.clause for finding in found.findings if finding.is_lacking)


PIECES = (
    "<h1>The Salt Road: a journey inland</h1>",
    "<p>By Amal Haddad</p>",
    "<p>and Tom Okafor for the Delta Fund</p>",
    "<p>Translated by Ida Berg.</p>",
    '<p>First in <a href="https://salt.example/road">Harbour Press</a></p>',
    "<p>© 2024 Harbour Press</p>",
    "<p>No warranty &lt;none&gt; is given.</p>",
    "<p>After “Der Salzweg”</p>",
    '<p>Licensed under <a href="https://creativecommons.org/licenses/by/3.0/">CC BY 3.0</a></p>',
    "<p>CC BY 3.0</p>",
)
UNRELATED = (
    "<p>The wind turned, and the boats came in.</p>",
    '<nav><a href="/weather">Weather</a> <a href="/sport">Sport</a></nav>',
    "<script>var moths = '<p>';</script>",
    "<!-- a note to the typesetter -->",
    '<img src="/weather/cloud.png" alt="A cloud">',
    "<table><tr><td>1<td>2</table>",
)
BY_3 = next(license for license in LICENSES if license.id == "CC-BY-3.0")


def found_in(pieces: list[str]) -> list[str]:
    audited = audit(work_under(BY_3, SALT), "".join(pieces), "translated")
    return [f"{x.element}: {x.text}" for x in audited.findings if x.status == "found"]


@given(st.sets(st.sampled_from(range(len(PIECES)))), st.integers(0, len(PIECES) - 1))
@settings(max_examples=60)
def test_what_is_taken_away_never_turns_missing_into_found(kept: set[int], gone: int) -> None:
    pieces = [piece for index, piece in enumerate(PIECES) if index in kept]
    fewer = [piece for index, piece in enumerate(PIECES) if index in kept - {gone}]
    assert set(found_in(fewer)) <= set(found_in(pieces))


@given(st.lists(st.tuples(st.integers(0, len(PIECES)), st.sampled_from(UNRELATED)), max_size=6))
@settings(max_examples=40)
def test_unrelated_text_changes_nothing(added: list[tuple[int, str]]) -> None:
    pieces = [PIECES[0], *PIECES[2:]]
    longer = list(pieces)
    for place, piece in added:
        longer.insert(place, piece)
    assert found_in(longer) == found_in(pieces)


SHARDS = ["<", ">", "<a ", "href=", "'", '"', "&#x", "9" * 40, "</p", "<p hidden", "-->", "<!--", "CC BY 4.0", "\x00"]
MORE_SHARDS = [
    "\ud7ff",
    "<script>",
    "<svg/>",
    "&",
    "Amal Haddad",
    "srcset=",
    "style='url(",
    "<img ",
    "© 2024",
    "\u202e",
]


@given(st.text() | st.lists(st.sampled_from(SHARDS + MORE_SHARDS)).map("".join))
@settings(max_examples=200)
def test_any_text_is_read_somehow_and_quotes_are_what_stands_there(page: str) -> None:
    for finding in audit(work_under(BY_3, SALT), page, page[:500]).findings:
        if finding.evidence:
            assert page[finding.evidence.start : finding.evidence.end] == finding.evidence.quote


HOSTILE = (
    ["<div>", "<a ", "<a href='", '<a b="', "<!--", "<script>", "<p hidden>", "&#9", "<td>", "</b>", "<template>"]
    + ["\ufdfa", "a\u0316\u0301", "edited ", "<p><a href=x>edited</a>", "https://salt.example/roads ", "amalhaddad"]
    + ["<img src=/a.jpg>", "CC BY 4.0 ", "<p>Bo</p>", "salt.example/roads ", "<a href=https://salt.example/road>"]
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_the_work_grows_with_the_length_of_the_page(piece: str) -> None:
    """A page eight times as long takes at most twelve times as many calls: anything quadratic would be sixty-four."""
    short, long = (calls_of((piece * length)[:length]) for length in (8_000, 64_000))
    assert long < 12 * short


def calls_of(page: str) -> int:
    """How many functions an audit of the page calls."""
    work = work_under(BY_3, {**SALT, "title": "Bo"})
    audit(work, page, "translated")
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        audit(work, page, "translated")
    finally:
        sys.setprofile(before)
    return calls


def test_a_reference_of_many_digits_is_no_character() -> None:
    page = f"<p title='&#{'9' * 5000};'>&#{'9' * 5000}; &#x{'f' * 5000};</p><p>By Amal Haddad</p>"
    assert "creators: Amal Haddad" in found_in([page])
