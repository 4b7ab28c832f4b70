"""Pages for people: an article with the credit to copy, a license, a source. They load nothing."""

from functools import cache, lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from service.core.articles import Article, claims_of
from service.core.attribution import credit_work, work_of
from service.core.attribution.cldr import direction_of
from service.core.attribution.spans import linkable
from service.core.catalogue import official_title
from service.core.data import read_table
from service.core.licenses import License
from service.core.sources import Source
from service.core.terms import terms_url
from service.formats.media_types import MEDIA_TYPES
from service.formats.provider import Provider
from service.formats.rights import word_claim, word_request
from service.formats.schema_org import describe_article, dump_linked_data
from service.formats.signposts import form_query, signposts_of

CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What a page may do: show its own styles, and nothing else."""

_ABOUT = {row["term"]: row["about"] for row in read_table("license_terms.tsv")}


def render_page(article: Article, provider: Provider) -> bytes:
    """The page of an article, with the article as JSON-LD in it."""
    credit = credit_work(work_of(article))
    linked_data = dump_linked_data(describe_article(article, credit, provider))
    page = _template("article.html").render(
        article=article,
        content=article.content,
        claims=claims_of(article),
        credit=credit,
        signposts=signposts_of(article),
        forms={name: form_query(name, article.as_of) for name in MEDIA_TYPES if name != "html"},
        # Both are escaped where they are made: markup with its values escaped, JSON without a "<".
        credit_html=Markup(credit.html),  # noqa: S704
        linked_data=Markup(linked_data.decode()),  # noqa: S704
    )
    return page.encode()


@lru_cache(maxsize=64)
def render_license_page(license: License) -> bytes:
    """The page of a license: what it permits, requires and prohibits, and what it is called in which language."""
    terms = (("Permits", license.permits), ("Requires", license.requires), ("Prohibits", license.prohibits))
    page = _template("license.html").render(
        license=license,
        terms=[(word, [(name, _ABOUT[name]) for name in names]) for word, names in terms],
        titles=_official_titles(license),
    )
    return page.encode()


def render_source_page(source: Source) -> bytes:
    """The page of a source: its policies with what says so, and what it asks."""
    return _template("source.html").render(source=source, content=source.content).encode()


def _official_titles(license: License) -> list[tuple[str, str, str]]:
    """Language, direction and title, in the languages of the license that have an official one."""
    found = {tag: title for title, tag in (official_title(license, lang) for lang in license.languages)}
    return [(tag, direction_of(tag.partition("-")[0]), title) for tag, title in sorted(found.items())]


@cache
def _template(name: str) -> Template:
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    environment = Environment(
        autoescape=True,
        loader=PackageLoader("service.formats"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(linkable=linkable, word_claim=word_claim, terms_url=terms_url, word_request=word_request)
    return environment
