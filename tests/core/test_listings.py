"""A list is read from its parameters: all faults at once, and a name that its cursors are bound to."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.core.dates import PartialDate
from service.core.errors import InvalidParameter, Problem, UnknownParameter
from service.core.listings import FILTERS, SORTS, Filter, read_listing

GOOD = {
    "source": "the-lantern",
    "license": "CC-BY-4.0",
    "license.unit": "by",
    "license.status": "known",
    "may": "commercial,adapt",
    "language": "en-GB",
    "creator": "Ines",
    "keyword": "paint",
    "title": "Moth",
    "status": "corrected",
    "url": "https://lantern.example/",
    "identifier": "doi:10.1000/182",
    "published_at": "2024-05",
    "updated_at": "2024-05-04T10:00:00Z",
    "id": "01900000-0000-7000-8000-000000000000",
}
OPS = ("eq", "ne", "in", "gt", "gte", "lt", "lte", "prefix", "exists")


def test_every_filter_has_an_example_here():
    assert set(GOOD) == set(FILTERS)


@pytest.mark.parametrize("op", OPS)
@pytest.mark.parametrize("field", FILTERS)
def test_a_field_takes_its_operators_and_no_others(field, op):
    parameters = {f"{field}[{op}]": "true" if op == "exists" else GOOD[field]}
    if op in FILTERS[field]:
        (found,) = read_listing(parameters).filters
        assert (found.field, found.op) == (field, op)
    else:
        (fault,) = faults_of(parameters, InvalidParameter)
        assert all(allowed in fault.detail for allowed in FILTERS[field])


@pytest.mark.parametrize("field", FILTERS)
def test_a_field_without_an_operator_means_equal(field):
    assert read_listing({field: GOOD[field]}).filters == read_listing({f"{field}[eq]": GOOD[field]}).filters


@pytest.mark.parametrize(
    ("name", "value", "values"),
    [
        ("language", "EN-gb", ("en-GB",)),
        ("license", "https://creativecommons.org/licenses/by/4.0/deed.fr", ("CC-BY-4.0",)),
        ("license", "cc-by-4.0", ("CC-BY-4.0",)),
        ("url", "HTTPS://Lantern.example:443/a?utm_source=x#y", ("https://lantern.example/a",)),
        ("url[prefix]", "https://Lant", ("https://Lant",)),
        ("identifier", "DOI:10.1000/ABC", ("doi:10.1000/abc",)),
        ("identifier", "partner:a:b", ("partner:a:b",)),
        ("identifier", "https://doi.org/10.1234/abc.3", ("doi:10.1234/abc.3",)),
        ("identifier", "doi:https://dx.doi.org/10.1234/ABC", ("doi:10.1234/abc",)),
        ("identifier", "urn:ISBN:0451450523", ("urn:urn:isbn:0451450523",)),
        ("identifier", "urn:urn:isbn:0451450523", ("urn:urn:isbn:0451450523",)),
        ("license.unit", " BY-NC-SA ", ("by-nc-sa",)),
        ("id", "01900000-0000-7000-8000-00000000000A", ("01900000-0000-7000-8000-00000000000a",)),
        ("published_at[gte]", "2024-05", (PartialDate.parse("2024-05"),)),
        ("language[exists]", "true", (True,)),
        ("language[exists]", "false", (False,)),
        ("keyword[in]", "paint,lamps", ("paint", "lamps")),
        ("keyword[in]", r"paint\, white,lamps", ("paint, white", "lamps")),
        ("keyword[in]", "paint,paint,lamps", ("paint", "lamps")),
        ("keyword", "paint,lamps", ("paint,lamps",)),
        ("title", " Moth ", (" Moth ",)),
    ],
)
def test_a_value_is_read_as_its_field_has_it(name, value, values):
    (found,) = read_listing({name: value}).filters
    assert found.values == values


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *((name, "") for name in FILTERS),
        *((name, "  ") for name in FILTERS),
        *((f"{name}[in]", ",".join(["a"] * 101)) for name in FILTERS),
        ("keyword[in]", "a,,b"),
        ("keyword[in]", ","),
        ("source", "The Lantern"),
        ("source", "a" * 65),
        ("license", "CC BY"),
        ("license", "CC-BY-9.0"),
        ("license", "https://lantern.example/terms"),
        ("license.status", "Known"),
        ("language", "english language"),
        ("language[exists]", "yes"),
        ("language[exists]", "1"),
        ("status", "draft"),
        ("url", "lantern.example"),
        ("identifier", "10.1000/182"),
        ("identifier", "doi:x"),
        ("identifier", "https://lantern.example/1"),
        ("identifier", "https://doi.org/x"),
        ("identifier", "a b:c"),
        ("identifier", ":10.1000/182"),
        ("license.unit", "cc0"),
        ("published_at", "yesterday"),
        ("published_at[gt]", "2024-05-04T10:00:00"),
        ("published_at[lt]", "2024-13"),
        ("id", "1"),
        ("id[gt]", "01900000-0000-7000-8000-00000000000g"),
        ("sort", ""),
        ("sort", "summary"),
        ("sort", "--id"),
        ("sort", "id,title"),
        ("count", "yes"),
        ("count", ""),
    ],
)
def test_a_bad_value_is_told_with_its_parameter(name, value):
    (fault,) = faults_of({name: value}, InvalidParameter)
    assert (fault.kind, fault.at) == ("parameter", name)
    assert fault.detail


@pytest.mark.parametrize(
    "name",
    ["", "colour", "titel", "licence", "title[", "title]", "title[eq][eq]", "[eq]", "TITLE", "title.eq", "creators"],
)
def test_an_unknown_parameter_is_told_with_what_there_is(name):
    (fault,) = faults_of({name: "x"}, UnknownParameter)
    assert "published_at" in fault.detail


@pytest.mark.parametrize("name", ["title[]", "title[like]", "title[gt]", "source[exists]"])
def test_an_unknown_operator_is_told_with_what_the_field_takes(name):
    (fault,) = faults_of({name: "x"}, InvalidParameter)
    assert "eq" in fault.detail


def test_all_faults_are_told_at_once_and_what_is_unknown_comes_first():
    wrong = {"language": "?", "colour": "red", "published_at": "soon", "sort": "size", "count": "all", "id": GOOD["id"]}
    assert [fault.at for fault in faults_of(wrong, UnknownParameter)] == [
        "colour",
        "language",
        "published_at",
        "sort",
        "count",
    ]


def test_a_long_name_is_cut_in_the_answer():
    (fault,) = faults_of({"x" * 5000: "1"}, UnknownParameter)
    assert len(fault.at) <= 100
    assert len(fault.detail) < 500


@pytest.mark.parametrize("sort", SORTS)
def test_every_order_goes_both_ways(sort):
    assert (read_listing({"sort": sort}).sort, read_listing({"sort": sort}).descending) == (sort, False)
    assert (read_listing({"sort": f"-{sort}"}).sort, read_listing({"sort": f"-{sort}"}).descending) == (sort, True)


def test_the_newest_come_first_and_nothing_is_counted_unless_asked_for():
    listing = read_listing({})
    assert (listing.filters, listing.sort, listing.descending, listing.count) == ((), "published_at", True, "none")


def test_a_query_is_named_by_its_filters_and_its_order_and_nothing_else():
    base = {"language": "en", "status": "published"}
    name = read_listing(base).query
    assert read_listing(dict(reversed(base.items()))).query == name
    assert read_listing({**base, "count": "exact"}).query == name
    assert read_listing({**base, "sort": "-published_at"}).query == name
    others = [{**base, "sort": "title"}, {**base, "language": "de"}, {"language": "en"}, {**base, "keyword": "x"}]
    others += [{"language[ne]": "en", "status": "published"}, {}]
    names = {read_listing(other).query for other in others}
    assert len(names | {name}) == len(others) + 1


@given(st.text(max_size=20), st.text(max_size=20))
def test_no_value_makes_one_query_look_like_another(creator, keyword):
    two = {"creator": f"a{creator}", "keyword": f"a{keyword}"}
    for separator in ("\n", "&", "\0", ",", ", ", '", "', "\x1f"):
        one = {"creator": f"a{creator}{separator}keyword=a{keyword}"}
        assert read_listing(one).query != read_listing(two).query


@given(st.dictionaries(st.sampled_from([*FILTERS, "sort", "count", "x"]) | st.text(max_size=9), st.text(), max_size=4))
def test_any_parameters_are_a_list_or_refused(parameters):
    with suppress(UnknownParameter, InvalidParameter):
        assert all(isinstance(item, Filter) for item in read_listing(parameters).filters)


def faults_of(parameters: dict[str, str], kind: type[Problem]):
    with pytest.raises(kind) as caught:
        read_listing(parameters)
    return caught.value.faults
