"""Settings of gunicorn. The port and the number of workers come from PORT, HOST and WEB_CONCURRENCY."""

import gc
import os

from service.web.parameters import MAX_REQUEST_LINE

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY") or os.cpu_count() or 1)
worker_class = "gthread"  # the default, sync, keeps no connection alive
threads = 4
keepalive = 30
timeout = 60
graceful_timeout = 20
reuse_port = True  # else one worker may take all kept connections
http_parser = "python"  # the quick one is another package, and falls back to this without a word
control_socket_disable = True
forwarder_headers = ""  # else a header SCRIPT_NAME of a client on this host would be obeyed
limit_request_line = MAX_REQUEST_LINE
limit_request_field_size = 16380
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # a heartbeat on a slow disk kills workers
loglevel = "warning"


def post_worker_init(_: object) -> None:
    """Keep what a worker has loaded out of the way of the garbage collector: all of it stays."""
    gc.collect()
    gc.freeze()
