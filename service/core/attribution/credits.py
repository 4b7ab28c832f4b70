"""The credit of a work: what is required, wished, optional, missing and left out, and the views of it."""

from collections.abc import Iterable

from service.core.attribution.grant_wording import Style, word_license
from service.core.attribution.linked_data import describe_work
from service.core.attribution.messages import LANGUAGES, Messages, messages_for
from service.core.attribution.model import Credit, Element, ElementName, PartCredit, Reuse, Work
from service.core.attribution.names import named_creators, shown_source, word_names
from service.core.attribution.narrow_views import word_short, word_spoken
from service.core.attribution.news import word_news
from service.core.attribution.parts import PartLines, missing_parts, word_parts
from service.core.attribution.requested_wording import has_wording, prints
from service.core.attribution.reuse_wording import word_changes, word_use
from service.core.attribution.spans import Line, clean, linkable, plain, value
from service.core.attribution.terms import Terms, terms_of
from service.core.attribution.views import render_html, render_markdown, render_text
from service.core.attribution.wording import word_basis, word_credit

_NO_REUSE = Reuse()
_PARTIES: tuple[ElementName, ...] = ("title", "creators", "credit", "source")


def credit_work(work: Work, reuse: Reuse = _NO_REUSE, *, lang: str = LANGUAGES[0]) -> Credit:
    """The credit that a reuser of the work prints, in a language that there is a catalogue for.

    Where the license is not exactly known, whatever a possible one asks for is required, and none is claimed.
    """
    messages, terms = messages_for(lang), terms_of(work.claim)
    elements = [*_facts(work, terms, messages), *_changes(work, reuse, terms, messages)]
    omitted = [element for element in elements if _is_omitted(element, work, reuse)]
    shown = [element for element in elements if element not in omitted]
    parts = word_parts(work, messages)
    views = _render_views(work, reuse, parts, terms, messages)
    return Credit(
        required=tuple(element for element in shown if element.element in terms.clauses),
        requested=_requested(work, terms, shown),
        optional=tuple(x for x in shown if x.element not in terms.clauses and x.element != "credit"),
        missing=missing_elements(work, lang=lang),
        omitted=tuple(omitted),
        **views,
        jsonld=describe_work(work, views["text"]),
        parts=tuple(_render_part(part, messages) for part in parts),
        license=work.claim,
        lang=messages.lang,
        dir=messages.dir,
    )


def missing_elements(work: Work, *, lang: str = LANGUAGES[0]) -> tuple[Element, ...]:
    """What a credit would need and the record does not have; `pointer` says where it belongs in an article.

    Names and title are asked for where they are supplied (1.0 to 3.0 s. 4, 4.0 s. 3(a)(1)(A)(i)): a reuser without
    them breaches nothing, but should know that they are wanting. Parts whose license is not known are named too.
    """
    messages, terms = messages_for(lang), terms_of(work.claim)
    known: dict[ElementName, bool] = {
        "title": bool(clean(work.title)),
        "creators": bool(named_creators(work.creators)),
        "url": linkable(work.url) is not None,
    }
    wanting = [
        Element(element=element, clause=terms.clauses[element], text=messages.templates[f"missing.{element}"])
        for element, is_known in known.items()
        if element in terms.clauses and not is_known
    ]
    return (*wanting, *_missing_license(work, terms, messages), *missing_parts(work, messages))


def _render_views(work: Work, reuse: Reuse, parts: list[PartLines], terms: Terms, messages: Messages) -> dict[str, str]:
    """The views of the whole. The medium chooses what text is; in print every view writes its addresses out."""
    dir = messages.dir
    linked: Style = "printed" if reuse.medium == "print" else "linked"
    text = _as_text(_word(work, reuse, terms, "printed", messages), parts, messages)
    short = _as_text(word_short(work, reuse, terms=terms, messages=messages), parts, messages)
    aloud = [word_spoken(work, reuse, terms=terms, messages=messages)]
    spoken = render_text(messages.join([*aloud, *(messages.sentence(x.lines["spoken"]) for x in parts)]), dir)
    words = _word(work, reuse, terms, linked, messages)
    return {
        "text": {"social": short, "audio": spoken}.get(reuse.medium, text),
        "html": _as_html(words, work, parts, linked, messages),
        "markdown": "\n".join([render_markdown(words, dir), *_markdown_items(parts, linked, messages)]),
        "short": short,
        "spoken": spoken,
    }


def _word(work: Work, reuse: Reuse, terms: Terms, style: Style, messages: Messages) -> Line:
    if reuse.form == "news":
        return word_news(work, reuse, style=style, messages=messages)
    return word_credit(work, reuse, names_use=terms.names_use, style=style, messages=messages)


