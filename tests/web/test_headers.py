"""Conditions, preferences and idempotency keys: what headers make of a request."""

import pytest
from flask import Flask

from tests.api import Api, expect_problem, faults_of
from tests.factories import another_moth, lantern, moth

NOWHERE = "/v1/articles/01900000-0000-7000-8000-000000000000"
CONDITIONS = {
    "nothing": {},
    "If-Match hits": {"if_match": '"1"'},
    "If-Match misses": {"if_match": '"8"'},
    "If-Match: *": {"if_match": "*"},
    "If-None-Match: *": {"if_none_match": "*"},
}
READ = dict(zip(CONDITIONS, (200, 200, 412, 200, 304), strict=True))
WRITE = dict(zip(CONDITIONS, (428, 200, 412, 200, 412), strict=True))
SLUGS = {404: "not-found", 410: "gone", 412: "precondition-failed", 428: "precondition-required"}
RECORDS = ("article", "source")


@pytest.fixture
def api(shared_api: Api) -> Api:
    """The records of one test do not concern another."""
    return shared_api


@pytest.fixture(params=RECORDS)
def record(request: pytest.FixtureRequest, api: Api) -> str:
    """The path of an article, and of a source, at version 1."""
    if request.param == "article":
        return str(api.created("/v1/articles", another_moth())["links"]["self"])
    return str(api.created("/v1/sources", {"name": "The Lantern"})["links"]["self"])


@pytest.fixture
def tombstone(record: str, api: Api) -> str:
    """The path of a record that was deleted as its first change; it stands at version 2."""
    assert api.delete(record, if_match='"1"').status_code == 204
    return record


def replacement(path: str) -> dict[str, object]:
    return another_moth() if "articles" in path else {"name": "Another name"}


def change(api: Api, method: str, path: str, **headers: str):
    body = {"PUT": replacement(path), "PATCH": {"more_permissions_url": "https://ask.example/"}, "DELETE": None}[method]
    if method == "PATCH":
        headers["content_type"] = "application/merge-patch+json"
    return api.send(method, path, body, **headers)


@pytest.mark.parametrize("condition", CONDITIONS)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_reading_what_exists_follows_the_table(api, record, method, condition):
    response = api.send(method, record, **CONDITIONS[condition])
    assert response.status_code == READ[condition]
    if response.status_code == 304:
        assert {"ETag", "Cache-Control", "Vary"} <= set(response.headers.keys())
        assert response.headers["ETag"] == '"1"'
        assert "Content-Type" not in response.headers


@pytest.mark.parametrize("condition", CONDITIONS)
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_changing_what_exists_follows_the_table(api, record, method, condition):
    response = change(api, method, record, **CONDITIONS[condition])
    expected = 204 if (method, WRITE[condition]) == ("DELETE", 200) else WRITE[condition]
    assert response.status_code == expected
    if expected >= 400:
        expect_problem(response, expected, SLUGS[expected])
        assert api.get(record).headers["ETag"] == '"1"', "nothing was changed"
    elif expected == 200:
        assert response.headers["ETag"] == '"2"'


@pytest.mark.parametrize("condition", CONDITIONS)
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", [NOWHERE, "/v1/sources/{nobody}"])
def test_what_never_existed_follows_the_table(api, path, method, condition):
    path = path.format(nobody=f"nobody-{method.lower()}-{list(CONDITIONS).index(condition)}")
    response = api.send(method, path, **CONDITIONS[condition]) if method in ("GET", "HEAD") else None
    response = response or change(api, method, path, **CONDITIONS[condition])
    if method == "PUT" and "sources" in path and condition == "If-None-Match: *":
        assert response.status_code == 201
        assert response.headers["Location"] == path
        assert response.headers["ETag"] == '"1"'
    else:
        assert response.status_code == 404


