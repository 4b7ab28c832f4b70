"""Where a license is named and not granted: denied, replaced, reported, compared or asked about."""

import re

_REACH = 160
# Clauses end here; what stands before does not reach the license any more.
_CLAUSE = re.compile(
    r"[.!?。！？]['\"”»)\]]*\s|[.!?。！？]$|[;:·•|—–]|\n|[,，、،]\s|\s[-(]|(?<=[。！？；：])"
    r"|\b(?:but|however|although|instead it|sondern|aber|sino|pero|mais|ma|mas|maar|ale|men|но|але)\b"
)
_SENTENCE = re.compile(r"[.!?。！？]['\"”»)\]]*\s|[。！？]|\n\s*\n|\n(?=\s*[-*•])")
_OTHERWISE = re.compile(
    r"otherwise|anders|autrement|contraire|contrario|otra cosa|altro|altrimenti|oznaczono|inaczej|jinak|annars|annet|andet|muuta"
    r"|иное|інше|belirtilmedik|lain|特别|另有|特別|除非|特に|where noted|noted"
)
_NOT = re.compile(
    r"\b(?:not|never|no longer|cannot|nor|neither|isn't|aren't|wasn't|weren't|hasn't|haven't|don't|doesn't|didn't|can't|couldn't|won't)\b"
    r"|\b(?:nicht|nie|niemals|kein|keine|keiner|keinen|keinem|weder|nichts)\b"
    r"|\bn'(?:est|etait|sont|a|ont|autorise|offre)\b|\bne (?:sont|sera|seront|peut|peuvent|releve|relevent|s'applique)\b|\baucune?\b|\bni\b"
    r"|\bno (?:esta|estan|es|son|se|ha|tiene|usa|usamos|puede|bajo)\b|\bnunca\b|\btampoco\b|\bninguna?\b"
    r"|\b(?:nao|não)\b|\bnenhuma?\b|\bnem\b"
    r"|\bnon (?:e|sono|si|ha|viene|vengono|puo|possono|sotto|era)\b|\bnessuna?\b"
    r"|\b(?:niet|geen|nooit|noch)\b|\b(?:inte|ej|aldrig|ingen|inget|inga)\b|\b(?:ikke|aldri|aldrig)\b|\b(?:ei|eivat|eika)\b"
    r"|\b(?:nie|nigdy|zadna|zadnej|bez licencji)\b|\b(?:neni|nejsou|nelze|nikdy)\b|\b(?:nije|nisu)\b|\b(?:nem|nincs)\b|\bnu (?:este|sunt|se)\b"
    r"|\b(?:не|нет|ни|никогда|нельзя|немає|ні)\b|\b(?:degildir|degil)\b|\b(?:bukan|tidak|tanpa)\b|\bkhong\b"
    r"|\b(?:ليس|ليست|لا|غير مرخص|لم|لن)\b|\b(?:نیست|نیستند|نمی|لایسنس نشده)\b|\b(?:לא|אינו|אינה|אין)\b"
    r"|不(?:是|采用|受|得以|适用|適用|採用|使用|按|在)|并非|並非|没有|沒有|未(?:采用|採用|以|按|使用|在)|ない|ません|않|아닙|아니"
)
_ONLY = re.compile(
    r"\bnot (?:only|just|merely)\b|\bnicht nur\b|\bnon seulement\b|\bno solo\b|\bnon solo\b|\bnao so\b|не только"
)
_INSTEAD = re.compile(
    r"\b(?:instead of|rather than|other than|unlike|without|as opposed to|anstatt|statt|anstelle|ohne|au lieu d|plutot que|en lugar de|en vez de"
    r"|invece (?:di|che)|em vez de|in plaats van|istallet for|i stedet for|zamiast|вместо|formerly|previously|used to be|no)\b"
    r"(?:\s+(?:a|an|the|any|der|die|das|einer|eine|la|le|les|une|un|una|el|los|l|using|under|via|en|valid|explicit|public))*\W*$"
)
_AFTER_NOT = re.compile(
    r"^\W*(?:licen[cs]es?|lizenz(?:en)?|licencias?|licences?|licenze|licenza|licencas?|licenties?|лицензи\w+)?\W*"
    r"(?:4\.0|3\.0)?\W*(?:(?:do|does|did|is|are|was|were|has|have|can|could|will|would|should|shall|may|must)\s*(?:not\b|n't)"
    r"|doesn't|don't|isn't|aren't|cannot|gilt nicht|ist nicht|ne s'applique|no se aplica|no cubre|nao se aplica|non si applica|geldt niet"
    r"|gjelder ikke|не распространяется|不适用|不適用|は適用され)"
)
_REPORTED = re.compile(
    r"\b(?:court|judge|lawsuit|sued|sues|plaintiff|defendant|ruling|ruled|verdict|tribunal|gericht|urteil|klage|juez|sentencia|jugement|суд)\b"
    r"|\b(?:announc\w+|unveil\w+|launch(?:es|ed)|lanza|lancia|veroffentlichte die version|survey|study finds|according to a (?:study|report)|poll)\b"
    r"|\b(?:plan s|mandates?|mandated|requires? (?:authors|grantees|researchers|all|that|funded|publication)|policy requires|must (?:publish|release|license|be))\b"
    r"|\b(?:compatible with|interoperable with|compatibility|similar to|comparable to|equivalent to|kompatibel mit|compatible avec|compatibles? con|modelled on|inspired by|akin to)\b"
    r"|\b(?:what is|what are|how to|why|explained|faq about|guide to|introduction to|history of|wie man|was ist|que es|qu'est-ce|cos'e|что такое|debate|debated|critics?|criticism|controvers\w+)\b"
    r"|\b(?:should|could|might|would|consider\w*|proposes?|proposed|suggest\w*|recommend\w*|plans? to|planning|hopes? to|wants? to|urg(?:es|ed)|calls? (?:on|for)|if you|if we|if the)\b"
    r"|\b(?:organi[sz]ation|nonprofit|non-profit|foundation|founder|co-founder|ceo|director|summit|conference|board of|team at|chapter|movement)\b"
)
