"""Two spellings of one web address are one address."""

import re
from contextlib import suppress
from hashlib import sha256

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from service.core.errors import InvalidValue
from service.core.urls import MAX_LENGTH, canonical_url, check_url, url_digest

TRACKING = """
utm_source utm_medium utm_anything fbclid gclid dclid gbraid wbraid msclkid yclid twclid ttclid igshid
mc_cid mc_eid _ga _gl _hsenc _hsmi mkt_tok
"""

# RFC 3986 as a pattern of what may come out: nothing but reserved, unreserved and well-formed escapes.
CANONICAL = re.compile(
    r"https?://(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:[1-9][0-9]*)?"
    r"/(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-F]{2})*(\?(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-F]{2})+)?"
)

PIECES = (
    """/ // . .. ? & = # % %2e %2E %25 %4 %41 %7e %2f %C3%A9 %ff utm_a= utm%5Fb=1 fbclid a B ~ + ; : @ [ ] { | é 世"""
)
HOSTS = """
example.org EXAMPLE.org example.org. ex%61mple.org localhost a_b.example r3---sn.example 192.0.2.1
bücher.example BÜCHER.example xn--bcher-kva.example faß.de 例え。テスト [2001:DB8::1] [::ffff:192.0.2.1]
"""
pieces = st.sampled_from(PIECES.split())
hosts = st.sampled_from(HOSTS.split())
urls = st.builds(
    lambda scheme, host, port, rest: f"{scheme}://{host}{port}{rest}",
    st.sampled_from(["http", "https", "HTTPS"]),
    hosts,
    st.sampled_from(["", ":", ":80", ":443", ":0080", ":8080"]),
    st.lists(pieces).map(lambda parts: "/" + "".join(parts) if parts else ""),
)


def canonical_or_refused(text):
    with suppress(InvalidValue):
        return canonical_url(text)
    return None


@pytest.mark.parametrize(
    ("given_url", "expected"),
    [
        ("HTTPS://Example.ORG/Path", "https://example.org/Path"),
        ("http://example.org", "http://example.org/"),
        ("http://example.org?a=1", "http://example.org/?a=1"),
        ("http://example.org:80/", "http://example.org/"),
        ("https://example.org:0443/", "https://example.org/"),
        ("https://example.org:80/", "https://example.org:80/"),
        ("https://example.org:/", "https://example.org/"),
        ("https://example.org:08080/", "https://example.org:8080/"),
        ("https://example.org/a#part", "https://example.org/a"),
        ("https://example.org#part", "https://example.org/"),
        ("https://example.org/a?#part", "https://example.org/a"),
        ("https://example.org/%7euser/%2f%c3%a9", "https://example.org/~user/%2F%C3%A9"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/%zz%4", "https://example.org/%25zz%254"),
        ("https://example.org/%%34%31", "https://example.org/%2541"),
        ("https://example.org/é/世?q=ü", "https://example.org/%C3%A9/%E4%B8%96?q=%C3%BC"),
        ("https://example.org/e\u0301", "https://example.org/e%CC%81"),
        ('https://example.org/a\\b^c`{d}|<">', "https://example.org/a%5Cb%5Ec%60%7Bd%7D%7C%3C%22%3E"),
        ("https://example.org/?a[]=1", "https://example.org/?a%5B%5D=1"),
        ("https://example.org/a//b/./c/../d", "https://example.org/a//b/d"),
        ("https://example.org/a/%2E%2e/b", "https://example.org/b"),
        ("https://example.org/..", "https://example.org/"),
        ("https://example.org/a/..", "https://example.org/"),
        ("https://example.org/.well-known/x", "https://example.org/.well-known/x"),
        ("https://example.org/.//x", "https://example.org//x"),
        ("https://example.org/?b=2&a=1&b=1", "https://example.org/?b=2&a=1&b=1"),
        ("https://example.org/?a=b=c&d&=e&&f=%26", "https://example.org/?a=b=c&d&=e&&f=%26"),
        ("https://example.org/?q=a+b%20c", "https://example.org/?q=a+b%20c"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://XN--BCHER-KVA.example/", "https://xn--bcher-kva.example/"),
        ("https://faß.de/", "https://xn--fa-hia.de/"),
        ("https://例え。テスト/", "https://xn--r8jz45g.xn--zckzah/"),
        ("https://ex%61mple.org/", "https://example.org/"),
        ("https://b%C3%BCcher.example/", "https://xn--bcher-kva.example/"),
        ("https://example.org./", "https://example.org/"),
        ("https://my_blog.example/", "https://my_blog.example/"),
        ("https://r3---sn-x.example/", "https://r3---sn-x.example/"),
        ("https://localhost:8000/", "https://localhost:8000/"),
        ("https://192.0.2.1/", "https://192.0.2.1/"),
        ("https://[2001:DB8:0:0:0:0:0:1]:443/", "https://[2001:db8::1]/"),
        ("https://[::FFFF:C000:201]/", "https://[::ffff:192.0.2.1]/"),
    ],
)
def test_a_url_has_one_spelling(given_url, expected):
    assert canonical_url(given_url) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        # RFC 3986 section 5.4, each reference already merged with the base path /b/c/
        ("g", "/b/c/g"),
        ("./g", "/b/c/g"),
        ("g/", "/b/c/g/"),
        (".", "/b/c/"),
        ("./", "/b/c/"),
        ("..", "/b/"),
        ("../", "/b/"),
        ("../g", "/b/g"),
        ("../..", "/"),
        ("../../g", "/g"),
        ("../../../g", "/g"),
        ("g.", "/b/c/g."),
        (".g", "/b/c/.g"),
        ("g..", "/b/c/g.."),
        ("..g", "/b/c/..g"),
        ("./../g", "/b/g"),
        ("./g/.", "/b/c/g/"),
        ("g/./h", "/b/c/g/h"),
        ("g/../h", "/b/c/h"),
        ("g;x=1/../y", "/b/c/y"),
    ],
)
def test_dot_segments_go_as_in_rfc_3986(path, expected):
    assert canonical_url(f"http://a/b/c/{path}") == f"http://a{expected}"


