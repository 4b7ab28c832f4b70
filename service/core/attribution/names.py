"""Who is named in a credit: creators by role, the designated party, and the source, nobody of them twice."""

from collections.abc import Sequence

from service.core.articles import Creator
from service.core.attribution.messages import Line, Messages, clean
from service.core.attribution.model import Work
from service.core.text import fold


def named_creators(creators: Sequence[Creator]) -> list[tuple[str, list[Creator]]]:
    """The creators by role, authors first, each role once and each name once in it; nameless ones are left out."""
    roles: dict[str, dict[str, Creator]] = {"author": {}}
    for creator in creators:
        name = clean(creator.name)
        if name:
            roles.setdefault(clean(creator.role) or "author", {}).setdefault(name, creator)
    return [(role, list(named.values())) for role, named in roles.items() if named]


def shown_credit(work: Work) -> str:
    """The designated party, "" where it is one of the creators."""
    return _unless_named(work.credit, [creator.name for creator in work.creators])


def shown_source(work: Work) -> str:
    """The source, "" where it is a creator or the designated party."""
    return _unless_named(work.source_name, [work.credit, *(creator.name for creator in work.creators)])


def word_names(names: Sequence[Line], messages: Messages) -> Line:
    """Names as a list in the language: one; two joined by a word; more with commas."""
    if len(names) < 3:
        return messages.fill("names.two", first=names[0], last=names[1]) if len(names) == 2 else names[0]
    line = names[0]
    for name in names[1:-1]:
        line = messages.fill("names.comma", first=line, last=name)
    return messages.fill("names.last", first=line, last=names[-1])


def _unless_named(name: str | None, others: Sequence[str | None]) -> str:
    return "" if _key(name) in {_key(other) for other in others} else clean(name)


def _key(name: str | None) -> str:
    """What two spellings of a name have in common; a name of nothing but marks stands for itself."""
    return fold(clean(name)) or clean(name)
