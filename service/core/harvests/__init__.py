"""Harvests by OAI-PMH 2.0: what a request may ask for, which sets a record is in, and how a list goes on.

Sections are those of the protocol, http://www.openarchives.org/OAI/2.0/openarchivesprotocol.htm.
"""

from service.core.harvests.lists import (
    Harvest,
    encode_harvest,
    encode_set_place,
    no_match,
    read_harvest,
    read_set_place,
    require_format,
)
from service.core.harvests.names import find_id, format_datestamp, identifier_of, settled_at
from service.core.harvests.requests import ARGUMENTS, PREFIX, VERBS, HarvestRequest, Refused, read_request
from service.core.harvests.subsets import LICENSES, SOURCES, Subset, find_subset, is_in, subsets_of

__all__ = [
    "ARGUMENTS",
    "LICENSES",
    "PREFIX",
    "SOURCES",
    "VERBS",
    "Harvest",
    "HarvestRequest",
    "Refused",
    "Subset",
    "encode_harvest",
    "encode_set_place",
    "find_id",
    "find_subset",
    "format_datestamp",
    "identifier_of",
    "is_in",
    "no_match",
    "read_harvest",
    "read_request",
    "read_set_place",
    "require_format",
    "settled_at",
    "subsets_of",
]
