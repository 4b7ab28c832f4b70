"""ODRL 2.2, turned into RDF by a JSON-LD processor (pyld) and asked as a graph (rdflib)."""

import json
from typing import Any

import pytest
from pyld import jsonld
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import RDF

from service.core.catalogue import LICENSES
from service.formats.odrl import render_odrl
from tests.formats.cast import HOSTILE, STATED, URN, hostile, least, one_line, whole

ODRL, CC = Namespace("http://www.w3.org/ns/odrl/2/"), Namespace("http://creativecommons.org/ns#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
MOTH = URIRef("https://lantern.example/science/moth")
LINKED = ("permission", "prohibition", "duty", "target", "attributedParty", "constraint")
WORDS = ("action", "operator", "leftOperand")
CONTEXT = {
    "uid": "@id",
    "type": "@type",
    "cc": str(CC),
    "dct": "http://purl.org/dc/terms/",
    "vcard": str(VCARD),
    "@vocab": str(ODRL),
    **{name: {"@id": str(ODRL[name]), "@type": "@id"} for name in LINKED},
    **{name: {"@id": str(ODRL[name]), "@type": "@vocab"} for name in WORDS},
}
LIVE = {
    *(str(ODRL[name]) for name in ("reproduce", "distribute", "extract", "translate", "derive", "aggregate")),
    *(str(ODRL[name]) for name in ("transform", "textToSpeech", "attribute")),
    *(str(CC[name]) for name in ("Notice", "ShareAlike", "CommercialUse")),
}
"""The actions of ODRL 2.2 that are used; none of them is deprecated."""
VERBATIM = {"reproduce", "distribute", "extract", "aggregate", "transform", "textToSpeech"}
CHANGED = {"translate", "derive"}


def load(url: str, _: Any) -> dict[str, Any]:
    """The context of ODRL as far as the tests need it."""
    assert url == "http://www.w3.org/ns/odrl.jsonld"
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": CONTEXT}}


def read(body: bytes) -> Graph:
    quads = jsonld.to_rdf(json.loads(body), {"documentLoader": load, "format": "application/n-quads"})
    return Graph().parse(data=quads, format="nt")


def permitted(graph: Graph, target: URIRef = MOTH) -> dict[str, set[str]]:
    """The duties of each permitted action on `target`."""
    found: dict[str, set[str]] = {}
    for rule in graph.subjects(ODRL.target, target):
        if (None, ODRL.permission, rule) in graph:
            duties = {_name(graph.value(duty, ODRL.action)) for duty in graph.objects(rule, ODRL.duty)}
            found |= {_name(action): duties for action in graph.objects(rule, ODRL.action)}
    return found


def prohibited(graph: Graph) -> set[tuple[str, str]]:
    rules = graph.objects(None, ODRL.prohibition)
    return {(str(graph.value(rule, ODRL.target)), _name(graph.value(rule, ODRL.action))) for rule in rules}


def _name(term: Any) -> str:
    return str(term).removeprefix(str(ODRL)).replace(str(CC), "cc:")


def test_it_is_a_set_that_names_the_license_it_comes_from():
    graph = read(render_odrl(least(license="CC-BY-4.0")))
    policy = URIRef(f"{URN}#policy-7")
    assert (policy, RDF.type, ODRL.Set) in graph
    source = URIRef("http://purl.org/dc/terms/source")
    assert list(graph.objects(policy, source)) == [URIRef("https://creativecommons.org/licenses/by/4.0/")]


@pytest.mark.parametrize(
    ("id", "verbatim", "changed", "prohibits"),
    [
        ("CC-BY-4.0", {"attribute", "cc:Notice"}, {"attribute", "cc:Notice"}, False),
        ("CC-BY-SA-4.0", {"attribute", "cc:Notice"}, {"attribute", "cc:Notice", "cc:ShareAlike"}, False),
        ("CC-BY-NC-4.0", {"attribute", "cc:Notice"}, {"attribute", "cc:Notice"}, True),
        ("CC0-1.0", set(), set(), False),
    ],
)
def test_duties_are_those_of_the_license(id: str, verbatim: set[str], changed: set[str], prohibits: bool):
    graph = read(render_odrl(least(license=id)))
    assert permitted(graph) == {**dict.fromkeys(VERBATIM, verbatim), **dict.fromkeys(CHANGED, changed)}
    assert prohibited(graph) == ({(str(MOTH), "cc:CommercialUse")} if prohibits else set())
    assert not list(graph.objects(None, ODRL.constraint)), "there is no other license to tell it from"


@pytest.mark.parametrize("id", ["CC-BY-ND-4.0", "CC-BY-ND-3.0", "CC-BY-NC-ND-2.0"])
def test_no_derivatives_permits_none(id: str):
    assert not CHANGED & permitted(read(render_odrl(least(license=id)))).keys()


def test_what_an_old_license_leaves_open_is_not_permitted():
    assert not {"extract", "textToSpeech"} & permitted(read(render_odrl(least(license="CC-BY-ND-3.0")))).keys()


@pytest.mark.parametrize("id", ["CC-DEVNATIONS-2.0", "CC-SAMPLING-1.0"])
def test_a_permission_that_odrl_cannot_narrow_is_left_out(id: str):
    assert permitted(read(render_odrl(least(license=id)))) == {}


def test_among_alternatives_the_noncommercial_one_is_for_no_commercial_purpose():
    graph = read(render_odrl(least(license=["CC-BY-NC-4.0", "CC-BY-ND-4.0"])))
    rules = list(graph.subjects(ODRL.action, ODRL.derive))
    assert len(rules) == 1
    constraint = graph.value(rules[0], ODRL.constraint)
    assert graph.value(constraint, ODRL.leftOperand) == ODRL.purpose
    assert graph.value(constraint, ODRL.operator) == ODRL.isNoneOf
    assert graph.value(constraint, ODRL.rightOperand) == CC.CommercialUse
    assert prohibited(graph) == set(), "the other license allows commercial use"


def test_a_part_is_a_target_of_its_own():
    graph = read(render_odrl(whole()))
    lamp = URIRef("https://harbour.example/lamp.jpg")
    assert permitted(graph, lamp)["distribute"] == {"attribute", "cc:Notice"}
    assert prohibited(graph) == {(str(lamp), "cc:CommercialUse")}


@pytest.mark.parametrize("status", ["all-rights-reserved", "other", "unversioned", "disputed", "unknown"])
def test_where_no_license_is_exactly_known_nothing_is_permitted(status: str):
    graph = read(render_odrl(least(license=STATED[status])))
    assert list(graph.objects(None, ODRL.permission)) == []
    assert (URIRef(f"{URN}#policy-7"), RDF.type, ODRL.Set) in graph


@pytest.mark.parametrize("license", LICENSES, ids=lambda license: license.id)
def test_no_license_leads_to_a_deprecated_action_or_to_more_than_it_permits(license):
    body = render_odrl(least(license=license.id))
    actions = {str(action) for action in read(body).objects(None, ODRL.action)}
    assert actions <= LIVE
    if "DerivativeWorks" not in license.permits:
        assert not {str(ODRL.derive), str(ODRL.translate)} & actions
    if "Reproduction" not in license.permits:
        assert str(ODRL.reproduce) not in actions
    if "CommercialUse" in license.prohibits and str(ODRL.distribute) in actions:
        assert str(CC.CommercialUse) in actions


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_the_names_of_those_to_be_credited_come_back(text: str):
    names = {str(name) for name in read(render_odrl(hostile(text))).objects(None, VCARD.fn)}
    assert {one_line(name) for name in names} == {one_line(text[:500])}
