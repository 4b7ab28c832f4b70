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


UNCHANGED = ("none", "unchanged")
"""The words that say that nothing was changed."""


def said_changes(changes: str | None) -> str:
    """What was changed, on one line; "" where nothing was."""
    said = clean(changes)
    return "" if said.casefold() in UNCHANGED else said


def word_use(reuse: Reuse, messages: Messages) -> Line:
    """What the reuser made of the work, "Translation by …"; empty where nothing was changed."""
    kinds = _kinds(reuse)
    return _word_kind("use", kinds[0] if len(kinds) == 1 else "other", reuse, messages) if kinds else ()


def word_changes(reuse: Reuse, messages: Messages) -> Line:
    """What the reuser did, "Translated by …", a sentence for each of several changes; empty where nothing was changed.

    Without a full stop.
    """
    *first, last = [_word_kind("done", kind, reuse, messages) for kind in _kinds(reuse)] or [()]
    return messages.join([*(messages.sentence(line) for line in first), last])


def is_use(changes: str | None) -> bool:
    """Whether the name of a use says all that was changed: not several changes, nor words of the reuser's own."""
    return said_changes(changes).casefold() in ("", *CHANGES)


def _kinds(reuse: Reuse) -> list[str]:
    """The words for what was changed, each once; text of the reuser's own is one, whatever it lists."""
    changes = said_changes(reuse.changes)
    if not changes:
        return ["changed"] if clean(reuse.changed_by) and not clean(reuse.changes) else []
    words = [word.strip() for word in changes.casefold().split(",")]
    return list(dict.fromkeys(words)) if all(word in CHANGES for word in words) else [changes.casefold()]


def _word_kind(form: str, kind: str, reuse: Reuse, messages: Messages) -> Line:
    by, language = clean(reuse.changed_by), _language(reuse, messages)
    if kind == "translated" and language:
        kind = "translated_into"
    key = messages.choose(f"{form}_by" if by else form, kind, "other")
    return messages.fill(key, changes=value(clean(reuse.changes)), by=value(by), language=value(language))


def _language(reuse: Reuse, messages: Messages) -> str | None:
    return language_name(reuse.into, messages.lang) if reuse.into else None
