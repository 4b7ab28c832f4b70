"""The conditions of the rule tables, and the facts that they are held against.

A condition is a list of words that must all hold: ``use:adapt|translate`` (one of these), ``ShareAlike`` (the license
permits, requires or prohibits it), ``-ShareAlike`` (it does not), ``since:2.0`` and ``until:3.0`` (its version, both
included). Names are compared whole, never in part.
"""

from dataclasses import dataclass

from service.core.licenses import License

Version = tuple[int, ...]
_ANY_VERSION: Version = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What is so, as words; `version` is None without a license."""

    words: frozenset[str]
    version: Version | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that was read from a table."""

    groups: tuple[frozenset[str], ...] = ()
    excluded: frozenset[str] = frozenset()
    since: Version = _ANY_VERSION
    until: Version = _ANY_VERSION

    def holds(self, facts: Facts) -> bool:
        """Whether all that the condition asks for is among the facts."""
        return (
            all(not group.isdisjoint(facts.words) for group in self.groups)
            and self.excluded.isdisjoint(facts.words)
            and self._spans(facts.version)
        )

    def _spans(self, version: Version | None) -> bool:
        if version is None:
            return not self.since and not self.until
        return self.since <= version and (not self.until or version <= self.until)


def read_condition(text: str) -> Condition:
    """The condition in a cell of a table; an empty one always holds."""
    words = text.split()
    versions = dict(word.split(":") for word in words if word.startswith(("since:", "until:")))
    rest = [word for word in words if not word.startswith(("since:", "until:"))]
    return Condition(
        groups=tuple(_alternatives(word) for word in rest if not word.startswith("-")),
        excluded=frozenset(name for word in rest if word.startswith("-") for name in _alternatives(word[1:])),
        since=read_version(versions.get("since", "")),
        until=read_version(versions.get("until", "")),
    )


def license_facts(license: License) -> tuple[str, ...]:
    """A license as words: its unit, its port, and all that it permits, requires and prohibits."""
    port = license.jurisdiction or "none"
    return (f"unit:{license.unit}", f"port:{port}", *license.permits, *license.requires, *license.prohibits)


def read_version(text: str) -> Version:
    """The numbers of a version, which compare; no text is the empty version, which stands for any."""
    return tuple(int(number) for number in text.split(".")) if text else _ANY_VERSION


def _alternatives(word: str) -> frozenset[str]:
    key, colon, values = word.rpartition(":")
    return frozenset(f"{key}{colon}{value}" for value in values.split("|"))
