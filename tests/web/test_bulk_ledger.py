"""What an upload does to the license ledger: merged records settle nothing and undo nothing; documents bring all."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.api import Api, expect_problem, faults_of
from tests.factories import another_moth, lantern, moth

BY, SA, NC = "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0"
TERMS = "https://lantern.example/terms"
URL = moth()["url"]
CROSSREF = "application/vnd.crossref-api-message+json"
FORMS = {
    "jsonld": "application/ld+json",
    "ninjs": "application/vnd.iptc.ninjs+json",
    "datacite": "application/vnd.datacite.datacite+json",
    "csl": "application/vnd.citationstyles.csl+json",
}
LISTS = {
    "csv": ("/v1/articles?format=csv", "text/csv"),
    "atom": ("/v1/articles?format=atom", "application/atom+xml"),
    "rss": ("/v1/articles?format=rss", "application/rss+xml"),
    "oai": ("/oai?verb=ListRecords&metadataPrefix=oai_dc", "application/xml"),
}
Record = tuple[bytes, str]
every_form = pytest.mark.parametrize("form", [*FORMS, *LISTS])


def uploaded(api: Api, body: bytes, media_type: str) -> tuple[str, str]:
    """The id of the one article of an upload, and what came of it."""
    response = api.send("POST", "/v1/bulk/articles", body, content_type=media_type)
    line, end = [json.loads(line) for line in response.data.splitlines()]
    assert "problem" not in line, line
    (effect,) = [name for name in ("created", "updated", "unchanged") if end["summary"][name]]
    return line["id"], effect


def table(license: str) -> Record:
    return f"url,license\n{URL},{license}\n".encode(), "text/csv"


def feed(license: str) -> Record:
    unit = license.removeprefix("CC-").removesuffix("-4.0").lower()
    item = f"<title>{moth()['title']}</title><link>{URL}</link>"
    item += f"<creativeCommons:license>http://creativecommons.org/licenses/{unit}/4.0/</creativeCommons:license>"
    names = 'version="2.0" xmlns:creativeCommons="http://backend.userland.com/creativeCommonsRssModule"'
    return (
        f"<rss {names}><channel><title>The Lantern</title><item>{item}</item></channel></rss>".encode(),
        "application/rss+xml",
    )


def work(*licenses: tuple[str, list[int]]) -> Record:
    """A work of Crossref, with the units of its licenses and their first days."""
    stated = [
        {
            "URL": f"http://creativecommons.org/licenses/{unit}/4.0/",
            "start": {"date-parts": [day]},
            "delay-in-days": 0,
            "content-version": "vor",
        }
        for unit, day in licenses
    ]
    record = {"DOI": "10.5555/moth", "URL": "https://doi.org/10.5555/moth", "title": ["The moth"], "license": stated}
    return json.dumps({**record, "publisher": "The Lantern"}).encode(), CROSSREF


def written(api: Api, form: str, path: str) -> Record:
    """The one article in a form, as we give it away."""
    address, media_type = LISTS.get(form) or (f"{path}?format={form}", FORMS[form])
    return api.get(address).data, media_type


def grants(api: Api, id: str) -> list[dict[str, Any]]:
    return api.read(f"/v1/articles/{id}/grants")["data"]


def spans(api: Api, id: str) -> list[tuple[str, str | None, str | None, str]]:
    return [(grant["license"]["id"], grant["start"], grant["end"], grant["state"]) for grant in grants(api, id)]


def standing(api: Api, id: str) -> tuple[str, list[str]]:
    article = api.read(f"/v1/articles/{id}")
    return article["license"]["status"], [license["id"] for license in article["licenses"]]


def amend(api: Api, id: str, n: int, **change: Any) -> None:
    response = api.patch(f"/v1/articles/{id}/grants/{n}", {**change, "reason": "So I found."}, if_match="*")
    assert response.status_code == 200, response.text


def disputed(api: Api) -> str:
    """The id of an article under a dispute between BY and NC."""
    id = api.created("/v1/articles", moth(license=BY))["id"]
    api.created(f"/v1/articles/{id}/grants", {"license": NC}, if_match="*")
    return id


class TestDisputes:
    @pytest.mark.parametrize("record", [table(BY), table(NC), feed(BY), feed(NC)])
    def test_a_merged_record_of_one_side_leaves_it(self, api, record):
        id = disputed(api)
        before = grants(api, id)
        assert uploaded(api, *record) == (id, "unchanged")
        assert grants(api, id) == before

    @pytest.mark.parametrize("record", [table(SA), feed(SA)])
    def test_another_license_is_one_more_side(self, api, record):
        id = disputed(api)
        before = grants(api, id)
        assert uploaded(api, *record) == (id, "updated")
        assert grants(api, id)[:2] == before
        assert standing(api, id) == ("disputed", [BY, NC, SA])
        assert uploaded(api, *record) == (id, "unchanged")

    @pytest.mark.parametrize("op", ["patch", "put", "update", "upsert"])
    def test_a_persons_word_settles_it(self, api, op):
        id = disputed(api)
        data = moth(license=NC)
        match op:
            case "patch":
                api.patch(f"/v1/articles/{id}", {"license": NC}, if_match="*")
            case "put":
                api.put(f"/v1/articles/{id}", data, if_match="*")
            case _:
                line = {"op": op, "id": id, "if_match": "*", "data": data}
                uploaded(api, json.dumps(line).encode(), "application/x-ndjson")
        assert standing(api, id) == ("known", [NC])
        for record in (feed(BY), table(BY), feed(NC)):
            assert uploaded(api, *record) == (id, "unchanged"), "it stays settled when the records come again"

    @every_form
    def test_its_own_export_changes_nothing_once_it_is_settled(self, api, form):
        id = disputed(api)
        record = written(api, form, f"/v1/articles/{id}")
        api.patch(f"/v1/articles/{id}", {"license": BY}, if_match="*")
        before = grants(api, id)
        uploaded(api, *record)
        assert grants(api, id) == before


class TestRecordsThatDisagree:
    def test_they_come_to_rest_in_a_dispute(self, api):
        id, _ = uploaded(api, *feed(BY))
        for license in (NC, BY):
            uploaded(api, *feed(license))
        before = grants(api, id)
        assert standing(api, id) == ("disputed", [NC, BY])
        for license in (NC, BY, NC):
            assert uploaded(api, *feed(license)) == (id, "unchanged")
        assert grants(api, id) == before
        assert all(grant["end"] is None or (grant["start"] or "") <= grant["end"] for grant in before)

    def test_what_another_key_stated_is_contradicted_and_not_replaced(self, api):
        key = api.created("/v1/keys", {"name": "feeds", "scopes": ["read", "write"]})["key"]
        id = api.created("/v1/articles", moth(license=BY))["id"]
        uploaded(api.with_key(key), *feed(NC))
        assert standing(api, id) == ("disputed", [BY, NC])
        today = datetime.now(UTC).date()
        assert spans(api, id)[1][1] in (str(today), str(today - timedelta(days=1))), "no earlier day is disputed"

    def test_the_same_key_changes_what_it_stated(self, api):
        id, _ = uploaded(api, *feed(BY))
        assert uploaded(api, *feed(NC)) == (id, "updated")
        assert standing(api, id) == ("known", [NC])
        assert "imported record" in grants(api, id)[0]["reason"]


class TestInheritance:
    """An article without a license of its own, whose source's policy speaks for it."""

    PDDC = "CC-PDDC"

    def inheriting(self, api: Api, license: str) -> str:
        policy = {"license": license, "statement": f"All content is under {license}."}
        api.created("/v1/sources", lantern(policies=[policy]))
        return api.created("/v1/articles", moth())["id"]

    @pytest.mark.parametrize("record", [table(BY), feed(BY)])
    def test_a_record_with_the_same_license_changes_nothing(self, api, record):
        id = self.inheriting(api, BY)
        before = grants(api, id)
        assert uploaded(api, *record) == (id, "unchanged")
        assert grants(api, id) == before

    @pytest.mark.parametrize("record", [table(NC), feed(NC)])
    def test_another_license_takes_its_place(self, api, record):
        id = self.inheriting(api, BY)
        assert uploaded(api, *record) == (id, "updated")
        assert standing(api, id) == ("known", [NC])
        assert "another license" in grants(api, id)[0]["reason"]

    @every_form
    @pytest.mark.parametrize("license", [BY, PDDC, "CC BY", "all-rights-reserved", TERMS])
    def test_its_own_export_changes_nothing(self, api, form, license):
        id = self.inheriting(api, license)
        assert uploaded(api, *written(api, form, f"/v1/articles/{id}")) == (id, "unchanged")

    @every_form
    def test_nor_does_that_of_a_license_whose_title_has_brackets_and_begins_like_a_notice(self, api, form):
        id = api.created("/v1/articles", moth(license=self.PDDC))["id"]
        assert uploaded(api, *written(api, form, f"/v1/articles/{id}")) == (id, "unchanged")


