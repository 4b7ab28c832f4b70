"""Records as tests have them read: from JSON, through the reader of a form, to checked articles."""

import io
import json
from typing import Any

from service.core.articles import NewArticle
from service.core.grants import NewGrant
from service.formats.intake.items import Item
from service.formats.intake.json_records import read_json_records
from service.formats.intake.reading import Reading
from service.formats.schemas.articles import load_article
from service.formats.schemas.grants import load_grant


def read_items(document: Any, profile: str) -> list[Item]:
    """The items of a document of JSON."""
    return list(read_json_records(io.BytesIO(json.dumps(document).encode()), Reading(), profile=profile))


def read_members(record: Any, profile: str) -> dict[str, Any]:
    """The members that the only record of a document states."""
    (item,) = read_items(record, profile)
    assert item.problem is None
    return dict(item.members or {})


def load_record(record: Any, profile: str) -> tuple[NewArticle, list[NewGrant]]:
    """The only record of a document as the actions take it."""
    (item,) = read_items(record, profile)
    return load_article(item.members or {}, None), [load_grant(grant) for grant in item.grants]
