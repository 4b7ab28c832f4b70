"""The sentences of a credit as lines of spans: title, author, source and license, then changes and notices.

The styles share all wording: "printed" gives addresses as text, "linked" puts them behind names and titles, "spoken"
has none.
"""

from collections.abc import Iterable
from dataclasses import replace

from service.core.articles import Basis, Creator
from service.core.attribution.cldr import plural_of
from service.core.attribution.grant_wording import Style, word_grant
from service.core.attribution.messages import Messages
from service.core.attribution.model import Reuse, Work
from service.core.attribution.names import named_creators, shown_credit, shown_source, word_names
from service.core.attribution.requested_wording import beside_wording, has_wording, says_title
from service.core.attribution.reuse_wording import is_use, word_changes, word_use
from service.core.attribution.spans import Line, Property, address, clean, linkable, value
from service.core.grants import ALL_RIGHTS_RESERVED, Claim

_UNSTATED = ("disputed", "other", ALL_RIGHTS_RESERVED)


def word_credit(work: Work, reuse: Reuse, *, names_use: bool, style: Style, messages: Messages) -> Line:
    """The whole credit; `names_use` words what the reuser did as a use of the work, else as a sentence behind."""
    use = word_use(reuse, messages) if names_use else ()
    said = () if use and is_use(reuse.changes) else word_changes(reuse, messages)
    main = _word_work(work, use, style, messages)
    return messages.join([main, *word_sequel(work, said, style, messages)])


def word_sequel(work: Work, changes: Line, style: Style, messages: Messages) -> list[Line]:
    """What follows the sentence of a work: rights that are no license, changes, what it is made from, notices."""
    notices = (
        notice for notice in (work.copyright_notice, work.disclaimer) if style != "spoken" or not _is_url(notice)
    )
    return [
        messages.sentence(word_rights(work.claim, style, messages)),
        messages.sentence(changes),
        *(messages.sentence(word_basis(basis, style, messages)) for basis in work.based_on),
        *(messages.sentence(value(notice, "", notice)) for notice in notices),
    ]


def word_basis(basis: Basis, style: Style, messages: Messages) -> Line:
    """The work that this one is made from and how: an earlier change, to be kept in the credit (4.0 s. 3(a)(1)(B)).

    It is said of another work, so its spans carry no property of this one. Without a full stop.
    """
    origin = Work(title=basis.title, url=basis.url, creators=basis.creators, claim=basis.license)
    lead = word_lead(origin, style, messages, untitled="work.untitled_basis")
    use = messages.fill(messages.choose("relations", basis.relation, "other"))
    grant = word_grant(basis.license, style, messages)
    key = f"sentences.{'granted_basis' if grant else 'cited_use'}"
    sentence = messages.fill(key, use=use, work=word_place(origin, lead, style, "printed", messages), grant=grant)
    changes = word_changes(Reuse(changes=basis.changes), messages)
    whole = messages.join([messages.sentence(sentence), changes]) if changes else sentence
    return tuple(replace(span, property="terms" if span.property == "license" else "") for span in whole)


def word_lead(
    work: Work, style: Style, messages: Messages, *, untitled: str = "work.untitled", with_source: bool = True
) -> Line:
    """Title, creators, credit party and source, or the wording that the licensor asks for and what it leaves out.

    ``untitled`` is the message that stands for a title.
    """
    link = work.url if style == "linked" else None
    if has_wording(work):
        return _word_requested(work, style, messages, untitled=untitled)
    if clean(work.title):
        lead = messages.fill("work.title", title=value(work.title, "title", link, lang=_foreign(work, messages)))
    else:
        lead = value(messages.templates[untitled], "", link)
    lead = _word_makers(work, lead, style, messages)
    return _word_source(work, lead, style, messages) if with_source else lead


