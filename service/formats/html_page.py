"""An article as a page for people: the credit to copy, the license, and what says so. It loads nothing."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from service.core.articles import Article
from service.core.attribution import credit_work, work_of
from service.core.attribution.spans import linkable
from service.formats.provider import Provider
from service.formats.rights import claims_of, terms_url, word_claim, word_request
from service.formats.schema_org import describe_article, dump_linked_data

CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What the page may do: show its own styles, and nothing else."""


def render_page(article: Article, provider: Provider) -> bytes:
    """The page, with the article as JSON-LD in it."""
    credit = credit_work(work_of(article))
    linked_data = dump_linked_data(describe_article(article, credit, provider))
    page = _template().render(
        article=article,
        content=article.content,
        claims=claims_of(article),
        credit=credit,
        # Both are escaped where they are made: markup with its values escaped, JSON without a "<".
        credit_html=Markup(credit.html),  # noqa: S704
        linked_data=Markup(linked_data.decode()),  # noqa: S704
    )
    return page.encode()


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True,
        loader=PackageLoader("service.formats"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(linkable=linkable, word_claim=word_claim, terms_url=terms_url, word_request=word_request)
    return environment.get_template("article.html")
