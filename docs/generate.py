"""Write the tables of the documentation that are made from the code; with ``--check`` only tell whether they are."""

import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from command_tables import command_tables
from losses import loss_tables
from verdicts import combination_tables, verdict_tables

from service.app import create_app, open_database
from service.config import PREFIX, Config
from service.storage.migrations import migrate_up
from service.web.problem_types import BY_SLUG

ROOT = Path(__file__).parents[1]
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def main(arguments: Sequence[str]) -> int:
    """Bring every table up to date, or name the files where one is not."""
    stale = [(path, text) for path, text in _documents() if path.read_text(encoding="utf-8") != text]
    for path, text in stale:
        if "--check" in arguments:
            print(f"{path.relative_to(ROOT)} is not what the code says; run: make docs")
        else:
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")
    return 1 if stale and "--check" in arguments else 0


def _documents() -> Iterator[tuple[Path, str]]:
    """Each file with a table, and its text as it should be."""
    tables: dict[str, tuple[str, Callable[[], str]]] = {
        "README.md": ("routes", _routes),
        "docs/configuration.md": ("settings", _settings),
        "docs/problems.md": ("problems", _problems),
        "docs/commands.md": ("commands", lambda: command_tables(_table)),
        "docs/permission.md": ("verdicts", verdict_tables),
        "docs/combinations.md": ("combinations", combination_tables),
        "docs/formats.md": ("losses", loss_tables),
    }
    for name, (mark, table) in tables.items():
        path = ROOT / name
        block = f"<!-- {mark}: made by make docs -->\n\n{table()}\n\n<!-- {mark}: end -->"
        pattern = rf"<!-- {mark}: made by make docs -->.*<!-- {mark}: end -->"
        text, found = re.subn(pattern, lambda _, block=block: block, path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert found == 1, f"{name} needs one block marked {mark}"
        yield path, text


def _settings() -> str:
    rows = []
    for item in fields(Config):
        about = item.metadata["about"] + (" Secret." if item.metadata["secret"] else "")
        rows.append((f"`{PREFIX}{item.name.upper()}`", _default(item.default), _values(item.metadata["read"]), about))
    return _table(("Variable", "Default", "Values", "Meaning"), rows)


def _default(value: Any) -> str:
    if value is None or value == ():
        return "none"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _values(read: Callable[[str], Any]) -> str:
    """What a setting takes, in the words that refuse anything else."""
    try:
        read("\0")
    except ValueError as error:
        match = re.fullmatch("use (?:one of )?(.*)", str(error))
        if match:
            return _escape(match[1])
    return "text"


def _problems() -> str:
    kinds = sorted(BY_SLUG.values(), key=lambda kind: (kind.status, kind.slug))
    rows = [(str(kind.status), f"`{kind.slug}`", _escape(kind.title), _escape(kind.explanation)) for kind in kinds]
    return _table(("Status", "Type", "Title", "What to do"), rows)


def _routes() -> str:
    with tempfile.TemporaryDirectory() as folder:
        config = Config(database_url=f"sqlite:///{folder}/routes.db")
        database = open_database(config)
        migrate_up(database)
        database.close()
        app = create_app(config)
    rows = []
    for rule in app.url_map.iter_rules():
        summary = (app.view_functions[rule.endpoint].__doc__ or "").split("\n", 1)[0]
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        rows += [(path, method, _escape(summary)) for method in METHODS if method in (rule.methods or ())]
    rows.sort(key=lambda row: (row[0].split("/"), METHODS.index(row[1])))
    return _table(("Route", "What it does"), [(f"`{method} {path}`", summary) for path, method, summary in rows])


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _escape(text: str) -> str:
    return re.sub(r"([|*<>])", r"\\\1", text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
