"""The bulk over HTTP: what may be uploaded, and the answer line by line."""

import gzip
import json
import re
from typing import Any

import psycopg
import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from service.core.bulk import CHUNK
from service.formats.intake.lines import LINE_LIMIT
from service.web.bulk import ACCEPTED
from service.web.uploads import UPLOAD_LIMIT
from tests.api import ADMIN_KEY, Api, expect_problem, faults_of
from tests.engines import Postgresql
from tests.factories import lantern, lighthouse, moth

PATH = "/v1/bulk/articles"
NDJSON = "application/x-ndjson"
NOBODY = "01890000-0000-7000-8000-000000000000"
Line = dict[str, Any]


def page(number: int, **members: Any) -> Line:
    """An article at an address of this number."""
    return moth(**{"url": f"https://lantern.example/bulk/{number}", "title": f"Moth number {number}", **members})


def joined(*lines: Line | bytes | str) -> bytes:
    """Lines of an upload; text and bytes as they are."""
    made = (
        line if isinstance(line, bytes) else line.encode() if isinstance(line, str) else dump(line) for line in lines
    )
    return b"\n".join(made)


def dump(line: Line) -> bytes:
    return json.dumps(line, ensure_ascii=False).encode()


def upload(api: Api, body: bytes, query: str = "", **headers: str) -> tuple[list[Line], Line]:
    """The results and the summary of an upload that is answered."""
    response = api.post(PATH + query, body, **{"content_type": NDJSON, **headers})
    assert (response.status_code, response.headers["Content-Type"]) == (207, NDJSON), response.text
    assert response.data.endswith(b"\n")
    *results, end = [json.loads(line) for line in response.data.splitlines()]
    summary = end["summary"]
    if "minimal" not in headers.get("prefer", ""):
        assert summary["lines"] == len(results)
    counts = ("created", "updated", "unchanged", "deleted", "failed")
    assert summary["lines"] == sum(summary[name] for name in counts)
    return results, summary


def statuses(results: list[Line]) -> list[tuple[int, int]]:
    return [(result["line"], result["status"]) for result in results]


def test_an_answer_has_its_lines_for_every_reader(api: Api):
    response = api.post(PATH, joined(page(1, **{"ti\u2028t\u2029le": "x"})), content_type=NDJSON)
    problem, summary = map(json.loads, response.text.splitlines())
    assert problem["problem"]["errors"][0]["pointer"] == "/ti\u2028t\u2029le"
    assert summary["summary"]["failed"] == 1


def problem_of(result: Line) -> str:
    """The slug of a line's problem, which must be as whole as one of a request."""
    problem = result["problem"]
    assert {"type", "title", "status", "detail", "request_id"} <= problem.keys()
    assert problem["status"] == result["status"]
    slug: str = problem["type"].removeprefix("/v1/problems/")
    return slug


