"""Letting go of what need not be kept: old entries of the change feed, and answers past their day."""

from datetime import datetime, timedelta

from service.storage.answers import delete_expired
from service.storage.changes import delete_changes
from service.storage.database import Database


def prune(database: Database, *, keep: timedelta, now: datetime) -> tuple[int, int]:
    """Delete change entries older than `keep` and expired answers; returns how many of each.

    A client whose cursor lies below the new floor gets 410 ``cursor-expired``. Records and their versions stay.
    """
    with database.transaction():
        answers = delete_expired(database, now)
        return delete_changes(database, now - keep), answers
