"""Audits: a page that republishes a work beside the credit that it owes, and what that lacks."""

from service.core.audit.auditor import audit_page, subject_of
from service.core.audit.model import (
    SEVERITIES,
    STATUSES,
    Audit,
    Cure,
    Finding,
    Quote,
    Republication,
    Subject,
    Unjudged,
)

__all__ = [
    "SEVERITIES",
    "STATUSES",
    "Audit",
    "Cure",
    "Finding",
    "Quote",
    "Republication",
    "Subject",
    "Unjudged",
    "audit_page",
    "subject_of",
]
