"""How many members of drafts are right, and the milliseconds a page, against a folder of pages with gold labels.

``python -m benchmarks.pages FOLDER``: the folder has pages and ``gold.jsonl``, one object a line with ``file``,
``url``, ``title``, ``authors``, ``publisher``, ``published``, ``language``, ``licenses``, and in ``accept`` further
right values; null is not scored. Titles and names must be the same but for spaces; dates the same day. A license is
right where the draft has exactly those of the gold; one that the draft has and the gold has not is invented.
"""

import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from service.formats.pages import Draft, read_page

Gold = dict[str, Any]


@dataclass
class Score:
    """How many pages are right and how many scored, by member; the pages that are wrong; milliseconds of each page."""

    right: Counter[str] = field(default_factory=Counter)
    scored: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    invented: int = 0
    milliseconds: list[float] = field(default_factory=list)


def main() -> None:
    """Score the folder that is named, and print what came of it."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    if folder is None or not (folder / "gold.jsonl").exists():
        print("No folder with gold.jsonl was named: nothing is measured.")
        return
    score = score_folder(folder)
    for member, count in score.scored.items():
        print(f"{member:10} {score.right[member]:4} of {count:4}  {100 * score.right[member] / count:5.1f} %")
    times = sorted(score.milliseconds)
    print(f"invented licenses: {score.invented}")
    print(f"ms a page: median {statistics.median(times):.1f}, p95 {times[int(len(times) * 0.95)]:.1f}")
    print(*score.wrong, sep="\n")


def score_folder(folder: Path) -> Score:
    """Read every page of the folder's gold and compare."""
    score = Score()
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        gold: Gold = json.loads(line)
        page = (folder / gold["file"]).read_bytes()
        began = time.perf_counter()
        draft = read_page(page, url=gold["url"])
        score.milliseconds.append(1000 * (time.perf_counter() - began))
        _compare(gold, draft, score)
    return score


def _compare(gold: Gold, draft: Draft, score: Score) -> None:
    found = dict(_found(draft))
    for member, value in found.items():
        wanted = gold.get(member)
        if wanted is None or (member == "licenses" and not wanted):
            score.invented += member == "licenses" and bool(value)
            continue
        score.scored[member] += 1
        accepted = [wanted, *gold.get("accept", {}).get(member, ())]
        if value in [_plain(member, item) for item in accepted]:
            score.right[member] += 1
        else:
            score.wrong.append(f"{gold['file']} {member}: {value!r}, not {wanted!r}")


def _found(draft: Draft) -> Iterator[tuple[str, Any]]:
    members = draft.members
    license = members.get("license") or []
    terms = [license] if isinstance(license, dict) else license
    yield "title", _plain("title", members.get("title"))
    yield "authors", _plain("authors", [creator["name"] for creator in members.get("creators", [])])
    yield "publisher", _plain("publisher", members.get("source", {}).get("name"))
    yield "published", _plain("published", members.get("published_at"))
    yield "language", _plain("language", members.get("language"))
    yield "licenses", _plain("licenses", [term["url"] for term in terms if term.get("url")])


def _plain(member: str, value: Any) -> Any:
    """A value as it is compared."""
    if isinstance(value, list):
        plain = [" ".join(item.split()) for item in value]
        return sorted(plain) if member == "licenses" else plain
    if value is None:
        return None
    text = " ".join(value.split())
    return text[:10] if member == "published" else text[:2] if member == "language" else text


if __name__ == "__main__":
    main()
