"""Things inside the work that stand on the page: each needs a credit of its own, or to be cleared.

A part stands there if its address, or the name of its file, is that of an image, a video or the like on the page.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

from service.core.articles import Part
from service.core.attribution.terms import terms_of
from service.core.audit.cases import Case, Terms
from service.core.audit.model import Finding, Quote, Status, Unjudged
from service.core.audit.names import find_name
from service.core.audit.sentences import say
from service.core.audit.words import letters_of
from service.core.data import read_table

_FILE = re.compile(r"(?P<stem>[^/]+)\.(?P<ending>[A-Za-z][A-Za-z0-9]{1,4})")
# What makers of pages append to a file when they scale it: lamp-1024x768, lamp@2x, lamp-scaled.
_SCALED = re.compile(r"(?:[-_.@](?:\d{2,5}x\d{2,5}|\d{1,2}x|scaled|large|medium|small|thumb|thumbnail|\d{2,5}w))+$")
_GENERIC = frozenset(row["name"] for row in read_table("audit_files.tsv"))
_SHORTEST_STEM = 4
_NONCOMMERCIAL = "CommercialUse"


def judge_parts(case: Case) -> Iterator[Finding]:
    """A finding for each part that stands on the page."""
    wanted = {file_key(part.url) for part in case.work.parts if part.url} - {""}
    files: dict[str, tuple[int, int]] = {}
    for medium in case.page.media if wanted else ():
        files.setdefault(file_key(medium.url), (medium.start, medium.end))
    for index, part in enumerate(case.work.parts):
        if part.url:
            by_address, by_file = case.media.find(part.url), files.get(file_key(part.url) or "/")
            span = by_address or by_file
            if span:
                quote = case.page.quote_source(*span)
                yield _judge_part(case, index, part, quote, say("seen.address" if by_address else "seen.file"))


def unjudged_parts(case: Case) -> Iterator[Unjudged]:
    """The parts that cannot be seen, since nobody knows where they come from."""
    for index, part in enumerate(case.work.parts):
        if not part.url:
            yield Unjudged(element=f"part:{index}", detail=say("part.unseen", kind=part.kind))


def file_key(url: str) -> str:
    """The name of a file without what scaling adds to it, "" for one that any page may have."""
    match = _FILE.fullmatch(unquote(url.partition("?")[0].partition("#")[0].rpartition("/")[2]))
    stem = _SCALED.sub("", match["stem"].casefold()) if match else ""
    letters = letters_of(stem)
    is_distinct = len(letters) >= _SHORTEST_STEM and letters.rstrip("0123456789") not in _GENERIC
    return stem if is_distinct else ""


def _judge_part(case: Case, index: int, part: Part, quote: Quote, seen: str) -> Finding:
    claim, license = part.license, part.license.license
    if license is None:
        return _uncleared(index, part, quote, seen)
    terms = Terms(clauses=terms_of(claim).clauses, license=license)
    lacking = list(_lacking(case, part))
    detail, status = _say_part(part, lacking, seen)
    if _NONCOMMERCIAL in license.prohibits:
        detail = f"{detail} {say('part.noncommercial', license=license.id)}"
    asked = next((element for element in ("creators", "license") if element in terms.clauses), "license")
    finding = terms.finding(asked, status, text=_name(part), detail=detail, evidence=quote)
    return replace(finding, element=f"part:{index}")


def _say_part(part: Part, lacking: list[str], seen: str) -> tuple[str, Status]:
    if not lacking:
        return say("part.found", kind=part.kind, seen=seen), "found"
    named = ", ".join(say(f"lacks.{element}") for element in lacking)
    return say("part.missing", kind=part.kind, seen=seen, lacking=named), "missing"


def _lacking(case: Case, part: Part) -> Iterator[str]:
    """What the credit of a part with a known license lacks; the line that its maker asks for stands for the names."""
    asked, license = terms_of(part.license).clauses, part.license.license
    is_credited = bool(part.credit and case.find_words(part.credit))
    if "creators" in asked or part.credit:
        name = (part.creator or "").strip() or (part.credit or "").strip()
        if name and not is_credited and not find_name(case, name):
            yield "creators"
    if "title" in asked and part.title and not is_credited and not case.find_words(part.title):
        yield "title"
    if license and license not in case.licenses.seen:
        yield "license"
    if license and license not in case.licenses.linked:
        yield "license_url"


def _uncleared(index: int, part: Part, quote: Quote, seen: str) -> Finding:
    """A part without a license that is exactly known: nothing lets the page have it."""
    reason = say(f"uncleared.{part.license.status}")
    return Finding(
        element=f"part:{index}",
        status="wrong",
        severity="required",
        basis="law",
        text=_name(part),
        detail=say("part.uncleared", kind=part.kind, seen=seen, reason=reason),
        evidence=quote,
    )


def _name(part: Part) -> str:
    return part.credit or part.title or part.url or part.kind
