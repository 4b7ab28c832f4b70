"""The wording that a licensor asks for: it stands for what it says, and beside it stays what the license requires."""

from dataclasses import replace

from service.core.articles import Creator
from service.core.attribution.model import ElementName, Work
from service.core.attribution.spans import clean
from service.core.attribution.terms import terms_of


def has_wording(work: Work) -> bool:
    """Whether the licensor asks for a wording."""
    return bool(clean(work.requested))


def says_title(work: Work) -> bool:
    """Whether the wording has the title."""
    return _says(work, work.title)


def beside_wording(work: Work) -> Work | None:
    """What is printed beside the wording, as a work without one; None where the wording alone is enough.

    These are the title through 3.0, the creators, and since 2.5 the designated party, if the wording does not say them:
    it may set the manner of the credit, and waives nothing (4.0 s. 3(a)(1)(A)(i)). Names that are printed come with
    the title.
    """
    required = terms_of(work.claim).clauses
    creators = _unsaid_creators(work) if "creators" in required else ()
    credit = work.credit if "credit" in required and clean(work.credit) and not _says(work, work.credit) else None
    wants_title = "title" in required and bool(clean(work.title)) and not says_title(work)
    if not (creators or credit or wants_title):
        return None
    return replace(work, requested=None, creators=creators, credit=credit, source_name=None)


def prints(work: Work, element: ElementName) -> bool:
    """Whether a title, creators, a party or a source is printed, in the wording or beside it."""
    beside = beside_wording(work)
    if element == "title":
        return says_title(work) or beside is not None
    if element == "creators":
        return not _unsaid_creators(work) or (beside is not None and bool(beside.creators))
    if element == "credit":
        return _says(work, work.credit) or (beside is not None and beside.credit is not None)
    return _says(work, work.source_name)


def _unsaid_creators(work: Work) -> tuple[Creator, ...]:
    return tuple(creator for creator in work.creators if clean(creator.name) and not _says(work, creator.name))


def _says(work: Work, text: str | None) -> bool:
    return bool(clean(text)) and clean(text) in clean(work.requested)
