"""What stands inside an article with rights of its own: a license of the text does not clear it."""

from collections.abc import Sequence
from datetime import date

from service.core.articles import Part
from service.core.grants import UNKNOWN, Claim
from service.core.permission.claims import judge_claim
from service.core.permission.model import Ruling
from service.core.permission.rulings import Situation
from service.core.permission.sentences import said_duty, said_reason


def with_parts(ruling: Ruling, parts: Sequence[Part], situation: Situation, day: date) -> Ruling:
    """The ruling on the text, with what the parts add to it.

    The verdict on the text stands, but with a part that is not cleared for the use a plain yes gets the duty to leave
    it out or clear it. A part that is cleared under terms of its own adds the duty to keep to them.
    """
    if situation.use == "index" or not parts:
        return ruling
    rulings = [judge_claim(_claim_on(part.license, day), situation) for part in parts]
    uncleared = [index for index, part in enumerate(rulings) if not part.permits]
    reasons = tuple(said_reason("uncleared-part", part=f"part:{i}", kind=parts[i].kind) for i in uncleared)
    noted = ruling.plus(reasons=reasons)
    if not ruling.permits:
        return noted
    bound = [index for index, part in enumerate(rulings) if part.permits and part.duties]
    duties = [
        said_duty(kind, parts=_name(found)) for kind, found in (("parts", uncleared), ("part-terms", bound)) if found
    ]
    if not duties:
        return noted
    return Ruling(
        verdict="allow_with_duties",
        duties=(*noted.duties, *duties),
        reasons=noted.reasons,
        questions=noted.questions,
    )


def _claim_on(claim: Claim, day: date) -> Claim:
    """The claim if it is on offer on `day`."""
    is_open = (claim.start is None or claim.start <= day) and (claim.end is None or day <= claim.end)
    return claim if is_open else UNKNOWN


def _name(indexes: Sequence[int]) -> str:
    return ", ".join(f"part:{index}" for index in indexes)
