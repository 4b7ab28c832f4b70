"""Text as XML 1.0: elements with values in them that a reader gives back as they were."""

import re
from xml.sax.saxutils import escape, quoteattr

NO_CHARACTER = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""A character that XML has no way to write, not even by number (s. 2.2)."""

_RETURN = {"\r": "&#13;"}  # a bare one is read as a line feed (s. 2.11)
_BREAKS = {**_RETURN, "\n": "&#10;", "\t": "&#9;"}  # in an attribute they are read as spaces (s. 3.3.3)

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def element(name: str, text: str | None = None, **attributes: str | None) -> str:
    """An element with `text`; attributes without a value are left out, ``xml_lang`` is ``xml:lang``."""
    given = {key.replace("_", ":"): value for key, value in attributes.items() if value is not None}
    inside = "".join(f" {key}={quoteattr(_writable(value), _BREAKS)}" for key, value in given.items())
    return f"<{name}{inside}>{xml_text(text)}</{name}>" if text is not None else f"<{name}{inside}/>"


def xml_text(text: str) -> str:
    """`text` between tags; what XML cannot write is the replacement character."""
    return escape(_writable(text), _RETURN)


def _writable(text: str) -> str:
    return NO_CHARACTER.sub("\ufffd", text)
