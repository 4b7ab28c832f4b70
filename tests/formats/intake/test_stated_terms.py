"""What records say of their licenses, as articles take it."""

from typing import Any

import pytest

from service.formats.intake.stated_terms import (
    dispute_terms,
    drop_inexact,
    find_contradictions,
    gather_terms,
    state_terms,
    unsettle_terms,
)
from service.formats.schemas.claims import read_license

BY = "https://creativecommons.org/licenses/by/4.0/"


@pytest.mark.parametrize(
    ("url", "words", "terms"),
    [
        (BY, None, {"id": "CC-BY-4.0"}),
        ("http://creativecommons.org/licenses/by/4.0", None, {"url": "http://creativecommons.org/licenses/by/4.0"}),
        (BY, "Creative Commons Attribution 4.0 International", {"id": "CC-BY-4.0"}),
        (BY, "CC Attribution", {"status": "known", "id": "CC-BY-4.0", "statement": "CC Attribution"}),
        (BY, "Except the photos.", {"url": BY, "statement": "Except the photos."}),
        (BY, "CC BY 9.9", {"status": "disputed", "candidates": ["CC-BY-4.0", "CC BY 9.9"], "statement": "CC BY 9.9"}),
        ("https://harbour.example/terms", None, {"url": "https://harbour.example/terms"}),
        (f"{BY[:-4]}9.9/", None, {"status": "other", "statement": f"{BY[:-4]}9.9/"}),
        (None, "CC BY 4.0", {"statement": "CC BY 4.0"}),
        (None, "CC BY 9.9", {"status": "other", "statement": "CC BY 9.9"}),
        ("CC BY", None, {"statement": "CC BY"}),
        ("ftp://harbour.example/terms", None, {"statement": "ftp://harbour.example/terms"}),
        (None, None, None),
        ("", "  ", None),
        (7, ["CC BY 4.0"], None),
    ],
)
def test_terms_are_what_was_said_and_no_more(url: Any, words: Any, terms: Any):
    assert state_terms(url, words) == terms


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("CC BY 4.0", "known"),
        ("cc-by-4.0", "known"),
        ("CC BY", "unversioned"),
        ("Creative Commons", "unversioned"),
        ("CC BY 9.9", "other"),
        ("Open Access", "other"),
        ("All rights reserved", "all-rights-reserved"),
        ("Licensed under CC BY 4.0 or CC BY-NC 9.0", "disputed"),
        ("x" * 20_000, "other"),
    ],
)
def test_whatever_is_said_is_taken_and_nothing_is_made_of_it(words: str, status: str):
    assert read_license(state_terms(None, words, start="2024-05-04")).status == status
    assert read_license(state_terms(words)).status == status


def test_what_contradicts_itself_is_in_dispute():
    assert read_license(state_terms(BY, "All rights reserved.")).status == "disputed"
    assert read_license(state_terms(BY, "CC BY 9.9")).status == "disputed"
    assert read_license(state_terms(BY, "Licensed under a Creative Commons Attribution license.")).status == "known"


def test_alternatives_are_gathered_once_and_others_are_a_dispute():
    one, other = {"id": "CC-BY-4.0"}, {"statement": "CC BY"}
    assert gather_terms([None, one, one]) == one
    assert gather_terms([one, other]) == [one, other]
    assert gather_terms([]) is None
    assert dispute_terms([one, None]) == one
    assert dispute_terms([one, other]) == {"status": "disputed", "candidates": ["CC-BY-4.0", "CC BY"]}
    assert dispute_terms([one, {"url": BY.replace("https", "http")}]) == one


@pytest.mark.parametrize(
    ("texts", "stated", "contradictions"),
    [
        (["CC BY 4.0", "CC BY", "a Creative Commons license", "Open access"], [], []),
        (["CC BY", "CC BY 4.0"], [], []),
        (["CC BY 4.0", "CC BY-NC 4.0"], [], ["CC BY 4.0", "CC BY-NC 4.0"]),
        (["CC BY", "All rights reserved"], [], ["CC BY", "All rights reserved"]),
        (["CC BY-NC", "CC BY 4.0"], [], ["CC BY-NC", "CC BY 4.0"]),
        (["CC BY", "CC BY-NC 4.0"], [BY], ["CC BY-NC 4.0"]),
        (["CC BY-NC 4.0"], [BY, "cc-by-nc-4.0"], []),
        (["All rights reserved"], [BY, "https://harbour.example/terms"], ["All rights reserved"]),
        (["CC BY 9.9"], [BY], ["CC BY 9.9"]),
        ([], [BY], []),
        ([], [], []),
    ],
)
def test_words_that_name_another_license_are_found(texts: list[str], stated: list[str], contradictions: list[str]):
    assert find_contradictions(texts, stated) == contradictions


def test_a_name_without_its_version_says_no_more_beside_one_with_it():
    assert drop_inexact(["CC BY", "CC BY 4.0", "Open access"]) == ["CC BY 4.0", "Open access"]
    assert drop_inexact(["CC BY", "Open access"]) == ["CC BY", "Open access"]


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"id": "CC-BY-4.0"}, "CC-BY-4.0"),
        ({"url": BY, "statement": "Do."}, "Do."),
        ({"status": "disputed", "candidates": ["a", "b"]}, "a, b"),
    ],
)
def test_a_license_that_has_no_beginning_is_kept_as_words(terms: Any, said: str):
    assert read_license(unsettle_terms(terms)).statement == said
    assert read_license(unsettle_terms(terms)).status == "other"
