"""Where personal texts pass between events and the key store: sealed on their way in, opened on their way out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, NoReturn, Protocol

from zi_workflow.clock import acak
from zi_workflow.domain.errors import PenyimpananGagal
from zi_workflow.domain.events import PejabatDiangkat, PerintahDitolak, Peristiwa
from zi_workflow.domain.personal import DISEGEL, TANDA, TERKUNCI, Pribadi

_TANPA_NIP: Final = "O-"
"""How ids of people without a NIP begin; they are random, and one object of an event is about one such person."""


class Penyegel(Protocol):
    """What the codec needs of a key store."""

    def segel(self, nilai: Pribadi, orang: str, *, kembali: bool = False, ditolak: bool = False) -> dict[str, Any]:
        """Return the token of a text."""
        ...

    def buka(self, token: Mapping[str, Any], sandi: str) -> Pribadi:
        """Return the text behind a token, or what is shown for it."""
        ...


class Tersegel:
    """No key store: nothing is opened (every text reads ``kata``), nothing can be sealed."""

    def __init__(self, kata: str) -> None:
        """Keep the word that is shown."""
        self._kata = kata

    def segel(self, nilai: Pribadi, orang: str, *, kembali: bool = False, ditolak: bool = False) -> NoReturn:
        """Refuse."""
        raise PenyimpananGagal(
            "Data pribadi tidak dapat disegel; tidak ada yang ditulis.",
            f"Penyimpanan dibuka tanpa tempat kunci ({orang[:40]}, {len(nilai)} huruf, {kembali}, {ditolak}).",
            "Tunjuk folder kunci dengan ZI_KUNCI_DATA, lalu: zi siapkan",
        )

    def buka(self, token: Mapping[str, Any], sandi: str) -> Pribadi:
        """Return the word, as the text of that person."""
        return Pribadi(self._kata, str(token.get("orang", "")), sandi=sandi, keadaan=self._kata, tertutup=token.get("t") is True)


TANPA_BRANKAS: Final = Tersegel(TERKUNCI)
TERTAHAN: Final = Tersegel(DISEGEL)
"""For exports: everything sealed stays so, whatever keys this machine has."""


def sandi(token: Mapping[str, Any]) -> str:
    """Return a token as it is stored, and as read models keep it."""
    return json.dumps(token, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def pembuka(brankas: Penyegel) -> Callable[[dict[str, Any]], Any]:
    """Return what a JSON reader asks at every object: a token becomes its text, anything else stays."""

    def buka(objek: dict[str, Any]) -> Any:  # noqa: ANN401 - plain data, or a text
        token = objek.get(TANDA)
        return brankas.buka(token, sandi(token)) if len(objek) == 1 and isinstance(token, dict) else objek

    return buka


def segel(peristiwa: Peristiwa, nama: Sequence[str], brankas: Penyegel) -> Peristiwa:
    """Return an event with its personal texts sealed; raises as `Kodek.segel` says."""
    kembali, ditolak = isinstance(peristiwa, PejabatDiangkat), isinstance(peristiwa, PerintahDitolak)
    penyegel = _Jalan(lambda nilai, orang: brankas.segel(nilai, orang, kembali=kembali, ditolak=ditolak))
    lama = {n: getattr(peristiwa, n) for n in nama}
    baru = penyegel.peta(lama)
    ubah = {n: baru[n] for n in nama if baru[n] is not lama[n]}
    return replace(peristiwa, **ubah) if ubah else peristiwa


def _orang_baru() -> str:
    """Return an id for somebody without a NIP; no NIP looks like it."""
    return _TANPA_NIP + acak(10).hex().upper()


class _Jalan:
    """A walk over an event's content; what holds nothing personal is handed back as it is."""

    def __init__(self, segel_satu: Callable[[Pribadi, str], dict[str, Any]]) -> None:
        self._segel = segel_satu

    def peta(self, isi: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return an object; its texts without an owner are of one new person."""
        orang = ""
        hasil: dict[str, Any] = {}
        for kunci, satu in isi.items():
            if isinstance(satu, Pribadi) and not orang:
                orang = _orang_baru()
            hasil[kunci] = self.nilai(satu, orang)
        return hasil if any(hasil[k] is not isi[k] for k in isi) else isi

    def nilai(self, nilai: Any, orang: str = "") -> Any:  # noqa: ANN401 - plain data of any shape
        """Return a value, sealed where it is a personal text that is not yet."""
        if isinstance(nilai, Pribadi):
            return nilai if nilai.sandi is not None else self._satu(nilai, nilai.orang or orang or _orang_baru())
        if isinstance(nilai, Mapping):
            return self.peta(nilai)
        if isinstance(nilai, list | tuple):
            hasil = [self.nilai(satu) for satu in nilai]
            return type(nilai)(hasil) if any(a is not b for a, b in zip(hasil, nilai, strict=True)) else nilai
        return nilai

    def _satu(self, nilai: Pribadi, orang: str) -> Pribadi:
        return Pribadi(nilai, orang, sandi=sandi(self._segel(nilai, orang)), tertutup=nilai.tertutup)
