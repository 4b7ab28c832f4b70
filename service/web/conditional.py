"""Conditions on the state of a record (RFC 9110 s. 13): which of them let a request through."""

from service.core.errors import NotFound, PreconditionFailed, PreconditionRequired
from service.web.headers import Conditions


def check_read(conditions: Conditions, version: int, tag: str) -> bool:
    """Whether a GET may be answered with 304; raises PreconditionFailed where If-Match misses."""
    match, none_match = conditions.if_match, conditions.if_none_match
    if match and not match.any and not match.has_version(version):
        raise stale(version)
    return none_match is not None and (none_match.any or none_match.has_tag(tag))


def check_write(conditions: Conditions, version: int) -> None:
    """Let the change of an existing record through, or raise PreconditionFailed or PreconditionRequired."""
    match, none_match = conditions.if_match, conditions.if_none_match
    if match is None and none_match is None:
        raise PreconditionRequired("Send If-Match with the ETag that you read.", current_version=version)
    if match and not match.any and not match.has_version(version):
        raise stale(version)
    if none_match and (none_match.any or none_match.has_version(version)):
        raise stale(version)


def wants_new(conditions: Conditions) -> bool:
    """Whether the request is for a record that must not exist yet (``If-None-Match: *``)."""
    return conditions.if_none_match is not None and conditions.if_none_match.any and conditions.if_match is None


def stale(version: int) -> PreconditionFailed:
    """The problem of a condition that names another state."""
    return PreconditionFailed(f"The record is at version {version}.", current_version=version)


def not_found(what: str, id: str) -> NotFound:
    """The problem of a record that never was."""
    return NotFound(f"There is no {what} {id}.")