class TestWhatAnEditorFound:
    @every_form
    @pytest.mark.parametrize("change", [{"state": "mistaken"}, {"end": "2025-01-01"}])
    def test_no_record_undoes_it(self, api, form, change):
        id = api.created("/v1/articles", moth(license=BY))["id"]
        record = written(api, form, f"/v1/articles/{id}")
        amend(api, id, 1, **change)
        before = grants(api, id)
        uploaded(api, *record)
        assert grants(api, id) == before

    @pytest.mark.parametrize("change", [{"state": "mistaken"}, {"end": "2025-01-01"}])
    def test_no_work_of_crossref_does(self, api, change):
        record = work(("by", [2020, 1, 1]))
        id, _ = uploaded(api, *record)
        amend(api, id, 1, **change)
        before = grants(api, id)
        assert uploaded(api, *record) == (id, "unchanged")
        assert grants(api, id) == before
        assert standing(api, id) == ("unknown", [])

    def test_an_offer_of_other_days_is_another(self, api):
        id, _ = uploaded(api, *work(("by", [2020, 1, 1])))
        amend(api, id, 1, state="mistaken")
        uploaded(api, *work(("by", [2021, 1, 1])))
        assert spans(api, id) == [(BY, "2020-01-01", None, "mistaken"), (BY, "2021-01-01", None, "asserted")]

    def test_the_sources_policy_counts_where_it_says_anything(self, api):
        policies = [{"license": NC, "statement": "All content is under CC BY-NC 4.0."}]
        api.created("/v1/sources", lantern(policies=policies))
        id = api.created("/v1/articles", moth(license=BY))["id"]
        amend(api, id, 1, state="mistaken")
        assert uploaded(api, *feed(BY)) == (id, "unchanged")
        assert api.read(f"/v1/articles/{id}")["license"]["origin"] == "source"
        assert standing(api, id) == ("known", [NC])


