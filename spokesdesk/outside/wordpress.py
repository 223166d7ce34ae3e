"""A WordPress site as a place to publish: posts and media through its REST interface, with an application password.

A post is known by its slug, which is made from the record's id, a file by one made from its hash: the same thing asked
twice, after an answer that was lost, finds what is there.
"""

from typing import Any
from uuid import UUID

from spokesdesk.domain.elsewhere import ElsewherePlace, Item, Receipt
from spokesdesk.domain.errors import AccessError
from spokesdesk.domain.journal import Attachment
from spokesdesk.domain.text import safe_file_name
from spokesdesk.outside import wordpress_text
from spokesdesk.outside.wordpress_line import Line
from spokesdesk.services.ports.elsewhere import Opened

_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_NEEDED = ("publish_posts", "edit_published_posts", "delete_published_posts", "upload_files", "delete_posts")
_NO_TRASH = 501


class WordPress:
    """A site at one address, spoken to as one account."""

    def __init__(self, place: ElsewherePlace, password: str) -> None:
        self._line = Line(place.address, place.account, password)

    def check(self) -> None:
        """See that the site knows the account and lets it publish.

        Raises:
            AccessError: ``wordpress_refused``, ``wordpress_rights``, ``wordpress_closed``.
            OutsideError: ``elsewhere_unreachable``, ``elsewhere_failed``, ``wordpress_moved``.
        """
        told = self._line.call("GET", "/users/me", params={"context": "edit"})
        rights = told.get("capabilities", {}) if isinstance(told, dict) else {}
        missing = [name for name in _NEEDED if not rights.get(name)]
        if missing:
            raise AccessError("wordpress_rights", field="account", rights=", ".join(missing))

    def publish(self, item: Item, files: Opened, remote: str) -> Receipt:
        """Publish a release, or bring the post that is there up to date; what it corrects then leads to it."""
        media = {
            kind: self._media(one, kind, item, files)
            for one, kind in ((item.pdf, "pdf"), (item.docx, "docx"))
        }
        before = self._before(item)
        links = {kind: str(one["source_url"]) for kind, one in media.items()}
        post = {
            "title": wordpress_text.exact(item.title),
            "slug": _slug(item.record),
            "status": "publish",
            "date_gmt": item.released_at.strftime("%Y-%m-%dT%H:%M:%S"),
            "content": wordpress_text.content(item, links, str((before or {}).get("link", ""))),
            "comment_status": "closed",
            "ping_status": "closed",
        }
        told = self._posted(post)
        if told.get("status") != "publish":
            return Receipt("accepted", remote=str(told.get("id", "")))
        return self._published(item, told, before)

    def withdraw(self, item: Item, remote: str) -> Receipt:
        """Take the post and its files down; what is gone already is as good."""
        for there in self._all("/posts", _slug(item.record)):
            done = self._line.call("DELETE", f"/posts/{there['id']}", may_be=(404, 410, _NO_TRASH))
            if done == _NO_TRASH:
                self._deleted("/posts", there)
        for one in (item.pdf, item.docx):
            for media in self._all("/media", _media_slug(one, item)):
                self._deleted("/media", media)
        self._lead_on(item, "", self._before(item))
        return Receipt("withdrawn", remote=remote)

    def receipt(self, item: Item, wanted: str, remote: str) -> Receipt | None:
        """Ask whether a post that waited for an editor is public by now."""
        there = self._find("/posts", _slug(item.record))
        if there is None or there.get("status") != "publish":
            return None
        return self._published(item, there, self._before(item))

    def close(self) -> None:
        """Let the connections go."""
        self._line.close()

    def _published(self, item: Item, post: dict[str, Any], before: dict[str, Any] | None) -> Receipt:
        link = str(post.get("link", ""))[:500]
        self._lead_on(item, link, before)
        return Receipt("published", link, str(post["id"]))

    def _before(self, item: Item) -> dict[str, Any] | None:
        """Give the post that a release corrects."""
        return self._find("/posts", _slug(item.corrects)) if item.corrects else None

    def _lead_on(self, item: Item, link: str, before: dict[str, Any] | None) -> None:
        """Let the post that a release corrects say where the new one is; "" when there is none any more."""
        if before is not None:
            content = str(before.get("content", {}).get("raw", ""))
            changed = wordpress_text.led_on(content, item, link)
            if changed != content:
                self._line.call("POST", f"/posts/{before['id']}", json={"content": changed})

    def _posted(self, post: dict[str, Any]) -> dict[str, Any]:
        """Make a draft, then publish it: a try that was given up here but goes on there leaves a draft at most."""
        there = self._find("/posts", post["slug"])
        if there is None:
            draft = {"title": post["title"], "slug": post["slug"], "status": "draft"}
            there = self._line.call("POST", "/posts", json=draft)
        told: dict[str, Any] = self._line.call("POST", f"/posts/{there['id']}", json=post)
        return told

    def _deleted(self, kind: str, there: dict[str, Any]) -> None:
        self._line.call("DELETE", f"{kind}/{there['id']}", params={"force": "true"}, may_be=(404, 410))

    def _media(self, one: Attachment, kind: str, item: Item, files: Opened) -> dict[str, Any]:
        slug = _media_slug(one, item)
        if (there := self._find("/media", slug)) is not None:
            return there
        name = safe_file_name(one.name, otherwise=f"thong-cao.{kind}")
        with files(one.sha256) as source:
            made: dict[str, Any] = self._line.call(
                "POST",
                "/media",
                params={"slug": slug, "title": wordpress_text.exact(name)},
                content=source,
                headers={
                    "content-type": _TYPES[kind],
                    "content-length": str(one.size),
                    # The name that people see is the title; the file's own must be plain and cannot be guessed.
                    "content-disposition": f'attachment; filename="{slug}.{kind}"',
                },
            )
        return made

    def _find(self, kind: str, slug: str) -> dict[str, Any] | None:
        return next(iter(self._all(kind, slug)), None)

    def _all(self, kind: str, slug: str) -> list[dict[str, Any]]:
        """Give what has a slug, the public one first, then the oldest."""
        asked = {"slug": slug, "context": "edit", "status": "inherit" if kind == "/media" else "any"}
        found = self._line.call("GET", kind, params=asked)
        known = [one for one in found if isinstance(one, dict) and isinstance(one.get("id"), int)]
        return sorted(known, key=lambda one: (one.get("status") != "publish", one["id"]))


def _slug(record: UUID) -> str:
    return f"thong-cao-{record.hex}"


def _media_slug(one: Attachment, item: Item) -> str:
    return f"tep-{item.record.hex[-12:]}-{one.sha256[:32]}"
