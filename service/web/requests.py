"""What every request and answer has: an id, a log line, OPTIONS, and a clean connection afterwards."""

import logging
import re
import secrets
import time
from typing import Any

from flask import Flask, Request, Response, g, request
from werkzeug.routing import BaseConverter, MapAdapter

from service.core.errors import NotFound
from service.storage.database import Database
from service.web.bodies import drain_body

log = logging.getLogger("creditline")
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class IdConverter(BaseConverter):
    """A UUID in its canonical form."""

    regex = r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}"

    def to_python(self, value: str) -> str:
        """The id as it is stored."""
        return value.lower()


class SlugConverter(BaseConverter):
    """A slug."""

    regex = r"[a-z0-9-]{1,64}"


class Creditline(Flask):
    """A Flask application that answers OPTIONS as RFC 9110 s. 9.3.7 has it, with what may be sent."""

    def ensure_sync(self, func: Any) -> Any:
        """The function as it is: no view is a coroutine, and Flask would look at each of them at every request."""
        return func

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Werkzeug's adapter, but an Upgrade that is not wanted is ignored (RFC 9110 s. 7.8)."""
        adapter = super().create_url_adapter(request)
        if adapter is not None:
            adapter.websocket = False
        return adapter

    def make_default_options_response(self) -> Response:
        """204 with Allow, and the media types that POST and PATCH take here."""
        response = Response(status=204)
        response.headers.remove("Content-Type")
        response.headers["Allow"] = ", ".join(sorted(self._methods()))
        for method, header in (("POST", "Accept-Post"), ("PATCH", "Accept-Patch")):
            if types := self._accepted(method):
                response.headers[header] = ", ".join(types)
        return response

    def _methods(self) -> set[str]:
        adapter = self.create_url_adapter(request)
        return set(adapter.allowed_methods()) if adapter else set()

    def _accepted(self, method: str) -> tuple[str, ...]:
        rule = request.url_rule
        for other in self.url_map.iter_rules():
            if rule and other.rule == rule.rule and method in (other.methods or ()):
                accepts: tuple[str, ...] = getattr(self.view_functions[other.endpoint], "accepts", ())
                return accepts
        return ()


def install(app: Flask, database: Database) -> None:
    """Frame every request of `app`, and leave this thread's connection clean after it."""
    app.before_request(_begin)
    app.after_request(_finish)
    app.teardown_request(lambda _: database.release())


def vary_by_origin(response: Response) -> Response:
    """Say that an answer differs by Origin, to those that it does not allow as well: shared caches go by that."""
    response.vary.add("Origin")
    return response


def _begin() -> None:
    given = request.environ.get("HTTP_REQUEST_ID", "")
    g.request_id = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
    g.started = time.perf_counter()
    if request.environ.get("PATH_INFO", "").startswith("//"):  # the router would drop the surplus slashes
        raise NotFound("Paths have single slashes.")


def _finish(response: Response) -> Response:
    headers = response.headers
    headers.add("Request-Id", g.request_id)
    headers.add("X-Content-Type-Options", "nosniff")
    if response.status_code >= 400:
        drain_body()
    level = logging.INFO if request.method not in ("GET", "HEAD") or response.status_code >= 400 else logging.DEBUG
    if log.isEnabledFor(level):
        log.log(level, "request", extra=_line(response))
    return response


def _line(response: Response) -> dict[str, object]:
    return {
        "request_id": g.request_id,
        "method": request.method,
        "path": request.path,
        "status": response.status_code,
        "ms": round((time.perf_counter() - g.started) * 1000, 2),
    }
