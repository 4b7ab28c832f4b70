"""How long detection takes: statements of every kind, and a mebibyte of hostile text.

python -m benchmarks.detection
"""

import time
from collections.abc import Callable
from statistics import median

from service.core.detection import detect

MEBIBYTE = 1 << 20
URL = "https://creativecommons.org/licenses/by-sa/4.0/"
STATEMENTS = {
    "short name": ("CC BY 4.0", "text/plain"),
    "sentence": ("All texts by the Harbour Gazette are licensed under CC BY-SA 4.0, as ever.", "text/plain"),
    "markdown": (f"Photo by Jane Doe, [CC BY-SA 4.0]({URL})", "text/plain"),
    "chinese": ("本站文章采用知识共享署名-相同方式共享 4.0 国际许可协议", "text/plain"),
    "link": (f'<p>Under <a rel="license" href="{URL}">CC BY-SA 4.0</a></p>', "text/html"),
    "feed": (f"<item><dc:creator>Jane</dc:creator><cc:license>{URL}</cc:license></item>", "application/xml"),
    "no license": ("The ferry leaves at noon and is back by nightfall, weather permitting.", "text/plain"),
}
HOSTILE = {
    "less-than": ("<", "text/html"),
    "open tags": ('<a href="', "text/html"),
    "nested quotes": ("\"'", "text/html"),
    "comments": ("<!--", "text/html"),
    "entities": ("&amp;", "text/html"),
    "anchors": (f'<a rel="license" href="{URL}">CC BY', "text/html"),
    "items": ("<item><author>", "application/xml"),
    "spaces": (" ", "text/plain"),
    "cc by": ("cc by ", "text/plain"),
    "names": ("CC BY 4.0 ", "text/plain"),
    "urls": (f"{URL} ", "text/plain"),
    "versions": ("4.0, ", "text/plain"),
    "chinese": ("署名非商业性使用", "text/plain"),
    "arabic": ("نَسْبُ ", "text/plain"),
    "copyright": ("© by ", "text/plain"),
}


def main() -> None:
    """Print the median for each statement and the time for each hostile text."""
    for name, (text, media_type) in STATEMENTS.items():
        seconds = _median(lambda text=text, media_type=media_type: detect(text, media_type=media_type))
        print(f"{name:<16}{seconds * 1e6:10.0f} µs")
    for name, (piece, media_type) in HOSTILE.items():
        text = (piece * (MEBIBYTE // len(piece) + 1))[:MEBIBYTE]
        started = time.process_time()
        detect(text, media_type=media_type)
        print(f"{name:<16}{time.process_time() - started:10.2f} s a mebibyte")


def _median(call: Callable[[], object], times: int = 500) -> float:
    durations = []
    for _ in range(times):
        started = time.perf_counter()
        call()
        durations.append(time.perf_counter() - started)
    return median(durations)


if __name__ == "__main__":
    main()
