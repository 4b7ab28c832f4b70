"""Who is named in a credit: creators by role, the designated party, and the source, nobody of them twice."""

import re
from collections.abc import Sequence

from service.core.articles import Creator
from service.core.attribution.cldr import list_pattern
from service.core.attribution.messages import Messages, fill_template
from service.core.attribution.model import Work
from service.core.attribution.spans import Line, clean, plain
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
    """Names as a list of the language, by the patterns of CLDR."""
    if len(names) < 3:
        return _pair(names[0], names[1], "2", messages) if len(names) == 2 else names[0]
    line = _pair(names[0], names[1], "start", messages)
    for name in names[2:-1]:
        line = _pair(line, name, "middle", messages)
    return _pair(line, names[-1], "end", messages)


def _pair(first: Line, last: Line, place: str, messages: Messages) -> Line:
    """Two parts of a list joined. Spanish and Italian have another word for "and" before some sounds."""
    before = messages.templates.get("euphony.before")
    if before and place in ("2", "end") and re.match(before, plain(last).casefold()):
        return messages.fill("euphony.joined", first=first, last=last)
    return fill_template(list_pattern(messages.lang, place), **{"0": first, "1": last})


def _unless_named(name: str | None, others: Sequence[str | None]) -> str:
    return "" if _key(name) in {_key(other) for other in others} else clean(name)


def _key(name: str | None) -> str:
    """What two spellings of a name have in common; a name of nothing but marks stands for itself."""
    return fold(clean(name)) or clean(name)
