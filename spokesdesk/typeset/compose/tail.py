"""The end of a paper: Nơi nhận and the signature (ô số 7a, 7b, 9b, 12), and the address line (ô số 13)."""

from dataclasses import replace

from spokesdesk.domain.letters import Footer, Letter, Signer
from spokesdesk.typeset.compose.measure import of_field, styled
from spokesdesk.typeset.compose.styles import Styles
from spokesdesk.typeset.document import Block, Columns, Item, Para, Row, Rule
from spokesdesk.typeset.faces import line_height
from spokesdesk.typeset.nd30 import Form

_CLOSING = " \t;.,"
_AS_ABOVE = "Như trên"


def signature(form: Form, letter: Letter, styles: Styles, *, addressed: bool) -> list[Block]:
    """Give recipients on the left and the signature on the right, kept whole.

    Args:
        form: the rules of form.
        letter: the letter.
        styles: the paper's styles.
        addressed: whether "Kính gửi" is printed, so that the first recipient is "Như trên".
    """
    left = recipients(letter, styles, addressed=addressed)
    right = _signers(form, letter.signers, styles)
    widths = (form.page.measure - form.signature_right, form.signature_right)
    block = Columns(widths, (Row((_set_off(left, form), _set_off(right, form))),), whole=_fits(form, letter))
    return [block, Para(styles.blank)]


def two_signatures(form: Form, letter: Letter, styles: Styles) -> list[Block]:
    """Give two signatures side by side, and the recipients below them (biên bản, mẫu 1.9)."""
    signers = (*letter.signers, Signer(), Signer())
    half = form.page.measure // 2
    cells = tuple(_set_off(_signers(form, (signer,), styles), form) for signer in signers[:2])
    block = Columns((half, form.page.measure - half), (Row(cells),))
    below = recipients(letter, styles, addressed=False)
    if not below:
        return [block, Para(styles.blank)]
    return [block, *_set_off(below, form)]


def recipients(letter: Letter, styles: Styles, *, addressed: bool) -> tuple[Para, ...]:
    """Give "Nơi nhận:" and its list, closed by the archive line (khoản 9; Mục III, khoản 3)."""
    names = [name.strip(_CLOSING) for name in letter.recipients if name.strip(_CLOSING)]
    if addressed and not (names and names[0].casefold().startswith(_AS_ABOVE.casefold())):
        names.insert(0, _AS_ABOVE)
    if letter.archive.strip(_CLOSING):
        names.append(f"Lưu: {letter.archive.strip(_CLOSING)}")
    if not names:
        return ()
    paras = [styled(styles.recipients_head, "Nơi nhận:")]
    for at, name in enumerate(names, 1):
        item = styled(styles.recipients, f"- {name}{'.' if at == len(names) else ';'}")
        paras += of_field([item], "archive" if name.startswith("Lưu: ") else f"recipients.{at}")
    made = _drafter(letter)
    return (*paras, replace(styled(styles.recipients, made), left=0, first=0)) if made else tuple(paras)


def _drafter(letter: Letter) -> str:
    """Give "PL.(300)": who drafted it and how many copies go out."""
    who = letter.drafter.strip(_CLOSING).upper()
    copies = f"({letter.copies:02d})" if letter.copies else ""
    return f"{who}.{copies}" if who else copies


def _signers(form: Form, signers: tuple[Signer, ...], styles: Styles) -> tuple[Para, ...]:
    paras: list[Para] = []
    for at, signer in enumerate(signers, 1):
        lines = [styled(styles.authority, line.strip().upper()) for line in signer.authority if line.strip()]
        if lines and at > 1:
            # Else the name above reads as one block with the next signer's post.
            lines[0] = replace(lines[0], before=2 * form.after)
        paras += of_field(lines, f"signers.{at}.authority")
        name = replace(styled(styles.signer, signer.name.strip()), before=form.signature)
        paras += of_field([name], f"signers.{at}.name")
    return tuple(paras)


def _set_off(paras: tuple[Para, ...], form: Form) -> tuple[Item, ...]:
    if not paras:
        return ()
    return (replace(paras[0], before=form.after), *paras[1:])


def _fits(form: Form, letter: Letter) -> bool:
    """Whether the recipients surely fit on one page together; a longer list may run over pages."""
    room = form.page.height - form.page.top - form.page.bottom
    lines = sum(1 + len(name) // 30 for name in letter.recipients) + 6
    return lines * line_height(form.sizes["recipients"]) < room * 3 // 4


def contact(form: Form, footer: Footer | None, styles: Styles) -> tuple[Item, ...]:
    """Give the address line at the foot of page 1, under a rule across the text (Mục III, khoản 4)."""
    if footer is None:
        return ()
    rows = (
        (("Địa chỉ: ", footer.address),),
        (("ĐT: ", footer.phone), ("Fax: ", footer.fax)),
        (("E-Mail: ", footer.email), ("Website: ", footer.website)),
    )
    lines = [", ".join(label + text.strip() for label, text in row if text.strip()) for row in rows]
    paras = [styled(styles.contact, line) for line in lines if line]
    if not paras:
        return ()
    return (Rule(styles.rule, 0, 0, form.rule_weight), *of_field(paras, "contact.address"))
