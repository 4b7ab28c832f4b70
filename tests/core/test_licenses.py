"""A license is a value, and its facts fit together over the whole catalogue."""

import dataclasses
import re

import pytest

from service.core.catalogue import LICENSES, find_license
from service.core.licenses import License, unit_family

SPDX_WITH_A_JURISDICTION = "CC-BY-NC-SA-3.0-IGO"


def test_there_are_639_legal_tools_and_no_two_share_an_id_or_a_url():
    assert len(LICENSES) == 639
    assert len({license.id for license in LICENSES}) == 639
    assert len({license.url for license in LICENSES}) == 639


def test_fifty_six_of_them_have_an_spdx_id_and_go_by_it():
    with_spdx = [license for license in LICENSES if license.spdx]
    assert len(with_spdx) == 56
    assert all(license.id == license.spdx for license in with_spdx)


@pytest.mark.parametrize(
    ("id", "url"),
    [
        ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC-BY-2.5-BR", "https://creativecommons.org/licenses/by/2.5/br/"),
        ("CC-BY-NC-ND-1.0", "https://creativecommons.org/licenses/by-nd-nc/1.0/"),
        ("CC-BY-NC-ND-1.0-FI", "https://creativecommons.org/licenses/by-nd-nc/1.0/fi/"),
        ("CC-SAMPLING-PLUS-1.0", "https://creativecommons.org/licenses/sampling+/1.0/"),
        ("CC-BY-SA-2.5-SCOTLAND", "https://creativecommons.org/licenses/by-sa/2.5/scotland/"),
        ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("CC-PDM-1.0", "https://creativecommons.org/publicdomain/mark/1.0/"),
        ("CC-PDDC", "https://creativecommons.org/publicdomain/certification/1.0/us/"),
    ],
)
def test_an_id_is_the_spdx_id_or_one_of_the_same_pattern(id, url):
    assert find_license(id).url == url


@pytest.mark.parametrize("license", LICENSES, ids=lambda license: license.id)
def test_the_url_is_made_of_unit_version_and_port(license: License):
    path = [license.unit, license.version, *([license.jurisdiction] if license.jurisdiction else [])]
    assert re.fullmatch(r"https://creativecommons\.org/(licenses|publicdomain)/(.*)/", license.url)[2] == "/".join(path)


@pytest.mark.parametrize("license", LICENSES, ids=lambda license: license.id)
def test_every_license_permits_something_and_is_replaced_by_a_real_one(license: License):
    assert "Reproduction" in license.permits or "sampling" in license.unit
    assert license.replaced_by is None or find_license(license.replaced_by).version == "4.0"
    assert ("CommercialUse" in license.prohibits) == bool(re.search(r"\bnc\b", license.unit))
    assert ("ShareAlike" in license.requires) == bool(re.search(r"\bsa\b", license.unit))


def test_retired_licenses_tell_the_day():
    assert find_license("CC-DEVNATIONS-2.0").deprecated_on == "2007-06-04"
    assert find_license("CC-BY-4.0").deprecated_on is None


def test_a_license_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        find_license(SPDX_WITH_A_JURISDICTION).version = "4.0"


def test_by_nd_nc_and_by_nc_nd_are_one_type():
    assert unit_family("by-nd-nc") == unit_family("by-nc-nd")
    assert unit_family("by-nc-sa") != unit_family("by-nc-nd")
