"""What writes under an Idempotency-Key came to, kept for a day.

A write of many parts, such as a bulk, keeps what each part came to: the first under the key itself, the others under
the key and the name of the part behind a space, which no key of a client has.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from service.core.dates import to_micros
from service.core.errors import KeyInUse, KeyReused, Overloaded
from service.storage.database import Database

KEPT = timedelta(hours=24)
WAIT_SECONDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One use of an Idempotency-Key: whose it is, and the SHA-256 of the request that came with it.

    `since` is the earliest time of a stored answer that still counts, where that is not a day ago.
    """

    owner: str
    key: str
    fingerprint: bytes
    at: datetime
    since: int | None = None

    @property
    def oldest(self) -> int:
        """The earliest time of a stored answer that still counts, in microseconds."""
        return to_micros(self.at - KEPT) if self.since is None else self.since

    def part(self, name: str, *, since: int) -> "Claim":
        """The claim of a part of the write behind the first one, whose answer is of `since`."""
        return replace(self, key=f"{self.key} {name}", since=since)


def find_answer(database: Database, claim: Claim) -> bytes | None:
    """The stored outcome of an earlier use; raises KeyReused where that was another request."""
    sql = "SELECT fingerprint, outcome FROM stored_answer WHERE owner = ? AND key = ? AND created_at >= ?"
    row = database.fetch_one(sql, (claim.owner, claim.key, claim.oldest))
    if row is None:
        return None
    if row[0] != claim.fingerprint:
        raise KeyReused("This Idempotency-Key came with another request before; use a new one.")
    outcome: bytes | None = row[1]
    return outcome


def find_answer_time(database: Database, claim: Claim) -> int | None:
    """When the stored outcome of an earlier use was begun, in microseconds; None where there is none that counts."""
    sql = "SELECT created_at FROM stored_answer WHERE owner = ? AND key = ? AND created_at >= ?"
    row = database.fetch_one(sql, (claim.owner, claim.key, claim.oldest))
    return int(row[0]) if row else None


def claim_key(database: Database, claim: Claim) -> bytes | None:
    """Claim the key's row as the first thing in a transaction, or return the outcome that is stored already.

    Waits while another transaction holds the row; raises KeyInUse after two seconds.
    """
    values = (claim.owner, claim.key, claim.fingerprint, to_micros(claim.at))
    sql = (
        "INSERT INTO stored_answer (owner, key, fingerprint, created_at, outcome) VALUES (?, ?, ?, ?, NULL) "
        "ON CONFLICT (owner, key) DO UPDATE SET fingerprint = excluded.fingerprint, created_at = excluded.created_at, "
        "outcome = NULL WHERE stored_answer.created_at < ?"
    )
    _wait_for_locks(database, f"{WAIT_SECONDS}s")
    try:
        claimed = database.execute(sql, (*values, claim.oldest)).rowcount == 1
    except Overloaded as error:
        raise KeyInUse("The first request with this Idempotency-Key is still being answered.") from error
    _wait_for_locks(database, "DEFAULT")
    return None if claimed else find_answer(database, claim)


def store_answer(database: Database, claim: Claim, record: str | None, outcome: bytes) -> None:
    """Keep the outcome of the write that claimed the key and changed `record`, in its transaction.

    What names no record is not wiped with any, and so must hold nothing of one but its id.
    """
    sql = "UPDATE stored_answer SET record = ?, outcome = ? WHERE owner = ? AND key = ?"
    database.execute(sql, (record, outcome, claim.owner, claim.key))


def wipe_answers(database: Database, record: str) -> None:
    """Forget the answers that hold a purged record."""
    database.execute("DELETE FROM stored_answer WHERE record = ?", (record,))


def delete_expired(database: Database, now: datetime) -> int:
    """Delete the answers that no longer count and return how many there were."""
    sql = "DELETE FROM stored_answer WHERE created_at < ?"
    return int(database.execute(sql, (to_micros(now - KEPT),)).rowcount)


def _wait_for_locks(database: Database, span: str) -> None:
    """How long PostgreSQL waits for a row in this transaction; SQLite has one writer and waits at BEGIN."""
    if not database.is_sqlite:
        database.execute(f"SET LOCAL lock_timeout = {span if span == 'DEFAULT' else repr(span)}")
