"""The export: everything that matches, in one stream."""

import csv
import io
import json
import socket
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from service.core.paging import MAX_LIMIT
from service.formats.documents.articles import read_article, render_article
from service.formats.spreadsheet import COLUMNS
from service.storage.articles import insert_article
from service.storage.database import Database
from service.web.streams import PATIENCE
from tests.api import ADMIN_KEY, Api, expect_problem, faults_of
from tests.factories import another_moth, moth

PATH = "/v1/export/articles"
MANY = 2 * MAX_LIMIT + 7


def ids_in(body: bytes) -> list[str]:
    return [json.loads(line)["id"] for line in body.splitlines()]


def fill(api: Api, database: Database, count: int) -> list[str]:
    """The ids, in their order, of `count` articles: one that a client registered, and others like it put beside it."""
    first = api.created("/v1/articles", moth(title="Moths", summary="s" * 400))["id"]
    (row,) = database.fetch_all("SELECT document, source_id FROM article")
    plain, ids = read_article(row[0]), [f"{first[:24]}{number:012x}" for number in range(1, count)]
    with database.transaction():
        for id in ids:
            content = replace(plain.content, url=f"https://lantern.example/many/{id}")
            article = replace(plain, id=id, content=content)
            insert_article(database, article, render_article(article), source_row=row[1])
    return sorted([first, *ids])


def begin(app: Flask, path: str = PATH, **environ: Any) -> TestResponse:
    """The answer to an export that is read piece by piece, as it is made."""
    headers = {"Authorization": f"Bearer {ADMIN_KEY}"}
    return app.test_client().get(path, headers=headers, buffered=False, environ_overrides=environ)


def pieces_of(response: TestResponse) -> Iterator[bytes]:
    return iter(response.response)


class TestContent:
    def test_every_article_is_there_once_in_the_order_of_the_ids(self, api, stored):
        ids = fill(api, stored, MANY)
        body = api.get(PATH).data
        assert ids_in(body) == ids
        assert [json.loads(line) for line in body.splitlines()] == api.walk("/v1/articles?sort=id&limit=200")
        rows = list(csv.DictReader(io.StringIO(api.get(f"{PATH}?format=csv").text)))
        assert [row["id"] for row in rows] == ids

    def test_it_takes_the_filters_and_orders_of_a_list(self, shared_api):
        for title, license in (("b", "CC-BY-4.0"), ("a", "CC-BY-4.0"), ("c", "CC-BY-ND-4.0")):
            shared_api.created("/v1/articles", another_moth(title=title, license=license))
        for query in ("license=CC-BY-4.0&sort=title", "license.unit[in]=by,by-nd&sort=-title", "may=adapt&sort=-id"):
            listed = [article["id"] for article in shared_api.walk(f"/v1/articles?{query}")]
            assert listed
            assert ids_in(shared_api.get(f"{PATH}?{query}").data) == listed

    def test_an_empty_one_is_empty_and_a_table_has_its_header(self, shared_api):
        assert shared_api.get(f"{PATH}?source=nobody").data == b""
        assert shared_api.get(f"{PATH}?source=nobody&format=csv").data == ",".join(COLUMNS).encode() + b"\r\n"

    def test_fields_trims_the_lines(self, shared_api):
        shared_api.created("/v1/articles", another_moth())
        lines = shared_api.get(f"{PATH}?fields=title").data.splitlines()
        assert lines
        assert all(json.loads(line).keys() == {"id", "version", "title"} for line in lines)


class TestHeaders:
    @pytest.mark.parametrize(
        ("query", "accept", "name", "kind"),
        [
            ("", "*/*", "articles.ndjson", "application/x-ndjson"),
            ("", "", "articles.ndjson", "application/x-ndjson"),
            ("", "application/x-ndjson", "articles.ndjson", "application/x-ndjson"),
            ("", "text/csv", "articles.csv", "text/csv; charset=utf-8"),
            ("", "text/csv; charset=utf-8; header=present", "articles.csv", "text/csv; charset=utf-8"),
            ("?format=csv", "application/x-ndjson", "articles.csv", "text/csv; charset=utf-8"),
            ("?format=ndjson", "text/csv", "articles.ndjson", "application/x-ndjson"),
        ],
    )
    def test_the_form_is_chosen_by_format_or_accept(self, shared_api, query, accept, name, kind):
        for method in ("GET", "HEAD"):
            headers = shared_api.send(method, f"{PATH}{query}", accept=accept).headers
            assert headers["Content-Type"] == kind
            assert headers["Content-Disposition"] == f'attachment; filename="{name}"'
            assert headers["Link"] == '<https://creativecommons.org/publicdomain/zero/1.0/>; rel="license"'
            assert "Content-Length" not in headers

    def test_where_nothing_fits_both_forms_are_listed(self, shared_api):
        problem = expect_problem(shared_api.get(PATH, accept="application/json"), 406, "not-acceptable")
        assert problem["available"] == ["application/x-ndjson", "text/csv"]

    @pytest.mark.parametrize("name", ["json", "atom", "xml"])
    def test_a_form_that_there_is_not_is_406_with_those_that_there_are(self, shared_api, name):
        problem = expect_problem(shared_api.get(f"{PATH}?format={name}"), 406, "not-acceptable")
        assert problem["available"] == ["application/x-ndjson", "text/csv"]
        assert problem["formats"] == ["ndjson", "csv"]

    def test_the_place_in_the_feed_is_that_of_before_the_first_article(self, app, api, stored):
        fill(api, stored, 3)
        head = api.read("/v1/changes")["head"]
        response = begin(app)
        api.created("/v1/articles", another_moth())
        assert response.headers["Feed-Seq"] == str(head)
        response.close()

    def test_head_reads_no_article(self, api, statements):
        statements.clear()
        assert api.head(PATH).status_code == 200
        assert not [sql for sql in statements if "article" in sql]