@pytest.mark.parametrize("condition", CONDITIONS)
@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE"])
def test_a_tombstone_follows_the_table(api, tombstone, method, condition):
    if method in ("GET", "HEAD"):
        assert api.send(method, tombstone, **CONDITIONS[condition]).status_code == 410
        return
    response = change(api, method, tombstone, **CONDITIONS[condition])
    if (method, condition) == ("PUT", "If-None-Match: *"):
        assert response.status_code == 201
        assert response.headers["ETag"] == '"3"'
        assert response.headers["Location"] == tombstone
        assert api.get(tombstone).status_code == 200
    else:
        assert expect_problem(response, 410, "gone")["version"] == 2


@pytest.mark.parametrize("value", ['"1"', '"1-jsonld"', '"1.2"', '"1.2-jsonld"', '"0", "1"', ' , "1",, "9" '])
def test_if_match_compares_the_version_alone(api, record, value):
    assert change(api, "PATCH", record, if_match=value).status_code == 200


@pytest.mark.parametrize("value", ['W/"1"', '"01x"', '"one"', '""', '"2", "3"', '"1 "'.replace(" ", "_")])
def test_a_weak_or_foreign_tag_matches_no_version(api, record, value):
    expect_problem(change(api, "PATCH", record, if_match=value), 412, "precondition-failed")


@pytest.mark.parametrize("value", ['"1"', 'W/"1"', '"7", "1"', "*"])
def test_if_none_match_with_the_present_tag_is_304(api, record, value):
    response = api.get(record, if_none_match=value)
    assert (response.status_code, response.headers["ETag"]) == (304, '"1"')


@pytest.mark.parametrize("value", ['"2"', '"1-jsonld"', '"11"'])
def test_if_none_match_with_another_tag_is_answered_in_full(api, record, value):
    assert api.get(record, if_none_match=value).status_code == 200


@pytest.mark.parametrize("header", ["if_match", "if_none_match"])
@pytest.mark.parametrize("value", ["1", "'1'", '"1', '1"', '"1" "2"', "*, *", '"a b"', "W/1", '"1", *', "", 'w/"1"'])
@pytest.mark.parametrize("method", ["GET", "PATCH"])
def test_a_malformed_condition_is_refused_and_never_ignored(api, record, method, header, value):
    headers = {header: value}
    response = api.get(record, **headers) if method == "GET" else change(api, method, record, **headers)
    problem = expect_problem(response, 400, "malformed-header")
    assert faults_of(problem) == {(header.replace("_", "-").title(), "malformed")}


def test_all_malformed_headers_are_named_at_once(api, record):
    response = api.get(record, if_match="1", if_none_match="2", prefer="return=", idempotency_key="a b")
    places = {place for place, _ in faults_of(expect_problem(response, 400, "malformed-header"))}
    assert {"If-Match", "If-None-Match", "Idempotency-Key"} <= places


def test_412_tells_where_the_record_stands(api, record):
    change(api, "PATCH", record, if_match='"1"')
    problem = expect_problem(change(api, "PUT", record, if_match='"1"'), 412, "precondition-failed")
    assert problem["current_version"] == 2


def test_both_conditions_have_to_hold(api, record):
    assert api.get(record, if_match='"2"', if_none_match='"1"').status_code == 412
    assert api.get(record, if_match='"1"', if_none_match='"1"').status_code == 304
    assert change(api, "PUT", record, if_match="*", if_none_match="*").status_code == 412


def test_the_version_rises_by_one_with_every_effective_change(api, record):
    for version in range(1, 4):
        body = {"more_permissions_url": f"https://ask.example/{version}"}
        response = api.patch(record, body, if_match=f'"{version}"')
        assert response.headers["ETag"] == f'"{version + 1}"'
        assert response.json["version"] == version + 1


def test_a_write_that_changes_nothing_leaves_the_version(api, record):
    for _ in range(2):
        response = api.put(record, api.read(record), if_match='"1"')
        assert (response.status_code, response.headers["ETag"]) == (200, '"1"')
        assert "Feed-Seq" not in response.headers


