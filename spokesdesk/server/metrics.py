"""What the portal tells a monitoring system (Prometheus), on a port of its own: counts and times, no names."""

import shutil
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from spokesdesk.domain.errors import OutsideError
from spokesdesk.server.database import reading
from spokesdesk.server.door_tables import complaint, journalist, question
from spokesdesk.server.portal import Portal
from spokesdesk.server.tables import blob, conflict, device, journal, release

if TYPE_CHECKING:
    from wsgiref.simple_server import WSGIServer

    from prometheus_client import Metric

KEPT_S = 15
_TIMES = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 30)


class Metrics:
    """Counts requests as they end; asks the database when it is asked, at most every 15 seconds."""

    def __init__(self, portal: Portal) -> None:
        from prometheus_client import CollectorRegistry, Histogram

        self.registry: CollectorRegistry = CollectorRegistry()
        self._portal = portal
        self._asked_at = 0.0
        self._counts: dict[str, float] = {}
        self._server: WSGIServer | None = None
        self._seconds = Histogram(
            "spokesdesk_request_seconds",
            "Requests by first part of the path, method and class of status",
            ("place", "method", "status"),
            buckets=_TIMES,
            registry=self.registry,
        )
        self.registry.register(self)

    def note(self, place: str, method: str, status: int, seconds: float) -> None:
        """Count a request; ``place`` and ``method`` are of a small number of known ones."""
        self._seconds.labels(place, method, f"{status // 100}xx").observe(seconds)

    def collect(self) -> "Iterator[Metric]":
        """Give what the portal holds now."""
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

        refused = CounterMetricFamily("spokesdesk_refused", "What was refused, by reason", labels=["reason"])
        for reason, count in list(self._portal.refused.items()):
            refused.add_metric([reason], count)
        yield refused
        yield GaugeMetricFamily("spokesdesk_waiting_devices", "Long polls open", self._portal.pokes.count())
        free = shutil.disk_usage(self._portal.store.folder).free
        yield GaugeMetricFamily("spokesdesk_disk_free_bytes", "Room for files", free)
        counts = self._counted()
        yield GaugeMetricFamily("spokesdesk_database_up", "1 when the database answers", float(bool(counts)))
        for name, value in counts.items():
            yield GaugeMetricFamily(f"spokesdesk_{name}", name.replace("_", " "), value)

    def _counted(self) -> dict[str, float]:
        if time.monotonic() - self._asked_at > KEPT_S or not self._counts:
            try:
                self._counts = self._ask()
            except DBAPIError:
                self._counts = {}
            self._asked_at = time.monotonic()
        return self._counts

    def _ask(self) -> dict[str, float]:
        counted = {
            "journals": sa.select(sa.func.count()).select_from(journal),
            "log_entries": sa.select(sa.func.coalesce(sa.func.sum(journal.c.seq), 0)),
            "devices": sa.select(sa.func.count()).select_from(device).where(device.c.revoked_at.is_(None)),
            "open_conflicts": sa.select(sa.func.count())
            .select_from(conflict)
            .where(conflict.c.state == "open"),
            "public_releases": sa.select(sa.func.count())
            .select_from(release)
            .where(release.c.state == "public"),
            "waiting_releases": sa.select(sa.func.count())
            .select_from(release)
            .where(release.c.state == "waiting"),
            "journalists_pending": sa.select(sa.func.count())
            .select_from(journalist)
            .where(journalist.c.state == "pending"),
            "questions_untaken": sa.select(sa.func.count())
            .select_from(question)
            .where(question.c.told_at.is_(None), question.c.journalist.is_not(None)),
            "complaints_unread": sa.select(sa.func.count())
            .select_from(complaint)
            .where(complaint.c.state == "new"),
            "file_bytes": sa.select(sa.func.coalesce(sa.func.sum(blob.c.size), 0)),
        }
        with reading(self._portal.engine) as connection:
            return {name: float(connection.execute(wanted).scalar_one()) for name, wanted in counted.items()}

    def serve(self, host: str, port: int) -> int:
        """Answer at a port of its own in a thread of its own, until ``stop``; give the port.

        Raises:
            OutsideError: ``port_not_free``.
        """
        from prometheus_client import start_http_server

        try:
            server, _thread = start_http_server(port, host, self.registry)
        except (OSError, OverflowError) as error:
            name = "metrics-port"
            raise OutsideError("port_not_free", field=name, option=name, port=port, host=host) from error
        self._server = server
        return int(server.server_port)

    def stop(self) -> None:
        """Answer no more."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None
