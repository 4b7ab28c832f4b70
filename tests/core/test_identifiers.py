"""Identifiers of known schemes are checked and have one spelling."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.errors import InvalidValue
from service.core.identifiers import Identifier, check_identifier, check_orcid


@pytest.mark.parametrize(
    ("scheme", "value", "canonical"),
    [
        ("doi", "10.1000/182", "10.1000/182"),
        ("DOI", "10.1038/NATURE12373", "10.1038/nature12373"),
        ("doi", "doi:10.1000/182", "10.1000/182"),
        ("doi", "DOI: 10.1000/182", "10.1000/182"),
        ("doi", "https://doi.org/10.1000/182", "10.1000/182"),
        ("doi", "http://dx.doi.org/10.1000/182", "10.1000/182"),
        ("doi", "https://doi.org/10.1000/456%23789", "10.1000/456#789"),
        ("doi", "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2", None),
        ("doi", "10.1000.10/123É", "10.1000.10/123É"),
        ("issn", "0378-5955", "0378-5955"),
        ("issn", "2434561x", "2434-561X"),
        ("issn", "ISSN: 2434-561X", "2434-561X"),
        ("urn", "urn:isbn:0451450523", "urn:isbn:0451450523"),
        ("urn", "URN:ISBN:045%2fAb", "urn:isbn:045%2FAb"),
        ("urn", "urn:example:a123,z456/x?+abc?=xyz#789", "urn:example:a123,z456/x?+abc?=xyz#789"),
        ("arxiv", "arXiv:2101.00001v2", "2101.00001v2"),
        ("arxiv", "0704.0001", "0704.0001"),
        ("arxiv", "math.GT/0309136", "math.GT/0309136"),
        ("arxiv", "hep-th/9901001v3", "hep-th/9901001v3"),
        ("pmid", "17284678", "17284678"),
        ("pmid", "PMID: 17284678", "17284678"),
        ("partner:Acme", " Any text ", " Any text "),
    ],
)
def test_an_identifier_is_kept_in_its_one_spelling(scheme, value, canonical):
    expected = value.lower() if canonical is None else canonical
    identifier = check_identifier(scheme, value)
    assert identifier == Identifier(scheme.lower(), expected)
    assert check_identifier(identifier.scheme, identifier.value) == identifier


@pytest.mark.parametrize(
    ("scheme", "value"),
    [
        ("doi", "10.1000"),
        ("doi", "10.1000/"),
        ("doi", "11.1000/182"),
        ("doi", "10.1000/a b"),
        ("doi", "10.1000/a\x00"),
        ("doi", "https://example.org/10.1000/182"),
        ("doi", "https://doi.org/10.1000/182?utm_source=x"),
        ("doi", "https://doi.org/10.1000/182%20x"),
        ("issn", "0378-5956"),
        ("issn", "0378 5955"),
        ("issn", "X378-5955"),
        ("issn", "\uff10\uff13\uff17\uff18-5955"),
        ("urn", "isbn:0451450523"),
        ("urn", "urn:isbn"),
        ("urn", "urn:isbn:"),
        ("urn", "urn:i:x"),
        ("urn", "urn:-ab:x"),
        ("urn", "urn:isbn:/x"),
        ("urn", "urn:isbn:a b"),
        ("urn", "urn:isbn:%4"),
        ("urn", "urn:isbn:é"),
        ("arxiv", "2113.00001"),
        ("arxiv", "2101.001"),
        ("arxiv", "2101.00001v0"),
        ("arxiv", "math/030913"),
        ("pmid", "0123"),
        ("pmid", "12a"),
        ("pmid", ""),
        ("partner", ""),
        ("partner", "x" * 1001),
        ("", "x"),
        (":x", "x"),
        ("a b", "x"),
        ("schéma", "x"),
        ("\u212a", "x"),
        ("x" * 65, "x"),
    ],
)
def test_an_ill_identifier_is_refused(scheme, value):
    with pytest.raises(InvalidValue) as caught:
        check_identifier(scheme, value)
    assert caught.value.code == "invalid-identifier"
    assert str(caught.value) == caught.value.detail


@pytest.mark.parametrize(
    "text",
    [
        "0000-0002-1825-0097",
        "https://orcid.org/0000-0002-1825-0097",
        "http://orcid.org/0000-0002-1825-0097",
        "https://www.orcid.org/0000-0002-1825-0097/",
    ],
)
def test_an_orcid_is_kept_as_its_address(text):
    assert check_orcid(text) == "https://orcid.org/0000-0002-1825-0097"


def test_an_orcid_may_end_in_x():
    assert check_orcid("0000-0002-1694-233x") == "https://orcid.org/0000-0002-1694-233X"


@pytest.mark.parametrize(
    "text",
    ["", "0000-0002-1825-0098", "0000000218250097", "https://example.org/0000-0002-1825-0097", "0000-0002-1825-0097\n"],
)
def test_an_ill_orcid_is_refused(text):
    with pytest.raises(InvalidValue) as caught:
        check_orcid(text)
    assert caught.value.code == "invalid-orcid"


@given(st.integers(0, 14), st.integers(1, 9))
def test_one_mistyped_digit_breaks_an_orcid(place, distance):
    digits = "0000000218250097"
    wrong = digits[:place] + str((int(digits[place]) + distance) % 10) + digits[place + 1 :]
    with pytest.raises(InvalidValue, match="checksum"):
        check_orcid("-".join(wrong[i : i + 4] for i in range(0, 16, 4)))


@given(st.sampled_from(["doi", "issn", "urn", "arxiv", "pmid", "free"]), st.text())
def test_any_text_is_an_identifier_or_refused(scheme, value):
    with suppress(InvalidValue):
        identifier = check_identifier(scheme, value)
        assert check_identifier(identifier.scheme, identifier.value) == identifier
