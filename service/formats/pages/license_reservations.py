"""Words that reserve all rights in a page."""

from itertools import islice

from service.core.detection import find_reservation, reserves_all
from service.core.grants import ALL_RIGHTS_RESERVED
from service.formats.pages.facts import Fact, quote_of
from service.formats.pages.survey import Survey
from service.formats.pages.tree import text_of

_MOST_FOOTERS, _LONGEST_FOOTER = 20, 3000


def find_page_reservation(survey: Survey, *, licensed: bool) -> Fact | None:
    """Words that reserve all rights in the metadata or in a footer; beside a license they need not stand alone."""
    for name, content in survey.meta_values("dc.rights", "dcterms.rights", "copyright", "rights"):
        if find_reservation(content):
            return Fact(ALL_RIGHTS_RESERVED, name, quote_of(content))
    for element in reversed(list(islice(survey.root.iter("footer"), _MOST_FOOTERS))):
        text = text_of(element, _LONGEST_FOOTER)
        found = find_reservation(text)
        if found or (licensed and reserves_all(text)):
            words = text[max(0, found.start - 80) : found.end + 20] if found else text
            return Fact(ALL_RIGHTS_RESERVED, "footer", quote_of(words))
    return None