class TestLines:
    def test_each_line_is_answered_in_order_and_a_summary_comes_last(self, api):
        gone = api.created("/v1/articles", page(3))["id"]
        changed = api.created("/v1/articles", page(4))["id"]
        body = joined(
            page(1),
            page(1),
            {"op": "delete", "id": gone, "if_match": 1},
            {"op": "update", "id": changed, "if_match": '"1"', "data": {"summary": "Loud."}},
            {"op": "create", "data": page(1)},
            {"op": "upsert", "data": page(5)},
        )
        results, summary = upload(api, body)
        assert statuses(results) == [(1, 201), (2, 200), (3, 204), (4, 200), (5, 409), (6, 201)]
        assert results[0].keys() == {"line", "status", "id", "version", "seq"}
        assert results[1] == {"line": 2, "status": 200, "id": results[0]["id"], "version": 1}
        assert [results[n]["version"] for n in (2, 3)] == [2, 2]
        assert problem_of(results[4]) == "conflict"
        assert results[4]["problem"]["conflicting_url"] == f"/v1/articles/{results[0]['id']}"
        counts = {"lines": 6, "created": 2, "updated": 1, "unchanged": 1, "deleted": 1, "failed": 1}
        assert summary == {**counts, "committed": True}
        feed = {entry["seq"]: entry["id"] for entry in api.read("/v1/changes")["data"]}
        assert all(feed[result["seq"]] == result["id"] for result in results if "seq" in result)

    def test_every_line_is_described(self, api):
        document = api.read("/v1/openapi.json")
        schema = {"$ref": "#/components/schemas/BulkLine", "components": document["components"]}
        check = Draft202012Validator(schema)
        body = joined(page(1), page(1), page(2, title=""), "{", {"op": "delete", "id": NOBODY, "if_match": "*"})
        response = api.post(PATH, body, content_type=NDJSON)
        for line in response.data.splitlines():
            check.validate(json.loads(line))

    def test_an_empty_upload_has_a_summary_alone(self, api):
        assert upload(api, b"") == (
            [],
            {
                **dict.fromkeys(("lines", "created", "updated", "unchanged"), 0),
                "deleted": 0,
                "failed": 0,
                "committed": True,
            },
        )

    def test_line_ends_may_be_mixed_blank_lines_count_and_a_mark_is_dropped(self, api):
        body = b"\xef\xbb\xbf" + dump(page(1)) + b"\r\n\n \t\r\n" + dump(page(2)) + b"\n\r\n" + dump(page(3))
        results, _ = upload(api, body)
        assert statuses(results) == [(1, 201), (4, 201), (6, 201)]

    @pytest.mark.parametrize(
        ("line", "status", "slug"),
        [
            (b"{", 400, "malformed-json"),
            (b"\xff\xfe{}", 400, "malformed-json"),
            (b'{"url": "\xff"}', 400, "malformed-json"),
            (b'{"url": 1, "url": 2}', 400, "malformed-json"),
            (b"[" * 40 + b"]" * 40, 400, "malformed-json"),
            (b'"an article"', 422, "validation-failed"),
            (b'{"title": "a\\u0000b"}', 422, "validation-failed"),
            (b'{"op": "replace", "data": {}}', 422, "validation-failed"),
            (b'{"op": "update", "if_match": 1, "data": {}}', 422, "validation-failed"),
            (b'{"op": "create"}', 422, "validation-failed"),
            (b'{"data": {}}', 422, "validation-failed"),
            (b'{"op": "create", "data": [], "dta": 1}', 422, "validation-failed"),
            (b'{"op": "delete", "id": 7, "if_match": 1}', 422, "validation-failed"),
            (b'{"op": "delete", "id": "x", "if_match": true}', 422, "validation-failed"),
            (b'{"op": "delete", "id": "x", "if_match": "one"}', 422, "validation-failed"),
            (b'{"op": "delete", "id": "x", "if_match": 1}', 404, "not-found"),
            (b'{"title": "' + b"a" * LINE_LIMIT + b'"}', 413, "content-too-large"),
            (b" " * (LINE_LIMIT + 1), 413, "content-too-large"),
        ],
    )
    def test_an_ill_line_takes_no_other_along(self, api, line, status, slug):
        results, summary = upload(api, joined(page(1), line, page(2)))
        assert statuses(results) == [(1, 201), (2, status), (3, 201)]
        assert problem_of(results[1]) == slug
        assert summary["failed"] == 1

    def test_a_line_may_be_as_long_as_its_limit(self, api):
        line = dump(page(1))
        results, _ = upload(api, joined(line + b" " * (LINE_LIMIT - len(line)), page(2)).replace(b"\n", b"\r\n"))
        assert statuses(results) == [(1, 201), (2, 201)]

    def test_a_fault_is_named_by_the_line_of_the_upload(self, api):
        results, _ = upload(api, joined(page(1), b'{"url" 1}'))
        problem = results[1]["problem"]
        assert (problem["line"], problem["column"]) == (2, 8)
        assert "(line 2, column 8)" in problem["detail"]

    def test_pointers_lead_into_the_line_and_all_faults_are_named(self, api):
        ill = {"url": "ftp://x", "title": "", "source": 7, "sumary": "x"}
        results, _ = upload(api, joined(ill, {"op": "create", "data": ill}))
        bare, inner = (faults_of(result["problem"]) for result in results)
        assert bare == {
            ("/url", "invalid-url"),
            ("/title", "empty"),
            ("/source", "wrong-type"),
            ("/sumary", "unknown-member"),
        }
        assert inner == {(f"/data{place}", code) for place, code in bare}

    @pytest.mark.parametrize("condition", [1, '"1"', '"1-jsonld"', '"1.2"', '"7", "1"', "*", "1"])
    def test_a_condition_may_be_a_number_a_tag_or_an_asterisk(self, api, condition):
        id = api.created("/v1/articles", page(1))["id"]
        results, _ = upload(api, joined({"op": "update", "id": id, "if_match": condition, "data": {"section": "x"}}))
        assert statuses(results) == [(1, 200)]

    @pytest.mark.parametrize(
        ("condition", "status"), [(2, 412), ('"2"', 412), ('W/"1"', 412), ('"x"', 412), (None, 428)]
    )
    def test_a_condition_that_misses_or_lacks(self, api, condition, status):
        id = api.created("/v1/articles", page(1))["id"]
        results, _ = upload(
            api,
            joined(
                {"op": "delete", "id": id, "if_match": condition},
                {"op": "update", "id": id.upper(), "if_match": condition, "data": {"title": 7}},
            ),
        )
        assert statuses(results) == [(1, status), (2, status)]
        assert [result["problem"]["current_version"] for result in results] == [1, 1]

    def test_what_was_exported_changes_nothing_when_it_comes_back(self, api):
        for article in (lighthouse(), page(1, license="CC-BY-4.0"), page(2, license="CC BY")):
            api.created("/v1/articles", article)
        results, summary = upload(api, api.get("/v1/export/articles").data)
        assert summary["unchanged"] == 3, results

    def test_a_source_is_filled_in_where_a_line_names_none(self, api):
        api.created("/v1/sources", lantern(name="Harbour Courier", url=None))
        bare = {name: value for name, value in page(1).items() if name != "source"}
        results, _ = upload(
            api,
            joined(bare, page(2), {"op": "create", "data": {**bare, "url": "https://x.example/"}}),
            "?source=harbour-courier",
        )
        sources = [api.read(f"/v1/articles/{result['id']}")["source"]["id"] for result in results]
        assert sources == ["harbour-courier", "the-lantern", "harbour-courier"]

    def test_a_minimal_answer_has_what_failed_and_the_summary(self, api):
        body = joined(page(1), page(2, title=""))
        response = api.post(PATH, body, content_type=NDJSON, prefer="return=minimal")
        assert response.headers["Preference-Applied"] == "return=minimal"
        results, summary = upload(api, body, prefer="return=minimal")
        assert statuses(results) == [(2, 422)]
        assert (summary["lines"], summary["unchanged"]) == (2, 1)


