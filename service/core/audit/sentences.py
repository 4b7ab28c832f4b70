"""The sentences of findings, in English; `{slots}` take what was seen or is wanted."""

from service.core.data import read_table

_SENTENCES = {row["key"]: row["text"] for row in read_table("audit_details.tsv")}
_LONGEST = 200


def say(key: str, **slots: str) -> str:
    """The sentence with its slots filled; long values are cut."""
    return _SENTENCES[key].format(**{name: _shorten(value) for name, value in slots.items()})


def _shorten(value: str) -> str:
    return value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"
