"""`sign`, `verify`: signatures on papers of the desk, and on any PDF without a workspace."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from spokesdesk.cli.answer import Answer, plain
from spokesdesk.cli.who import record_id
from spokesdesk.domain.errors import AccessError, OutsideError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.papers import PaperState
from spokesdesk.domain.signing import INK, SignAsk, SignatureKind, SignatureVerdict, Verdict
from spokesdesk.domain.verdicts import REVOKED, WORTH, changes, moment, short
from spokesdesk.services import signing, verifying
from spokesdesk.services.ports import Desk, Signer

PASSPHRASE = "SPOKESDESK_SIGN_PASSPHRASE"
PIN = "SPOKESDESK_SIGN_PIN"
ADAPTERS = ("pkcs12", "pkcs11", "vgca", "outside", "ink")
UNSOUND = 8


class _OnPaper(argparse.Action):
    """``--workspace``: the command then needs the desk."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option: Any = None
    ) -> None:
        namespace.workspace, namespace.needs_desk = values, True


def add_parser(commands: Any) -> None:
    """Add the commands."""
    one = commands.add_parser("sign", help=_("ký số một tệp PDF, hoặc một văn bản của bàn làm việc"))
    one.add_argument("pdf", nargs="?", type=Path, metavar="PDF", help=_("tệp PDF bất kỳ"))
    one.add_argument(
        "--out", type=Path, metavar="OUT.pdf", help=_("ghi bản đã ký (hoặc bản để ký bên ngoài)")
    )
    one.add_argument("--workspace", action=_OnPaper, metavar="DIR", help=_("thư mục bàn làm việc"))
    one.add_argument("--as", dest="as_member", metavar="NAME", help=_("người đang làm việc"))
    one.add_argument("--paper", metavar="ID", help=_("văn bản cần ký"))
    one.add_argument(
        "--adapter",
        choices=ADAPTERS,
        help=_("cách ký; vgca mới được thử với chương trình giả lập, chưa thử với thiết bị thật"),
    )
    one.add_argument("--kind", choices=[kind.value for kind in SignatureKind], help=_("chữ ký của ai"))
    one.add_argument("--pkcs12", type=Path, metavar="FILE", help=_("tệp khóa .p12 hoặc .pfx"))
    one.add_argument("--library", metavar="FILE", help=_("trình điều khiển PKCS#11 của thiết bị ký"))
    one.add_argument("--token", metavar="LABEL", help=_("nhãn của thiết bị ký"))
    one.add_argument("--key", metavar="LABEL", help=_("nhãn của khóa trong thiết bị"))
    one.add_argument("--file", type=Path, metavar="FILE", help=_("tệp ký bên ngoài hoặc bản quét"))
    one.add_argument("--give", action="store_true", help=_("chỉ ghi ra --out tệp để ký bên ngoài"))
    one.add_argument("--image", type=Path, metavar="PNG", help=_("hình chữ ký hoặc dấu, nền trong suốt"))
    one.add_argument("--trust", type=Path, metavar="DIR", help=_("thư mục chứng thư gốc tin cậy"))
    one.add_argument(
        "--long-term", action="store_true", help=_("kèm dữ liệu để kiểm tra nhiều năm (cần dấu thời gian)")
    )
    one.add_argument("--ways", action="store_true", help=_("các cách ký có trên máy này"))
    one.add_argument("--json", action="store_true", help=_("trả lời bằng JSON"))
    one.set_defaults(run=_sign)
    check = commands.add_parser("verify", help=_("kiểm tra chữ ký số của một tệp PDF bất kỳ"))
    check.add_argument("pdf", type=Path, metavar="FILE.pdf")
    check.add_argument("--trust", type=Path, metavar="DIR", help=_("thư mục chứng thư gốc tin cậy"))
    check.add_argument(
        "--online", action="store_true", help=_("hỏi nơi cấp qua mạng xem chứng thư có bị thu hồi không")
    )
    check.add_argument("--report", type=Path, metavar="OUT.pdf", help=_("ghi kết quả ra PDF để in"))
    check.add_argument("--json", action="store_true", help=_("trả lời bằng JSON"))
    check.set_defaults(run=_verify)


def _ways() -> Answer:
    from spokesdesk import bootstrap

    found = bootstrap.signing_machine().look()
    lines = []
    for one in found:
        tokens = "; ".join(f"{token.label} {token.signer}".strip() for token in one.tokens)
        there = _("có") if one.is_there else _("chưa có")
        lines.append("  ".join(part for part in (one.way.value, there, tokens) if part))
    return Answer(found, "\n".join(lines))


def _sign(arguments: argparse.Namespace, desk: Desk | None = None) -> Answer:
    if arguments.ways:
        return _ways()
    if desk is not None and arguments.paper and arguments.pdf is None:
        return _sign_paper(arguments, desk)
    if desk is not None or arguments.pdf is None:
        raise UserError("sign_options")
    out: Path | None = arguments.out
    if out is None or out.resolve() == arguments.pdf.resolve():
        raise UserError("sign_out_missing", field="out")
    kind = SignatureKind(arguments.kind or SignatureKind.LEADER)
    ask = SignAsk(kind, datetime.now(UTC), image=_image(arguments))
    pdf = signing.read_file(arguments.pdf)
    signed, verdict = signing.sign_file(pdf, _signer(arguments), ask, _roots(arguments))
    _write(out, signed)
    return _told(verdict, {"out": out}, exit_code=0)


