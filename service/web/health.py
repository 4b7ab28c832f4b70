"""Whether the process lives and whether it can serve."""

import orjson
from flask import Blueprint, Response

from service.storage.changes import get_head
from service.web.context import context
from service.web.responses import answer_json

health = Blueprint("health", __name__)
_FRESH = {"Cache-Control": "no-store"}


@health.get("/livez")
def live() -> Response:
    """Tell that the process answers."""
    return answer_json(b'{"status":"ok"}', headers=_FRESH)


@health.get("/readyz")
def ready() -> Response:
    """Tell that the database answers; 503 where it does not."""
    head = get_head(context().database)
    return answer_json(orjson.dumps({"status": "ok", "feed_head": head}), headers=_FRESH)