@pytest.mark.parametrize("prefer", ["return=minimal", 'return="minimal"', "respond-async, return=minimal;foo=1"])
def test_return_minimal_keeps_the_status_and_leaves_the_body_out(api, prefer):
    response = api.post("/v1/articles", another_moth(), prefer=prefer)
    assert (response.status_code, response.data) == (201, b"")
    assert response.headers["Preference-Applied"] == "return=minimal"
    assert {"ETag", "Location", "Feed-Seq"} <= set(response.headers.keys())
    path = response.headers["Location"]
    patched = api.patch(path, {"title": "Shorter"}, if_match='"1"', prefer=prefer)
    assert (patched.status_code, patched.data) == (200, b"")


@pytest.mark.parametrize("prefer", ["return=representation", "wait=10", "return=minimally", "handling=lenient"])
def test_other_preferences_are_ignored(api, prefer):
    assert api.post("/v1/articles", another_moth(), prefer=prefer).json["version"] == 1


class TestDryRun:
    """``?dry_run=true`` does everything but commit."""

    @pytest.fixture(autouse=True)
    def _nothing_happens(self, api: Api):
        self.head = head = api.created("/v1/articles", another_moth())
        before = everything(api)
        yield head
        assert everything(api) == before

    def test_of_a_creation_answers_200_with_what_would_be(self, api):
        response = api.post("/v1/articles?dry_run=true", another_moth(title="Dry moth"))
        assert response.status_code == 200
        assert response.json["title"] == "Dry moth"
        assert response.headers["Preference-Applied"] == "dry-run"
        assert "Location" not in response.headers
        assert "Feed-Seq" not in response.headers

    def test_of_a_change_answers_200_with_what_would_be(self, api):
        path = self.head["links"]["self"]
        assert api.patch(f"{path}?dry_run=true", {"title": "New"}, if_match='"1"').json["version"] == 2
        assert (
            api.put(f"{path}?dry_run=true", another_moth(title="Dry moth"), if_match='"1"').json["title"] == "Dry moth"
        )

    def test_of_a_deletion_answers_204(self, api):
        response = api.delete(f"{self.head['links']['self']}?dry_run=true", if_match='"1"')
        assert (response.status_code, response.headers["Preference-Applied"]) == (204, "dry-run")

    def test_of_what_would_fail_fails(self, api):
        path = self.head["links"]["self"]
        expect_problem(api.post("/v1/articles?dry_run=true", another_moth(url=self.head["url"])), 409, "conflict")
        expect_problem(api.post("/v1/articles?dry_run=true", {}), 422, "validation-failed")
        expect_problem(api.patch(f"{path}?dry_run=true", {"title": "New"}, if_match='"2"'), 412, "precondition-failed")

    def test_of_a_source_answers_200_with_what_would_be(self, api):
        response = api.post("/v1/sources?dry_run=true", lantern(url="https://other.example/", name="Other"))
        assert (response.status_code, response.json["id"]) == (200, "other")

    def test_of_a_key_shows_no_secret(self, api):
        response = api.post("/v1/keys?dry_run=true", {"name": "Night desk", "scopes": ["read"]})
        assert response.status_code == 200
        assert "key" not in response.json
        assert "Night desk" not in [key["name"] for key in api.walk("/v1/keys")]

    def test_takes_true_or_false(self, api):
        expect_problem(api.post("/v1/articles?dry_run=yes", another_moth()), 400, "invalid-parameter")


