"""Credits: who must be named for a work, how, and under which license, as a model and as its views."""

from service.core.attribution.blocks import Block, credit_block
from service.core.attribution.credits import credit_work, missing_elements
from service.core.attribution.messages import LANGUAGES, match_language
from service.core.attribution.model import (
    RULE_SET,
    Credit,
    Element,
    Form,
    Medium,
    PartCredit,
    Reuse,
    Work,
    work_of,
)
from service.core.attribution.reuse_wording import CHANGES

__all__ = [
    "CHANGES",
    "LANGUAGES",
    "RULE_SET",
    "Block",
    "Credit",
    "Element",
    "Form",
    "Medium",
    "PartCredit",
    "Reuse",
    "Work",
    "credit_block",
    "credit_work",
    "match_language",
    "missing_elements",
    "work_of",
]
