"""The key of a practice file: derived from the passphrase and the file's own salt, and printable for recovery."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from db.errors import Refused, Trouble

SALT_BYTES = 16
KEY_BYTES = 32
PLAIN_HEADER = b"SQLite format 3\x00"
PAGE_BYTES = 4096

# Argon2id (RFC 9106) at 256 MiB, three passes, four lanes: part of format version 1, so fixed for such files.
ARGON2_MEMORY_KIB = 256 * 1024
ARGON2_PASSES = 3
ARGON2_LANES = 4
MINIMUM_PASSPHRASE = 12

# Crockford's base 32: no I, L, O or U, which are misread.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# 32 has order 68 modulo this prime, longer than the text, so any one wrong letter and any two swapped letters
# change the remainder.
CHECK_PRIME = 1021
RECOVERY_LETTERS = 54


@dataclass(frozen=True)
class Key:
    """A raw SQLCipher key with its salt; never shown by `repr`."""

    raw: bytes
    salt: bytes

    def __repr__(self) -> str:
        return "Key(…)"

    @property
    def pragma(self) -> str:
        """The key as SQLCipher reads it: x'64 hexadecimal digits of key, 32 of salt'."""
        return f"x'{self.raw.hex()}{self.salt.hex()}'"


def new_salt() -> bytes:
    """A fresh random salt for a new file."""
    return os.urandom(SALT_BYTES)


def derive(passphrase: str, salt: bytes) -> Key:
    """The key for a passphrase and a file's salt; takes most of a second on purpose."""
    import unicodedata

    from argon2.low_level import Type, hash_secret_raw

    secret = unicodedata.normalize("NFC", passphrase).encode()
    raw = hash_secret_raw(secret, salt, ARGON2_PASSES, ARGON2_MEMORY_KIB, ARGON2_LANES, KEY_BYTES, Type.ID)
    return Key(raw, salt)


def require_strength(passphrase: str) -> None:
    """Refuse a passphrase under 12 characters, or of fewer than five different ones."""
    if len(passphrase) < MINIMUM_PASSPHRASE or len(set(passphrase)) < 5:
        raise Refused("weak-passphrase", "passphrase", minimum=MINIMUM_PASSPHRASE)


def read_header(path: Path) -> bytes:
    """The first 16 bytes of a file that claims to be a practice: its salt, or SQLite's own header."""
    try:
        with path.open("rb") as file:
            header = file.read(SALT_BYTES)
            size = os.fstat(file.fileno()).st_size
    except FileNotFoundError:
        raise Trouble("missing", path=str(path)) from None
    except OSError as error:
        raise Trouble("unreadable", path=str(path), why=error.strerror or str(error)) from None
    if size == 0:
        raise Trouble("empty", path=str(path))
    return header


def to_recovery(key: Key) -> str:
    """The key as nine groups of six letters, of which the last two letters are the checksum."""
    body = int.from_bytes(key.raw, "big")
    check = -(body << 10) % CHECK_PRIME
    number = (body << 10) | check
    letters = "".join(ALPHABET[(number >> shift) & 31] for shift in range(5 * (RECOVERY_LETTERS - 1), -1, -5))
    return "-".join(letters[start : start + 6] for start in range(0, RECOVERY_LETTERS, 6))


def from_recovery(text: str, salt: bytes) -> Key:
    """The key that a recovery text stands for; refuses a text with a wrong or swapped letter."""
    letters = "".join(text.upper().split()).replace("-", "").replace("O", "0").replace("I", "1").replace("L", "1")
    if len(letters) != RECOVERY_LETTERS or any(letter not in ALPHABET for letter in letters):
        raise Refused("recovery-key-form", "recovery_key", letters=len(letters), expected=RECOVERY_LETTERS)
    number = 0
    for letter in letters:
        number = number * 32 + ALPHABET.index(letter)
    body = number >> 10
    if number % CHECK_PRIME or body.bit_length() > 8 * KEY_BYTES:
        raise Refused("recovery-key-checksum", "recovery_key")
    return Key(body.to_bytes(KEY_BYTES, "big"), salt)
