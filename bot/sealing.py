"""Seals what identifies a person, and finds a chat again without knowing it: keys, their file, and how they rotate."""

import base64
import binascii
import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Callable, Sequence
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

KEY_BYTES = 32
MAKE_A_KEY = "openssl rand -base64 32"
"""What an operator types to get a key."""


class SealError(ValueError):
    """A key is missing, malformed or another one; the text is one line for the operator and shows no key."""


def new_key() -> str:
    """A key as `keys_in` reads it."""
    return Fernet.generate_key().decode()


def keys_in(text: str) -> tuple[str, ...]:
    """The keys in a text, apart by commas or white space, newest first. Raises SealError; none is ()."""
    keys = []
    for number, word in enumerate(filter(None, re.split(r"[,\s]+", text)), 1):
        key = word.translate(str.maketrans("+/", "-_"))
        try:
            whole = len(base64.b64decode(key, altchars=b"-_", validate=True)) == KEY_BYTES
        except (binascii.Error, ValueError):
            whole = False
        if not whole:
            raise SealError(f"key {number} is not {KEY_BYTES} bytes in base64; one is made with: {MAKE_A_KEY}")
        keys.append(key)
    return tuple(dict.fromkeys(keys))


def key_name(key: str) -> str:
    """By what a key is told from others, without telling the key: it stands in the database, beside what it seals."""
    return hashlib.sha256(b"vejviser key name" + base64.urlsafe_b64decode(key)).hexdigest()[:16]


def read_keys(file: Path) -> tuple[str, ...]:
    """The keys in a key file; () where there is none. Raises SealError."""
    try:
        return keys_in(file.read_text("ascii"))
    except FileNotFoundError:
        return ()
    except SealError as error:
        raise SealError(f"{file}: {error}") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "is not text"
        raise SealError(f"the key file {file} cannot be read: {reason}") from None


def write_keys(file: Path, keys: Sequence[str]) -> None:
    """Puts the keys in the key file, mode 0600: whole or not at all. Raises SealError."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as out:
            out.write("".join(f"{key}\n" for key in keys))
            out.flush()
            # A key that is lost with the power would take everything that it sealed along.
            os.fsync(out.fileno())
        part.replace(file)
    except OSError as error:
        raise SealError(f"the key file {file} cannot be written: {error.strerror}") from None


class Sealer:
    """Seals under one key, opens what any of the keys has sealed."""

    def __init__(self, keys: Sequence[str], under: str = "") -> None:
        """`under`: the name of the key that seals; left out, the first. Raises SealError where there is no such key."""
        names = [key_name(key) for key in keys]
        self.under = under or next(iter(names), "")
        if self.under not in names:
            raise SealError("there is no key" if not names else "the key is another one")
        first = keys[names.index(self.under)]
        self._fernet = MultiFernet([Fernet(key) for key in (first, *(key for key in keys if key != first))])

    def seal(self, text: str) -> bytes:
        """The text, readable only with the key; twice the same text is not twice the same bytes."""
        return self._fernet.encrypt(text.encode())

    def open(self, sealed: bytes) -> str:
        """The text that was sealed. Raises SealError."""
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken:
            raise SealError("what is stored was sealed with another key, or is damaged") from None

    def renew(self, sealed: bytes) -> bytes:
        """The same, sealed under this key. Raises SealError."""
        try:
            return self._fernet.rotate(sealed)
        except InvalidToken:
            raise SealError("what is stored was sealed with another key, or is damaged") from None


class Keyring:
    """The keys at hand, read again when one is asked for that is not among them: another process may have added it."""

    def __init__(self, read: Callable[[], tuple[str, ...]]) -> None:
        """`read` gives the keys, newest first."""
        self._read = read
        self._sealers: dict[str, Sealer] = {}

    def newest(self) -> Sealer:
        """The sealer of the newest key. Raises SealError where there is none."""
        return Sealer(self._read())

    def sealer(self, under: str) -> Sealer:
        """The sealer of the key with this name. Raises SealError."""
        if under not in self._sealers:
            self._sealers[under] = Sealer(self._read(), under)
        return self._sealers[under]


def handle(secret: bytes, channel: str, chat: str) -> bytes:
    """By what a chat is found again: the same for the same chat, and of no use without the secret. 32 bytes."""
    return hmac.new(secret, f"{channel}\0{chat}".encode(), hashlib.sha256).digest()
