"""The front door."""

import pytest

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"


@pytest.mark.parametrize("accept", [None, "*/*", "application/json", "application/json, text/html;q=0.5"])
def test_programs_get_an_index_of_links(shared_api, accept):
    response = shared_api.get("/", **({"accept": accept} if accept else {}))
    assert response.headers["Content-Type"] == "application/json"
    assert response.json["metadata_license"] == "CC0-1.0"
    assert {"articles", "sources", "licenses"} <= response.json["links"].keys()
    assert "Accept" in response.headers["Vary"]


def test_every_link_leads_somewhere(shared_api):
    for path in shared_api.read("/")["links"].values():
        assert shared_api.get(path).status_code in (200, 400), path


@pytest.mark.parametrize("accept", [BROWSER, "text/html", "text/*"])
def test_browsers_get_a_page(shared_api, accept):
    response = shared_api.with_key(None).get("/", accept=accept)
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert response.text.lstrip().lower().startswith("<!doctype html>")
    assert "Accept" in response.headers["Vary"]


def test_the_page_escapes_the_host_that_was_asked_for(shared_api):
    response = shared_api.app.test_client().get(
        "/", headers={"Accept": "text/html", "Host": 'x"><script>alert(1)</script>'}
    )
    assert "<script>alert(1)" not in response.text
