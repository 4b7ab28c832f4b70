"""The words by which pages are read, from the table of them."""

from service.core.data import read_table


def page_words(kind: str) -> frozenset[str]:
    """The words of a kind.

    They are names of accounts, words such as "by" and those that bylines begin with, particles of names, elements that
    make lines or blocks, and what names of Creative Commons have in them where they are not in Latin letters. Of
    sentences about licenses: "this", and "this page" and "this site" in one word; what a page and its text are called;
    what else stands in a grant of it; that it is published "again"; and what is told of others: that they "said" so,
    "elsewhere".
    """
    return frozenset(row["word"] for row in read_table("page_words.tsv") if row["kind"] == kind)
