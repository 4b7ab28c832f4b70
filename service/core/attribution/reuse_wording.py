"""What the reuser did: as the name of a use ("Translation by …") or as a mark of a change ("Translated by …")."""

from service.core.attribution.cldr import language_name
from service.core.attribution.messages import Messages, messages_for
from service.core.attribution.model import Reuse
from service.core.attribution.spans import Line, clean, value

CHANGES = tuple(
    key.removeprefix("done.")
    for key in messages_for("en").templates
    if key.startswith("done.") and key not in ("done.other", "done.translated_into")
)
"""The words for changes that every language has; anything else is free text."""


def word_use(reuse: Reuse, messages: Messages) -> Line:
    """What the reuser made of the work, "Translation by …"; empty where nothing was changed."""
    return _word_reuse("use", reuse, messages)


def word_changes(reuse: Reuse, messages: Messages) -> Line:
    """What the reuser did, "Translated by …", without a full stop; empty where nothing was changed."""
    return _word_reuse("done", reuse, messages)


def is_free_text(changes: str | None) -> bool:
    """Whether the changes are described in words of the reuser's own."""
    return bool(clean(changes)) and clean(changes).casefold() not in CHANGES


def _word_reuse(form: str, reuse: Reuse, messages: Messages) -> Line:
    changes, by = clean(reuse.changes), clean(reuse.changed_by)
    if not changes and not by:
        return ()
    kind, language = changes.casefold() or "changed", _language(reuse, messages)
    if kind == "translated" and language:
        kind = "translated_into"
    section = f"{form}_by" if by else form
    key = messages.choose(section, kind, "other")
    return messages.fill(key, changes=value(changes), by=value(by), language=value(language))


def _language(reuse: Reuse, messages: Messages) -> str | None:
    return language_name(reuse.into, messages.lang) if reuse.into else None
