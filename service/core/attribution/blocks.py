"""One block for the credits of many works."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.core.attribution.messages import messages_for
from service.core.attribution.model import Credit
from service.core.attribution.spans import Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The credits of many works in one piece, in their order."""

    text: str
    html: str
    markdown: str
    lang: str
    dir: Direction


def credit_block(credits: Sequence[Credit], *, lang: str) -> Block:
    """The credits one below the other; credits that say the same stand there once."""
    distinct = {credit.html: credit for credit in credits}.values()
    dir = messages_for(lang).dir
    inner = "".join(credit.html for credit in distinct)
    return Block(
        text="\n".join(credit.text for credit in distinct),
        html=f'<div class="credits" lang="{lang}" dir="{dir}">{inner}</div>',
        markdown="\n\n".join(credit.markdown for credit in distinct),
        lang=lang,
        dir=dir,
    )