class TestDays:
    def test_a_license_that_has_ended_closes_nothing_and_is_recorded_once(self, api):
        id = api.created("/v1/articles", moth(license=SA))["id"]
        record = f"url,license.id,license.end\n{URL},{BY},2020-01-01\n".encode(), "text/csv"
        assert uploaded(api, *record) == (id, "updated")
        assert standing(api, id) == ("known", [SA])
        assert spans(api, id) == [(SA, None, None, "asserted"), (BY, None, "2020-01-01", "asserted")]
        assert uploaded(api, *record) == (id, "unchanged")
        key = api.created("/v1/keys", {"name": "feeds", "scopes": ["read", "write"]})["key"]
        assert uploaded(api.with_key(key), *record) == (id, "unchanged")

    def test_an_end_that_a_person_stated_with_the_license_stays(self, api):
        id = api.created("/v1/articles", moth(license={"id": SA, "end": "2020-01-01"}))["id"]
        for record in (table(SA), feed(SA)):
            assert uploaded(api, *record) == (id, "unchanged")
        assert standing(api, id) == ("unknown", [])

    def test_an_end_that_a_new_record_brought_does_not(self, api):
        row = f"{URL},The moth,The Lantern,https://lantern.example/,{BY},2020-01-01"
        id, _ = uploaded(api, f"url,title,source.name,source.url,license.id,license.end\n{row}\n".encode(), "text/csv")
        assert uploaded(api, *table(BY)) == (id, "updated")
        assert standing(api, id) == ("known", [BY])

    def test_a_license_of_today_is_written_though_it_is_scheduled(self, api):
        id = api.created("/v1/articles", moth(license={"id": BY, "start": "2999-01-01"}))["id"]
        assert standing(api, id) == ("unknown", [])
        api.patch(f"/v1/articles/{id}", {"license": BY}, if_match="*")
        assert standing(api, id) == ("known", [BY])


