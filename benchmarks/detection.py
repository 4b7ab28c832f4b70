"""How long detection takes, in processor time: the statements of the tests, and a mebibyte of hostile text.

python -m benchmarks.detection
"""

import gc
import json
import time
from pathlib import Path
from statistics import median, quantiles

from service.core.detection.detector import detect_anew

MEBIBYTE = 1 << 20
ROUNDS = 40
STATEMENTS = Path(__file__).parents[1] / "tests/core/statements.ndjson"
URL = "https://creativecommons.org/licenses/by-sa/4.0/"
NOTHING = "The ferry leaves at noon and is back by nightfall, weather permitting, as the harbor master says."
HOSTILE = (
    "<",
    '<a href="',
    "\"'",
    "<!--",
    "<![CDATA[",
    "<div>",
    '<div about="x">',
    "<item><author>",
    "<a rel=license",
    f'<a rel="license" href="{URL}">CC BY',
    f'<p about="a" rel="license" href="{URL}">',
    '<meta name="dc.rights" content="CC BY 4.0 &amp; x">',
    f'<script type="application/ld+json">{{"license":"{URL}"}}</script>',
    "&amp;",
    " ",
    "\n",
    "x",
    "cc by ",
    "CC BY 4.0 ",
    "by-nc ",
    "creative commons license ",
    "CC BY-NC-SA 4.0 International (CC BY-SA 3.0), ",
    f"{URL} ",
    f"[CC BY 4.0]({URL}), ",
    "creativecommons.org",
    "https://creativecommons.orgx/",
    "4.0, ",
    "not licensed under CC BY ",
    "? ",
    "署名非商业性使用",
    "نَسْبُ ",
    "a\u0301",
    "CC BY Ж © ",
    "© by ",
    "Photo: ",
    "photo by Jane ",
    "%20",
    "\x00",
)


def main() -> None:
    """Print the spread over all statements, and the slowest of the hostile texts."""
    gc.disable()
    texts = [json.loads(line) for line in STATEMENTS.read_text(encoding="utf-8").splitlines()]
    spent = sorted(_best_times([(x["text"], x.get("media_type", "text/plain")) for x in texts]))
    cuts = quantiles(spent, n=100)
    print(f"{len(spent)} statements, µs: median {median(spent):.0f}, p95 {cuts[94]:.0f}, p99 {cuts[98]:.0f}")
    print(f"a sentence without a license, µs: {_best_times([(NOTHING, 'text/plain')])[0]:.0f}")
    gc.enable()
    slowest = sorted((_spend(piece, kind), kind, piece) for piece in HOSTILE for kind in ("text/plain", "text/html"))
    for seconds, kind, piece in reversed(slowest[-5:]):
        print(f"{seconds:.2f} s for a mebibyte of {kind}: {piece[:50]!r}")


def _best_times(texts: list[tuple[str, str]]) -> list[float]:
    """The shortest processor time of each, in microseconds; all are read in turn, so that none has a warm cache."""
    best = [float("inf")] * len(texts)
    for _ in range(ROUNDS):
        for index, (text, media_type) in enumerate(texts):
            started = time.process_time_ns()
            detect_anew(text, media_type, None)
            best[index] = min(best[index], (time.process_time_ns() - started) / 1000)
    return best


def _spend(piece: str, media_type: str) -> float:
    text = (piece * (MEBIBYTE // len(piece) + 1))[:MEBIBYTE]
    started = time.process_time()
    detect_anew(text, media_type, None)
    return time.process_time() - started


if __name__ == "__main__":
    main()
