"""The sentences of a credit as lines of spans: title, author, source and license, then changes and notices.

Two styles share all wording: "printed" gives addresses as text, "linked" puts them behind names and titles.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from service.core.articles import Basis, Creator
from service.core.attribution.messages import Line, Messages, Property, Span, address, clean, linkable, value
from service.core.attribution.model import Reuse, Work
from service.core.attribution.names import named_creators, shown_credit, shown_source, word_names
from service.core.grants import ALL_RIGHTS_RESERVED, Claim

Style = Literal["printed", "linked"]

_UNSTATED = ("disputed", "other", ALL_RIGHTS_RESERVED)


def word_credit(work: Work, reuse: Reuse, *, names_use: bool, style: Style, messages: Messages) -> Line:
    """The whole credit; `names_use` words what the reuser did as a use of the work, else as a sentence behind."""
    use = word_use(reuse, messages) if names_use else ()
    sentences = [_word_work(work, use, style, messages), _word_rights(work.claim, style, messages)]
    if not use or _is_free_text(reuse.changes, messages):
        sentences.append(_full_sentence(word_changes(reuse, messages), messages))
    sentences += [_full_sentence(word_basis(basis, style, messages), messages) for basis in work.based_on]
    sentences += [_full_sentence(value(text, "", text), messages) for text in (work.copyright_notice, work.disclaimer)]
    return _join(sentences)


def word_use(reuse: Reuse, messages: Messages) -> Line:
    """What the reuser made of the work, "Translation by …"; empty where nothing was changed."""
    return _word_reuse("use", reuse, messages)


def word_changes(reuse: Reuse, messages: Messages) -> Line:
    """What the reuser did, "Translated by …", without a full stop; empty where nothing was changed."""
    return _word_reuse("done", reuse, messages)


def word_basis(basis: Basis, style: Style, messages: Messages) -> Line:
    """The work that this one is made from and how: an earlier change, to be kept in the credit (4.0 s. 3(a)(1)(B)).

    It is said of another work, so its spans carry no property of this one. Without a full stop.
    """
    origin = Work(title=basis.title, url=basis.url, creators=basis.creators, claim=basis.license)
    work = _word_place(
        origin, _word_lead(origin, style, messages, untitled="untitled_basis"), style, "printed", messages
    )
    use = messages.fill(messages.choose("relations", basis.relation, "other"))
    grant = _word_grant(basis.license, style, messages)
    sentence = messages.fill(f"sentences.{'granted_basis' if grant else 'cited_use'}", use=use, work=work, grant=grant)
    changes = _full_sentence(word_changes(Reuse(changes=basis.changes), messages), messages)
    return tuple(replace(span, property="") for span in _join([sentence, changes]))


def word_license(claim: Claim, messages: Messages) -> str:
    """The name of a license that is known or unversioned, "" for any other claim."""
    if claim.license:
        license = claim.license
        key = messages.choose("license_names", license.unit, "other")
        line = messages.fill(key, name=value(license.name), version=value(license.version))
    elif claim.status == "unversioned" and claim.unit:
        line = messages.fill(
            messages.choose("unversioned", claim.unit, "other"), name=value(f"CC {claim.unit.upper()}")
        )
    else:
        line = ()
    return "".join(span.text for span in line)


def _word_work(work: Work, use: Line, style: Style, messages: Messages) -> Line:
    grant = _word_grant(work.claim, style, messages)
    lead = _word_lead(work, style, messages, untitled="untitled_inside" if use else "untitled")
    place = "printed_subject" if grant and not use else "printed"
    key = f"sentences.{'granted' if grant else 'cited'}{'_use' if use else ''}"
    return messages.fill(key, work=_word_place(work, lead, style, place, messages), use=use, grant=grant)


def _word_lead(work: Work, style: Style, messages: Messages, *, untitled: str) -> Line:
    """Title, creators, credit party and source, or the wording that the licensor asks for in their stead."""
    link = work.url if style == "linked" else None
    if clean(work.requested):
        return value(work.requested, "name", link)
    if clean(work.title):
        lead = messages.fill("work.title", title=value(work.title, "title", link))
    else:
        lead = value(messages.templates[f"work.{untitled}"], "", link)
    return _word_makers(work, lead, style, messages)


def _word_makers(work: Work, lead: Line, style: Style, messages: Messages) -> Line:
    """Authors, designated party, other creators by their roles, and the source where it is none of them."""
    made, credit, source = named_creators(work.creators), shown_credit(work), shown_source(work)
    for creators in (creators for role, creators in made if role == "author"):
        lead = messages.fill("work.by", work=lead, names=_word_creators(work, creators, style, messages))
    if credit:
        line = value(credit, "name", work.credit_url if style == "linked" else None)
        lead = messages.fill("work.for" if made else "work.from", work=lead, credit=line)
    for role, creators in made:
        if role != "author":
            names = _word_creators(work, creators, style, messages)
            task = messages.fill(messages.choose("roles", role, "other"), names=names, role=value(role))
            lead = messages.fill("work.and", work=lead, names=task)
    if source:
        named = bool(made or credit)
        line = value(source, "" if named else "name", work.source_url if style == "linked" else None)
        lead = messages.fill("work.source" if named else "work.from_source", work=lead, source=line)
    return lead


def _word_creators(work: Work, creators: Iterable[Creator], style: Style, messages: Messages) -> Line:
    property: Property = "" if shown_credit(work) else "name"
    lines = [value(x.name, property, x.url if style == "linked" else None) for x in creators]
    return word_names(lines, messages)


def _word_place(work: Work, lead: Line, style: Style, key: str, messages: Messages) -> Line:
    url = linkable(work.url)
    return messages.fill(f"work.{key}", work=lead, url=address(url)) if url and style == "printed" else lead


def _word_grant(claim: Claim, style: Style, messages: Messages) -> Line:
    """The grant, "licensed under …", with its address where the version is known; empty where no license is."""
    name, url = word_license(claim, messages), claim.license.url if claim.license else None
    if not name:
        return ()
    license = value(name, "license", url if style == "linked" else None)
    if url and style == "printed":
        license = messages.fill("license.printed", license=license, url=address(url))
    key = messages.choose("grants", claim.license.unit if claim.license else "other", "other")
    return messages.fill(key, license=license)


def _word_rights(claim: Claim, style: Style, messages: Messages) -> Line:
    """Where the source speaks of rights that come to no license; nothing is claimed in its stead."""
    if claim.license or claim.status not in _UNSTATED:
        return ()
    url = linkable(claim.statement_url) or linkable(claim.url)
    if url and style == "linked":
        return messages.fill(
            "sentences.rights_linked", link=value(messages.templates["sentences.rights_link"], "", url)
        )
    if url:
        return messages.fill("sentences.rights_printed", url=address(url))
    return messages.fill("sentences.rights_reserved" if claim.status == ALL_RIGHTS_RESERVED else "sentences.rights")


def _word_reuse(form: str, reuse: Reuse, messages: Messages) -> Line:
    changes, by = clean(reuse.changes), clean(reuse.changed_by)
    if not changes and not by:
        return ()
    section = f"{form}_by" if by else form
    key = messages.choose(section, changes.casefold() or "changed", "other")
    return messages.fill(key, changes=value(changes), by=value(by))


def _is_free_text(changes: str | None, messages: Messages) -> bool:
    return bool(clean(changes)) and messages.choose("done", clean(changes).casefold(), "other") == "done.other"


def _full_sentence(line: Line, messages: Messages) -> Line:
    return messages.fill("sentences.plain", text=line) if any(span.text for span in line) else ()


def _join(sentences: Iterable[Line]) -> Line:
    line: Line = ()
    for sentence in sentences:
        line += (Span(" "), *sentence) if line and sentence else sentence
    return line
