"""Links to licenses in markup of which the words are kept: a license may be linked that is not the one named."""

import re
from html import escape, unescape

from service.core.catalogue import resolve_url

_TAG = re.compile(r"<(/?)(?:[a-z]{1,10}:)?(a|img)(?=[\s>/])([^<>]*)>", re.IGNORECASE)
_ADDRESS = re.compile(r"""\s(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


def show_license_links(markup: str) -> str:
    """The markup with the address of each license that it links to, in brackets behind the words of the link."""
    parts, at, waiting = [], 0, ""
    for tag in _TAG.finditer(markup):
        parts += [markup[at : tag.start()], waiting]
        waiting = "" if tag[1] else _shown(tag[3])
        at = tag.end()
    return "".join([*parts, markup[at:], waiting])


def _shown(attributes: str) -> str:
    found = _ADDRESS.search(attributes)
    address = unescape(found[1] or found[2] or found[3] or "").strip() if found else ""
    address = f"https:{address}" if address.startswith("//") else address
    is_license = address.startswith(("http://", "https://")) and resolve_url(address) is not None
    return escape(f" ({address})") if is_license else ""
