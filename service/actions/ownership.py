"""What an actor may write."""

from service.core.errors import Forbidden
from service.core.keys import Actor


def require_source(actor: Actor, slug: str) -> None:
    """Raise Forbidden unless the actor may write what belongs to the source `slug`.

    The wording is the same whether the source exists or not.
    """
    if not actor.owns(slug):
        raise Forbidden("This key is tied to other sources.")


def require_any_source(actor: Actor) -> None:
    """Raise Forbidden where the actor's key is tied to sources, and so makes no others."""
    if actor.sources:
        raise Forbidden("This key is tied to its sources and makes no others.")
