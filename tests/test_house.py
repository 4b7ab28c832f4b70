"""House rules: what newcomers may rely on when they look for something."""

import ast
from collections import defaultdict
from pathlib import Path

import pytest

from service.core import errors
from service.web.problem_types import BY_EXCEPTION, BY_SLUG

ROOT = Path(__file__).parents[1]
SERVICE = sorted(path for path in (ROOT / "service").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
OURS = [*SERVICE, *sorted((ROOT / "migrations").glob("*.py")), *TESTS, ROOT / "wsgi.py"]
JUNK = {
    "base",
    "common",
    "helper",
    "helpers",
    "manager",
    "managers",
    "misc",
    "shared",
    "stuff",
    "tools",
    "util",
    "utils",
}
LINES = 400


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", OURS, ids=name_of)
def test_every_module_says_what_it_is(path):
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring
    assert docstring.splitlines()[0].endswith((".", "?", ":")), "its first line is a sentence"


@pytest.mark.parametrize("path", SERVICE, ids=name_of)
def test_no_module_is_longer_than_people_read(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LINES


def test_no_module_is_a_junk_drawer():
    names = [part for path in OURS for part in (*path.relative_to(ROOT).parts[:-1], path.stem)]
    assert not JUNK & {name.removeprefix("test_") for name in names}


def test_a_noun_has_one_file_name_in_every_layer():
    layers = defaultdict(set)
    for path in SERVICE:
        layers[path.stem].add(path.parent.name)
    twice = [stem for stem in layers if stem + "s" in layers and layers[stem] != layers[stem + "s"]]
    assert not twice, "singular here and plural there"
    for noun in ("articles", "sources", "keys"):
        assert {"core", "storage", "actions", "schemas", "documents", "web"} <= layers[noun]


@pytest.mark.parametrize("layer", ["core", "storage", "actions", "web", "cli"])
def test_a_test_stands_where_its_module_stands(layer):
    modules = {path.stem for path in (ROOT / "service" / layer).iterdir()}
    tested = {path.stem.removeprefix("test_") for path in (ROOT / "tests" / layer).glob("test_*.py")}
    proofs = {"races", "attribution_views"}
    assert not {name for name in tested - modules - proofs if name.partition("_")[0] not in modules}


@pytest.mark.parametrize("problem", errors.Problem.__subclasses__(), ids=lambda kind: kind.__name__)
def test_every_problem_is_explained_and_drawn(problem):
    assert problem.__doc__
    assert len(BY_EXCEPTION[problem].explanation) > 20
    assert problem.__name__ in (errors.__doc__ or "")


@pytest.mark.parametrize("slug", BY_SLUG)
def test_a_problem_type_is_known_by_its_slug(slug):
    assert BY_SLUG[slug].slug == slug
    assert 400 <= BY_SLUG[slug].status <= 599
    assert BY_SLUG[slug].title[0].isupper()