def _sign_paper(arguments: argparse.Namespace, desk: Desk) -> Answer:
    paper_id, kind = record_id(arguments.paper, "paper"), _kind(arguments, desk)
    if arguments.give:
        return _give(arguments, signing.to_sign(desk, paper_id, kind, _image(arguments)))
    signer, roots = _signer(arguments), _roots(arguments)
    if signer.adapter in ("outside", "ink"):
        made, _changes = signing.attach_signed(desk, paper_id, signer, kind, roots=roots)
    else:
        made, _changes = signing.sign_paper(
            desk, paper_id, signer, kind, roots=roots, image=_image(arguments)
        )
    if arguments.out is not None:
        _write(arguments.out, desk.files.read(made.file.sha256))
    told = {
        "id": made.id,
        "paper_id": paper_id,
        "kind": kind,
        "signer": made.signer,
        "sha256": made.file.sha256,
    }
    answer = _told(made.verdict, told, exit_code=0)
    return replace(answer, text=_("Đã lưu bản quét có chữ ký tay.")) if made.adapter == INK else answer


def _give(arguments: argparse.Namespace, pdf: bytes) -> Answer:
    if arguments.out is None:
        raise UserError("sign_out_missing", field="out")
    _write(arguments.out, pdf)
    return Answer({"out": arguments.out})


def _kind(arguments: argparse.Namespace, desk: Desk) -> SignatureKind:
    """Give whose signature it is: as asked, else by where the paper stands."""
    if arguments.kind:
        return SignatureKind(arguments.kind)
    from spokesdesk.services.papers import paper

    state = paper(desk, record_id(arguments.paper, "paper")).state
    return SignatureKind.LEADER if state is PaperState.APPROVED else SignatureKind.AGENCY


def _signer(arguments: argparse.Namespace) -> Signer:
    from spokesdesk import bootstrap

    adapter = arguments.adapter or ("pkcs12" if arguments.pkcs12 else "pkcs11" if arguments.library else "")
    if adapter == "pkcs12":
        return bootstrap.signer(
            adapter,
            roots=_roots(arguments) if arguments.long_term else (),
            file=_needed(arguments.pkcs12, "--pkcs12"),
            ask_passphrase=_asker(PASSPHRASE),
        )
    if adapter == "pkcs11":
        given = {"library": arguments.library, "token": arguments.token, "key": arguments.key}
        chosen = {name: value for name, value in given.items() if value}
        roots = _roots(arguments) if arguments.long_term else ()
        return bootstrap.signer(adapter, roots=roots, ask_pin=_asker(PIN), **chosen)
    if adapter in ("outside", "ink"):
        return bootstrap.signer(adapter, file=_needed(arguments.file, "--file"))
    return bootstrap.signer(_needed(adapter, "--adapter"))


def _needed(value: Any, option: str) -> Any:
    if not value:
        raise UserError("sign_option_missing", option=option)
    return value


def _asker(variable: str) -> Callable[[], str]:
    """Give a question for a secret: from the environment, else from the person at the terminal."""

    def ask() -> str:
        if variable in os.environ:
            return os.environ[variable]
        if not sys.stdin.isatty():
            raise AccessError("sign_secret_needed", variable=variable)
        from getpass import getpass

        return getpass(f"{_('Mật khẩu hoặc mã PIN')}: ")

    return ask


def _image(arguments: argparse.Namespace) -> bytes:
    return signing.read_file(arguments.image, "image") if arguments.image else b""


def _roots(arguments: argparse.Namespace) -> Sequence[bytes]:
    from spokesdesk import bootstrap

    return bootstrap.trust_roots(arguments.trust)


def _verify(arguments: argparse.Namespace) -> Answer:
    from spokesdesk import bootstrap

    pdf, machine = (
        signing.read_file(arguments.pdf),
        bootstrap.signing_machine(online=arguments.online or None),
    )
    checked = verifying.check_bytes(arguments.pdf.name, pdf, _roots(arguments), machine)
    if arguments.report:
        _write(arguments.report, verifying.report_pdf(checked))
    verdict = checked.verdict
    return _told(verdict, {"file": arguments.pdf}, exit_code=0 if verdict.ok else UNSOUND)


def _told(verdict: Verdict, more: dict[str, object], exit_code: int) -> Answer:
    found = [{**plain(one), "ok": one.ok} for one in verdict.signatures]
    value = {**more, "ok": verdict.ok, "unbroken": verdict.unbroken, "signatures": found}
    lines = [_line(one) for one in verdict.signatures] or [_("Tệp không có chữ ký số nào kiểm tra được.")]
    return Answer(value, "\n".join(lines), exit_code)


def _line(one: SignatureVerdict) -> str:
    at = moment(one.signed_at) if one.signed_at else "?"
    head = short(one).upper()
    whole = _("nội dung đã ký còn nguyên") if one.intact else _("nội dung đã ký BỊ SỬA")
    worth, revoked = WORTH[one.certificate], REVOKED[one.revocation]
    return f"{head}: {one.signer}, {at}\n  {whole}; {worth}; {changes(one)}; {revoked}"


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise OutsideError("file_unwritable", field="out", path=path) from error
