"""Detection never raises, is a function of its input alone, and its evidence always lies where it says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.detection import Detection, detect, find_reservation, find_scopes
from service.core.detection.detector import detect_anew

MEDIA_TYPES = ("text/plain", "text/html", "application/xml", "application/atom+xml")
PIECES = (
    "CC BY 4.0",
    "cc by",
    "CC0",
    "Creative Commons",
    " license",
    "https://creativecommons.org/licenses/by/4.0/",
    "creativecommons.org",
    '<a rel="license" href="',
    '">',
    "</a>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<!DOCTYPE x [",
    "<script type='application/ld+json'>",
    "</script>",
    "&copy;",
    "&#x110000;",
    "© 2020 Jane",
    "not ",
    "署名 4.0 国际",
    "نَسْبُ",
    "[",
    "](",
    "\x00",
    "İ",
    "ﬁ",
    "<author>",
    "by Jane is",
    "Photo: Jane_Doe",
    "&amp; CC&nbsp;BY 4&#46;0",
    "CC BY 5.0",
    "Ⅷ",
    "क्रिएटिव कॉमन्स",
    "all rights reserved",
    "no commercial use",
    "the paper said ",
    "contact us for a ",
    "from 2031 ",
    "embargo",
    "translated from ",
    ", ",
    "\n",
)
texts = st.text() | st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=12).map("".join)


@given(texts, st.sampled_from(MEDIA_TYPES), st.none() | st.text())
def test_any_text_gives_a_detection_whose_evidence_lies_in_it(text, media_type, base_url):
    detection = detect(text, media_type=media_type, base_url=base_url)
    evidence = [*(x for detected in detection.licenses for x in detected.evidence), *detection.impossible]
    if detection.credit_evidence:
        evidence.append(detection.credit_evidence)
    assert all(0 <= x.start <= x.end <= len(text) and text[x.start : x.end] == x.quote for x in evidence)
    assert detect_anew(text, media_type, base_url) == detection


@given(texts, st.sampled_from(MEDIA_TYPES))
def test_every_detected_is_a_license_or_a_unit_with_evidence(text, media_type):
    detection = detect(text, media_type=media_type)
    for detected in detection.licenses:
        assert (detected.license is None) != (detected.unit is None)
        assert bool(detected.candidates) == (detected.unit is not None)
        assert detected.evidence
    assert detection.unit in {None, *(detected.unit for detected in detection.licenses)}
    assert detection.licenses or detection == Detection()


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<a ",
        '<a href="',
        "<!--",
        "<![CDATA[",
        "<!DOCTYPE [",
        "cc by ",
        "CC BY 4.0 ",
        "CC BY 4.0 from 2031 ",
        "contact us for a CC BY 4.0 ",
        "no commercial use ",
        "© by ",
        "[(",
        "&amp;",
        " ",
        '"',
        "署名",
    ],
)
@pytest.mark.parametrize("media_type", MEDIA_TYPES[:3])
def test_hostile_repetition_is_survived(piece, media_type):
    assert not detect(piece * 20_000, media_type=media_type).conflict


@given(texts)
def test_what_reserves_all_rights_lies_in_the_text(text):
    evidence = find_reservation(text)
    assert evidence is None or text[evidence.start : evidence.end] == evidence.quote != ""


@given(texts)
def test_each_license_has_one_scope(text):
    detection = detect(text)
    scopes = find_scopes(text, detection)
    assert len(scopes) == len(detection.licenses)
    assert set(scopes) <= {"", "whole", "part", "past", "later", "source"}


@pytest.mark.parametrize("digits", ["9" * 5000, "0" * 5000 + "65", "0" * 9000])
@pytest.mark.parametrize("media_type", ["text/html", "application/xml"])
def test_a_character_reference_of_any_length_is_read(digits, media_type):
    address = f"https://creativecommons.org/licenses/by/4.0/?&#{digits};"
    text = f'<p title="&#{digits};">&#{digits};</p><a rel="license" href="{address}">terms</a> CC BY 4.0'
    assert [found.license.id for found in detect(text, media_type=media_type).licenses if found.license]
