"""The web as services ask for it: feeds and pages."""

from spokesdesk.domain.monitoring_web import Feed, Fetched, Page
from spokesdesk.outside.fetching import Fetcher


class Web:
    """Fetches feeds and pages.

    Args:
        fetcher: another one for the program's own tests, whose servers stand on this machine.
    """

    def __init__(self, fetcher: Fetcher | None = None) -> None:
        self._fetcher = fetcher or Fetcher()

    def get(self, url: str, *, etag: str = "", modified: str = "") -> Fetched:
        """Fetch an address; see ``Fetcher.get``."""
        return self._fetcher.get(url, etag=etag, modified=modified)

    def feed(self, fetched: Fetched) -> Feed:
        """Read the feed an address gave; see ``read_feed``."""
        from spokesdesk.outside.feeds import read_feed

        return read_feed(fetched)

    def page(self, fetched: Fetched) -> Page:
        """Keep the page an address gave; see ``page_of``."""
        from spokesdesk.outside.capture import page_of

        return page_of(fetched)
