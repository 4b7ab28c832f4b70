"""Licenses in the footer of a page that are yet to begin, are of another work, or stand in a row."""

import pytest

from tests.formats.pages_cast import BY, license_of, read


@pytest.mark.parametrize(
    "words",
    [
        "CC BY 4.0 from 2031",
        "This text is available under CC BY 4.0 after an embargo of 12 months.",
        f'<a rel="license" href="{BY}">CC BY 4.0</a> after 12 months',
        "This text is translated from an article under CC BY 4.0",
    ],
)
def test_a_license_of_another_time_or_work_in_a_footer_is_not_the_articles(words):
    assert license_of(read(foot=f"<p>{words}</p>")) is None


def test_two_licenses_in_a_row_in_a_footer_are_disputed():
    assert license_of(read(foot="<p>CC BY 4.0 CC BY-NC-ND 4.0</p>")) == ["CC-BY-4.0", "CC-BY-NC-ND-4.0"]