class TestFaults:
    @pytest.mark.parametrize(
        ("query", "place"),
        [
            ("limit=5", "limit"),
            ("cursor=x", "cursor"),
            ("count=exact", "count"),
            ("format=", "format"),
            ("format=csv&format=csv", "format"),
            ("fields=titel", "fields"),
            ("format=csv&fields=title", "fields"),
            ("sort=mood", "sort"),
            ("license=CC-BY-9", "license"),
        ],
    )
    def test_a_bad_parameter_is_400_before_the_first_byte(self, shared_api, query, place):
        for method in ("GET", "HEAD"):
            assert shared_api.send(method, f"{PATH}?{query}").status_code == 400
        problem = expect_problem(shared_api.get(f"{PATH}?{query}"), 400, "invalid-parameter")
        assert {at for at, _ in faults_of(problem)} == {place}

    def test_what_is_no_filter_is_unknown(self, shared_api):
        expect_problem(shared_api.get(f"{PATH}?colour=red"), 400, "unknown-parameter")

    def test_it_needs_a_key_where_reading_is_not_public(self, make_app):
        expect_problem(Api(make_app(public_read=False), None).get(PATH), 401, "unauthenticated")


class TestWhileOthersWrite:
    @pytest.mark.parametrize("query", ["", "?sort=-title", "?sort=published_at"])
    def test_what_does_not_change_meanwhile_is_met_exactly_once(self, app, api, stored, query):
        ids = fill(api, stored, MANY)
        response = begin(app, f"{PATH}{query}")
        pieces = pieces_of(response)
        body = next(pieces)
        touched = set(ids[::50])
        for place, id in enumerate(sorted(touched)):
            if place % 2:
                assert api.patch(f"/v1/articles/{id}", {"title": f"Zoo {place}"}, if_match="*").status_code == 200
            else:
                assert api.delete(f"/v1/articles/{id}", if_match="*").status_code == 204
            api.created("/v1/articles", another_moth(published_at="2024-05-04"))
        met = ids_in(body + b"".join(pieces))
        response.close()
        assert [id for id in met if id in set(ids) - touched] == [
            id for id in ids_of_order(query, ids) if id not in touched
        ]

    def test_no_transaction_is_held_open_between_pieces(self, app, api, stored):
        fill(api, stored, MANY)
        response = begin(app)
        pieces = pieces_of(response)
        next(pieces)
        assert not stored.in_transaction
        assert stored.peewee.is_closed() or stored.peewee.is_connection_usable()
        response.close()


def ids_of_order(query: str, ids: list[str]) -> list[str]:
    """The ids as an order gives them: all titles and dates are the same, so that the ids decide."""
    return list(reversed(ids)) if query == "?sort=-title" else ids


class TestOneAtATime:
    def test_a_second_one_is_503_until_the_first_has_ended(self, app, api, stored):
        fill(api, stored, MANY)
        first = begin(app)
        next(pieces_of(first))
        problem = expect_problem(api.get(PATH), 503, "overloaded")
        assert "export" in problem["detail"]
        assert api.head(PATH).status_code == 200
        first.close()
        assert api.get(PATH).status_code == 200

    def test_one_that_nobody_began_to_read_makes_room_once_it_is_closed(self, app, api):
        begin(app).close()
        assert api.get(PATH).status_code == 200
        assert api.get(PATH).status_code == 200

    def test_a_fault_makes_room_at_once(self, api, stored):
        api.created("/v1/articles", moth())
        stored.execute("UPDATE article SET document = ?", (b"[]",))
        response = api.app.test_client().get(f"{PATH}?format=csv", headers={"Authorization": f"Bearer {ADMIN_KEY}"})
        assert (response.status_code, response.json["type"]) == (500, "/v1/problems/internal-error")
        assert api.get(PATH).status_code == 200

    def test_a_client_that_stops_reading_is_not_waited_for_without_end(self, app, api, stored):
        fill(api, stored, MANY)
        ours, theirs = socket.socketpair()
        with ours, theirs:
            response = begin(app, **{"gunicorn.socket": ours})
            next(pieces_of(response))
            assert ours.gettimeout() == PATIENCE
            response.close()
            assert ours.gettimeout() is None
