"""Credits: who must be named for a work, how, and under which license, as a model and as its views."""

from service.core.attribution.credits import credit_work, missing_elements
from service.core.attribution.model import RULE_SET, Credit, Element, Reuse, Work, work_of

__all__ = ["RULE_SET", "Credit", "Element", "Reuse", "Work", "credit_work", "missing_elements", "work_of"]
