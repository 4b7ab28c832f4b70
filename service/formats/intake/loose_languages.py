"""Languages as other people name them: tags of BCP 47, and the three letters of ISO 639-2 and 639-3."""

from functools import lru_cache

from babel.core import get_global

from service.core.errors import InvalidValue
from service.core.languages import canonical_language

_THREE = {three: two for three, two in get_global("language_aliases").items() if len(three) == 3 and len(two) == 2}
# The codes of ISO 639-2 that stand for no language.
_NONE = frozenset({"und", "zxx", "mis", "mul"})


@lru_cache(maxsize=1024)
def read_language(text: str) -> str | None:
    """The BCP 47 tag of a language, the two letters where a language has them; None for what is no language."""
    tag = text.strip().replace("_", "-")
    head, _, rest = tag.partition("-")
    short = _THREE.get(head.lower(), head)
    if head.lower() in _NONE:
        return None
    try:
        return canonical_language(f"{short}-{rest}" if rest else short)
    except InvalidValue:
        return None
