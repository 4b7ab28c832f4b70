"""Merge patches do what RFC 7396 says, and leave their inputs alone."""

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.formats.merge_patch import merge_patch

documents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
)


def without_nulls(value):
    if isinstance(value, dict):
        return {name: without_nulls(member) for name, member in value.items() if member is not None}
    return value


@pytest.mark.parametrize(
    ("target", "patch", "result"),
    [
        # RFC 7396 appendix A
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        (["a", "b"], ["c", "d"], ["c", "d"]),
        ({"a": "b"}, ["c"], ["c"]),
        ({"a": "foo"}, None, None),
        ({"a": "foo"}, "bar", "bar"),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
        # RFC 7396 section 3
        (
            {
                "title": "Goodbye!",
                "author": {"givenName": "John", "familyName": "Doe"},
                "tags": ["example", "sample"],
                "content": "This will be unchanged",
            },
            {"title": "Hello!", "phoneNumber": "+01-123-456-7890", "author": {"familyName": None}, "tags": ["example"]},
            {
                "title": "Hello!",
                "author": {"givenName": "John"},
                "tags": ["example"],
                "content": "This will be unchanged",
                "phoneNumber": "+01-123-456-7890",
            },
        ),
    ],
)
def test_the_examples_of_rfc_7396_hold(target, patch, result):
    assert merge_patch(target, patch) == result


@given(documents, documents)
def test_inputs_are_left_alone(target, patch):
    before = deepcopy((target, patch))
    merge_patch(target, patch)
    assert (target, patch) == before


@given(documents, documents)
def test_a_patch_applied_twice_is_applied_once(target, patch):
    once = merge_patch(target, patch)
    assert merge_patch(once, patch) == once


@given(documents)
def test_a_patch_of_nothing_gives_itself_without_nulls(patch):
    assert merge_patch(None, patch) == without_nulls(patch)


@given(documents)
def test_an_empty_patch_changes_no_object(target):
    assert merge_patch(target, {}) == (target if isinstance(target, dict) else {})


def test_members_keep_their_order_and_new_ones_come_last():
    assert list(merge_patch({"b": 1, "a": 2}, {"c": 3, "a": 4})) == ["b", "a", "c"]
