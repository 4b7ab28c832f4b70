"""Answers of other repositories: records of Dublin Core, deleted ones, and what else an answer says."""

import io
from typing import Any

import pytest

from service.core.errors import Gone, Invalid
from service.formats.intake.oai import Answer, Header, Identity, read_answer, stream_oai_records
from service.formats.intake.xml_records import read_records
from service.formats.schemas.articles import load_article
from service.formats.schemas.claims import read_license
from tests.formats.cast import ID, URN
from tests.formats.intake.uploads import OAI, answer, items_of, members_of, problems_of, record

BY = "https://creativecommons.org/licenses/by/4.0/"


def listed(*records: str, token: str = "") -> str:
    return answer(f"<ListRecords>{''.join(records)}{token}</ListRecords>")


def read(inside: str, **said: Any) -> dict[str, Any]:
    (members,) = members_of(OAI, listed(record(inside, **said)))
    return members


def answered(document: str) -> Answer:
    return read_answer(read_records(io.BytesIO(document.encode()), None))


class TestRecords:
    def test_a_whole_record(self):
        assert read(
            "<dc:title>Moths that whistle</dc:title><dc:creator>Albright, Ines</dc:creator>"
            "<dc:contributor>Ferreira, Tomás</dc:contributor>"
            "<dc:subject>Moths</dc:subject><dc:subject>Sounds</dc:subject>"
            "<dc:description>&lt;p&gt;They whistle.&lt;/p&gt;</dc:description><dc:publisher>The Lantern</dc:publisher>"
            "<dc:date>2026-03-14</dc:date><dc:language>eng</dc:language><dc:type>Text</dc:type>"
            "<dc:identifier>https://lantern.example/moths</dc:identifier><dc:identifier>doi:10.1000/182</dc:identifier>"
            "<dc:source>The Lantern; Vol. 3</dc:source><dc:rights>© 2026 The Lantern</dc:rights>"
        ) == {
            "url": "https://lantern.example/moths",
            "title": "Moths that whistle",
            "source": {"name": "The Lantern"},
            "creators": [{"name": "Albright, Ines"}, {"name": "Ferreira, Tomás", "role": "contributor"}],
            "language": "en",
            "published_at": "2026-03-14",
            "summary": "They whistle.",
            "keywords": ["Moths", "Sounds"],
            "identifiers": [{"scheme": "doi", "value": "10.1000/182"}],
            "attribution": {"copyright_notice": "© 2026 The Lantern"},
        }

    @pytest.mark.parametrize(
        ("identifiers", "url"),
        [
            (["https://a.example/1.pdf", "https://a.example/1"], "https://a.example/1"),
            (["https://a.example/1.pdf"], "https://a.example/1.pdf"),
            (["https://doi.org/10.1000/182", "https://a.example/1"], "https://a.example/1"),
            (["10.1000/182", "https://a.example/1.pdf"], "https://doi.org/10.1000/182"),
            (["oai:a:1", "ISBN 0451450523"], None),
        ],
    )
    def test_where_the_original_is(self, identifiers: list[str], url: str | None):
        inside = "".join(f"<dc:identifier>{text}</dc:identifier>" for text in identifiers)
        assert read(inside).get("url") == url

    @pytest.mark.parametrize(
        ("rights", "claims"),
        [
            (["Attribution 4.0 International", BY], [("known", "CC-BY-4.0")]),
            (
                [BY, "https://creativecommons.org/licenses/by-sa/4.0/"],
                [("known", "CC-BY-4.0"), ("known", "CC-BY-SA-4.0")],
            ),
            (["CC BY"], [("unversioned", None)]),
            (["All rights reserved"], [("all-rights-reserved", None)]),
            (["https://lantern.example/terms"], [("other", None)]),
            ([BY, "Licensed under CC BY-NC 4.0"], [("disputed", None)]),
            (["CC BY 4.0", "CC BY-NC 4.0"], [("disputed", None)]),
            ([BY, "CC BY 4.0", "All rights reserved"], [("disputed", None)]),
            ([BY, "https://creativecommons.org/licenses/by-sa/4.0/", "CC BY-NC 4.0"], [("disputed", None)]),
            ([BY, "CC BY", "Attribution 4.0 International"], [("known", "CC-BY-4.0")]),
            (["info:eu-repo/semantics/openAccess"], []),
            (["open access"], [("other", None)]),
            ([BY, "Non-commercial use only"], [("disputed", None)]),
            (["CC BY 4.0", "Attribution-NonCommercial 4.0 International"], [("disputed", None)]),
            ([BY, "info:eu-repo/semantics/embargoedAccess"], [("other", None)]),
            ([BY, "info:eu-repo/semantics/openAccess"], [("known", "CC-BY-4.0")]),
            (["© 2026 The Lantern"], []),
        ],
    )
    def test_names_and_addresses_of_rights_are_one_statement(self, rights: list[str], claims: list[tuple[str, str]]):
        members = read("".join(f"<dc:rights>{text}</dc:rights>" for text in rights))
        known = load_article({"url": "https://a.example/", "title": "a", "source": "b", **members}, None).claims
        assert [(claim.status, claim.license.id if claim.license else None) for claim in known] == claims

    def test_a_license_begins_when_the_embargo_ends(self):
        code = "<dc:rights>info:eu-repo/semantics/embargoedAccess</dc:rights>"
        ends = "<dc:date>2026-03-14</dc:date><dc:date>info:eu-repo/date/embargoEnd/2031-01-01</dc:date>"
        members = read(f"{code}<dc:rights>{BY}</dc:rights>{ends}")
        assert members["license"] == {"id": "CC-BY-4.0", "start": "2031-01-01"}
        assert members["published_at"] == "2026-03-14"

    @pytest.mark.parametrize("mark", ["", f"creditline:{ID}", "Creditline:", "Creditline:1", ID, f"Creditline {ID}"])
    def test_a_record_is_ours_only_where_it_is_signed(self, mark: str):
        names = f"<dc:identifier>{URN}</dc:identifier><dc:identifier>{mark}</dc:identifier>"
        members = read(f"{names}<dc:rights>{BY}</dc:rights><dc:rights>All rights reserved</dc:rights>")
        assert read_license(members["license"]).status == "disputed"
        assert members["identifiers"] == [{"scheme": "urn", "value": URN}]

    @pytest.mark.parametrize(
        ("dates", "date"),
        [
            (["2026-03-14T12:00:00Z", "2019"], "2019"),
            (["2026-03", "soon"], "2026-03"),
            (["soon"], None),
        ],
    )
    def test_the_earliest_date_is_that_of_publication(self, dates: list[str], date: str | None):
        assert read("".join(f"<dc:date>{text}</dc:date>" for text in dates)).get("published_at") == date

    def test_the_language_may_stand_on_the_title(self):
        assert read('<dc:title xml:lang="pt-BR">Mariposas</dc:title>')["language"] == "pt-BR"

    def test_a_deleted_record_is_gone(self):
        items = items_of(OAI, listed(record("", status="deleted"), record("<dc:title>a</dc:title>")))
        assert isinstance(items[0].problem, Gone)
        assert "oai:lantern.example:1" in items[0].problem.detail
        assert items[1].members == {"title": "a"}

    def test_metadata_in_another_format_is_a_problem_of_its_record(self):
        other = record("").replace("oai_dc:dc", "marc:record").replace('xmlns:oai_dc="', 'xmlns:marc="')
        items = items_of(OAI, listed(other, record("<dc:title>a</dc:title>")))
        assert problems_of(items) == [(1, "no-dublin-core")]

    def test_an_answer_that_breaks_off_gives_what_it_has(self):
        document = listed(*(record(f"<dc:title>{n}</dc:title>") for n in range(3)))
        items = items_of(OAI, document[: document.rindex("<dc:title>")])
        assert [item.members["title"] for item in items if item.members] == ["0", "1"]
        assert problems_of(items) == [(3, "cut")]