@pytest.mark.parametrize("name", TRACKING.split())
def test_tracking_parameters_are_dropped(name):
    assert canonical_url(f"https://example.org/?a=1&{name}=x&b=2") == "https://example.org/?a=1&b=2"
    assert canonical_url(f"https://example.org/?{name}") == "https://example.org/"
    assert canonical_url(f"https://example.org/?{name}=x&{name}=y#z") == "https://example.org/"


@pytest.mark.parametrize("name", ["utm", "xutm_source", "gclid2", "_gas", "UTM_source", "ref", "a=utm_source"])
def test_parameters_that_only_look_like_tracking_stay(name):
    assert canonical_url(f"https://example.org/?{name}=1") == f"https://example.org/?{name}=1"


def test_http_and_https_are_two_addresses():
    assert canonical_url("http://example.org/") != canonical_url("https://example.org/")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.org",
        "//example.org/",
        "/path",
        "ftp://example.org/",
        "javascript:alert(1)",
        "http:example.org",
        "http:/example.org",
        "http\u017f://example.org/",
        "https://",
        "https:///path",
        "https://?a",
        "https://#a",
        "https://:80/",
        "https://./",
        "https://user@example.org/",
        "https://user:pass@example.org/",
        "https://@example.org/",
        "https://example.org\\@evil.example/",
        "https://%40/",
        "https://a%2Fb.example/",
        "https://%ff.example/",
        "https://exa mple.org/",
        " https://example.org/",
        "https://example.org/ ",
        "https://example.org/a b",
        "https://example.org/a\u00a0b",
        "https://example.org/a\u2028b",
        "https://example.org/#a b",
        "https://example.org/\n",
        "https://example.org/\x00",
        "https://example.org/\x7f",
        "https://example.org/\x85",
        "https://example.org/\ud800",
        "https://\udfff.example/",
        "https://example.org:port/",
        "https://example.org:0/",
        "https://example.org:65536/",
        "https://example.org:-1/",
        "https://example.org:\uff18\uff10/",
        "https://example.org:" + "9" * 5000 + "/",
        "https://example..org/",
        "https://.example.org/",
        "https://example.org../",
        "https://-a.example/",
        "https://a-.example/",
        "https://a!b.example/",
        "https://" + "a" * 64 + ".example/",
        "https://" + "a." * 126 + "toolong/",
        "https://" + "é" * 3000 + "/",
        "https://xn--a.example/",
        "https://xn--/",
        "https://♥.example/",
        "https://a\u200db.example/",
        "https://256.1.1.1/",
        "https://1.2.3/",
        "https://01.2.3.4/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://127.0.0.0x1/",
        "https://[::1/",
        "https://::1/",
        "https://[::1%25eth0]/",
        "https://[::g]/",
        "https://[v1.x]/",
        "https://[]/",
        "https://[::1]x/",
    ],
)
def test_what_is_no_web_address_is_refused_with_advice(text):
    for check in (canonical_url, check_url):
        with pytest.raises(InvalidValue) as caught:
            check(text)
        assert caught.value.code == "invalid-url"
        assert caught.value.detail


def test_a_url_may_have_8192_characters_before_and_after():
    stem = "https://example.org/"
    longest = stem + "a" * (MAX_LENGTH - len(stem))
    assert canonical_url(longest) == longest
    assert canonical_or_refused(longest + "a") is None
    assert canonical_or_refused(stem + "é" * 2000) is None


def test_a_checked_url_is_given_back_as_it_came():
    assert check_url("HTTPS://Example.org?utm_source=x#y") == "HTTPS://Example.org?utm_source=x#y"


def test_the_digest_is_sha_256_of_the_ascii_text():
    assert url_digest("https://example.org/") == sha256(b"https://example.org/").digest()


@given(urls)
@example("https://example.org/%2%35")
@example("https://example.org/?&utm_a=1&")
def test_canonical_urls_stay_as_they_are(text):
    canonical = canonical_url(text)
    assert CANONICAL.fullmatch(canonical)
    assert canonical_url(canonical) == canonical


@given(st.text(), st.text())
def test_any_text_gives_a_canonical_url_or_a_refusal(host, rest):
    for text in (host, f"http://{host}/{rest}", f"https://example.org/{rest}", f"https://example.org?{rest}"):
        canonical = canonical_or_refused(text)
        if canonical is not None:
            assert CANONICAL.fullmatch(canonical)
            assert canonical_url(canonical) == canonical


@given(st.text(alphabet=st.characters(categories=["L", "M", "N", "P", "S", "Cf"]), min_size=1, max_size=20))
def test_an_international_host_and_its_punycode_are_one(label):
    canonical = canonical_or_refused(f"https://{label}.example/")
    if canonical is not None:
        assert canonical_url(canonical) == canonical
        assert canonical.isascii()
