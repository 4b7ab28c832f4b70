"""What the views need of the application: the database and the settings that concern HTTP."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from flask import Flask, current_app

from service.storage.database import Database

_NAME = "creditline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One application's parts; ``admin_digest`` is the SHA-256 of the configured admin key."""

    database: Database
    admin_digest: bytes | None
    public_read: bool
    read_only: bool
    metadata_license: str


def install(app: Flask, context: Context) -> None:
    """Give `app` its context."""
    app.extensions[_NAME] = context


def context() -> Context:
    """The context of the application that serves this request."""
    return cast(Context, current_app.extensions[_NAME])


def clock() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)