class TestModes:
    def test_atomic_is_all_or_nothing(self, api):
        results, summary = upload(api, joined(page(1), page(2, title=""), page(3)), "?mode=atomic")
        assert [(problem_of(result), result["status"]) for result in results] == [
            ("failed-dependency", 424),
            ("validation-failed", 422),
            ("failed-dependency", 424),
        ]
        assert (summary["failed"], summary["committed"]) == (3, False)
        assert api.read("/v1/articles")["data"] == []
        results, summary = upload(api, joined(page(1), page(3)), "?mode=atomic")
        assert ([result["status"] for result in results], summary["committed"]) == ([201, 201], True)

    @pytest.mark.parametrize("mode", ["each", "atomic"])
    def test_a_dry_run_leaves_nothing(self, api, mode):
        response = api.post(f"{PATH}?mode={mode}&dry_run=true", joined(page(1)), content_type=NDJSON)
        assert response.headers["Preference-Applied"] == "dry-run"
        result, end = map(json.loads, response.data.splitlines())
        assert (result["status"], "seq" in result, end["summary"]["committed"]) == (201, False, False)
        assert (api.read("/v1/articles")["data"], api.read("/v1/changes")["head"]) == ([], 0)


class TestUnderAKey:
    @pytest.mark.parametrize("mode", ["each", "atomic"])
    def test_a_repetition_gets_the_same_answer_and_does_nothing(self, api, mode):
        body = joined(page(1), page(2, license="CC-BY-4.0"), *([page(3, title="")] if mode == "each" else []))
        first = api.post(f"{PATH}?mode={mode}", body, content_type=NDJSON, idempotency_key="k")
        again = api.post(f"{PATH}?mode={mode}", body, content_type=NDJSON, idempotency_key="k")
        assert "Idempotency-Replayed" not in first.headers
        assert again.headers["Idempotency-Replayed"] == "true"
        assert (again.status_code, again.data) == (207, first.data)
        assert api.read("/v1/changes")["head"] == 3

    def test_the_same_upload_packed_is_the_same_upload(self, api):
        body = joined(page(1))
        upload(api, body, idempotency_key="k")
        packed = api.post(PATH, gzip.compress(body), content_type=NDJSON, content_encoding="gzip", idempotency_key="k")
        assert packed.headers["Idempotency-Replayed"] == "true"

    @pytest.mark.parametrize(
        ("number", "query", "kind"), [(2, "", NDJSON), (1, "?mode=atomic", NDJSON), (1, "?source=x", NDJSON)]
    )
    def test_another_upload_or_another_query_is_refused(self, api, number, query, kind):
        upload(api, joined(page(1)), idempotency_key="k")
        response = api.post(PATH + query, joined(page(number)), content_type=kind, idempotency_key="k")
        expect_problem(response, 422, "idempotency-key-reused")

    def test_a_key_that_another_write_came_with_is_refused(self, api):
        api.created("/v1/articles", page(1), idempotency_key="k")
        response = api.post(PATH, joined(page(1)), content_type=NDJSON, idempotency_key="k")
        expect_problem(response, 422, "idempotency-key-reused")
        upload(api, joined(page(2)), idempotency_key="l")
        expect_problem(api.post("/v1/articles", page(2), idempotency_key="l"), 422, "idempotency-key-reused")

    def test_a_part_of_an_upload_is_no_key_of_a_client(self, api):
        upload(api, joined(*(page(number) for number in range(501))), idempotency_key="k")
        response = api.post(PATH, joined(page(1)), content_type=NDJSON, idempotency_key="k 1")
        expect_problem(response, 400, "malformed-header")

    def test_a_purge_leaves_the_results_which_hold_no_content(self, api):
        body = joined(page(1, title="A secret title"))
        results, _ = upload(api, body, idempotency_key="k")
        address = f"/v1/articles/{results[0]['id']}"
        assert api.delete(f"{address}?purge=true", if_match="*").status_code == 204
        again, _ = upload(api, body, idempotency_key="k")
        assert again == results
        assert api.get(address).status_code == 410


