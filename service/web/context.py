"""What the views need of the application: the database and the settings that concern HTTP."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import cast

from flask import Flask, current_app

from service.storage.database import Database

_NAME = "creditline"


@dataclass(frozen=True, kw_only=True)
class Context:
    """One application's parts; ``admin_digest`` is the SHA-256 of the configured admin key."""

    database: Database
    admin_digest: bytes | None
    public_read: bool
    read_only: bool
    metadata_license: str
    oai_repository: str
    oai_email: str | None

    @cached_property
    def document_cache(self) -> str:
        """Cache-Control of a record: always asked for again, and shared only where reading is public."""
        return "public, no-cache" if self.public_read else "private, no-cache"

    @cached_property
    def vary(self) -> str:
        """The request headers that a record's answer depends on."""
        return "Accept" if self.public_read else "Accept, Authorization"


def install(app: Flask, context: Context) -> None:
    """Give `app` its context."""
    app.extensions[_NAME] = context


def context() -> Context:
    """The context of the application that serves this request."""
    return cast(Context, current_app.extensions[_NAME])


def clock() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)
