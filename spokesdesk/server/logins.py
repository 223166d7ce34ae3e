"""Signing a desk in through the browser: accounts of agencies; codes that PKCE ties to one desk (RFC 7636, 8252).

The portal makes the passphrases: a hundred bits each, so that a plain hash keeps them.
"""

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode, urlsplit

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from spokesdesk import wire
from spokesdesk.domain.errors import AccessError, UserError
from spokesdesk.server import accounts
from spokesdesk.server.database import in_transaction, reading
from spokesdesk.server.tables import agency_login, journal, login_code

CODE_VALID = timedelta(seconds=60)
LOGIN_LIMIT = 60
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_STATE = re.compile(r"[A-Za-z0-9_-]{22,128}")
_GROUPS, _GROUP = 5, 4


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a desk asks for through the browser: where the answer goes, and what only it can show later."""

    redirect: str
    state: str
    challenge: str


def wanted(redirect: str, state: str, challenge: str, method: str) -> Wanted:
    """Check what a desk asks for.

    Raises:
        UserError: ``sign_in_malformed``: another place than this machine, another method than S256, no state.
    """
    try:
        parts = urlsplit(redirect)
        port = parts.port or 0
    except ValueError:
        raise UserError("sign_in_malformed") from None
    is_here = redirect == f"http://127.0.0.1:{port}{parts.path}" and port >= 1024 and len(redirect) <= 200
    is_well = _STATE.fullmatch(state) and _CHALLENGE.fullmatch(challenge) and method == "S256"
    if not (is_here and is_well):
        raise UserError("sign_in_malformed")
    return Wanted(redirect, state, challenge)


def make_login(engine: Engine, agency: str, login: str, now: datetime) -> str:
    """Make an account of an agency, or give an account a new passphrase; give the passphrase, shown this once.

    Raises:
        UserError: ``login_form``; ``agency_missing``; ``login_taken``: another agency has it.
    """
    if not _LOGIN.fullmatch(login):
        raise UserError("login_form", field="login")
    plain = accounts.plain_code(_GROUPS * _GROUP)

    def work(connection: Connection) -> None:
        owner = connection.execute(sa.select(journal.c.id).where(journal.c.agency == agency.strip())).scalar()
        if owner is None:
            raise UserError("agency_missing", field="agency", agency=agency)
        has = connection.execute(
            sa.select(agency_login.c.journal).where(agency_login.c.login == login)
        ).scalar()
        if has not in {None, owner}:
            raise UserError("login_taken", field="login")
        mine = (agency_login.c.journal == owner) & (agency_login.c.login == login)
        connection.execute(sa.delete(agency_login).where(mine))
        row = dict(journal=owner, login=login, secret_hash=accounts.hashed(plain), made_at=now)
        connection.execute(sa.insert(agency_login).values(**row))

    in_transaction(engine, work)
    return "-".join(plain[at : at + _GROUP] for at in range(0, len(plain), _GROUP))


def end_login(engine: Engine, login: str) -> bool:
    """Take an account away; devices that were enrolled with it stay. False when there is none."""

    def work(connection: Connection) -> bool:
        return bool(connection.execute(sa.delete(agency_login).where(agency_login.c.login == login)).rowcount)

    return in_transaction(engine, work)


def signed_in(engine: Engine, asked: Wanted, login: str, secret: str, address: str, now: datetime) -> str:
    """Give where the browser goes after somebody has signed in: back to the desk, with a code for it.

    Args:
        address: where the request came from; wrong tries from there are counted.

    Raises:
        WaitError: ``too_many_attempts``.
        AccessError: ``login_wrong``: unknown, or another passphrase; nobody learns which.
    """
    accounts.check_attempts(engine, address, now)
    told = accounts.hashed(wire.read_code(secret))
    with reading(engine) as connection:
        row = connection.execute(
            sa.select(agency_login).where(agency_login.c.login == login.strip().lower())
        ).first()
    if not hmac.compare_digest(row.secret_hash if row else "0" * len(told), told) or row is None:
        accounts.count_wrong(engine, address, now)
        raise AccessError("login_wrong")
    code = secrets.token_urlsafe(32)

    def work(connection: Connection) -> None:
        connection.execute(sa.delete(login_code).where(login_code.c.expires_at <= now))
        connection.execute(
            sa.insert(login_code).values(
                code_hash=accounts.hashed(code),
                journal=row.journal,
                challenge=asked.challenge,
                redirect=asked.redirect,
                expires_at=now + CODE_VALID,
            )
        )

    in_transaction(engine, work)
    return f"{asked.redirect}?{urlencode({'code': code, 'state': asked.state})}"


def enrol(engine: Engine, ask: wire.SignInAsk, now: datetime) -> wire.Enrolled:
    """Enrol the desk that began the sign-in; a code is good once, even when what comes with it is wrong.

    Raises:
        AccessError: ``sign_in_refused``: code unknown, used or old, or not this desk's; ``enrol_proof_wrong``.
    """
    asked = ask.enrol
    if not wire.is_signature(asked.public_key, asked.proof, wire.enrol_proof(asked.code)):
        raise AccessError("enrol_proof_wrong")
    which = login_code.c.code_hash == accounts.hashed(asked.code)

    def work(connection: Connection) -> wire.Enrolled | None:
        code = connection.execute(sa.select(login_code).where(which).with_for_update()).first()
        connection.execute(sa.delete(login_code).where(which))
        if code is None or code.expires_at <= now or code.redirect != ask.redirect:
            return None
        if not hmac.compare_digest(code.challenge, challenge_of(ask.verifier)):
            return None
        owner = connection.execute(sa.select(journal).where(journal.c.id == code.journal)).one()
        return accounts.signed_in(connection, owner, asked, accounts.device_name(asked.device_name), now)

    given = in_transaction(engine, work)
    if given is None:
        raise AccessError("sign_in_refused")
    return given


def challenge_of(verifier: str) -> str:
    """Give the challenge (S256) of a verifier. Source: RFC 7636, 4.2."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
