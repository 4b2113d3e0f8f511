"""An encrypted record opened: its list of files read, each decrypted in memory, and the mark of the whole compared."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import md5

from django.utils.translation import gettext_lazy as _

from sutura.access.errors import Invalid
from sutura.intake.openrosa.answers import Refusal
from sutura.intake.openrosa.body import base_name
from sutura.intake.openrosa.records import Record, plain, read
from sutura.security import formkeys
from sutura.security.formkeys import FormKey

ENDING = ".enc"
NO_KEY = _("This is no private key in PEM form, or its passphrase is another one.")
OTHER_KEY = _("This key does not open the record: it was encrypted for another one.")
DAMAGED = _("The record was damaged on its way and does not open. Ask for it to be sent again.")


@dataclass(frozen=True)
class Plain:
    """What a phone had encrypted: the record, to the byte and read, and its files by name."""

    xml: bytes
    told: Record
    files: dict[str, bytes]


def form_key(pem: bytes, passphrase: str = "") -> FormKey:
    """The key that somebody holds. Raises Invalid."""
    try:
        return FormKey(pem, passphrase)
    except formkeys.NoKey:
        raise Invalid(NO_KEY, field="key") from None


def decrypted(manifest: Record, files: Mapping[str, bytes], key: FormKey) -> Plain:
    """The record that a manifest tells of, opened with its files, whole or not at all. Raises Invalid."""
    names = [*_texts(manifest, "file"), *_texts(manifest, "encryptedXmlFile")]
    if not manifest.encrypted or not names:
        raise Invalid(_("This record is not encrypted."))
    missing = sorted({base_name(name) for name in names} - files.keys())
    if missing:
        raise Invalid(
            _("A file of the record is not here yet: %(name)s. Have the phone send again.")
            % {"name": missing[0]}
        )
    try:
        record_key = key.unwrap(_bytes(manifest, "base64EncryptedKey"))
    except formkeys.Refused:
        raise Invalid(OTHER_KEY, field="key") from None
    try:
        contents = formkeys.opened(
            record_key, manifest.instance_id, [files[base_name(name)] for name in names]
        )
        _compare(manifest, dict(zip(names, contents, strict=True)), key)
        told = read(contents[-1])
    except (formkeys.Refused, Refusal):
        raise Invalid(DAMAGED) from None
    if (told.form_id, told.instance_id) != (manifest.form_id, manifest.instance_id):
        raise Invalid(_("What was encrypted is another record than the one it is said to be."))
    named = {
        base_name(name).removesuffix(ENDING): content for name, content in zip(names, contents, strict=True)
    }
    named.pop(base_name(names[-1]).removesuffix(ENDING))
    return Plain(contents[-1], told, named)


def _compare(manifest: Record, contents: Mapping[str, bytes], key: FormKey) -> None:
    """Whether every file is what the phone had: its cipher alone would let a changed one pass. Raises Refused."""
    mark = _bytes(manifest, "base64EncryptedElementSignature")
    if not mark:
        return
    lines = [manifest.form_id, *([manifest.version] if manifest.version else [])]
    lines += [*_texts(manifest, "base64EncryptedKey"), manifest.instance_id]
    lines += [f"{name.removesuffix(ENDING)}::{_md5(content).hex()}" for name, content in contents.items()]
    if key.unwrap(mark) != _md5("".join(f"{line}\n" for line in lines).encode()):
        raise formkeys.Refused


def _texts(manifest: Record, name: str) -> list[str]:
    found = (element.text for element in manifest.root.iter() if plain(element.tag) == name)
    return [text.strip() for text in found if text and text.strip()]


def _bytes(manifest: Record, name: str) -> bytes:
    try:
        return b64decode("".join(_texts(manifest, name)[:1]))
    except (Error, ValueError):
        raise formkeys.Refused from None


def _md5(content: bytes) -> bytes:
    """The mark that phones make; no secret hangs on it."""
    return md5(content, usedforsecurity=False).digest()