class TestAlternatives:
    def test_those_of_crossref_in_another_order_change_nothing(self, api):
        both = ("by", [2020, 1, 1]), ("by-nc", [2020, 1, 1])
        id, _ = uploaded(api, *work(*both))
        assert uploaded(api, *work(*reversed(both))) == (id, "unchanged")
        assert standing(api, id) == ("known", [BY, NC])

    @pytest.mark.parametrize("method", ["PUT", "PATCH", "bulk"])
    def test_own_ones_in_another_order_change_nothing(self, api, method):
        made = api.created("/v1/articles", moth(license=[BY, SA]))
        path, again = f"/v1/articles/{made['id']}", moth(license=[SA, BY])
        if method == "bulk":
            assert uploaded(api, json.dumps(again).encode(), "application/x-ndjson") == (made["id"], "unchanged")
        else:
            send = api.put if method == "PUT" else api.patch
            assert send(path, again, if_match="*").headers["ETag"] == '"1"'
        assert len(grants(api, made["id"])) == 2


def shown(article: dict[str, Any], url: str) -> dict[str, Any]:
    """What an article elsewhere is made of: the document without what the service has numbered and timed."""
    apart = ("id", "version", "created_at", "updated_at", "links", "warnings")
    return {**{name: value for name, value in article.items() if name not in apart}, "url": url}


