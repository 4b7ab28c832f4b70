"""What a license surely allows, as bits that are stored with an article and filter lists (`may=commercial,adapt`)."""

from collections.abc import Iterable, Sequence
from functools import lru_cache, reduce
from operator import or_

from service.core.errors import InvalidValue
from service.core.grants import Claim, Grant
from service.core.licenses import License
from service.core.permission.claims import is_disputed, judge_claim, judge_grants
from service.core.permission.rulings import Situation

REPUBLISH, COMMERCIAL, ADAPT, COMMERCIAL_ADAPT = 1, 2, 4, 8

_SITUATIONS = {
    REPUBLISH: Situation(use="republish", commercial="no"),
    COMMERCIAL: Situation(use="republish", commercial="yes"),
    ADAPT: Situation(use="adapt", commercial="no"),
    COMMERCIAL_ADAPT: Situation(use="adapt", commercial="yes"),
}
_MASKS = {"republish": REPUBLISH, "commercial": COMMERCIAL, "adapt": ADAPT}


def may_flags(standing: Sequence[Grant]) -> int:
    """The bits of what the grants that stand for an article surely allow: to republish it, to do so commercially, to
    make and share adaptations, and the last two by one and the same grant.

    Of alternatives any one is enough for a bit; a dispute, or a license without a version, has what all candidates
    have, if a result can keep to all of them. Parts and earlier offers play no role.
    """
    if is_disputed(standing):
        return sum(flag for flag, use in _SITUATIONS.items() if judge_grants(standing, use).ruling.permits)
    return reduce(or_, (_flags_of(grant.claim) for grant in standing), 0)


def may_mask(words: Iterable[str]) -> int:
    """The bits that an article must have to be listed for `republish`, `commercial`, `adapt`, or several of them.

    Raises InvalidValue for another word.
    """
    words = set(words)
    for word in sorted(words - _MASKS.keys()):
        raise InvalidValue("unknown-permission", f"There is no {word!r}; may takes {', '.join(_MASKS)}.")
    if words >= {"commercial", "adapt"}:
        return COMMERCIAL_ADAPT
    return reduce(or_, (_MASKS[word] for word in words), 0)


def _flags_of(claim: Claim) -> int:
    return _flags(claim.license, claim.status, claim.candidates)


@lru_cache(maxsize=2048)
def _flags(license: License | None, status: str, candidates: tuple[str, ...]) -> int:
    claim = Claim(status=status, license=license, candidates=candidates)
    return sum(flag for flag, situation in _SITUATIONS.items() if judge_claim(claim, situation).permits)
