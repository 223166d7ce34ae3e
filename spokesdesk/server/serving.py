"""``spokesdesk portal serve``: the portal runs until it is stopped."""

import argparse
import gc
import json
import socket
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from spokesdesk.domain.errors import OutsideError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.server import app, buckets, listening, logs, metrics, opening, portal
from spokesdesk.server.rates import PER_MINUTE, Rates

if TYPE_CHECKING:
    import uvicorn


def add_parser(serve: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    serve.add_argument(
        "--port", type=int, required=True, metavar="N", help=_("cổng TCP; 0: cổng trống bất kỳ")
    )
    serve.add_argument("--host", default="127.0.0.1", help=_("địa chỉ nghe, mặc định chỉ máy này"))
    serve.add_argument("--url", default="", help=_("địa chỉ công khai, khi đứng sau máy chủ ủy quyền"))
    serve.add_argument("--title", default="", help=_("tên cổng hiện trên trang công khai"))
    serve.add_argument(
        "--contact",
        default="",
        metavar="TEXT",
        help=_("ai quản lý cổng, liên hệ thế nào: hiện ở chân mọi trang"),
    )
    serve.add_argument(
        "--files", default="", metavar="s3://…", help=_("nơi giữ tệp: s3://thùng/tiền-tố; bỏ trống: trên đĩa")
    )
    serve.add_argument(
        "--s3-endpoint",
        default="",
        metavar="URL",
        help=_("địa chỉ kho tương thích S3, nếu không phải của Amazon"),
    )
    serve.add_argument("--tls-cert", type=Path, metavar="FILE", help=_("chứng thư TLS (PEM)"))
    serve.add_argument("--tls-key", type=Path, metavar="FILE", help=_("khóa của chứng thư (PEM)"))
    serve.add_argument(
        "--metrics-port", type=int, default=-1, metavar="N", help=_("số liệu cho Prometheus tại cổng TCP này")
    )
    serve.add_argument(
        "--rate",
        type=int,
        default=PER_MINUTE,
        metavar="N",
        help=_("số lượt hỏi mỗi phút của một thiết bị; 0: tùy ý"),
    )
    serve.set_defaults(run=serve_portal)


def serve_portal(arguments: argparse.Namespace) -> None:
    """Serve until stopped (Ctrl+C or SIGTERM)."""
    _check(arguments)
    with ExitStack() as ends:
        engine = opening.open_at(arguments.data, arguments.database, keep=True)
        ends.callback(engine.dispose)
        listener = listening.listen(arguments.host, arguments.port)
        ends.callback(listener.close)
        store = buckets.store_at(arguments.data, arguments.files, arguments.s3_endpoint)
        told = (arguments.url, arguments.title, Rates(arguments.rate), store)
        served = replace(portal.portal_at(engine, arguments.data, *told), contact=arguments.contact)
        counted = metrics.Metrics(served)
        ends.callback(counted.stop)
        _serve(arguments, served, counted, listener)


def _serve(
    arguments: argparse.Namespace, served: portal.Portal, counted: metrics.Metrics, listener: socket.socket
) -> None:
    import uvicorn

    settings = uvicorn.Config(
        app.build(served, counted.note),
        http=listening.door(),
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=10,
        timeout_keep_alive=30,  # longer than desks keep a line: theirs is never cut while they ask again
        ssl_certfile=arguments.tls_cert,
        ssl_keyfile=arguments.tls_key,
    )
    _read_certificate(settings, arguments.tls_cert)
    metrics_port = counted.serve("127.0.0.1", arguments.metrics_port) if arguments.metrics_port >= 0 else 0

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            _say_ready(arguments, listener.getsockname()[1], metrics_port)

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            await served.pokes.close()  # else desks that wait would hold the end up
            await super().shutdown(sockets)

    logs.start()
    # What is loaded by now stays: looking it through for circles of values again and again took a third of the work on
    # a page of records.
    gc.collect()
    gc.freeze()
    with suppress(KeyboardInterrupt):  # uvicorn gives Ctrl+C on once it has stopped
        Server(settings).run(sockets=[listener])


def _check(arguments: argparse.Namespace) -> None:
    if (arguments.tls_cert is None) != (arguments.tls_key is None):
        raise UserError("tls_pair_needed", field="tls-cert")
    if arguments.rate < 0:
        raise UserError("rate_range", field="rate")
    if arguments.url and not _is_address(arguments.url):
        raise UserError("portal_url_form", field="url", portal=arguments.url[:100])


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.query and " " not in url


def _read_certificate(settings: "uvicorn.Config", path: Path | None) -> None:
    """Read certificate and key before anybody is told that the portal runs."""
    try:
        settings.load()
    except OSError as error:  # not there, not ours to read, or no PEM (ssl.SSLError)
        detail = error.strerror or type(error).__name__
        raise OutsideError("tls_unreadable", field="tls-cert", path=str(path), detail=detail) from error


def _say_ready(arguments: argparse.Namespace, port: int, metrics_port: int) -> None:
    scheme = "https" if arguments.tls_cert else "http"
    host = f"[{arguments.host}]" if ":" in arguments.host else arguments.host
    url = arguments.url or f"{scheme}://{host}:{port}"
    if arguments.json:
        told = {"url": url, "port": port, **({"metrics_port": metrics_port} if metrics_port else {})}
        print(json.dumps(told), flush=True)
    else:
        print(_("Cổng đang chạy tại {url} – dừng bằng Ctrl+C.").format(url=url), flush=True)
