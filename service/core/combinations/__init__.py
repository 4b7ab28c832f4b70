"""Combinations: may these works go together, and which license may the result carry?"""

from service.core.combinations.answers import combine
from service.core.combinations.model import Combination, CombinedWork, Conflict, Kind, Member

__all__ = ["Combination", "CombinedWork", "Conflict", "Kind", "Member", "combine"]
