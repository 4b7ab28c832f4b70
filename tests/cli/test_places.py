"""How far harvests have come, as files."""

import pytest

from service.actions.harvest_parts import Place
from service.cli.endings import Stopped
from service.cli.places import hold_place
from service.delivery.fetching import Validators

ADDRESS = "https://lantern.example/oai"
PLACES = [
    Place(),
    Place(kind="oai", since="2026-03-14T12:00:00Z", is_exact=False),
    Place(kind="oai", began="2026-03-14T12:00:00Z", token="a&b|ü"),
    Place(kind="feed", validators=Validators(etag='W/"a"', last_modified="Sat, 14 Mar 2026 12:00:00 GMT")),
]


@pytest.mark.parametrize("place", PLACES)
def test_a_place_is_kept(place):
    with hold_place(None, ADDRESS) as file:
        assert file.read() == Place()
        file.write(place)
    with hold_place(None, ADDRESS) as file:
        assert file.read() == place


def test_every_address_set_and_database_has_its_own():
    paths = []
    for names in ((ADDRESS, "sqlite:///a", ""), (ADDRESS, "sqlite:///b", ""), (ADDRESS, "sqlite:///a", "news"), ("x",)):
        with hold_place(None, *names) as file:
            paths.append(file.path)
    assert len(set(paths)) == 4


def test_two_harvests_of_one_address_do_not_run_side_by_side():
    with hold_place(None, ADDRESS), pytest.raises(Stopped, match="under way"), hold_place(None, ADDRESS):
        pass
    with hold_place(None, ADDRESS):
        pass


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "{}", '{"address": 1}', '{"address": "https://lantern.example/oai"}']
)
def test_a_file_that_cannot_be_read_is_not_overwritten(tmp_path, content):
    path = tmp_path / "place.json"
    path.write_text(content)
    with hold_place(path, ADDRESS) as file, pytest.raises(Stopped, match=r"place\.json"):
        file.read()
    assert path.read_text() == content


def test_the_file_of_another_address_is_not_taken(tmp_path):
    path = tmp_path / "place.json"
    with hold_place(path, "https://courier.example/oai") as file:
        file.write(Place(kind="oai"))
    with hold_place(path, ADDRESS) as file, pytest.raises(Stopped, match=r"is of https://courier"):
        file.read()
