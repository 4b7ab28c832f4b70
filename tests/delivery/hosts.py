"""Hosts on the loopback that answer as a test wants them to."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext
from typing import Any


@dataclass(frozen=True)
class Asked:
    """A request that came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


Reply = tuple[int, dict[str, str], bytes]


@dataclass
class Host:
    """A host with its address; `asked` are the requests that came, `replies` what each path answers, in turn."""

    url: str
    port: int
    asked: list[Asked] = field(default_factory=list)
    replies: dict[str, list[Reply] | Callable[[Asked], Reply]] = field(default_factory=dict)

    def answer(self, path: str, *replies: Reply) -> str:
        """Answer a path with the replies one after the other, the last one for ever; gives the address."""
        self.replies[path] = list(replies)
        return self.url + path

    def reply(self, asked: Asked) -> Reply:
        """What a request gets."""
        self.asked.append(asked)
        found = self.replies.get(asked.path) or self.replies.get(asked.path.partition("?")[0])
        if found is None:
            return 404, {}, b"nothing here"
        if callable(found):
            return found(asked)
        return found.pop(0) if len(found) > 1 else found[0]


@contextmanager
def open_host(certificate: Path | None = None) -> Iterator[Host]:
    """A host on a free port of 127.0.0.1, over TLS if it has a certificate (with its key in one file)."""

    class Handler(BaseHTTPRequestHandler):
        def _reply(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, given, content = host.reply(Asked(self.command, self.path, headers, body))
            self.send_response(status)
            for name, value in given.items():
                self.send_header(name, value)
            if "Content-Length" not in given and "Transfer-Encoding" not in given:
                self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_HEAD = _reply

        def log_message(self, *_: Any) -> None:
            pass

    server = _Quiet(("127.0.0.1", 0), Handler)
    port = server.server_address[1]
    host = Host(url=f"http://127.0.0.1:{port}", port=port)
    if certificate:
        context = SSLContext(PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        host.url = f"https://127.0.0.1:{port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass


@contextmanager
def open_wire(talk: Callable[[socket.socket], None]) -> Iterator[str]:
    """The address of a host that says to each connection what it likes, be it HTTP or not."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection, suppress(OSError):
                    talk(connection)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(10)
