"""What a permission is asked of: an article with its source and its ledger, or a license by itself."""

from collections.abc import Sequence
from datetime import UTC, datetime

from service.core.articles import Article
from service.core.grants import Claim, Grant
from service.core.permission.model import Subject
from service.core.sources import SourceContent, complete_article

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def subject_of(article: Article, source: SourceContent, ledger: Sequence[Grant]) -> Subject:
    """What is known of an article; what its source asks and states counts where the article says nothing."""
    content = complete_article(article, source).content
    return Subject(
        ledger=tuple(ledger),
        more_permissions_url=content.more_permissions_url,
        requests=content.requests,
        ai_terms=content.ai_terms,
        status=content.status,
        corrections=content.corrections,
        parts=content.parts,
    )


def subject_of_claim(claim: Claim) -> Subject:
    """A license by itself, as if it had always been on offer."""
    grant = Grant(n=1, claim=claim, offer=1, recorded_at=_LONG_AGO, recorded_by="")
    return Subject(ledger=(grant,))
