"""Keys: read, told apart, put in a file that only its owner reads; what is sealed opens with its key alone."""

import os
import stat
from base64 import b64encode, urlsafe_b64encode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sealing import Keyring, Sealer, SealError, handle, key_name, keys_in, new_key, read_keys, write_keys

OLD, NEW, OTHER = new_key(), new_key(), new_key()


@given(st.text())
def test_what_is_sealed_opens_and_shows_nothing(text: str) -> None:
    sealer = Sealer([NEW])
    sealed = sealer.seal(text)
    assert sealer.open(sealed) == text
    assert len(text) < 4 or text.encode() not in sealed
    assert sealer.seal(text) != sealed


@given(st.lists(st.binary(min_size=32, max_size=32), unique=True, max_size=4), st.sampled_from([", ", "\n", " ", ","]))
def test_keys_come_in_either_alphabet_and_any_separation(keys: list[bytes], between: str) -> None:
    wanted = tuple(urlsafe_b64encode(key).decode() for key in keys)
    assert keys_in(between.join(wanted)) == wanted
    assert keys_in(between.join(b64encode(key).decode() for key in keys)) == wanted


@given(st.text())
def test_what_is_no_key_is_refused_without_showing_it(text: str) -> None:
    secret = f"hemmelig{text}".replace(",", "").split()[0]
    with pytest.raises(SealError, match="key 2 is not 32 bytes") as raised:
        keys_in(f"{NEW},{secret}")
    assert "hemmelig" not in str(raised.value)


def test_the_same_key_twice_is_one() -> None:
    assert keys_in(f"{NEW} {OLD} {NEW}") == (NEW, OLD)


def test_the_first_key_seals_and_all_open() -> None:
    both = Sealer([NEW, OLD])
    assert both.under == key_name(NEW)
    assert both.open(Sealer([OLD]).seal("x")) == "x"
    assert Sealer([NEW]).open(both.seal("x")) == "x"
    assert Sealer([NEW]).open(both.renew(Sealer([OLD]).seal("x"))) == "x"


def test_a_key_can_be_chosen_by_its_name() -> None:
    sealer = Sealer([NEW, OLD], under=key_name(OLD))
    assert Sealer([OLD]).open(sealer.seal("x")) == "x"
    with pytest.raises(SealError, match="another one"):
        Sealer([NEW], under=key_name(OLD))
    with pytest.raises(SealError, match="no key"):
        Sealer([])


@pytest.mark.parametrize(
    "sealed",
    [b"", b"x", Sealer([OTHER]).seal("x"), Sealer([NEW]).seal("x")[:-4]],
    ids=["nothing", "no seal", "another key", "cut off"],
)
def test_what_another_key_sealed_or_what_is_damaged_does_not_open(sealed: bytes) -> None:
    for read in (Sealer([NEW, OLD]).open, Sealer([NEW, OLD]).renew):
        with pytest.raises(SealError, match="another key, or is damaged"):
            read(sealed)


def test_a_key_that_is_added_later_is_found() -> None:
    keys = [OLD]
    ring = Keyring(lambda: tuple(keys))
    with pytest.raises(SealError):
        ring.sealer(key_name(NEW))
    keys.insert(0, NEW)
    assert ring.sealer(key_name(NEW)).under == key_name(NEW)
    assert ring.newest().under == key_name(NEW)


def test_a_key_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "data.key"
    assert read_keys(file) == ()
    before = os.umask(0)
    try:
        write_keys(file, [NEW, OLD])
    finally:
        os.umask(before)
    assert read_keys(file) == (NEW, OLD)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    write_keys(file, [NEW])
    assert read_keys(file) == (NEW,)
    assert [one.name for one in file.parent.iterdir()] == ["data.key"]


def test_a_key_file_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    file = tmp_path / "data.key"
    file.write_text("hemmelig")
    with pytest.raises(SealError, match=r"data\.key: key 1 is not") as raised:
        read_keys(file)
    assert "hemmelig" not in str(raised.value)
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(SealError, match=r"data\.key cannot be read: is not text"):
        read_keys(file)
    with pytest.raises(SealError, match="cannot be read: Is a directory"):
        read_keys(tmp_path)
    with pytest.raises(SealError, match="cannot be written"):
        write_keys(file / "below" / "data.key", [NEW])


@given(st.text(), st.text())
def test_a_handle_is_the_same_for_the_same_chat_alone(channel: str, chat: str) -> None:
    assert handle(b"s", channel, chat) == handle(b"s", channel, chat)
    assert handle(b"s", channel, chat) != handle(b"t", channel, chat)
    assert handle(b"s", channel, chat) != handle(b"s", channel, chat + "1")
    assert len(handle(b"s", channel, chat)) == 32
