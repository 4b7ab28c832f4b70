"""The words by which pages are read, from the table of them."""

from service.core.data import read_table


def page_words(kind: str) -> frozenset[str]:
    """The words of a kind: names of accounts, words such as "by", particles of names, elements that make lines."""
    return frozenset(row["word"] for row in read_table("page_words.tsv") if row["kind"] == kind)
