"""U+2028 and U+2029: JSON takes them bare, but JavaScript before 2019 and Python's `splitlines` end a line there."""

_ESCAPES = (("\u2028".encode(), rb"\u2028"), ("\u2029".encode(), rb"\u2029"))


def escape_separators(body: bytes) -> bytes:
    """The same JSON with both of them escaped, so that a document is one line to every reader."""
    for bare, escaped in _ESCAPES:
        body = body.replace(bare, escaped)
    return body