class TestAnswers:
    @pytest.mark.parametrize(
        ("token", "text", "size"),
        [
            ('<resumptionToken completeListSize="9" cursor="0"> x&amp;y </resumptionToken>', "x&y", 9),
            ('<resumptionToken completeListSize="many"/>', None, None),
            ("", None, None),
        ],
    )
    def test_a_token_asks_for_the_next_page(self, token: str, text: str | None, size: int | None):
        said = answered(listed(record("<dc:title>a</dc:title>"), token=token))
        assert (said.token, said.size, said.date) == (text, size, "2026-03-14T12:00:00Z")

    def test_errors_are_said_by_their_codes(self):
        document = answer('<error code="badResumptionToken">It has expired.</error>')
        assert answered(document).errors == (("badResumptionToken", "It has expired."),)
        with pytest.raises(Invalid) as refused:
            items_of(OAI, document)
        assert refused.value.faults[0].code == "badResumptionToken"
        assert "It has expired." in refused.value.detail

    def test_nothing_that_matches_is_no_record(self):
        assert items_of(OAI, answer('<error code="noRecordsMatch">None.</error>')) == []

    def test_an_answer_without_records_is_refused(self):
        with pytest.raises(Invalid) as refused:
            items_of(OAI, answer("<ListSets/>"))
        assert refused.value.faults[0].code == "no-records"

    def test_a_repository_identifies_itself(self):
        facts = {
            "repositoryName": "The Lantern",
            "baseURL": "https://lantern.example/oai",
            "earliestDatestamp": "2020-01-01",
            "deletedRecord": "persistent",
            "granularity": "YYYY-MM-DD",
        }
        inside = "".join(f"<{name}>{text}</{name}>" for name, text in facts.items())
        assert answered(answer(f"<Identify>{inside}</Identify>")).identity == Identity(
            name="The Lantern",
            base_url="https://lantern.example/oai",
            granularity="YYYY-MM-DD",
        )

    def test_each_record_comes_with_its_header(self):
        document = listed(record("<dc:title>a</dc:title>"), record("", status="deleted"))
        pairs = list(stream_oai_records(read_records(io.BytesIO(document.encode()), None)))
        header = Header(identifier="oai:lantern.example:1", datestamp="2026-03-14", sets=("moths",))
        assert pairs[0][0] == header
        assert pairs[1][0] is not None
        assert pairs[1][0].is_deleted

    def test_an_answer_that_is_ill_says_so(self):
        assert answered(listed(record("<dc:title>a & b</dc:title>"))).fault is not None
