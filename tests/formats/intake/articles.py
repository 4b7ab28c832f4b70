"""Articles as Hypothesis makes them up: everything that a client may say, in any combination."""

from typing import Any

from hypothesis import strategies as st

from service.core.articles import Article
from tests.formats.cast import HOSTILE, STATED, recorded

_TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs"], include_characters="\t\n\r"), max_size=40)
TEXTS = st.sampled_from([text for text in HOSTILE.values() if len(text) < 400]) | _TEXT
NAMES = TEXTS.filter(lambda text: bool(text.strip()))
URLS = st.sampled_from(
    [
        "https://harbour.example/a",
        "http://harbour.example:8080/a/b?c=d&e=%C3%A9",
        "https://faro.example/pintura",
        "https://мир.example/путь?q=щ",
        "https://harbour.example/{curly}|pipe",
    ]
)
DATES = st.sampled_from(["2024-05-04T10:30:00Z", "2024-05-04T10:30:00.25+02:00", "2024-05-04", "2024-05", "1987"])
ORCIDS = st.sampled_from(["https://orcid.org/0000-0002-1825-0097", "0000-0002-1694-233X"])
UUIDS = st.uuids().map(str)
IDENTIFIERS = st.sampled_from(
    [
        ("doi", "10.1000/182"),
        ("doi", "10.1000/a<b>;c"),
        ("issn", "0378-5955"),
        ("urn", "urn:isbn:0451450523"),
        ("arxiv", "2101.00001v2"),
        ("pmid", "17284678"),
        ("partner:desk", "HC-0042"),
        ("isbn", "a:b, c"),
    ]
)
LICENSES = st.sampled_from(
    [
        *STATED.values(),
        "CC BY 4.0",
        "https://creativecommons.org/licenses/by/2.0/de/deed.de",
        "https://creativecommons.org/licenses/by/",
        "Creative Commons",
        "CC BY 3.0 Germany",
        "Ask the editor; or see https://creativecommons.org/licenses/by/4.0/",
        "Photos only: https://creativecommons.org/licenses/by/4.0/",
        {"url": "https://harbour.example/terms", "statement": "Do as you like."},
        {"statement": "© 2024, ask us", "statement_url": "https://harbour.example/terms"},
        {"status": "other"},
        {"status": "other", "statement": "Licensed under CC BY 4.0."},
        {"id": "CC-BY-4.0", "statement": "All rights reserved."},
        ["CC-BY-4.0", {"url": "https://harbour.example/terms", "statement_url": "https://harbour.example/why"}],
    ]
)
SINGLE = LICENSES.filter(lambda license: not isinstance(license, list))


def some(**members: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """An object with any of these members."""
    return st.fixed_dictionaries({}, optional=members)


def few(item: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(item, max_size=3)


CREATORS = st.fixed_dictionaries(
    {"name": NAMES},
    optional={
        "role": st.sampled_from(["author", "translator", "editor", "photographer", "contributor"]),
        "kind": st.sampled_from(["person", "organization"]),
        "url": URLS,
        "orcid": ORCIDS,
        "affiliation": TEXTS,
    },
)
PEOPLE = st.lists(CREATORS, max_size=3, unique_by=lambda creator: creator["name"])
PARTS = st.fixed_dictionaries(
    {"kind": st.sampled_from(["image", "video", "audio", "chart", "quote", "embed"])},
    optional={"url": URLS, "title": TEXTS, "creator": TEXTS, "license": SINGLE, "credit": TEXTS},
)
BASES = st.fixed_dictionaries(
    {"relation": st.sampled_from(["translation", "adaptation", "excerpt", "version"])},
    optional={
        "url": URLS,
        "article": UUIDS,
        "title": TEXTS,
        "creators": PEOPLE,
        "license": SINGLE,
        "changes": TEXTS,
    },
)
DOCUMENTS = st.fixed_dictionaries(
    {
        "url": URLS,
        "title": NAMES,
        "source": st.fixed_dictionaries({"name": NAMES}, optional={"url": URLS}),
    },
    optional={
        "creators": PEOPLE,
        "language": st.sampled_from(["en-GB", "fa", "zh-Hans"]),
        "published_at": DATES,
        "modified_at": DATES,
        "summary": TEXTS,
        "section": TEXTS,
        "keywords": few(NAMES),
        "identifiers": few(IDENTIFIERS.map(lambda pair: dict(zip(("scheme", "value"), pair, strict=True)))),
        "license": LICENSES,
        "requests": few(
            st.fixed_dictionaries({"kind": st.sampled_from(["logo", "other"])}, optional={"text": TEXTS, "url": URLS})
        ),
        "attribution": some(
            credit=TEXTS,
            credit_url=URLS,
            copyright_notice=TEXTS,
            copyright_holder=TEXTS,
            copyright_year=st.integers(1, 9999),
            disclaimer=TEXTS,
            requested=TEXTS,
        ),
        "parts": few(PARTS),
        "based_on": few(BASES),
        "more_permissions_url": URLS,
        "ai_terms": some(train_ai=st.booleans(), tdm_policy=URLS),
        "status": st.sampled_from(["published", "corrected", "retracted", "withdrawn"]),
        "corrections": few(st.fixed_dictionaries({"at": DATES}, optional={"text": TEXTS, "url": URLS})),
    },
)


def articles() -> st.SearchStrategy[Article]:
    """Articles as they are recorded."""
    return DOCUMENTS.map(recorded)
