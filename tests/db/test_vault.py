"""The key of a file: derived from the passphrase, printed for recovery, and the only way to read a byte."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from db import vault
from db.engine import connect
from db.errors import Refused
from db.practice import Practice
from db.trust import NewTrustNote, note_trust
from db.vault import ALPHABET, PLAIN_HEADER, Key
from tests.conftest import PASSPHRASE
from tests.db import made

CANARY = "quokka-marzipan-zeppelin"


@given(some.binary(min_size=32, max_size=32))
def test_recovery_text_gives_the_key_back(raw: bytes) -> None:
    text = vault.to_recovery(Key(raw, b"s" * 16))
    assert vault.from_recovery(text, b"s" * 16).raw == raw


@given(some.binary(min_size=32, max_size=32), some.integers(0, 53), some.integers(1, 31))
def test_one_wrong_letter_is_noticed(raw: bytes, place: int, shift: int) -> None:
    letters = list(vault.to_recovery(Key(raw, b"")).replace("-", ""))
    letters[place] = ALPHABET[(ALPHABET.index(letters[place]) + shift) % 32]
    with pytest.raises(Refused, match="recovery-key-checksum"):
        vault.from_recovery("".join(letters), b"")


def test_every_wrong_letter_and_every_swap_of_one_key_is_noticed(key: Key) -> None:
    letters = list(vault.to_recovery(key).replace("-", ""))
    wrong = [
        [*letters[:place], letter, *letters[place + 1 :]]
        for place in range(len(letters))
        for letter in ALPHABET
        if letter != letters[place]
    ]
    for first, second in combinations(range(len(letters)), 2):
        if letters[first] != letters[second]:
            swapped = letters.copy()
            swapped[first], swapped[second] = swapped[second], swapped[first]
            wrong.append(swapped)
    assert len(wrong) > 54 * 31
    for text in wrong:
        with pytest.raises(Refused):
            vault.from_recovery("".join(text), key.salt)


def test_recovery_text_forgives_case_spaces_and_letters_that_look_alike(key: Key) -> None:
    text = vault.to_recovery(key)
    typed = text.lower().replace("-", "  ").replace("0", "o").replace("1", "l")
    assert vault.from_recovery(typed, key.salt) == key


def test_recovery_text_reads_in_nine_groups_without_letters_that_are_misread(key: Key) -> None:
    groups = vault.to_recovery(key).split("-")
    assert [len(group) for group in groups] == [6] * 9
    assert not set("ILOU") & set("".join(groups))


def test_recovery_key_opens_the_file(sealed_practice: Practice) -> None:
    text = sealed_practice.recovery_key
    sealed_practice.close()
    with Practice.open(sealed_practice.path, recovery_key=text, backup=False) as again:
        assert again.check().ok


def test_file_without_a_passphrase_has_no_recovery_key(practice: Practice) -> None:
    assert practice.recovery_key is None


def test_passphrase_and_salt_of_the_file_give_its_key(sealed_practice: Practice, key: Key) -> None:
    salt = sealed_practice.path.read_bytes()[:16]
    assert salt == key.salt
    assert vault.derive(PASSPHRASE, salt) == key


def test_any_sqlcipher_tool_opens_the_file_with_the_recovered_key(sealed_practice: Practice) -> None:
    made.client(sealed_practice)
    path, text = sealed_practice.path, sealed_practice.recovery_key
    sealed_practice.close()
    assert text is not None
    raw = vault.from_recovery(text, b"").raw.hex() + path.read_bytes()[:16].hex()
    connection = made.bare(path)
    connection.execute(f"PRAGMA key = \"x'{raw}'\"")
    assert connection.execute("SELECT name FROM party").fetchall() == [("Mateusz Zolc",)]
    connection.close()


def test_key_does_not_show_itself(key: Key) -> None:
    assert str(key) == repr(key) == "Key(…)"


def test_nothing_that_was_written_can_be_read_beside_the_file(sealed_practice: Practice, home: Path) -> None:
    client = made.client(sealed_practice, f"{CANARY} Ltd")
    made.advice(sealed_practice, client, f"{CANARY}?", CANARY * 2000)
    sealed_practice.do(note_trust, NewTrustNote(client_id=client, kind="confidence", text=CANARY))
    backup = sealed_practice.back_up()
    folder = sealed_practice.path.parent
    names = {path.name.removeprefix("sealed.cliens") for path in folder.iterdir() if path.is_file()}
    assert names == {"", "-wal", "-shm", "-lock"}
    while_open = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    sealed_practice.close()
    for content in [*while_open, *(path.read_bytes() for path in folder.rglob("*") if path.is_file())]:
        for form in (CANARY, CANARY.split("-")[0], "quokka marzipan"):
            assert form.encode() not in content
            assert form.encode("utf-16-le") not in content
    assert not sealed_practice.path.read_bytes().startswith(PLAIN_HEADER)
    assert not backup.read_bytes().startswith(PLAIN_HEADER)
    assert any(path.is_file() for path in home.rglob("*"))


def test_canary_is_seen_in_a_file_without_a_passphrase(practice: Practice) -> None:
    made.client(practice, CANARY)
    practice.close()
    assert CANARY.encode() in practice.path.read_bytes()


def test_pages_have_their_own_seal(sealed_practice: Practice, key: Key) -> None:
    connection = connect(sealed_practice.path, key, "ro")
    assert connection.execute("PRAGMA cipher_use_hmac").fetchone()[0] == "1"
    assert connection.execute("PRAGMA cipher_version").fetchone()[0].startswith("4.")
    connection.close()