class TestDocumentsOfElsewhere:
    """A document brings all licenses that it lists."""

    LICENSES = [
        BY,
        [BY, SA],
        [TERMS, BY],
        [{"id": BY, "statement": "Licensed so.", "start": "2020-01-01"}, {"id": SA, "end": "2999-12-31"}],
        "CC BY",
        "all-rights-reserved",
        "Licensed under CC BY 4.0 and CC BY-NC 4.0, somehow.",
        None,
    ]

    @pytest.mark.parametrize("license", LICENSES)
    def test_a_new_article_is_under_all_of_them(self, api, license):
        made = api.created("/v1/articles", moth(license=license))
        copy = api.created("/v1/articles", shown(made, "https://lantern.example/copy"))
        assert (copy["license"], copy["licenses"]) == (made["license"], made["licenses"])
        assert {grant["offer"] for grant in grants(api, copy["id"])} <= {1}, "alternatives come as one statement"

    @pytest.mark.parametrize("more", [[NC], [NC, {"id": BY, "statement": "Licensed so."}], [NC, "all-rights-reserved"]])
    def test_a_dispute_stays_one_with_all_its_sides(self, api, more):
        made = api.created("/v1/articles", moth(license=[BY, SA]))
        for license in more:
            api.created(f"/v1/articles/{made['id']}/grants", {"license": license}, if_match="*")
        made = api.read(f"/v1/articles/{made['id']}")
        document = shown(made, "https://lantern.example/copy")
        id, effect = uploaded(api, json.dumps(document).encode(), "application/x-ndjson")
        copy = api.read(f"/v1/articles/{id}")
        assert (effect, copy["license"], copy["licenses"]) == ("created", made["license"], made["licenses"])
        assert uploaded(api, json.dumps(document).encode(), "application/x-ndjson") == (id, "unchanged")

    def test_it_may_be_put_as_it_was_got(self, api):
        article = api.read(f"/v1/articles/{disputed(api)}")
        response = api.put(f"/v1/articles/{article['id']}", article, if_match='"2"')
        assert (response.status_code, response.headers["ETag"]) == (200, '"2"')

    def test_over_an_article_that_is_there_alternatives_are_stated_and_once(self, api):
        made = api.created("/v1/articles", moth(license=[BY, SA]))
        other = api.created("/v1/articles", another_moth(license=NC))
        document = json.dumps(shown(made, other["url"])).encode()
        assert uploaded(api, document, "application/x-ndjson") == (other["id"], "updated")
        assert standing(api, other["id"]) == ("known", [BY, SA])
        assert uploaded(api, document, "application/x-ndjson") == (other["id"], "unchanged")

    def test_over_an_article_that_is_there_a_dispute_is_stated_and_once(self, api):
        api.created("/v1/sources", lantern(policies=[{"license": BY, "statement": "All under CC BY 4.0."}]))
        made = api.created("/v1/articles", moth())
        api.created(f"/v1/articles/{made['id']}/grants", {"license": NC}, if_match="*")
        made = api.read(f"/v1/articles/{made['id']}")
        other = api.created("/v1/articles", another_moth(license=SA))
        document = json.dumps(shown(made, other["url"])).encode()
        assert uploaded(api, document, "application/x-ndjson") == (other["id"], "updated")
        assert api.read(f"/v1/articles/{other['id']}")["license"]["candidates"] == [BY, NC]
        assert uploaded(api, document, "application/x-ndjson") == (other["id"], "unchanged")

    def test_an_inherited_dispute_of_elsewhere_is_stated_once(self, api):
        api.created("/v1/sources", lantern(policies=[{"license": BY, "statement": "All under CC BY 4.0."}]))
        made = api.created("/v1/articles", moth())
        api.created(f"/v1/articles/{made['id']}/grants", {"license": NC}, if_match="*")
        document = json.dumps(shown(api.read(f"/v1/articles/{made['id']}"), "https://lantern.example/copy")).encode()
        id, _ = uploaded(api, document, "application/x-ndjson")
        assert [license["origin"] for license in api.read(f"/v1/articles/{id}")["licenses"]] == ["article", "article"]
        assert uploaded(api, document, "application/x-ndjson") == (id, "unchanged")

    @pytest.mark.parametrize(
        "change",
        [
            {"license": NC},
            {"license": None},
            {"licenses": [BY, SA]},
            {"licenses": []},
            {"licenses": [None]},
            {"license": {"status": "disputed", "candidates": [BY]}},
            {"license": {"status": "disputed"}},
        ],
    )
    def test_a_list_that_does_not_fit_the_license_is_refused(self, api, change):
        made = api.created("/v1/articles", moth(license=[BY, SA]))
        document = {**shown(made, "https://lantern.example/copy"), **change}
        problem = expect_problem(api.post("/v1/articles", document), 422, "validation-failed")
        assert ("/licenses", "read-only") in faults_of(problem)
        assert {at for at, _ in faults_of(problem)} == {"/licenses"}

    def test_a_license_of_the_list_that_does_not_exist_is_refused(self, api):
        made = api.created("/v1/articles", moth(license=[BY, SA]))
        document = shown(made, "https://lantern.example/copy")
        document["licenses"][1]["id"] = "CC-BY-9.0"
        expect_problem(api.post("/v1/articles", document), 422, "validation-failed")


def test_an_entry_never_ends_before_it_starts_by_records_of_one_day(api):
    id, _ = uploaded(api, *feed(BY))
    for license in (NC, SA, "CC-BY-ND-4.0", BY):
        uploaded(api, *feed(license))
    days = [(start or "0001-01-01", end or str(date.max)) for _, start, end, _ in spans(api, id)]
    assert all(start <= end for start, end in days), days
