"""What a WordPress page says of a release, written so that the site shows every character as it is.

WordPress makes pictures of ``8)``, curls quotes, lengthens dashes, runs what stands in brackets and frames what a bare
address leads to. It leaves numeric references alone, so what it would touch is written as one.
"""

import html
import re

from spokesdesk.domain.elsewhere import Item

_TOUCHED = re.compile(r"""["'`&<>\[\]:;()]|-(?!\w)|(?<!\w)-|\.(?=\.)|(?<=\d)x(?=\d)|(?<=8)O|(?<=8-)O""")
_LED_ON = re.compile(r'<p class="spokesdesk-dinh-chinh">.*?</p>\n', re.DOTALL)


def exact(text: str) -> str:
    """Give a text as HTML that WordPress shows unchanged."""
    return _TOUCHED.sub(lambda found: f"&#{ord(found[0])};", text)


def content(item: Item, links: dict[str, str], corrected: str) -> str:
    """Give the body of a post.

    Args:
        links: "pdf" and "docx" → the file's address at the site.
        corrected: address of the post that this release corrects; "" for none.
    """
    facts = (
        f"Số {item.mark} · {item.agency}, ngày {item.date_on.day}/{item.date_on.month}/{item.date_on.year}"
    )
    parts = [f"<p><em>{exact(facts)}</em></p>"]
    if corrected:
        parts.append(f"<p>Thông cáo này đính chính, thay thế {_link(corrected, 'thông cáo trước')}.</p>")
    parts += [f"<p>{exact(text)}</p>" for text in item.text]
    parts += [
        f"<p>{_link(links[kind], said)}</p>"
        for kind, said in (("pdf", "Bản chính thức (PDF)"), ("docx", "Bản Word (.docx)"))
    ]
    return "\n".join(parts)


def led_on(content: str, item: Item, link: str) -> str:
    """Give the body of an earlier post with the notice that ``item`` corrects it, or without when there is no link."""
    plain = _LED_ON.sub("", content)
    if not link:
        return plain
    named = _link(link, f"{item.title} ({item.mark})")
    return (
        f'<p class="spokesdesk-dinh-chinh"><strong>Thông cáo này đã được đính chính, thay thế. Hãy đọc bản mới: '
        f"{named}</strong></p>\n{plain}"
    )


def _link(address: str, said: str) -> str:
    return f'<a href="{html.escape(address, quote=True)}">{exact(said)}</a>'