def word_source(work: Work, style: Style) -> Line:
    """The source's name, which is the name to attribute to where nobody else is named; empty where it is named."""
    source = shown_source(work)
    if not source:
        return ()
    property: Property = "" if named_creators(work.creators) or shown_credit(work) else "name"
    return value(source, property, work.source_url if style == "linked" else None)


def word_place(work: Work, lead: Line, style: Style, key: str, messages: Messages) -> Line:
    """The lead with the address of the work, where it is printed."""
    url = linkable(work.url)
    return messages.fill(f"work.{key}", work=lead, url=address(url)) if url and style == "printed" else lead


def word_rights(claim: Claim, style: Style, messages: Messages) -> Line:
    """Where the source speaks of rights that come to no license; nothing is claimed in its stead. No full stop."""
    if claim.license or claim.status not in _UNSTATED:
        return ()
    url = linkable(claim.statement_url) or linkable(claim.url)
    if url and style == "linked":
        link = value(messages.templates["sentences.rights_link"], "", url)
        return messages.fill("sentences.rights_linked", link=link)
    if url and style == "printed":
        return messages.fill("sentences.rights_printed", url=address(url))
    return messages.fill("sentences.rights_reserved" if claim.status == ALL_RIGHTS_RESERVED else "sentences.rights")


def _word_work(work: Work, use: Line, style: Style, messages: Messages) -> Line:
    grant = word_grant(work.claim, style, messages)
    lead = word_lead(work, style, messages, untitled="work.untitled_inside" if use else "work.untitled")
    place = "printed_subject" if grant and not use else "printed"
    key = f"sentences.{'granted' if grant else 'cited'}{'_use' if use else ''}"
    line = messages.fill(key, work=word_place(work, lead, style, place, messages), use=use, grant=grant)
    return messages.sentence(line)


def _word_requested(work: Work, style: Style, messages: Messages, *, untitled: str) -> Line:
    """The wording that is asked for, behind the title and the names that the license requires and it does not say."""
    beside, link = beside_wording(work), work.url if style == "linked" else None
    if beside is None:
        return value(work.requested, "name", link)
    if says_title(work):
        return _word_makers(beside, value(work.requested, "name", link), style, messages)
    lead = word_lead(beside, style, messages, untitled=untitled, with_source=False)
    return messages.fill("work.and", work=lead, names=value(work.requested, "name"))


def _word_makers(work: Work, lead: Line, style: Style, messages: Messages) -> Line:
    """Authors, the designated party, then other creators by their roles."""
    made, credit = named_creators(work.creators), shown_credit(work)
    for creators in (creators for role, creators in made if role == "author"):
        key = messages.choose("by", plural_of(messages.lang, len(creators)), "other")
        lead = messages.fill(key, work=lead, names=_word_creators(work, creators, style, messages))
    if credit:
        line = value(credit, "name", work.credit_url if style == "linked" else None)
        lead = messages.fill("work.for" if made else "work.from", work=lead, credit=line)
    for role, creators in made:
        if role != "author":
            names = _word_creators(work, creators, style, messages)
            task = messages.fill(messages.choose("roles", role, "other"), names=names, role=value(role))
            lead = messages.fill("work.and", work=lead, names=task)
    return lead


def _word_source(work: Work, lead: Line, style: Style, messages: Messages) -> Line:
    source = word_source(work, style)
    named = bool(named_creators(work.creators) or shown_credit(work))
    return messages.fill("work.source" if named else "work.from_source", work=lead, source=source) if source else lead


def _word_creators(work: Work, creators: Iterable[Creator], style: Style, messages: Messages) -> Line:
    property: Property = "" if shown_credit(work) else "name"
    lines = [value(x.name, property, x.url if style == "linked" else None) for x in creators]
    return word_names(lines, messages)


def _foreign(work: Work, messages: Messages) -> str | None:
    """The language of the title, where it is known to be another than that of the credit."""
    return None if (work.language or "").partition("-")[0] == messages.lang else work.language


def _is_url(notice: str | None) -> bool:
    return linkable(clean(notice)) is not None
