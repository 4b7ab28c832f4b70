"""Claims and grants: what is said about the license of a work, and the ledger of what was offered when."""

from service.core.grants.claims import ALL_RIGHTS_RESERVED, UNKNOWN, Claim, disputed_claim, distinct_claims
from service.core.grants.entries import (
    IMPORTED_END,
    ORIGINS,
    REPLACED,
    SCOPES,
    Ending,
    Grant,
    Ledger,
    Mistake,
    NewGrant,
)
from service.core.grants.ledger import add_grant, amend_grant, inherit_claim, next_ledger, state_claims
from service.core.grants.merging import merge_ledger
from service.core.grants.standing import is_disputed, next_change, shown_claim, standing_on

__all__ = [
    "ALL_RIGHTS_RESERVED",
    "IMPORTED_END",
    "ORIGINS",
    "REPLACED",
    "SCOPES",
    "UNKNOWN",
    "Claim",
    "Ending",
    "Grant",
    "Ledger",
    "Mistake",
    "NewGrant",
    "add_grant",
    "amend_grant",
    "disputed_claim",
    "distinct_claims",
    "inherit_claim",
    "is_disputed",
    "merge_ledger",
    "next_change",
    "next_ledger",
    "shown_claim",
    "standing_on",
    "state_claims",
]
