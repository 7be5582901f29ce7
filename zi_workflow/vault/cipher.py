"""One person's key at work: AES-256-GCM under a random nonce, bound to the register, the person and the key.

The text is padded to blocks, so that the length of a name does not outlive its key.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from zi_workflow.clock import acak

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PANJANG: Final = 32
"""Bytes of a key."""
_NONCE: Final = 12
_BLOK: Final = 32
_AKHIR: Final = b"\x80"


@dataclass(frozen=True, slots=True)
class KunciOrang:
    """The key of one person; ``id`` tells it from the keys that the same person had before."""

    orang: str
    id: str
    aead: AESGCM

    def segel(self, brankas: str, teks: str, *, tertutup: bool) -> dict[str, Any]:
        """Return the token of a text, as it is stored."""
        nonce = acak(_NONCE)
        isi = self.aead.encrypt(nonce, _tebalkan(teks.encode()), ikatan(brankas, self.orang, self.id, tertutup=tertutup))
        token: dict[str, Any] = {"c": b64encode(isi).decode(), "k": self.id, "n": b64encode(nonce).decode(), "orang": self.orang}
        return token | {"t": True} if tertutup else token

    def buka(self, brankas: str, token: Mapping[str, Any]) -> str:
        """Return the text behind a token; raises `ValueError` where this key did not seal it for this register."""
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - the library is loaded where something is opened

        tertutup = token.get("t") is True
        try:
            isi = self.aead.decrypt(b64decode(token["n"]), b64decode(token["c"]), ikatan(brankas, self.orang, self.id, tertutup=tertutup))
        except (InvalidTag, KeyError, TypeError) as galat:
            raise ValueError(type(galat).__name__) from galat
        return isi.rstrip(b"\0").removesuffix(_AKHIR).decode()


def kunci_dari(orang: str, pengenal: str, rahasia: bytes) -> KunciOrang:
    """Return a key at work; raises `ValueError` for one of another length."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - as above

    if len(rahasia) != PANJANG:
        msg = f"{len(rahasia)} bytes"
        raise ValueError(msg)
    return KunciOrang(orang, pengenal, AESGCM(rahasia))


def ikatan(brankas: str, orang: str, kunci: str, *, tertutup: bool) -> bytes:
    """Return what a token is bound to beside its key.

    Its place in an event is not in it: that is under the chain, and a correction may carry a text on that this machine cannot open.
    """
    return json.dumps(["zi/pribadi/1", brankas, orang, kunci, tertutup], separators=(",", ":")).encode()


def _tebalkan(isi: bytes) -> bytes:
    isi += _AKHIR
    return isi + bytes(-len(isi) % _BLOK)
