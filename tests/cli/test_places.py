"""How far harvests have come, as files."""

from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from service.actions.harvest_parts import Place
from service.cli.endings import Stopped
from service.cli.places import PlaceFile, hold_place
from service.delivery.fetching import Validators

ADDRESS = "https://lantern.example/oai"
OPTIONS = {"set": None, "source": None, "delete": False}
OTHERS = [{**OPTIONS, "set": "news"}, {**OPTIONS, "source": "lantern"}, {**OPTIONS, "delete": True}]
PLACES = [
    Place(),
    Place(kind="oai", since="2026-03-14T12:00:00Z", is_exact=False),
    Place(kind="oai", began="2026-03-14T12:00:00Z", token="a&b|ü"),
    Place(kind="feed", validators=Validators(etag='W/"a"', last_modified="Sat, 14 Mar 2026 12:00:00 GMT")),
]


def held(path: Path | None = None, address: str = ADDRESS) -> AbstractContextManager[PlaceFile]:
    return hold_place(path, address, target="sqlite:///a", options=OPTIONS)


@pytest.mark.parametrize("place", PLACES)
def test_a_place_is_kept(place):
    with held() as file:
        assert file.read() == Place()
        file.write(place)
    with held() as file:
        assert file.read() == place


def test_every_address_database_and_wish_has_its_own():
    paths = []
    for address, target, options in (
        (ADDRESS, "sqlite:///a", OPTIONS),
        (ADDRESS, "sqlite:///b", OPTIONS),
        ("x", "sqlite:///a", OPTIONS),
        *((ADDRESS, "sqlite:///a", other) for other in OTHERS),
    ):
        with hold_place(None, address, target=target, options=options) as file:
            paths.append(file.path)
    assert len(set(paths)) == 6


@pytest.mark.parametrize("other", OTHERS)
def test_the_place_of_another_wish_is_not_gone_on_from(tmp_path, other):
    path = tmp_path / "place.json"
    with held(path) as file:
        file.write(PLACES[1])
    with hold_place(path, ADDRESS, target="sqlite:///a", options=other) as file:
        assert file.read() == Place()


def test_two_harvests_of_one_address_do_not_run_side_by_side():
    with held(), pytest.raises(Stopped, match="under way"), held():
        pass
    with held():
        pass


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "{}", '{"address": 1}', '{"address": "https://lantern.example/oai"}']
)
def test_a_file_that_cannot_be_read_is_not_overwritten(tmp_path, content):
    path = tmp_path / "place.json"
    path.write_text(content)
    with held(path) as file, pytest.raises(Stopped, match=r"place\.json"):
        file.read()
    assert path.read_text() == content


def test_the_file_of_another_address_is_not_taken(tmp_path):
    path = tmp_path / "place.json"
    with held(path, "https://courier.example/oai") as file:
        file.write(Place(kind="oai"))
    with held(path) as file, pytest.raises(Stopped, match=r"is of https://courier"):
        file.read()
