"""A permission as its JSON document: the verdict, what it asks, why, and the credit to go with it."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import orjson

from service.core.attribution import Credit
from service.core.grants import Grant
from service.core.permission import Duty, Permission, Question, Reason, Use
from service.formats.documents.claims import render_claim

Document = dict[str, Any]


def render_permission(document: Document) -> bytes:
    """The bytes of a permission's document."""
    return orjson.dumps(document)


def permission_document(
    permission: Permission, use: Use, credit: Credit, *, article: str, id: str | None, origin: str | None
) -> Document:
    """The members of a permission; `article` is how the work was named, `id` that of an article."""
    return {
        "article": article,
        "id": id,
        "use": use.use,
        "asked": _asked(use),
        "verdict": permission.verdict,
        "duties": duty_documents(permission.duties),
        "reasons": reason_documents(permission.reasons),
        "questions": question_documents(permission.questions),
        "credit": credit_views(credit),
        "license": render_claim(permission.claim, origin),
        "earlier_grants": [_earlier(grant) for grant in permission.earlier_grants],
        "rule_set": permission.rule_set,
        "as_of": permission.as_of,
    }


def render_permissions(items: Iterable[Document]) -> bytes:
    """The document of many permissions, or of the problems of finding their works."""
    return orjson.dumps({"data": list(items)})


def duty_documents(duties: Iterable[Duty]) -> list[Document]:
    """Duties as JSON."""
    return [asdict(duty) for duty in duties]


def reason_documents(reasons: Iterable[Reason]) -> list[Document]:
    """Reasons as JSON."""
    return [asdict(reason) for reason in reasons]


def question_documents(questions: Iterable[Question]) -> list[Document]:
    """Questions as JSON."""
    return [asdict(question) for question in questions]


def credit_views(credit: Credit) -> Document:
    """The credit, ready to be printed."""
    return {name: getattr(credit, name) for name in ("text", "html", "markdown", "lang", "dir")}


def _asked(use: Use) -> Document:
    """What the use was taken to be; null is what was not said."""
    names = ("commercial", "share", "changes", "outbound_license", "medium", "territory", "obtained_on")
    return {name: getattr(use, name) for name in names}


def _earlier(grant: Grant) -> Document:
    return {"n": grant.n, "license": render_claim(grant.claim, grant.origin)}


def missing_document(given: str, problem: Document) -> Document:
    """An item for what was named and is no work."""
    return {"article": given, "id": None, "problem": problem}
