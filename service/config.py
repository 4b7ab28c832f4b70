"""The configuration: one frozen value, read strictly from the environment.

Settings are declared once, as the fields of `Config`; the table in ``docs/configuration.md`` is made from them. Every
setting is the variable ``CREDITLINE_<NAME>``; a secret may stand in a file that ``CREDITLINE_<NAME>_FILE`` names.
"""

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

PREFIX = "CREDITLINE_"


class ConfigError(Exception):
    """A setting that cannot be used; the message says which, and what to do."""


def _text(raw: str) -> str:
    return raw


def _boolean(raw: str) -> bool:
    words = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    if raw.lower() not in words:
        raise ValueError("use true or false")
    return words[raw.lower()]


def _choice(*allowed: str) -> Callable[[str], str]:
    def read(raw: str) -> str:
        for word in allowed:
            if raw.lower() == word.lower():
                return word
        raise ValueError("use one of " + ", ".join(allowed))

    return read


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(raw: str) -> int:
        if not raw.isascii() or not raw.isdigit() or not low <= int(raw) <= high:
            raise ValueError(f"use a whole number from {low} to {high}")
        return int(raw)

    return read


def _database_url(raw: str) -> str:
    if not re.match(r"(sqlite:///.|postgres(ql)?://.)", raw):
        raise ValueError("use sqlite:///path/to/file.db or postgresql://user@host/name")
    return raw


def _key(raw: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9._-]{16,200}", raw):
        raise ValueError("use 16 to 200 letters, digits, '.', '_' or '-'")
    return raw


def _domain(raw: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+", raw.lower()) or len(raw) > 253:
        raise ValueError("use a domain name such as articles.example.org")
    return raw.lower()


def _email(raw: str) -> str:
    if not re.fullmatch(r"[!-?A-~]+@([^\s@.]+\.)+[^\s@.]+", raw):
        raise ValueError("use an e-mail address")
    return raw


def _origins(raw: str) -> tuple[str, ...]:
    origins = tuple(part.strip() for part in raw.split(",") if part.strip())
    for origin in origins:
        if origin != "*" and not re.fullmatch(r"https?://[A-Za-z0-9.\-:\[\]]+", origin):
            raise ValueError(f"{origin!r} is no origin such as https://partner.example")
    return origins


def _setting(default: Any, read: Callable[[str], Any], about: str, *, secret: bool = False) -> Any:
    return field(default=default, metadata={"read": read, "about": about, "secret": secret})


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Every setting with its default; build it with `Config.from_environment`."""

    database_url: str = _setting(
        "sqlite:///var/creditline.db", _database_url, "Where the data is: SQLite file or PostgreSQL.", secret=True
    )
    sqlite_synchronous: str = _setting(
        "FULL", _choice("FULL", "NORMAL"), "FULL survives a power cut, NORMAL is a third faster and survives a crash."
    )
    admin_key: str | None = _setting(
        None, _key, "An API key with every scope; else one is made at first start.", secret=True
    )
    key: str | None = _setting(
        None, _key, "The key that commands send to a server named by --url; the service has no use for it.", secret=True
    )
    public_read: bool = _setting(True, _boolean, "Whether reading needs no key.")
    read_only: bool = _setting(False, _boolean, "Refuse every write with 503.")
    metadata_license: str = _setting("CC0-1.0", _text, "The license of the metadata itself, an id of the catalogue.")
    oai_repository: str = _setting(
        "creditline.example", _domain, "A domain of yours that names records to harvesters; never change it later."
    )
    oai_email: str | None = _setting(None, _email, "Whom harvesters may write to; else admin@ the domain above.")
    cors_origins: tuple[str, ...] = _setting((), _origins, "Origins that browsers may call from, comma-separated.")
    statement_timeout: int = _setting(30, _whole(1, 600), "Seconds a database statement may take (PostgreSQL).")
    rate_limits: str = _setting("off", _choice("off"), "Only off so far: limits are left to the proxy.")
    log_format: str = _setting("json", _choice("json", "text"), "How log lines are written to standard error.")
    log_level: str = _setting("INFO", _choice("DEBUG", "INFO", "WARNING", "ERROR"), "The least level that is logged.")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Config":
        """Read the settings; raises ConfigError that names every variable that is wrong."""
        known = {PREFIX + item.name.upper(): item for item in fields(cls)}
        given = {name: raw for name, raw in environment.items() if name.startswith(PREFIX)}
        values: dict[str, Any] = {}
        faults: list[str] = []
        for name, raw in sorted(given.items()):
            try:
                setting, text = _find_setting(name, raw, known, given)
                values[setting.name] = setting.metadata["read"](text)
            except (ValueError, OSError) as error:
                faults.append(f"{name}: {error}")
        if faults:
            raise ConfigError("The configuration cannot be used. " + "; ".join(faults) + ".")
        return cls(**values)


def _find_setting(name: str, raw: str, known: Mapping[str, Any], given: Mapping[str, str]) -> tuple[Any, str]:
    if name in known:
        return known[name], raw
    plain = name.removesuffix("_FILE")
    if name.endswith("_FILE") and plain in known and known[plain].metadata["secret"]:
        if plain in given:
            raise ValueError(f"is given beside {plain}; keep one of them")
        return known[plain], Path(raw).read_text(encoding="utf-8").strip()
    near = difflib.get_close_matches(name, known, 1)
    raise ValueError("there is no such setting" + (f", did you mean {near[0]}?" if near else ""))
