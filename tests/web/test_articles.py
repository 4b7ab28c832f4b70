def test_x(api):
    from tests.factories import lighthouse
    d = api.created("/v1/articles", lighthouse())
    import json; print(json.dumps(d, indent=1))
    print(api.get("/v1/articles/"+d["id"]).headers)
    assert 0
