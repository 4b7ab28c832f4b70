"""The name that our writers sign what they write with, by which our readers know it from what others wrote.

Ids and URNs of records do not tell: others number their records in the same way.
"""

SIGNATURE = "Creditline"
"""The name of the program, as it stands where a form has a place for its maker."""


def is_ours(signed: object) -> bool:
    """Whether what stands in the place of the maker is our name, letter by letter."""
    return signed == SIGNATURE
