"""The six requests and their arguments, as the protocol has them (s. 4)."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.core.errors import CreditlineError, InvalidValue
from service.core.harvests.names import read_span

PREFIX = "oai_dc"
"""The one metadata format: Dublin Core, which every repository must have (s. 3.4)."""

_WORD = r"[A-Za-z0-9\-_.!~*'()]+"
_URI_WORD = r"(?:[^\s\0-\x20\x7f:%\[\]#]|%[0-9A-Fa-f]{2})+"
_SYNTAX = {
    "identifier": re.compile(rf"(?:[A-Za-z][A-Za-z0-9+.-]*:)?{_URI_WORD}(?::{_URI_WORD})*"),
    "metadataPrefix": re.compile(_WORD),
    "set": re.compile(rf"{_WORD}(?::{_WORD})*"),
}
_DATES = ("from", "until")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """What a verb takes beside itself; a `resumable` one takes a resumption token in place of everything else."""

    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    resumable: bool = False

    @property
    def known(self) -> tuple[str, ...]:
        """The names of all."""
        return (*self.required, *self.optional, *(("resumptionToken",) if self.resumable else ()))


_LIST = Arguments(required=("metadataPrefix",), optional=("from", "until", "set"), resumable=True)
VERBS = {
    "Identify": Arguments(),
    "ListMetadataFormats": Arguments(optional=("identifier",)),
    "ListSets": Arguments(resumable=True),
    "GetRecord": Arguments(required=("identifier", "metadataPrefix")),
    "ListIdentifiers": _LIST,
    "ListRecords": _LIST,
}
ARGUMENTS = ("verb", *dict.fromkeys(name for arguments in VERBS.values() for name in arguments.known))
"""The names of the arguments of all requests."""


class Refused(CreditlineError):
    """A request that the protocol answers with errors, ``(code, message)`` each (s. 3.6)."""

    def __init__(self, code: str, *messages: str) -> None:
        super().__init__(code)
        self.errors = tuple((code, message) for message in messages)


@dataclass(frozen=True, slots=True, kw_only=True)
class HarvestRequest:
    """A request whose arguments are those of its verb, each of them well-formed."""

    verb: str
    arguments: Mapping[str, str]


def read_request(pairs: Sequence[tuple[str, str]]) -> HarvestRequest:
    """The request that these arguments are; raises Refused ``badVerb`` or ``badArgument`` with all that is wrong."""
    verbs = [value for name, value in pairs if name == "verb"]
    if len(verbs) != 1 or verbs[0] not in VERBS:
        raise Refused("badVerb", f"Give verb once, as one of {', '.join(VERBS)}.")
    given = [(name, value) for name, value in pairs if name != "verb"]
    arguments = dict(given)
    faults = [*_name_faults(verbs[0], Counter(name for name, _ in given)), *_syntax_faults(arguments)]
    if faults:
        raise Refused("badArgument", *faults)
    return HarvestRequest(verb=verbs[0], arguments=arguments)


def _name_faults(verb: str, counts: Mapping[str, int]) -> list[str]:
    known = VERBS[verb].known
    faults = [f"{verb} takes no argument {name[:100]!r}." for name in counts if name not in known]
    faults += [f"{name} may be given once." for name, count in counts.items() if count > 1 and name in known]
    if "resumptionToken" not in counts or not VERBS[verb].resumable:
        return faults + [f"{verb} needs {name}." for name in VERBS[verb].required if name not in counts]
    if len(counts) > 1:
        faults.append("resumptionToken stands for all other arguments: leave them out.")
    return faults


def _syntax_faults(arguments: Mapping[str, str]) -> list[str]:
    given = [name for name in _SYNTAX if name in arguments]
    faults = [f"{name} is malformed." for name in given if not _SYNTAX[name].fullmatch(arguments[name])]
    dates = {name: arguments[name] for name in _DATES if name in arguments}
    wrong = [f"{name} takes YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ." for name, text in dates.items() if not _is_date(text)]
    return [*faults, *(wrong or _range_faults(list(dates.values())))]


def _range_faults(dates: Sequence[str]) -> list[str]:
    """What is wrong with two dates together (s. 2.7.1)."""
    if len(dates) != len(_DATES):
        return []
    since, until = dates
    if len(since) != len(until):
        return ["from and until must be equally fine: two days, or two instants."]
    return ["from is later than until."] if since > until else []


def _is_date(text: str) -> bool:
    try:
        read_span(text)
    except InvalidValue:
        return False
    return True