def _as_text(line: Line, parts: Iterable[PartLines], messages: Messages) -> str:
    """The line, and one more for each part."""
    items = (messages.sentence(part.lines["printed"]) for part in parts)
    return "\n".join(render_text(item, messages.dir) for item in (line, *items))


def _as_html(line: Line, work: Work, parts: list[PartLines], style: Style, messages: Messages) -> str:
    main = render_html(line, about=linkable(work.url), lang=messages.lang, dir=messages.dir)
    if not parts:
        return main
    items = "".join(_html_part(part, style, messages, tag="li") for part in parts)
    return f'{main}<ul class="credit-parts" lang="{messages.lang}" dir="{messages.dir}">{items}</ul>'


def _html_part(part: PartLines, style: Style, messages: Messages, *, tag: str) -> str:
    line = messages.sentence(part.lines[style])
    return render_html(line, about=part.url, lang=messages.lang, dir=messages.dir, tag=tag)


def _markdown_items(parts: list[PartLines], style: Style, messages: Messages) -> list[str]:
    lines = (render_markdown(messages.sentence(part.lines[style]), messages.dir) for part in parts)
    items = [f"- {line}" for line in lines]
    return ["", *items] if items else []


def _render_part(part: PartLines, messages: Messages) -> PartCredit:
    return PartCredit(
        index=part.index,
        text=render_text(messages.sentence(part.lines["printed"]), messages.dir),
        html=_html_part(part, "linked", messages, tag="p"),
        markdown=render_markdown(messages.sentence(part.lines["linked"]), messages.dir),
        license=part.part.license,
    )


def _missing_license(work: Work, terms: Terms, messages: Messages) -> Iterable[Element]:
    status = work.claim.status
    if work.claim.license:
        return
    text = messages.templates[messages.choose("missing_license", status, "other")]
    yield Element(element="license", clause=terms.clauses.get("license"), text=text)
    if status == "unversioned":
        text = messages.templates["missing.license_url"]
        yield Element(element="license_url", clause=terms.clauses.get("license_url"), text=text)


def _facts(work: Work, terms: Terms, messages: Messages) -> list[Element]:
    """What is known about the work as elements, in the order of a credit."""
    facts: dict[ElementName, str | None] = {
        "title": work.title,
        "creators": _creators_text(work, messages),
        "credit": work.credit,
        "source": work.source_name,
        "url": linkable(work.url) or work.url,
        "license": word_license(work.claim, messages),
        "license_url": work.claim.license.url if work.claim.license else None,
        "copyright_notice": work.copyright_notice,
        "disclaimer": work.disclaimer,
    }
    return [
        Element(element=element, clause=terms.clauses.get(element), text=clean(text))
        for element, text in facts.items()
        if clean(text)
    ]


def _creators_text(work: Work, messages: Messages) -> str:
    names = [value(creator.name) for _, creators in named_creators(work.creators) for creator in creators]
    return plain(word_names(names, messages)) if names else ""


def _changes(work: Work, reuse: Reuse, terms: Terms, messages: Messages) -> list[Element]:
    """What the reuser did, and the earlier changes that the work came with."""
    names_use = terms.names_use and reuse.form == "standard"
    own = word_use(reuse, messages) if names_use else word_changes(reuse, messages)
    lines = [own, *(word_basis(basis, "printed", messages) for basis in work.based_on)]
    clause = terms.clauses.get("changes")
    return [Element(element="changes", clause=clause, text=plain(line)) for line in lines if line]


def _is_omitted(element: Element, work: Work, reuse: Reuse) -> bool:
    """Whether a known fact is not printed on its own.

    So are an address that cannot be linked, a source that is named already, and what neither the license requires nor
    the wording that the licensor asks for says. The form of a newsroom has the source for itself.
    """
    if element.element == "url":
        return linkable(work.url) is None
    if element.element == "source" and (reuse.form == "news" or not shown_source(work)):
        return not shown_source(work)
    return has_wording(work) and element.element in _PARTIES and not prints(work, element.element)


def _requested(work: Work, terms: Terms, shown: Iterable[Element]) -> tuple[Element, ...]:
    """The wording that the licensor asks for, and a designated party that the license does not speak of."""
    wording = clean(work.requested)
    asked = [Element(element="credit", clause=terms.clauses.get("requested"), text=wording)] if wording else []
    return (*asked, *(x for x in shown if x.element == "credit" and x.element not in terms.clauses))
