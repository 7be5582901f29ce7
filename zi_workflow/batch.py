"""Batches: the items of a ``zi terapkan`` file as commands, each remembered with its place in the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from zi_workflow.domain.commands import (
    AKHIRI,
    AKUI,
    ANGKAT,
    CATAT,
    DAFTARKAN,
    KONTAK,
    KOREKSI,
    TARIK,
    AkhiriPejabat,
    Akui,
    AmbilLangkah,
    AngkatPejabat,
    AturKontak,
    Catat,
    DaftarkanUnit,
    Koreksi,
    Perintah,
    Tarik,
)
from zi_workflow.domain.errors import Galat, MasukanSalah
from zi_workflow.domain.events import Berkas
from zi_workflow.domain.fields import baca_nip, baca_tanggal
from zi_workflow.domain.suggest import mirip
from zi_workflow.loader.pohon import PohonPolos, Simpul

MAJU = "maju"
_PERINTAH = (DAFTARKAN, ANGKAT, AKHIRI, KONTAK, CATAT, MAJU, KOREKSI, TARIK, AKUI)
_PERBAIKAN = (Koreksi, Tarik, Akui)
_UMUM = ("tanggal", "oleh")
_SEBUT_MAKS = 100
_PELAKU = "Tambahkan 'oleh: NIP' pada butir itu, atau --oleh NIP bagi semuanya."


@dataclass(frozen=True, slots=True)
class Butir:
    """One command of a batch and where it stands: item ``urutan`` (from 1), written as ``simpul`` in the file."""

    urutan: int
    simpul: Simpul
    perintah: Perintah

    @property
    def tempat(self) -> str:
        """Where the item stands, for messages."""
        return sebut_butir(self.urutan, self.simpul)


@dataclass(frozen=True, slots=True)
class Bawaan:
    """What an item need not say: the day, who acts, and how a named evidence file becomes a kept one.

    ``alur`` looks up a workflow that an item names, and raises where there is none.
    """

    hari_ini: date
    pelaku: str | None
    simpan: Callable[[str], Berkas]
    alur: Callable[[str], object]


def baca_batch(simpul: Sequence[Simpul], bawaan: Bawaan) -> tuple[Butir, ...]:
    """Read the items into commands; raises MasukanSalah naming the item and its line."""
    hasil: list[Butir] = []
    for i, s in enumerate(simpul, 1):
        try:
            hasil.extend(Butir(i, s, p) for p in _baca_satu(s, bawaan))
        except Galat as e:
            raise _di_butir(e, i, s) from None
    baik = [isinstance(b.perintah, _PERBAIKAN) for b in hasil]
    if any(baik) and not all(baik):
        raise MasukanSalah(
            f"{hasil[baik.index(True)].tempat}: koreksi, tarik, dan akui tidak dicampur dengan perintah lain",
            "Putusan yang ditinjau adalah yang sudah tercatat, bukan yang baru dibuat oleh berkas yang sama.",
            "Pisahkan menjadi dua berkas.",
        )
    return tuple(hasil)


def sebut_butir(urutan: int, simpul: Simpul) -> str:
    """Return how messages name an item: its place, and its line where one is known."""
    return f"Butir ke-{urutan} (baris {simpul.baris})" if simpul.baris else f"Butir ke-{urutan}"


def _di_butir(galat: Galat, urutan: int, simpul: Simpul) -> Galat:
    """Name the item in an error; one that a node raised has said file and line."""
    sudah = simpul.baris and galat.pesan.startswith(f"{simpul.berkas} baris ")
    galat.pesan = f"{f'Butir ke-{urutan}' if sudah else sebut_butir(urutan, simpul)}: {galat.pesan}"
    return galat


def _baca_satu(simpul: Simpul, bawaan: Bawaan) -> Sequence[Perintah]:
    perintah = simpul.peta().get("perintah")
    if perintah is None:
        raise MasukanSalah("kunci 'perintah' belum ditulis", f"Yang ada: {', '.join(_PERINTAH)}.", "Tulis misalnya: perintah: catat")
    return _PEMBACA[perintah.pilihan(_PERINTAH, "perintah")](simpul, bawaan)


def _umum(peta: dict[str, Simpul], bawaan: Bawaan) -> tuple[date, str]:
    tanggal = baca_tanggal(peta["tanggal"].teks()) if "tanggal" in peta else bawaan.hari_ini
    oleh = baca_nip(peta["oleh"].teks()) if "oleh" in peta else bawaan.pelaku
    if oleh is None:
        raise MasukanSalah("pelaku belum disebut", "Setiap tulisan dicatat atas nama seorang pejabat (NIP).", _PELAKU)
    return tanggal, oleh


def _peta(simpul: Simpul, wajib: Sequence[str], boleh: Sequence[str]) -> dict[str, Simpul]:
    return simpul.peta(["perintah", *wajib], [*_UMUM, *boleh])


def _opsional(peta: dict[str, Simpul], kunci: str) -> str | None:
    return peta[kunci].teks() if kunci in peta and peta[kunci].isi is not None else None


def _alur(peta: dict[str, Simpul], bawaan: Bawaan) -> str | None:
    nama = _opsional(peta, "alur")
    if nama is not None:
        bawaan.alur(nama)
    return nama


def _isi(peta: dict[str, Simpul]) -> dict[str, PohonPolos]:
    if "isi" not in peta or peta["isi"].isi is None:
        return {}
    return {k: s.polos() for k, s in peta["isi"].peta().items()}


def _berkas(peta: dict[str, Simpul], bawaan: Bawaan) -> tuple[Berkas, ...]:
    if "berkas" not in peta:
        return ()
    isi = peta["berkas"]
    nama = (isi.teks(),) if isinstance(isi.isi, str) else isi.teks_daftar()
    return tuple(bawaan.simpan(n) for n in nama)


def _daftarkan(simpul: Simpul, bawaan: Bawaan) -> Sequence[Perintah]:
    peta = _peta(simpul, ["unit", "nama"], ["jenis", "afirmasi", "keadaan_awal", "berkas", "induk", "alur"])
    tanggal, oleh = _umum(peta, bawaan)
    awal = {k: s.polos() for k, s in peta["keadaan_awal"].peta().items()} if "keadaan_awal" in peta else None
    jenis, afirmasi = _opsional(peta, "jenis"), _opsional(peta, "afirmasi")
    induk, alur = _opsional(peta, "induk"), _alur(peta, bawaan)
    unit, nama = peta["unit"].teks(), peta["nama"].teks()
    return (DaftarkanUnit(unit, nama, tanggal, oleh, jenis, afirmasi, awal, _berkas(peta, bawaan), induk, alur),)


def _angkat(simpul: Simpul, bawaan: Bawaan) -> Sequence[Perintah]:
    peta = _peta(simpul, ["nip", "nama", "peran", "sk", "sejak"], ["sampai", "unit"])
    nip = baca_nip(peta["nip"].teks())
    tanggal = baca_tanggal(peta["tanggal"].teks()) if "tanggal" in peta else bawaan.hari_ini
    # The first official of an empty register appoints himself; otherwise the item or the caller says who acts.
    oleh = baca_nip(peta["oleh"].teks()) if "oleh" in peta else bawaan.pelaku or nip
    sampai = _opsional(peta, "sampai")
    return (
        AngkatPejabat(
            nip=nip,
            nama=peta["nama"].teks(),
            peran=peta["peran"].teks(),
            sk=peta["sk"].teks(),
            sejak=baca_tanggal(peta["sejak"].teks()),
            tanggal=tanggal,
            oleh=oleh,
            sampai=baca_tanggal(sampai) if sampai else None,
            unit=_opsional(peta, "unit"),
        ),
    )


def _akhiri(simpul: Simpul, bawaan: Bawaan) -> Sequence[Perintah]:
    peta = _peta(simpul, ["nip", "peran", "sampai"], ["unit", "alasan"])
    tanggal, oleh = _umum(peta, bawaan)
    nip, sampai = baca_nip(peta["nip"].teks()), baca_tanggal(peta["sampai"].teks())
    return (AkhiriPejabat(nip, peta["peran"].teks(), sampai, tanggal, oleh, _opsional(peta, "unit"), _opsional(peta, "alasan")),)


def _kontak(simpul: Simpul, bawaan: Bawaan) -> Sequence[Perintah]:
    peta = _peta(simpul, ["nip", "kanal"], ["alamat"])
    tanggal, oleh = _umum(peta, bawaan)
    return (AturKontak(baca_nip(peta["nip"].teks()), peta["kanal"].teks(), tanggal, oleh, _opsional(peta, "alamat")),)


def _catat(simpul: Simpul, bawaan: Bawaan) -> Sequence[Perintah]:
    peta = _peta(simpul, ["jenis"], ["unit", "isi", "berkas", "alur"])
    tanggal, oleh = _umum(peta, bawaan)
    unit, berkas = _opsional(peta, "unit"), _berkas(peta, bawaan)
    return (Catat(peta["jenis"].teks(), unit, _isi(peta), tanggal, oleh, berkas, _alur(peta, bawaan)),)


def _koreksi(simpul: Simpul, bawaan: Bawaan) -> Sequence[Perintah]:
    peta = _peta(simpul, ["nomor", "isi", "alasan"], ["berkas"])
    tanggal, oleh = _umum(peta, bawaan)
    berkas = _berkas(peta, bawaan) if "berkas" in peta else None
    return (Koreksi(peta["nomor"].bulat(), _isi(peta), peta["alasan"].teks(), tanggal, oleh, berkas),)


def _tarik(simpul: Simpul, bawaan: Bawaan) -> Sequence[Perintah]:
    peta = _peta(simpul, ["nomor", "alasan"], [])
    return (Tarik(peta["nomor"].bulat(), peta["alasan"].teks(), *_umum(peta, bawaan)),)


def _akui(simpul: Simpul, bawaan: Bawaan) -> Sequence[Perintah]:
    peta = _peta(simpul, ["nomor", "catatan"], [])
    return (Akui(peta["nomor"].bulat(), peta["catatan"].teks(), *_umum(peta, bawaan)),)


def _maju(simpul: Simpul, bawaan: Bawaan) -> Sequence[Perintah]:
    peta = _peta(simpul, ["langkah", "unit"], ["isi", "alur"])
    tanggal, oleh = _umum(peta, bawaan)
    unit = peta["unit"]
    kode = (unit.teks(),) if isinstance(unit.isi, str) else unit.teks_daftar()
    if not kode:
        unit.gagal("satu unit atau lebih")
    return perintah_maju(peta["langkah"].teks(), kode, _isi(peta), tanggal, oleh, _alur(peta, bawaan))


_PEMBACA: dict[str, Callable[[Simpul, Bawaan], Sequence[Perintah]]] = {
    DAFTARKAN: _daftarkan,
    ANGKAT: _angkat,
    AKHIRI: _akhiri,
    KONTAK: _kontak,
    CATAT: _catat,
    MAJU: _maju,
    KOREKSI: _koreksi,
    TARIK: _tarik,
    AKUI: _akui,
}


def perintah_maju(
    langkah: str, kode: Sequence[str], isi: Mapping[str, Any], tanggal: date, oleh: str, alur: str | None = None
) -> tuple[AmbilLangkah, ...]:
    """Return the commands of one move for several units.

    Raises MasukanSalah where a unit is named twice, or where contents per unit name one that is not in the letter.
    """
    ganda = sorted({k for k in kode if kode.count(k) > 1})
    if ganda:
        raise MasukanSalah(
            f"Unit {', '.join(ganda)} disebut lebih dari sekali", "Setiap unit hanya sekali dalam satu langkah.", "Hapus yang ganda."
        )
    predikat = isi.get("predikat")
    asing = [str(k) for k in predikat if k not in kode] if isinstance(predikat, Mapping) else []
    if asing:
        raise MasukanSalah(
            f"Predikat disebut bagi {', '.join(asing)[:_SEBUT_MAKS]}, yang tidak ada di langkah ini",
            f"Unitnya: {', '.join(kode)}.",
            mirip(asing[0], kode) or "Perbaiki kode unitnya, atau hapus predikat itu.",
        )
    return tuple(AmbilLangkah(langkah, k, isi, tanggal, oleh, alur) for k in kode)
