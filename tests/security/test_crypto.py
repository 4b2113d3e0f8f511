"""The primitives give the published answers, our own blobs stay readable, and nothing that was changed opens."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable

import pytest
from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given, settings
from hypothesis import strategies as st

from sutura.security import crypto
from sutura.security.crypto import CHUNK, Cost, Refused
from tools import flips

KEY = bytes(range(32))
PRIVATE = bytes(range(1, 33))
WHERE = crypto.context("a", "b")
CHEAP = Cost(64, 2, 1)
# Blobs of format 1, made once: a change of format must be seen here, and must still read these.
ENCRYPTED = "016727fb47bcca4bce65f99c592834ed0f46f833cc8411cd384a22eddb84a4dc6e11bb06"
PUBLIC = "07a37cbc142093c8b755dc1b10e86cb426374ad16aa853ed0bdfc0b2b86d1c7c"
BOX = (
    "01a607e426ac0b10acbfc064453b73ab7e1533a1420044af21b9b40610baf5e52272d77a0ac32081225d93f098c3c158"
    "fafdee5f14673d86d29f4c339f44f3aedaebcdc8d54bd995"
)
LOCKED = (
    "0100000040020151e9c473bf77b4b9298305c125cfd77301d492e176652348f75b605674ebd4d8e6f4efbf8fa67fc259"
    "6bf34944e4a77a16b63cf36fc768d6a3562fb640f70385669ac240f35c6d69ad36318aaa"
)
FILE = "017e69207179a0a9bf72bbe2693a5eeb2eb2f5073d297ae1a439e398976bced5c3359087df48d62f30b32df2e5d412e8"
SHARES = {1: "4e6037e1d893", 2: "73c5dd270d71", 3: "4ec089b4b096", 4: "80a05c639113", 5: "bda508f02cf4"}


def test_aes_256_gcm_gives_the_answer_of_its_authors():
    """Test case 16 of McGrew and Viega, which NIST took over."""
    key = bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2)
    plain = bytes.fromhex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525"
        "b16aedf5aa0de657ba637b39"
    )
    beside = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    expected = (
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838"
        "c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b"
    )
    assert AESGCM(key).encrypt(bytes.fromhex("cafebabefacedbaddecaf888"), plain, beside).hex() == expected


def test_x25519_gives_the_answer_of_rfc_7748():
    bob = bytes.fromhex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb")
    alice = bytes.fromhex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a")
    assert crypto.public_of(bob).hex() == "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f"
    shared = X25519PrivateKey.from_private_bytes(bob).exchange(X25519PublicKey.from_public_bytes(alice))
    assert shared.hex() == "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"


def test_hkdf_gives_the_answer_of_rfc_5869():
    info, salt = bytes(range(0xF0, 0xFA)), bytes(range(13))
    told = HKDF(SHA256(), 42, salt, info).derive(b"\x0b" * 22).hex()
    assert told == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"


def test_argon2id_gives_the_answer_of_its_reference():
    told = hash_secret_raw(b"password", b"somesalt", 2, 65536, 1, 32, Type.ID).hex()
    assert told == "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"


def test_the_field_of_shares_is_that_of_aes():
    """FIPS 197, sections 4.2 and 4.2.1, and the inverse behind its S-box."""
    assert (crypto.times(0x57, 0x83), crypto.times(0x57, 0x13)) == (0xC1, 0xFE)
    assert crypto.inverse(0x53) == 0xCA
    assert [crypto.times(n, crypto.inverse(n)) for n in range(1, 256)] == [1] * 255


def test_the_product_costs_what_the_settings_say():
    assert Cost() == Cost(memory=64 * 1024, passes=3, lanes=1)


def test_blobs_of_the_first_format_are_read_for_ever():
    told = "Témoin".encode()
    assert crypto.public_of(PRIVATE).hex() == PUBLIC
    assert crypto.decrypt(KEY, bytes.fromhex(ENCRYPTED), WHERE) == told
    assert crypto.unseal(PRIVATE, bytes.fromhex(BOX), WHERE) == told
    assert crypto.unlock("mot de passe", bytes.fromhex(LOCKED), WHERE) == b"\x07" * 32
    assert b"".join(crypto.decrypt_file(KEY, [bytes.fromhex(FILE)], WHERE)) == b"x" * 10 + b"y" * 5
    for three in itertools.combinations(SHARES, 3):
        assert crypto.join({at: bytes.fromhex(SHARES[at]) for at in three}) == b"secret"


def test_a_context_can_be_read_in_one_way_only():
    assert crypto.context("ab", "c") != crypto.context("a", "bc")
    assert crypto.context("a", "") != crypto.context("a")


OPENINGS: dict[str, Callable[[bytes, bytes], bytes]] = {
    "value": lambda blob, where: crypto.decrypt(KEY, blob, where),
    "box": lambda blob, where: crypto.unseal(PRIVATE, blob, where),
    "file": lambda blob, where: b"".join(crypto.decrypt_file(KEY, [blob], where)),
    "password": lambda blob, where: crypto.unlock("mot de passe", blob, where),
}
BLOBS = {"value": ENCRYPTED, "box": BOX, "file": FILE, "password": LOCKED}


@pytest.mark.parametrize("name", ["value", "box", "file"])
def test_every_flipped_bit_is_refused(name: str):
    blob = bytes.fromhex(BLOBS[name])
    for bit in range(len(blob) * 8):
        with pytest.raises(Refused):
            OPENINGS[name](flips.flipped(blob, bit), WHERE)
    for bit in range(len(WHERE) * 8):
        with pytest.raises(Refused):
            OPENINGS[name](blob, flips.flipped(WHERE, bit))


@pytest.mark.parametrize("name", list(BLOBS))
def test_what_is_cut_or_lengthened_is_refused(name: str):
    blob = bytes.fromhex(BLOBS[name])
    for cut in [*range(0, len(blob), 3), len(blob) - 1]:
        with pytest.raises(Refused):
            OPENINGS[name](blob[:cut], WHERE)
    with pytest.raises(Refused):
        OPENINGS[name](blob + b"\x00", WHERE)


def test_the_campaign_refuses_every_flip():
    assert flips.campaign(400, random.Random(7)) == flips.Trial(tried=400, opened=0)


def test_a_cost_out_of_bounds_is_refused_before_it_is_paid():
    blob = bytearray.fromhex(LOCKED)
    blob[1:5] = (0xFFFFFFFF).to_bytes(4, "big")
    with pytest.raises(Refused):
        crypto.unlock("mot de passe", bytes(blob), WHERE)


def test_another_key_or_password_opens_nothing():
    with pytest.raises(Refused):
        crypto.decrypt(crypto.new_key(), bytes.fromhex(ENCRYPTED), WHERE)
    with pytest.raises(Refused):
        crypto.unseal(crypto.new_pair()[0], bytes.fromhex(BOX), WHERE)
    with pytest.raises(Refused):
        crypto.unlock("mot de pass", bytes.fromhex(LOCKED), WHERE)


@settings(max_examples=60, deadline=None)
@given(plain=st.binary(max_size=300), parts=st.lists(st.text(max_size=9), max_size=4))
def test_what_is_sealed_opens_again(plain: bytes, parts: list[str]):
    where = crypto.context(*parts)
    assert crypto.decrypt(KEY, crypto.encrypt(KEY, plain, where), where) == plain
    private, public = crypto.new_pair()
    sealer, opener = crypto.Sealer(public), crypto.Opener(private)
    boxes = [sealer.seal(plain, where) for _ in range(2)]
    assert boxes[0] != boxes[1]
    assert [opener.unseal(box, where) for box in boxes] == [plain, plain]


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 5])
@pytest.mark.parametrize("read", [1000, CHUNK, 10 * CHUNK])
def test_a_file_comes_back_in_pieces_of_any_size(size: int, read: int):
    plain = random.Random(size).randbytes(size)
    blob = b"".join(crypto.encrypt_file(KEY, [plain[at : at + read] for at in range(0, size, read)], WHERE))
    pieces = [blob[at : at + read] for at in range(0, len(blob), read)]
    assert b"".join(crypto.decrypt_file(KEY, pieces, WHERE)) == plain


def test_pieces_of_a_file_keep_their_place_and_their_end():
    blob = b"".join(crypto.encrypt_file(KEY, [bytes(3 * CHUNK)], WHERE))
    other = b"".join(crypto.encrypt_file(KEY, [bytes(3 * CHUNK)], WHERE))
    head, sealed = 1 + crypto.SALT, CHUNK + crypto.TAG
    one, two, three = (blob[head + n * sealed : head + (n + 1) * sealed] for n in range(3))
    wrong = {
        "swapped": blob[:head] + two + one + three,
        "doubled": blob[:head] + one + one + two + three,
        "dropped": blob[:head] + one + three,
        "cut at a piece": blob[:head] + one + two,
        "of another file": blob[:head] + one + other[head + sealed : head + 2 * sealed] + three,
    }
    read = []
    for name, changed in wrong.items():
        try:
            b"".join(crypto.decrypt_file(KEY, [changed], WHERE))
            read.append(name)
        except Refused:
            continue
    assert read == []


@settings(max_examples=30, deadline=None)
@given(secret=st.binary(min_size=1, max_size=40), some=st.permutations([1, 2, 3, 4, 5]))
def test_any_three_shares_give_the_secret_back(secret: bytes, some: list[int]):
    shares = crypto.split(secret)
    assert crypto.join({at: shares[at] for at in some[:3]}) == secret
    assert crypto.join({at: shares[at] for at in some[:4]}) == secret


def test_two_shares_tell_nothing():
    """For each value of the secret there is one third share that leads to it: all stay equally possible."""
    shares = crypto.split(b"\x2a")
    two = {at: shares[at] for at in (1, 2)}
    led_to = {crypto.join({**two, 3: bytes([third])}) for third in range(256)}
    assert led_to == {bytes([value]) for value in range(256)}
