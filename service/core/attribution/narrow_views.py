"""Credits for narrow places: a caption or a post, and what is read aloud."""

from service.core.attribution.grant_wording import name_license
from service.core.attribution.messages import Messages
from service.core.attribution.model import Reuse, Work
from service.core.attribution.names import named_creators, shown_credit
from service.core.attribution.reuse_wording import is_use, word_changes, word_use
from service.core.attribution.spans import Line, Span, address, linkable, value
from service.core.attribution.terms import Terms
from service.core.attribution.wording import word_basis, word_credit, word_lead, word_rights


def word_short(work: Work, reuse: Reuse, *, terms: Terms, messages: Messages) -> Line:
    """Pieces with separators: who and what, the license by its code, the addresses, changes, and required notices.

    The source is left out where somebody else is named: no license asks for it.
    """
    use = word_use(reuse, messages) if terms.names_use else ()
    said = () if use and is_use(reuse.changes) else word_changes(reuse, messages)
    pieces = [
        _word_work(work, use, messages),
        _print(work.url),
        name_license(work.claim, "license_short", messages),
        address(work.claim.license.url, "license") if work.claim.license else (),
        word_rights(work.claim, "printed", messages),
        said,
        *(word_basis(basis, "printed", messages) for basis in work.based_on),
        *(value(notice) for notice in _required_notices(work, terms)),
    ]
    return _separate(pieces, messages)


def word_spoken(work: Work, reuse: Reuse, *, terms: Terms, messages: Messages) -> Line:
    """The credit without an address, and where its addresses are to be found."""
    credit = word_credit(work, reuse, names_use=terms.names_use, style="spoken", messages=messages)
    links = [name for name, url in (("work", linkable(work.url)), ("license", work.claim.license)) if url]
    return messages.join([credit, messages.sentence(messages.fill(f"spoken.{'_'.join(links)}")) if links else ()])


def _word_work(work: Work, use: Line, messages: Messages) -> Line:
    somebody = bool(named_creators(work.creators) or shown_credit(work))
    untitled = "work.untitled_inside" if use else "work.untitled"
    lead = word_lead(work, "printed", messages, untitled=untitled, with_source=not somebody)
    return messages.fill("sentences.cited_use", use=use, work=lead) if use else lead


def _print(url: str | None) -> Line:
    address_of_work = linkable(url)
    return address(address_of_work) if address_of_work else ()


def _required_notices(work: Work, terms: Terms) -> list[str | None]:
    notices = (("copyright_notice", work.copyright_notice), ("disclaimer", work.disclaimer))
    return [notice for element, notice in notices if element in terms.clauses]


def _separate(pieces: list[Line], messages: Messages) -> Line:
    line: Line = ()
    for piece in pieces:
        if any(span.text for span in piece):
            line += (Span(messages.templates["short.separator"]), *piece) if line else piece
    return line
