"""What a correction touches: the record that its number means, and the decisions that relied on it, decided again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from projections import sandaran
from zi_workflow.domain.commands import Akui, Koreksi, Perintah, Tarik
from zi_workflow.domain.corrections import Peninjauan
from zi_workflow.domain.errors import DefinisiSalah, Konflik, MasukanSalah, TidakDitemukan
from zi_workflow.domain.events import (
    BuktiDicatat,
    BuktiDikoreksi,
    BuktiDitarik,
    LangkahDiambil,
    LangkahDibatalkan,
    PerintahDitolak,
    PetaPolos,
    Polos,
    PutusanDitinjau,
)
from zi_workflow.domain.replay import Saksi, tinjau, ulang
from zi_workflow.domain.verdict import FAKTA, PENOLAKAN, UNIT
from zi_workflow.retrospect import Lampau
from zi_workflow.session import Aliran, Gudang
from zi_workflow.store import Amplop

_INSTANSI = "instansi"
_PUTUSAN = (LangkahDiambil, LangkahDibatalkan, PerintahDitolak)


def dirujuk(arsip: Gudang, aliran: Aliran, perintah: Perintah) -> Perintah:
    """Return the command with the file that its number is in; commands that name no event are returned as they are.

    A record of a file of another workflow names that workflow.
    Raises TidakDitemukan for a number that no event has, MasukanSalah for one that is no record, or no review.
    """
    if not isinstance(perintah, Koreksi | Tarik | Akui):
        return perintah
    amplop = arsip.lihat(perintah.nomor)
    if amplop is None:
        raise TidakDitemukan(
            f"Peristiwa nomor {perintah.nomor} tidak ada", "Nomor catatan adalah nomor peristiwanya.", "zi audit cari --jenis BuktiDicatat"
        )
    alur = None if amplop.alur in (aliran.alur, _INSTANSI) else amplop.alur
    kode = None if amplop.alur == _INSTANSI else amplop.kode
    match perintah, amplop.peristiwa:
        case Akui(), PutusanDitinjau():
            return replace(perintah, kode=kode, alur=alur)
        case Koreksi() | Tarik(), BuktiDicatat(jenis=jenis):
            return replace(perintah, kode=kode, alur=alur, jenis=jenis, bukti=perintah.nomor)
        case Koreksi() | Tarik(), BuktiDikoreksi(jenis=jenis, bukti=asal) | BuktiDitarik(jenis=jenis, bukti=asal):
            return replace(perintah, kode=kode, alur=alur, jenis=jenis, bukti=asal)
    raise _bukan(perintah, amplop)


def _bukan(perintah: Koreksi | Tarik | Akui, amplop: Amplop) -> MasukanSalah:
    nama = amplop.jenis.partition("@")[0]
    if isinstance(perintah, Akui):
        return MasukanSalah(
            f"Nomor {perintah.nomor} bukan peninjauan putusan ({nama})",
            "Yang diakui ialah peninjauan yang timbul dari koreksi atau penarikan bukti.",
            "zi audit cari --jenis PutusanDitinjau" + ("" if amplop.alur == _INSTANSI else f" --unit {amplop.kode}"),
        )
    langkah = isinstance(amplop.peristiwa, LangkahDiambil)
    return MasukanSalah(
        f"Nomor {perintah.nomor} bukan catatan bukti ({nama})",
        "Yang dikoreksi dan ditarik ialah catatan; langkah dibatalkan dengan langkah penyeimbang.",
        f"zi maju batalkan-langkah {amplop.kode} --alasan … --nomor …" if langkah else f"zi audit lihat {perintah.nomor}",
    )


@dataclass(frozen=True, slots=True)
class Tinjauan:
    """What a correction touches: the reviews by unit, and what was known to rely on the record when they were made."""

    per_unit: tuple[Peninjauan, ...]
    silsilah: tuple[int, ...]
    bersandar: tuple[int, ...]

    def pastikan(self, koneksi: Any) -> None:  # noqa: ANN401 - SQLAlchemy's connection, which is not for this room to know
        """Raise Konflik where something else relies on the record by now; asked under the lock of the append."""
        if _bersandar(koneksi, self.silsilah) != self.bersandar:
            raise Konflik(
                "Putusan lain yang bersandar pada catatan itu baru saja tercatat",
                "Setiap putusan yang bersandar pada catatan yang dikoreksi atau ditarik harus ditinjau.",
                "Ulangi perintah itu.",
            )


def _bersandar(koneksi: Any, silsilah: Collection[int]) -> tuple[int, ...]:  # noqa: ANN401 - as above
    return tuple(sorted({b["putusan"] for b in sandaran.putusan_yang_bersandar(koneksi, silsilah)}))


def peninjauan(lampau: Lampau, perintah: Koreksi | Tarik) -> Tinjauan:
    """Return for each unit the decisions that relied on the record, decided again with it as ``lampau.tambahan`` leaves it.

    The decisions are those of the same workflow; a review moves nothing.
    """
    golongan, kode = (UNIT, perintah.kode) if perintah.kode is not None else (FAKTA, FAKTA)
    koreksi = (
        t.nomor
        for t in lampau.arsip.muat(lampau.aliran.untuk(golongan, kode))
        if isinstance(t.peristiwa, BuktiDikoreksi) and t.peristiwa.bukti == perintah.bukti
    )
    silsilah = (perintah.bukti, *koreksi)
    bersandar = lampau.arsip.baca(lambda k: _bersandar(k, silsilah))
    per_unit: dict[str, list[Amplop]] = {}
    for amplop in (lampau.arsip.lihat(n) for n in bersandar):
        if amplop is not None and _sealur(lampau, amplop):
            per_unit.setdefault(amplop.kode, []).append(amplop)
    semua = (Peninjauan(satu, _tinjau_unit(lampau, satu, putusan)) for satu, putusan in per_unit.items())
    return Tinjauan(tuple(p for p in semua if p.putusan), silsilah, bersandar)


def _sealur(lampau: Lampau, amplop: Amplop) -> bool:
    alur = lampau.aliran.alur
    return isinstance(amplop.peristiwa, _PUTUSAN) and amplop.alur in (alur, f"{alur}-{PENOLAKAN}")


def _tinjau_unit(lampau: Lampau, kode: str, putusan: Iterable[Amplop]) -> tuple[PetaPolos, ...]:
    """Return the decisions about a unit, decided again; none of what was refused about one that has no file to mark."""
    milik = lampau.arsip.muat(lampau.aliran.untuk(UNIT, kode))
    batal = {t.peristiwa.nomor_langkah: t.nomor for t in milik if isinstance(t.peristiwa, LangkahDibatalkan)}
    return tuple({**_tinjau(lampau, a), "dibatalkan": batal.get(a.nomor)} for a in putusan) if milik else ()


def _tinjau(lampau: Lampau, amplop: Amplop) -> dict[str, Polos]:
    try:
        return tinjau(_saksi(lampau, amplop), amplop, amplop.kode)
    except DefinisiSalah as e:
        diterima = not isinstance(amplop.peristiwa, PerintahDitolak)
        beda: list[Polos] = [{"id": "", "dulu": "", "kini": e.pesan}]
        nama = amplop.pokok or ""
        hari = amplop.tanggal.isoformat()
        return {"nomor": amplop.nomor, "perintah": nama, "tanggal": hari, "diterima": diterima, "kini": None, "sama": False, "beda": beda}


def _saksi(lampau: Lampau, amplop: Amplop) -> Saksi:
    """Return what a decision saw, with its records as they are now; of two days around midnight the one that decided as it did."""
    semua = list(lampau.saksi(amplop, amplop.kode, terkoreksi=True))
    if len(semua) == 1:
        return semua[0]
    dulu = lampau.saksi(amplop, amplop.kode)
    return next((kini for kini, lama in zip(semua, dulu, strict=True) if not ulang(lama, amplop, amplop.dasar, amplop.kode)), semua[0])
