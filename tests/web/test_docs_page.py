"""The page made from the document, its files, and the catalog that points at both."""

import re
from pathlib import Path

import pytest

import service.web.docs
from tests.api import Api

STATIC = Path(service.web.docs.__file__).with_name("static")


@pytest.fixture
def files(shared_api: Api) -> dict[str, str]:
    """The addresses of what the page loads, by the name of the file."""
    page = shared_api.get("/docs").text
    return {address.rpartition("/")[2]: address for address in re.findall(r'(?:src|href)="(/docs/[^"]+)"', page)}


class TestPage:
    def test_it_loads_nothing_from_elsewhere(self, shared_api):
        response = shared_api.get("/docs")
        assert response.mimetype == "text/html"
        addresses = re.findall(r'(?:src|href)="([^"]+)"', response.text)
        assert addresses
        assert all(re.match(r"/[^/]|data:,$", address) for address in addresses)

    def test_its_policy_lets_nothing_in_either(self, shared_api):
        policy = shared_api.get("/docs").headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'self';")
        assert "http" not in policy
        assert "unsafe-eval" not in policy
        assert "script-src" not in policy

    def test_it_has_no_script_of_its_own(self, shared_api):
        assert re.findall(r"<script(?![^>]* src=)", shared_api.get("/docs").text) == []

    def test_it_takes_no_parameters(self, shared_api):
        assert shared_api.get("/docs?url=https://elsewhere.example/").status_code == 400


class TestFiles:
    def test_each_is_there_and_kept_for_a_year(self, shared_api, files):
        assert files.keys() == {"swagger-ui.css", "swagger-ui-bundle.js", "docs.js"}
        for address in files.values():
            response = shared_api.get(address)
            assert response.status_code == 200
            assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"

    def test_each_has_its_type(self, shared_api, files):
        kinds = {name: shared_api.get(address).mimetype for name, address in files.items()}
        assert kinds == {
            "swagger-ui.css": "text/css",
            "swagger-ui-bundle.js": "text/javascript",
            "docs.js": "text/javascript",
        }

    @pytest.mark.parametrize("address", ["/docs/assets/0/docs.js", "/docs/docs.js", "/static/docs.js"])
    def test_they_are_nowhere_else(self, shared_api, address):
        assert shared_api.get(address).status_code == 404

    @pytest.mark.parametrize("name", ["app.py", "%2e%2e", "..%2fdocs.py", "nothing.js"])
    def test_no_other_file_is_given(self, shared_api, files, name):
        folder = files["docs.js"].rpartition("/")[0]
        assert shared_api.get(f"{folder}/{name}").status_code == 404

    def test_the_license_of_what_is_not_ours_stands_beside_it(self, shared_api, files):
        folder = files["docs.js"].rpartition("/")[0]
        assert "Apache License" in shared_api.get(f"{folder}/swagger-ui.LICENSE.txt").text

    def test_the_style_loads_nothing_from_elsewhere(self):
        addresses = re.findall(r"url\(\s*[\"']?([^\"')]{1,10})", (STATIC / "swagger-ui.css").read_text())
        assert all(address.startswith("data:") for address in addresses)
        assert "@import" not in (STATIC / "swagger-ui.css").read_text()

    def test_no_service_elsewhere_is_asked_about_the_document(self):
        assert "validatorUrl: null" in (STATIC / "docs.js").read_text()


class TestCatalog:
    def test_it_is_a_linkset_by_rfc_9727(self, shared_api):
        response = shared_api.get("/.well-known/api-catalog")
        assert response.headers["Content-Type"] == (
            'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'
        )
        (links,) = response.json["linkset"]
        assert links["anchor"].endswith("/v1")

    def test_what_it_names_is_there(self, shared_api):
        (links,) = shared_api.get("/.well-known/api-catalog").json["linkset"]
        for relation in ("service-desc", "service-doc", "status"):
            (link,) = links[relation]
            response = shared_api.get(link["href"].removeprefix("http://localhost"))
            assert response.status_code == 200
            assert response.mimetype == link["type"]

    def test_head_names_it_too(self, shared_api):
        response = shared_api.head("/.well-known/api-catalog")
        assert response.headers["Link"] == '<http://localhost/.well-known/api-catalog>; rel="api-catalog"'
