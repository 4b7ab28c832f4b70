"""An article is served with the document of its source."""

import json

from service.actions.articles import add_article
from service.storage.articles import serve_articles
from service.storage.machine_terms import serve_article_with_source
from service.storage.sources import find_source
from tests.factories import ORDER, checked_article, moth


def test_an_article_comes_with_the_document_of_its_source(database):
    id = add_article(database, ORDER, checked_article(moth())).id
    row = serve_article_with_source(database, id)
    slug = json.loads(row[1])["source"]["id"]
    assert tuple(row[:4]) == tuple(serve_articles(database, [id])[id])
    assert row[4] == find_source(database, slug).document


def test_what_never_was_is_none(database):
    assert serve_article_with_source(database, "01900000-0000-7000-8000-000000000000") is None