class TestUploads:
    def test_gzip_is_unpacked_several_files_in_a_row_too(self, api):
        packed = gzip.compress(joined(page(1), b"")) + gzip.compress(dump(page(2))) + b"\0\0"
        results, _ = upload(api, packed, content_encoding="gzip")
        assert statuses(results) == [(1, 201), (2, 201)]

    @pytest.mark.parametrize(
        "damage",
        [
            lambda packed: packed[:-1],
            lambda packed: packed[:-9],
            lambda packed: packed[: len(packed) // 2],
            lambda packed: packed[:5],
            lambda packed: b"",
            lambda packed: packed[:-6] + b"\0" + packed[-5:],
            lambda packed: packed + b"more",
            lambda packed: packed + packed[:20],
            lambda packed: b'{"url": 1}',
        ],
    )
    def test_gzip_that_is_cut_or_damaged_is_refused_whole(self, api, damage):
        packed = damage(gzip.compress(joined(*(page(number) for number in range(50)))))
        response = api.post(PATH, packed, content_type=NDJSON, content_encoding="gzip")
        expect_problem(response, 400, "malformed-json")
        assert api.read("/v1/articles")["data"] == []

    def test_a_bomb_is_stopped_at_the_limit(self, api):
        bomb = gzip.compress(b"\n" * (UPLOAD_LIMIT + 1))
        assert len(bomb) < UPLOAD_LIMIT / 500
        response = api.post(PATH, bomb, content_type=NDJSON, content_encoding="gzip")
        assert expect_problem(response, 413, "content-too-large")["limit"] == UPLOAD_LIMIT

    def test_an_upload_has_a_limit(self, api):
        results, _ = upload(api, dump(page(1)) + b"\n" * (UPLOAD_LIMIT - len(dump(page(1)))))
        assert statuses(results) == [(1, 201)]
        response = api.post(PATH, b"\n" * (UPLOAD_LIMIT + 1), content_type=NDJSON)
        assert expect_problem(response, 413, "content-too-large")["limit"] == UPLOAD_LIMIT

    @pytest.mark.parametrize(
        "headers",
        [
            {"content_type": "application/json"},
            {"content_type": "application/x-ndjson; charset=latin-1"},
            {"content_type": "text/plain"},
            {"content_type": "text/csv; charset=klingon"},
            {"content_type": NDJSON, "content_encoding": "br"},
            {"content_type": NDJSON, "content_encoding": "gzip, gzip"},
        ],
    )
    def test_other_types_charsets_and_codings_are_refused(self, api, headers):
        problem = expect_problem(api.post(PATH, joined(page(1)), **headers), 415, "unsupported-media-type")
        if headers["content_type"] in ("application/json", "text/plain"):
            assert all(name in problem["detail"] for name in ACCEPTED)

    def test_options_name_what_is_taken(self, client: FlaskClient):
        response = client.options(PATH)
        assert (response.status_code, response.headers["Allow"]) == (204, "OPTIONS, POST")
        assert response.headers["Accept-Post"] == ", ".join(ACCEPTED)

    @pytest.mark.parametrize(
        ("query", "place"),
        [
            ("?mode=some", "mode"),
            ("?source=The+Lantern", "source"),
            ("?source=", "source"),
            ("?profile=marc", "profile"),
            ("?columns=title", "columns"),
            ("?columns=title:Headline", "columns"),
            ("?dry_run=yes", "dry_run"),
        ],
    )
    def test_parameters_are_checked(self, api, query, place):
        response = api.post(PATH + query, joined(page(1)), content_type=NDJSON)
        assert {at for at, _ in faults_of(expect_problem(response, 400, "invalid-parameter"))} == {place}

    def test_parameters_that_there_are_not_are_named(self, api):
        response = api.post(f"{PATH}?on_conflict=update", joined(page(1)), content_type=NDJSON)
        expect_problem(response, 400, "unknown-parameter")

    def test_a_profile_goes_with_lines_alone(self, api):
        response = api.post(f"{PATH}?profile=crossref", b"{}", content_type="application/ld+json")
        expect_problem(response, 400, "invalid-parameter")

    def test_a_key_that_may_write_is_needed(self, api, stored):
        body = joined(page(1))
        expect_problem(api.with_key(None).post(PATH, body, content_type=NDJSON), 401, "unauthenticated")
        reader = api.created("/v1/keys", {"name": "reader", "scopes": ["read"]})["key"]
        expect_problem(api.with_key(reader).post(PATH, body, content_type=NDJSON), 403, "insufficient-scope")

    def test_a_key_of_one_source_has_its_lines_refused_for_others(self, api):
        api.created("/v1/sources", lantern())
        tied = api.created("/v1/keys", {"name": "tied", "scopes": ["write"], "sources": ["the-lantern"]})["key"]
        results, _ = upload(api.with_key(tied), joined(page(1), page(2, source={"name": "Another"})))
        assert statuses(results) == [(1, 201), (2, 403)]

    def test_nothing_is_taken_where_writing_is_off(self, make_app):
        api = Api(make_app(read_only=True))
        expect_problem(api.post(PATH, joined(page(1)), content_type=NDJSON), 503, "read-only")


class TestOtherForms:
    """Files of other people take the same way, one result for each item."""

    FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>The Lantern</title>
        <link>https://lantern.example/</link><description>-</description>{items}</channel></rss>"""
    ITEM = "<item><title>{title}</title><link>https://lantern.example/feed/{number}</link></item>"

    def feed(self, *titles: str) -> bytes:
        items = "".join(self.ITEM.format(title=title, number=number) for number, title in enumerate(titles))
        return self.FEED.format(items=items).encode()

    def test_a_feed_is_merged_into_what_is_there(self, api):
        first, _ = upload(api, self.feed("One", "Two"), content_type="application/rss+xml")
        address = f"/v1/articles/{first[0]['id']}"
        api.patch(address, {"section": "Science", "license": "CC-BY-4.0"}, if_match="*")
        again, summary = upload(api, self.feed("One", "Three"), content_type="application/rss+xml")
        assert [result["status"] for result in first] == [201, 201]
        assert (summary["unchanged"], summary["updated"]) == (1, 1)
        document = api.read(address)
        assert (document["section"], document["license"]["id"]) == ("Science", "CC-BY-4.0")

    def test_the_source_of_all_may_be_named(self, api):
        api.created("/v1/sources", lantern(name="Harbour Courier", url=None))
        results, _ = upload(api, self.feed("One"), "?source=harbour-courier", content_type="text/xml")
        assert api.read(f"/v1/articles/{results[0]['id']}")["source"]["id"] == "harbour-courier"

    def test_a_table_may_have_columns_of_other_names(self, api):
        table = "Headline,Link,Paper\nOne,https://lantern.example/t/1,The Lantern\nTwo,,The Lantern\n"
        query = "?columns=title:Headline,url:Link,source:Paper"
        results, _ = upload(api, table.encode(), query, content_type="text/csv")
        assert [result["status"] for result in results] == [201, 422]

    @pytest.mark.parametrize("kind", [kind for kind in ACCEPTED if kind not in (NDJSON, "text/csv")])
    @pytest.mark.parametrize("body", [b"", b"nothing of the kind", b"\xff\xfe\x00", b"{", b"<"])
    def test_what_cannot_be_read_at_all_is_the_fault_of_the_request(self, api, kind, body):
        expect_problem(api.post(PATH, body, content_type=kind), 400, "malformed-json")

    @pytest.mark.parametrize(
        ("kind", "body"),
        [
            ("application/rss+xml", b"<a/>"),
            ("application/xml", b"<a/>"),
            ("text/csv", b""),
            ("text/csv", b"a,b\n1,2\n"),
        ],
    )
    def test_what_is_something_else_is_not_valid(self, api, kind, body):
        expect_problem(api.post(PATH, body, content_type=kind), 422, "validation-failed")


def test_an_upload_that_loses_its_database_on_the_way_says_so_and_has_no_summary(engine, app, database_url):
    """Whole lines, the last of them about the first line that was not done."""
    if not isinstance(engine, Postgresql):
        pytest.skip("a file does not go away")
    body = joined(*({"op": "delete", "id": NOBODY, "if_match": 1} for _ in range(2 * CHUNK)))
    headers = {"Authorization": f"Bearer {ADMIN_KEY}", "Content-Type": NDJSON}
    response = app.test_client().post(PATH, data=body, headers=headers, buffered=False)
    pieces = iter(response.response)
    first = next(pieces)
    name = re.search(r"/(test_\d+)\?", database_url)[1]
    with psycopg.connect(database_url.replace(f"/{name}?", "/postgres?"), autocommit=True) as other:
        other.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")
        other.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
        rest = b"".join(pieces)
        response.close()
        other.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")
    assert len(first.splitlines()) == CHUNK
    (last,) = [json.loads(line) for line in rest.splitlines()]
    assert (last["line"], last["status"], problem_of(last)) == (CHUNK + 1, 503, "database-unavailable")
