"""XML of which the media type does not say what it is: feeds, and answers of OAI-PMH, told apart by their roots."""

from collections.abc import Iterator
from typing import BinaryIO

from service.formats.intake.feeds import FEED_ROOTS, read_feed_records
from service.formats.intake.items import Item
from service.formats.intake.oai import OAI_ROOTS, read_oai_records
from service.formats.intake.reading import Reading
from service.formats.intake.refusals import refuse
from service.formats.intake.xml_records import local_name, read_records


def read_xml(stream: BinaryIO, reading: Reading) -> Iterator[Item]:
    """The records of a feed or of an answer of OAI-PMH, numbered from 1; raises Invalid for any other XML."""
    records = read_records(stream, reading.charset)
    root = local_name(records.root)
    if root in OAI_ROOTS:
        yield from read_oai_records(records)
    elif root in FEED_ROOTS:
        yield from read_feed_records(records)
    else:
        raise refuse(
            "unknown-root", f"<{root[:80]}> is the root of nothing that is taken here: RSS, Atom, OAI-PMH or oai_dc."
        )