class TestIdempotencyKey:
    """A key stands for one request: its answer is kept and replayed."""

    @pytest.fixture
    def api(self, app: Flask) -> Api:
        """An application of its own, since every test uses the same keys."""
        return Api(app)

    @pytest.mark.parametrize(("first", "second"), [("a-1", "a-1"), ("a-1", '"a-1"'), ("!~" * 100, "!~" * 100)])
    def test_a_repeated_creation_gets_the_same_bytes(self, api, first, second):
        one = api.post("/v1/articles", moth(), idempotency_key=first)
        before = everything(api)
        two = api.post("/v1/articles", moth(), idempotency_key=second)
        assert (one.status_code, two.status_code) == (201, 201)
        assert two.data == one.data
        assert two.headers["Idempotency-Replayed"] == "true"
        assert "Idempotency-Replayed" not in one.headers
        for name in ("ETag", "Location", "Feed-Seq", "Content-Type"):
            assert one.headers[name] == two.headers[name]
        assert everything(api) == before

    def test_the_key_with_another_request_is_refused(self, api):
        api.post("/v1/articles", moth(), idempotency_key="k")
        for path, body in (("/v1/articles", another_moth()), ("/v1/sources", moth())):
            expect_problem(api.post(path, body, idempotency_key="k"), 422, "idempotency-key-reused")
        response = api.post("/v1/articles", moth(), idempotency_key="k", prefer="return=minimal")
        assert (response.status_code, response.data) == (201, b"")

    def test_a_retried_patch_replays_although_its_condition_is_stale(self, api):
        path = api.created("/v1/articles", moth())["links"]["self"]
        one = api.patch(path, {"title": "One"}, if_match='"1"', idempotency_key="k")
        api.patch(path, {"title": "Two"}, if_match='"2"')
        two = api.patch(path, {"title": "One"}, if_match='"1"', idempotency_key="k")
        assert (two.status_code, two.data) == (200, one.data)
        assert two.headers["ETag"] == '"2"'
        assert api.read(path)["title"] == "Two"

    def test_what_failed_is_not_kept(self, api):
        expect_problem(api.post("/v1/articles", {}, idempotency_key="k"), 422, "validation-failed")
        assert api.post("/v1/articles", moth(), idempotency_key="k").status_code == 201
        expect_problem(api.post("/v1/articles", moth(), idempotency_key="j"), 409, "conflict")
        assert api.post("/v1/articles", another_moth(), idempotency_key="j").status_code == 201

    def test_keys_of_two_owners_are_two_keys(self, api):
        other = api.with_key(api.created("/v1/keys", {"name": "Other", "scopes": ["write"]})["key"])
        api.post("/v1/articles", moth(), idempotency_key="k")
        assert other.post("/v1/articles", another_moth(), idempotency_key="k").status_code == 201

    @pytest.mark.parametrize("value", ["", "a b", '"a', 'a"', '""', "é", "x" * 256, '"a b"', "a\tb"])
    def test_a_malformed_key_is_refused(self, api, value):
        response = api.post("/v1/articles", moth(), idempotency_key=value)
        assert faults_of(expect_problem(response, 400, "malformed-header")) == {("Idempotency-Key", "malformed")}

    def test_it_is_refused_where_the_answer_holds_a_secret(self, api):
        response = api.post("/v1/keys", {"name": "Night desk", "scopes": ["read"]}, idempotency_key="k")
        assert faults_of(expect_problem(response, 400, "malformed-header")) == {("Idempotency-Key", "not-allowed")}

    def test_a_dry_run_keeps_no_answer(self, api):
        api.post("/v1/articles?dry_run=true", moth(), idempotency_key="k")
        response = api.post("/v1/articles", moth(), idempotency_key="k")
        assert response.status_code == 201
        assert "Idempotency-Replayed" not in response.headers

    @pytest.mark.parametrize("path", ["/v1/articles", "/v1/sources"])
    def test_it_is_honoured_for_every_record(self, api, path):
        body = moth() if path == "/v1/articles" else lantern()
        answers = [api.post(path, body, idempotency_key="k") for _ in range(3)]
        assert {(answer.status_code, answer.data) for answer in answers} == {(201, answers[0].data)}


def test_a_header_that_is_given_twice_counts_as_one_list(api, record):
    headers = [("If-None-Match", '"5"'), ("If-None-Match", '"1"')]
    assert api.app.test_client().get(record, headers=headers).status_code == 304


def everything(api: Api) -> dict[str, list[str]]:
    """All rows of all tables that a request may write."""
    tables = ("source", "article", "article_term", "article_version", "article_grant", "change", "feed_head")
    database = api.app.extensions["creditline"].database
    return {table: sorted(map(repr, database.fetch_all(f'SELECT * FROM "{table}"'))) for table in tables}
