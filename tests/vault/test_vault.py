"""Sealed values open only here and only in their place; indexes tell purposes apart; keys rotate and stay private."""

import base64
import hashlib
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.crypto import keys as ring
from shared.crypto.keys import FIELD, INDEX, KINDS, SIGN, FileKeys, PublicKeys
from shared.crypto.vault import Sealed, Vault, VaultError

TEXTS = st.text(st.characters(codec="utf-8"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ring") / "keys"


@pytest.fixture(scope="module")
def vault(folder: Path) -> Vault:
    return Vault(FileKeys(folder))


@given(text=TEXTS, aad=TEXTS)
def test_what_was_sealed_opens_in_its_place_and_nowhere_else(vault: Vault, text: str, aad: str) -> None:
    sealed = vault.seal(text, aad)
    assert vault.open(sealed, aad) == text
    with pytest.raises(VaultError):
        vault.open(sealed, aad + "x")


def test_a_sealed_value_carries_algorithm_and_key(vault: Vault) -> None:
    sealed = vault.seal("371082199001011234", "case-1/respondent.id_number")
    algorithm, kid, value = sealed["cipher"].split(":")
    assert (algorithm, kid[:2]) == ("aes256gcm", "1-")
    assert "371082199001011234" not in base64.b64decode(value).decode("latin-1")
    assert sealed["hash"] == "sha256:" + hashlib.sha256(f"{sealed['salt']}\n371082199001011234".encode()).hexdigest()


def test_the_same_text_is_sealed_differently_each_time(vault: Vault) -> None:
    one, other = vault.seal("same", "here"), vault.seal("same", "here")
    assert one["cipher"] != other["cipher"]
    assert one["salt"] != other["salt"]
    assert one["hash"] != other["hash"]


@pytest.mark.parametrize("change", [
    lambda s: {**s, "cipher": s["cipher"][:-6] + ("A" if s["cipher"][-6] != "A" else "B") + s["cipher"][-5:]},
    lambda s: {**s, "salt": s["salt"][::-1] + "0"},
    lambda s: {**s, "hash": s["hash"][:-1]},
    lambda s: {**s, "hash": "md5:" + s["hash"]},
    lambda s: {**s, "cipher": s["cipher"].replace("aes256gcm", "sm4gcm")},
    lambda s: {**s, "cipher": "aes256gcm:9-ffffff:" + s["cipher"].split(":")[2]},
    lambda s: {**s, "cipher": "aes256gcm:../x:" + s["cipher"].split(":")[2]},
    lambda s: {**s, "cipher": "nonsense"},
    lambda s: {**s, "cipher": "aes256gcm:" + s["cipher"].split(":")[1] + ":AAAA"},
    lambda s: {**s, "cipher": "aes256gcm:" + s["cipher"].split(":")[1] + ":*"},
])
def test_a_changed_value_does_not_open(vault: Vault, change) -> None:
    with pytest.raises(ValueError):
        vault.open(Sealed(**change(vault.seal("text", "here"))), "here")


def test_an_index_is_equal_for_equal_texts_of_one_purpose_only(vault: Vault) -> None:
    assert vault.blind("371082", "respondent") == vault.blind("371082", "respondent")
    assert vault.blind("371082", "respondent") != vault.blind("371082", "phone")
    assert vault.blind("371082", "respondent") != vault.blind("371083", "respondent")
    assert vault.blind("371082", "respondent").startswith("hmac-sha256:1-")
    assert hashlib.sha256(b"371082").hexdigest() not in vault.blind("371082", "respondent")
    with pytest.raises(ValueError, match="NUL"):
        vault.blind("a", "b\0c")


@given(a=st.tuples(TEXTS, TEXTS), b=st.tuples(TEXTS, TEXTS))
def test_no_purpose_and_text_run_into_each_other(vault: Vault, a: tuple[str, str], b: tuple[str, str]) -> None:
    (text, purpose), (other, elsewhere) = a, b
    if "\0" in purpose + elsewhere:
        return
    assert (vault.blind(text, purpose) == vault.blind(other, elsewhere)) is (a == b)


@given(data=st.binary())
def test_a_signature_holds_for_exactly_what_was_signed(vault: Vault, data: bytes) -> None:
    signature = vault.sign(data)
    assert signature.startswith("ed25519:1-")
    assert vault.verify(data, signature)
    assert not vault.verify(data + b"x", signature)


@pytest.mark.parametrize("signature", ["", "x", "ed25519:1-000000:AAAA", "sm2:1-1:AAAA", "ed25519::", "ed25519:a:b:c"])
def test_what_is_no_signature_is_false(vault: Vault, signature: str) -> None:
    assert vault.verify(b"data", signature) is False


def test_the_keys_are_made_at_first_use_and_only_their_owner_reads_them(folder: Path, vault: Vault) -> None:
    assert {path.name.split("-")[0] for path in folder.glob("*.key")} == set(KINDS)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert not list(folder.glob("*.making"))


def test_a_ring_opened_again_opens_what_it_sealed(folder: Path, vault: Vault) -> None:
    again = Vault(FileKeys(folder))
    assert again.open(vault.seal("text", "here"), "here") == "text"
    assert again.blind("t", "p") == vault.blind("t", "p")
    assert again.verify(b"d", vault.sign(b"d"))


def test_a_new_key_works_from_now_on_and_the_old_ones_still_open(tmp_path: Path) -> None:
    keys = FileKeys(tmp_path)
    vault = Vault(keys)
    sealed, signature, blind = vault.seal("text", "here"), vault.sign(b"d"), vault.blind("t", "p")
    for kind in KINDS:
        assert keys.rotate(kind).startswith("2-")
    assert vault.seal("text", "here")["cipher"].startswith("aes256gcm:2-")
    assert vault.sign(b"d").startswith("ed25519:2-")
    assert vault.open(sealed, "here") == "text"
    assert vault.verify(b"d", signature)
    assert vault.blind("t", "p") != blind
    assert vault.blinds("t", "p") == (vault.blind("t", "p"), blind)


def test_a_key_that_another_process_made_is_met_when_it_is_needed(tmp_path: Path) -> None:
    here, there = FileKeys(tmp_path), FileKeys(tmp_path)
    there.rotate(FIELD)
    there.rotate(SIGN)
    assert Vault(here).open(Vault(there).seal("text", "here"), "here") == "text"
    assert here.verify(b"d", there.sign(b"d"))


def test_keys_are_ordered_by_number_not_by_text(tmp_path: Path) -> None:
    keys = FileKeys(tmp_path)
    for _ in range(10):
        keys.rotate(INDEX)
    assert FileKeys(tmp_path).mac(b"d").startswith("hmac-sha256:11-")


def test_processes_that_start_at_once_make_one_key_each_kind(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        rings = list(pool.map(lambda _: FileKeys(tmp_path / "keys"), range(8)))
    assert len(list((tmp_path / "keys").glob("*.key"))) == len(KINDS)
    assert len({one.mac(b"d") for one in rings}) == 1


def test_a_folder_may_be_read_only_once_the_keys_are_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    FileKeys(tmp_path)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(ring.os, "open", refuse)
    assert FileKeys(tmp_path).sign(b"d").startswith("ed25519:1-")


def test_public_keys_verify_and_nothing_more(tmp_path: Path) -> None:
    keys = FileKeys(tmp_path)
    old = keys.sign(b"d")
    keys.rotate(SIGN)
    public = PublicKeys(keys.public())
    assert public.verify(b"d", old)
    assert public.verify(b"d", keys.sign(b"d"))
    assert not public.verify(b"e", old)
    assert not public.verify(b"d", "ed25519:9-0:AAAA")
    assert not hasattr(public, "sign")
