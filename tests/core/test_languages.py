"""Language tags are those of BCP 47, in its casing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.errors import InvalidValue
from service.core.languages import canonical_language

SUBTAGS = "en de zh gan Latn Hans GB 419 1901 1996 rozaj biske u co phonebk x a AA qaa Qaaa i klingon"
subtags = st.sampled_from(SUBTAGS.split())


@pytest.mark.parametrize(
    ("tag", "canonical"),
    [
        ("en", "en"),
        ("EN-gb", "en-GB"),
        ("ZH-HANS-CN", "zh-Hans-CN"),
        ("es-419", "es-419"),
        ("de-ch-1996", "de-CH-1996"),
        ("sl-rozaj-biske-1994", "sl-rozaj-biske-1994"),
        ("zh-gan", "zh-gan"),
        ("zh-cmn-hans-cn", "zh-cmn-Hans-CN"),
        ("en-latn", "en-Latn"),
        ("iw", "iw"),
        ("und", "und"),
        ("mul", "mul"),
        ("gsw-ch", "gsw-CH"),
        ("QAA-qaaa-qm-X-southern", "qaa-Qaaa-QM-x-southern"),
        ("X-WHATEVER", "x-whatever"),
        ("en-x-US", "en-x-us"),
        ("de-de-u-co-phonebk", "de-DE-u-co-phonebk"),
        ("en-a-myext-b-another", "en-a-myext-b-another"),
        ("I-Klingon", "i-klingon"),
        ("en-gb-OED", "en-GB-oed"),
        ("sgn-be-fr", "sgn-BE-FR"),
    ],
)
def test_a_valid_tag_is_given_in_canonical_case(tag, canonical):
    assert canonical_language(tag) == canonical


@pytest.mark.parametrize(
    "tag",
    [
        "",
        " en",
        "en ",
        "en_GB",
        "english",
        "xx",
        "en-XX1",
        "en-QQ-GB",
        "de-419-DE",
        "a-DE",
        "en--gb",
        "en-",
        "-en",
        "en-a",
        "en-x",
        "x",
        "x-toolongsubtag",
        "en-GB-Latn",
        "de-1901-1901",
        "ar-a-aaa-b-bbb-a-ccc",
        "zh-gan-hak",
        "en-nosuchvr",
        "qaa..qtz",
        "GB",
        "en\n",
        "eñ",
        "K" * 50,
        "en-x-" + "a-" * 100 + "a",
    ],
)
def test_what_bcp_47_does_not_allow_is_refused(tag):
    with pytest.raises(InvalidValue) as caught:
        canonical_language(tag)
    assert caught.value.code == "invalid-language"
    assert caught.value.detail


@given(st.lists(subtags, min_size=1, max_size=6).map("-".join) | st.text())
def test_canonical_tags_stay_as_they_are(tag):
    try:
        canonical = canonical_language(tag)
    except InvalidValue:
        return
    assert canonical.lower() == tag.lower()
    assert canonical_language(canonical) == canonical
