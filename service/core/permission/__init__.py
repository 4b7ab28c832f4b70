"""Permission: may I do this with that article, what must I do along with it, and by which rule?"""

from service.core.permission.decisions import decide
from service.core.permission.flags import may_flags, may_mask
from service.core.permission.model import USES, Duty, Permission, Question, Reason, Subject, Use
from service.core.permission.outbound import find_outbound
from service.core.permission.subjects import subject_of, subject_of_claim

__all__ = [
    "USES",
    "Duty",
    "Permission",
    "Question",
    "Reason",
    "Subject",
    "Use",
    "decide",
    "find_outbound",
    "may_flags",
    "may_mask",
    "subject_of",
    "subject_of_claim",
]
