"""Words about rights that hold a use back: beside a license that gives this use they are in dispute with it.

Where anything may be talked of such words are common; here they are looked for only in what a record says of its
rights, and only where they name no license themselves.
"""

import re
from functools import lru_cache

from service.core.detection.cues import has_cue
from service.core.detection.folding import fold

_LIMITS = re.compile(
    r"\b(?:prohibit|forbid|restrict|exclusiv|confidential|proprietary|subscri|embargo"
    r"|for (?:personal|private|internal|editorial|educational|academic)\b[^.!?\n]{0,40}?\b(?:use|purposes)"
    r"|(?<!without )(?:permission|consent|authori[sz]ation)(?! is (?:hereby )?(?:granted|given))"
    r"|untersagt|verboten|(?<!einige rechte )vorbehalten|genehmigung"
    r"|interdit|autorisation|reserve[des]{0,2} (?:aux?|for|to)\b|prohibid|permiso|autorizacion"
    r"|vietat|autorizzazione|proibid|autorizacao|toestemming|zabroni|запрещ|заборон|разрешени)"
    r"|禁止|不得|許可|许可|授权"
)
_ELEMENTS = {
    "nc": re.compile(
        r"(?:\bonly (?:for )?)?(?:\b(?:non|no|not for|nicht|nao|niet|ikke|icke|не)[\s-]?"
        r"(?:commer[cz]|komm?er[czs]|коммерч|комерц)|некоммерч)\w*(?:\s(?:re-?)?(?:uses?|purposes?))?(?:\sonly)?"
    ),
    "nd": re.compile(r"\bno[\s-]?deriv|\bno (?:changes|modification|adaptation)"),
}


@lru_cache(2048)
def limits_use(words: str, elements: frozenset[str] = frozenset()) -> bool:
    """Whether words hold back what a license with these `elements` (nc, nd) gives."""
    folded = fold(words)
    if any(pattern.search(folded) for element, pattern in _ELEMENTS.items() if element not in elements):
        return True
    rest = folded
    for element in elements & _ELEMENTS.keys():
        rest = _ELEMENTS[element].sub(" ", rest)
    return bool(_LIMITS.search(rest)) or has_cue("not", rest) or has_cue("only", rest)
