"""Keep a complete copy of a server's articles in a file: python follow.py http://127.0.0.1:8000 copy.json"""

import json
import sys
import time
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen


def main(base, file):
    """Take a snapshot or go on from the file, and follow the changes for ever."""
    copy = json.loads(file.read_text("utf-8")) if file.exists() else None
    while True:
        try:
            copy = follow(base, copy) if copy else take_snapshot(base)
            save(copy, file)
        except HTTPError as error:
            if error.code == 410:  # cursor-expired or feed-reset: the feed no longer knows our place
                copy = None
            elif error.code not in (429, 503):
                raise
            time.sleep(1)
        except (OSError, HTTPException):  # the network, or the server starts anew
            time.sleep(1)


def take_snapshot(base):
    """All articles, with the place in the feed that was read before the first of them."""
    page, headers = get(f"{base}/v1/articles?sort=id&limit=200")
    articles = {article["id"]: article for article in page["data"]}
    while following := page["page"]["next"]:
        page, _ = get(base + following)
        articles |= {article["id"]: article for article in page["data"]}
    return {"cursor": headers["Feed-Seq"], "articles": articles}


def follow(base, copy):
    """The copy after the next changes, or as it is where there are none for a while."""
    feed, _ = get(f"{base}/v1/changes?after={copy['cursor']}&limit=200&wait=20")
    for change in feed["data"]:
        if change["type"].startswith("article."):
            copy["articles"][change["id"]] = change["data"]
    living = {id: article for id, article in copy["articles"].items() if article}  # null: deleted or purged
    return {"cursor": feed["cursor"], "articles": living}


def get(url):
    """The document at a URL, and the headers that came with it."""
    with urlopen(url, timeout=60) as response:  # noqa: S310
        return json.load(response), response.headers


def save(copy, file):
    """Put the place and the articles into the file, both or neither."""
    new = file.with_suffix(".new")
    new.write_text(json.dumps(copy), "utf-8")
    new.replace(file)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
