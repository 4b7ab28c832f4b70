"""A constant answer from Flask, under the same gunicorn settings: what the stack itself can do."""

from flask import Flask, Response, request

BODY = b'{"id":"x","text":"' + b"a" * 3200 + b'"}'
app = Flask(__name__)


@app.route("/<path:path>", methods=["GET", "POST", "PUT"])
def answer(path: str) -> Response:
    """The constant, or 304."""
    if request.method == "GET" and request.if_none_match:
        return Response(status=304, headers={"ETag": '"c"'})
    request.get_data()
    status = 201 if request.method == "POST" else 200
    return Response(BODY, status, mimetype="application/json", headers={"ETag": '"c"'})
