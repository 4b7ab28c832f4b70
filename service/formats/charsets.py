"""Pages as they come over the wire: bytes in any charset, read into text.

A byte order mark decides first (RFC 7303 section 3.2, HTML Standard section 13.2.3), then the header, then what the
page says of itself, then UTF-8 where the bytes are UTF-8, then a guess where the bytes are plainly of another script,
then windows-1252 (HTML Standard section 13.2.3.2, the fallback for most locales).
"""

import codecs
import re

from charset_normalizer import from_bytes

from service.core.errors import InvalidValue

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Python also has codecs that are no charsets, and such as take quadratic time: punycode, unicode_escape, zlib.
_CHARSETS = re.compile(
    r"ascii|utf-(?:8|16|32)(?:-[bl]e)?|cp\d+|iso8859-\d+|iso2022_\w+|koi8-\w+|gb\w+|hz|big5\w*|shift_jis\w*|euc_\w+"
    r"|mac-\w+|tis-620|johab|kz1048|ptcp154"
)
# As browsers do (Encoding Standard section 4.2), the wider charset is read for one that is narrower on paper.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_DECLARED_WITHIN = 4096
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_DECLARATION = re.compile(rb"""\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""")
_META = re.compile(rb"""<meta\s[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_SAMPLE = 65_536
# Pages in UTF-8 with a slip in them have fewer broken characters than this among those beyond ASCII.
_SLIPS = 20
_WORD = re.compile(r"[^\W\d_]+")
_LAST_LATIN = "\u024f"
# So many letters in words of another script are no chance, and so many such words stand against one that is mixed.
_LEAST_LETTERS, _PURE_FOR_MIXED = 4, 4
# What windows-1252 has at the places where central European charsets have letters: signs that no word holds.
_SIGN_IN_WORD = re.compile(r"[^\W\d_][\xb3\xb9\xbf\xa3\xa5\xbe\xbc\xaf](?=[^\W\d_])")
_LEAST_SIGNS = 3
# No page is in these that does not say so, and they are soon mistaken for windows-1251 and its kin.
_RARE = ["mac_cyrillic", "mac_greek", "mac_latin2", "mac_turkish", "mac_iceland", "mac_roman"]


def decode_page(body: bytes, *, charset: str | None, marked_up: bool) -> tuple[str, str]:
    """The text of a page and the charset that it was read in; bytes that the charset does not have become U+FFFD.

    `charset` is what the header says; `marked_up` tells whether the page may declare one itself, as HTML and XML do.
    Raises InvalidValue for a charset that is not known.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace"), name
    if charset is not None:
        return _decode_as(find_charset(charset), body)
    declared = _declared(body) if marked_up else None
    if declared is not None:
        return _decode_as(declared, body)
    return _decode_by_looks(body)


def find_charset(label: str) -> str:
    """The codec of a charset's label as browsers understand it; raises InvalidValue where there is none."""
    try:
        name = codecs.lookup(label.strip()).name
    except (LookupError, ValueError):
        name = ""
    if not _CHARSETS.fullmatch(name):
        raise InvalidValue("unknown-charset", f"There is no charset {label[:100]!r}.")
    return _WIDER.get(name, name)


def _decode_as(name: str, body: bytes) -> tuple[str, str]:
    return body.decode(name, "replace").removeprefix("\ufeff"), name


def _declared(body: bytes) -> str | None:
    """What the page's XML declaration or meta element says; UTF-16 there is UTF-8, for it could be read."""
    head = body[:_DECLARED_WITHIN]
    found = _DECLARATION.match(head) or _META.search(_COMMENT.sub(b"", head))
    if found is None:
        return None
    try:
        name = find_charset(found[1].decode("ascii"))
    except InvalidValue:
        return None
    return "utf-8" if name.startswith(("utf-16", "utf-32")) else name


def _decode_by_looks(body: bytes) -> tuple[str, str]:
    if b"\0" not in body[:64]:
        text = body.decode("utf-8", "replace")
        broken = text.count("\ufffd")
        if not broken or broken * _SLIPS < len(text.encode()) - len(text):
            return text, "utf-8"
    sample = _sample(body)
    best = from_bytes(sample, cp_exclusion=_RARE).best()
    name = _WIDER.get(best.encoding, best.encoding) if best else "cp1252"
    is_plain = _is_of_other_script(sample.decode(name, "replace")) or _has_signs_in_words(sample)
    return _decode_as(name if is_plain else "cp1252", body)


def _is_of_other_script(text: str) -> bool:
    """Whether the words beyond ASCII are plainly of a script other than Latin: hardly any mixes the two."""
    letters = pure = mixed = 0
    for match in _WORD.finditer(text):
        others = sum(letter > _LAST_LATIN for letter in match[0])
        if others == len(match[0]):
            letters += others
            pure += 1
        else:
            mixed += not match[0].isascii()
    return letters >= _LEAST_LETTERS and pure >= mixed * _PURE_FOR_MIXED


def _has_signs_in_words(sample: bytes) -> bool:
    """Whether words would hold signs such as "³" if the bytes were windows-1252, as Polish ones do."""
    return len(_SIGN_IN_WORD.findall(sample.decode("cp1252", "replace"))) >= _LEAST_SIGNS


def _sample(body: bytes) -> bytes:
    """The beginning of the body, up to a space or a tag, so that no character is cut in two."""
    if len(body) <= _SAMPLE:
        return body
    end = max(body.rfind(sign, 0, _SAMPLE) for sign in (b" ", b"\n", b"<"))
    return body[: end if end > 0 else _SAMPLE]
