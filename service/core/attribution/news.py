"""The form that newsrooms use: where and when an article first appeared, and that it is republished here."""

from service.core.attribution.cldr import word_date
from service.core.attribution.grant_wording import Style, place_license
from service.core.attribution.messages import Messages
from service.core.attribution.model import Reuse, Work
from service.core.attribution.reuse_wording import word_changes
from service.core.attribution.spans import Line, address, linkable, value
from service.core.attribution.wording import word_lead, word_sequel, word_source


def word_news(work: Work, reuse: Reuse, *, style: Style, messages: Messages) -> Line:
    """The credit in the form of a newsroom; it names what the reuser did in a sentence of its own (3.0 s. 4(b)(iv))."""
    sequel = word_sequel(work, word_changes(reuse, messages), style, messages)
    appearance = messages.sentence(_word_appearance(work, style, messages))
    return messages.join([appearance, *sequel, _word_original(work, style, messages)])


def _word_appearance(work: Work, style: Style, messages: Messages) -> Line:
    lead = word_lead(work, style, messages, with_source=False)
    license = place_license(work.claim, style, "enclosed", messages)
    unit = work.claim.license.unit if work.claim.license else "other"
    place = _word_first_place(work, lead, style, messages)
    if license:
        section = "news_granted" if place else "news_bare"
        key = messages.choose(section, unit, "other")
        return messages.fill(key, appeared=place, work=lead, license=license)
    return messages.fill("news.cited", appeared=place) if place else lead


def _word_first_place(work: Work, lead: Line, style: Style, messages: Messages) -> Line:
    """Where and when it first appeared, as far as that is known; empty where nothing is."""
    source, when = word_source(work, style), _word_day(work, messages)
    known = "_".join(name for name, line in (("source", source), ("date", when)) if line)
    return messages.fill(f"appeared.{known}", work=lead, source=source, when=when) if known else ()


def _word_day(work: Work, messages: Messages) -> Line:
    if work.published_at is None:
        return ()
    precision = "day" if work.published_at.precision == "instant" else work.published_at.precision
    return messages.fill(f"when.{precision}", date=value(word_date(work.published_at, messages.lang)))


def _word_original(work: Work, style: Style, messages: Messages) -> Line:
    url = linkable(work.url)
    return messages.fill("news.original", url=address(url)) if url and style != "spoken" else ()
