"""What options take."""

import click
import pytest

from service.cli.options import read_pairs, read_span


@pytest.mark.parametrize(
    ("text", "seconds"), [("90s", 90), ("30m", 1800), ("1h", 3600), ("1d", 86_400), ("10s", 10), (None, None)]
)
def test_a_span_is_a_number_and_a_unit(text, seconds):
    assert read_span(None, None, text) == seconds


@pytest.mark.parametrize("text", ["", "1", "h", "1w", "-1h", "1.5h", "9s", "0h", "1h30m", "1 h", "99999999h", "１h"])
def test_any_other_span_is_refused(text):
    with pytest.raises(click.BadParameter, match="no span"):
        read_span(None, None, text)


def test_a_pair_may_have_an_equals_sign_in_its_value():
    assert read_pairs(None, None, ("a=b=c", "d=")) == {"a": "b=c", "d": ""}
