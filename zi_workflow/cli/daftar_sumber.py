"""Figures of a record that are computed from a list: ``--daftar`` (compliance) and ``--respons`` (survey) of ``zi catat``.

The list is read once, its figures become fields of the record, the file its evidence, and the answer says what was
counted and how. Names and numbers of persons stay in the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from zi_workflow.cli.blok import butir, lipat
from zi_workflow.cli.konteks import Konteks
from zi_workflow.cli.tampilan import Gaya, desimal
from zi_workflow.cli.tipe import Bilangan, Teks
from zi_workflow.domain.errors import MasukanSalah, UnitTidakDitemukan
from zi_workflow.domain.rosters import KEPATUHAN

if TYPE_CHECKING:
    from zi_workflow.cli.tulis import Lampiran
    from zi_workflow.domain.commands import Perintah
    from zi_workflow.domain.definition import JenisBukti, Sumber
    from zi_workflow.domain.rosters import Kepatuhan, Survei
    from zi_workflow.domain.tables import Tabel

_BERKAS, _CARA = "sumber_berkas", "sumber_cara"
_SEBUT = 8


class Pilihan(NamedTuple):
    """The list that was named, and how it is to be read: the unit's name in it, or the highest answer."""

    sumber: Sumber
    berkas: str
    cara: str | int | None


@dataclass(frozen=True, slots=True)
class Dihitung:
    """What was computed from a list: the fields that it fills, and what is told of it to programs and to people."""

    isi: Mapping[str, str | int]
    data: Mapping[str, object]
    judul: str
    rinci: Sequence[tuple[str, str]]

    def layar(self, gaya: Gaya) -> str:
        """Return what was counted, for people."""
        return lipat(self.judul, gaya) + butir(self.rinci, gaya)


def opsi(sumber: Sumber) -> list[click.Parameter]:
    """Return the options of a kind of record whose figures may come from a list."""
    berkas, lain = _nama(sumber)
    if sumber.jenis == KEPATUHAN:
        isi = "Daftar wajib lapor (CSV atau XLSX, satu orang satu baris); jumlahnya dihitung, berkasnya menjadi bukti."
        cara = click.Option([lain, _CARA], type=Teks(), help="Nama unit sebagaimana tertulis di kolom unit daftar itu.")
    else:
        isi = "Respons survei (CSV atau XLSX, satu responden satu baris); indeksnya dihitung, berkasnya menjadi bukti."
        cara = click.Option([lain, _CARA], type=Bilangan(), metavar="N", help="Jawaban tertinggi bila bukan 4.")
    return [click.Option([berkas, _BERKAS], multiple=True, metavar="FILE", help=isi), cara]


def _nama(sumber: Sumber) -> tuple[str, str]:
    """Return the names of the two options: the file's, and that of the way to read it."""
    return ("--daftar", "--nama-unit") if sumber.jenis == KEPATUHAN else ("--respons", "--skala")


def ambil(sumber: Sumber | None, nilai: dict[str, Any]) -> Pilihan | None:
    """Take the list out of the options, None where none was named; raises MasukanSalah for what does not go together."""
    if sumber is None:
        return None
    semua, cara = nilai.pop(_BERKAS), nilai.pop(_CARA)
    berkas, lain = _nama(sumber)
    if len(semua) > 1:
        raise MasukanSalah(f"{berkas} disebut {len(semua)} kali", "Satu catatan dihitung dari satu daftar.", f"Sebut {berkas} sekali saja.")
    if semua == ("-",):
        raise MasukanSalah(f"{berkas} dari masukan baku", "Daftar disimpan sebagai bukti, maka berupa berkas.", f"Tulis {berkas} FILE.")
    if semua:
        return Pilihan(sumber, semua[0], cara)
    if cara is not None:
        raise MasukanSalah(
            f"{lain} tanpa {berkas}", f"{lain} menerangkan cara membaca daftar.", f"Tambahkan {berkas} FILE, atau hapus {lain}."
        )
    return None


def hitung(konteks: Konteks, jenis: JenisBukti, unit: str, isi: Mapping[str, Any], pilihan: Pilihan) -> Dihitung:
    """Compute the fields of a record from a list; raises MasukanSalah for fields that were typed besides, and for bad cells."""
    from zi_workflow.domain.rosters import BENTUK, ISIAN_SUMBER
    from zi_workflow.workbook.table import baca_tabel

    sumber, opsi_berkas = pilihan.sumber, _nama(pilihan.sumber)[0]
    if diketik := [n for n in ISIAN_SUMBER[sumber.jenis] if n in isi and n not in jenis.kunci]:
        sebut = " dan ".join(f"--{n}" for n in diketik)
        raise MasukanSalah(
            f"{sebut} diketik, padahal dihitung dari {opsi_berkas}",
            "Angka suatu catatan berasal dari satu sumber saja.",
            f"Hapus {sebut} (atau isiannya di --isi), atau hapus {opsi_berkas}.",
        )
    tabel = partial(baca_tabel, Path(pilihan.berkas), BENTUK[sumber.jenis])
    if sumber.jenis == KEPATUHAN:
        return _kepatuhan(sumber, _nama_unit(konteks, unit), tabel(), None if pilihan.cara is None else str(pilihan.cara))
    skala = _skala(sumber, str(isi.get("survei", "")), pilihan.cara)
    return _survei(sumber, tabel(), skala, next(int(i.minimal or 1) for i in jenis.isian if i.nama == "responden"))


def _nama_unit(konteks: Konteks, kode: str) -> tuple[str, str]:
    """Return the code and the registered name of a unit; raises UnitTidakDitemukan, with what was probably meant."""
    from zi_workflow.cli.tulis import saran_unit

    with saran_unit(konteks):
        unit = konteks.aplikasi().layanan.unit(kode)
        if unit is None:
            raise UnitTidakDitemukan(kode)
    return unit.kode, unit.nama


def _skala(sumber: Sumber, survei: str, cara: str | int | None) -> int:
    """Return the highest answer: the one asked for where that survey may have it, else the usual one."""
    boleh = sumber.skala.get(survei) or next(iter(sumber.skala.values()))
    if cara is None:
        return boleh[0]
    if cara not in boleh:
        sebut = " atau ".join(f"1 sampai {n}" for n in boleh)
        raise MasukanSalah(f"--skala {cara} bukan skala {survei or 'survei itu'}", f"Jawabannya {sebut}.", f"--skala {boleh[0]}")
    return int(cara)


def _kepatuhan(sumber: Sumber, unit: tuple[str, str], tabel: Tabel, nama_unit: str | None) -> Dihitung:
    from zi_workflow.domain.rosters import hitung_kepatuhan
    from zi_workflow.domain.scoring import desimal_tegas

    k = hitung_kepatuhan(tabel, unit, nama_unit)
    persen = desimal_tegas(k.persen, 100)
    kolom = {"status": k.kolom_status, "unit": k.kolom_unit, "pengenal": list(k.pengenal)}
    lain = {"wajib": k.wajib, "lapor": k.lapor, "persen": persen, "status": dict(k.status)}
    data = {**_umum(sumber, tabel, kolom, k.diabaikan), "unit_lain": k.unit_lain, "tanpa_pengenal": k.tanpa_pengenal, **lain}
    return Dihitung({"wajib": k.wajib, "lapor": k.lapor}, data, _judul(tabel), [*_rinci_kepatuhan(k, persen), *_rinci(k.diabaikan, sumber)])


def _rinci_kepatuhan(k: Kepatuhan, persen: str) -> Iterator[tuple[str, str]]:
    yield "Wajib lapor", f"{k.wajib} baris"
    yield "Melapor", f"{k.lapor} ({desimal(persen)} persen)"
    yield "Status", "; ".join(f"{kata} {n}" for kata, n in k.status.items()) + f" (kolom '{k.kolom_status}')"
    if k.kolom_unit is not None:
        yield "Unit", f"menurut kolom '{k.kolom_unit}'; {k.unit_lain} baris unit lain tidak dihitung"
    yield (
        "Ganda",
        f"diperiksa menurut {', '.join(k.pengenal)}" if k.pengenal else "tidak dapat diperiksa: tidak ada kolom NIP, NIK, atau nama",
    )
    if k.pengenal and k.tanpa_pengenal:
        yield "", f"kecuali {k.tanpa_pengenal} baris yang pengenalnya kosong atau tidak utuh"


def _survei(sumber: Sumber, tabel: Tabel, skala: int, minimal: int) -> Dihitung:
    from zi_workflow.domain.rosters import desimal_terpotong, hitung_survei
    from zi_workflow.domain.scoring import bulatkan

    s = hitung_survei(tabel, skala, minimal)
    skor = desimal_terpotong(s.indeks)
    lain = {"skala": skala, "rata": {j: bulatkan(r) for j, r in s.rata.items()}, "skor": skor}
    kolom = {"soal": list(s.rata)}
    data = {**_umum(sumber, tabel, kolom, s.diabaikan), "responden": s.responden, "tidak_lengkap": s.tidak_lengkap, **lain}
    rinci = [*_rinci_survei(s, skala, bulatkan(s.indeks), skor), *_rinci(s.diabaikan, sumber)]
    return Dihitung({"skor": skor, "responden": s.responden}, data, _judul(tabel), rinci)


def _rinci_survei(s: Survei, skala: int, tampak: str, skor: str) -> Iterator[tuple[str, str]]:
    yield "Responden", f"{s.responden} lengkap; {s.tidak_lengkap} tidak lengkap, tidak dihitung"
    yield "Pertanyaan", ", ".join(s.rata)
    yield "Skala", f"1 sampai {skala}"
    yield "Indeks", desimal(tampak) + ("" if tampak == skor else f" (tercatat {desimal(skor)})")


def _umum(sumber: Sumber, tabel: Tabel, kolom: Mapping[str, object], diabaikan: Sequence[str]) -> dict[str, object]:
    return {
        "jenis": sumber.jenis,
        "berkas": tabel.berkas,
        "lembar": tabel.lembar,
        "baris_judul": tabel.baris_judul,
        "kolom": kolom,
        "kolom_diabaikan": list(diabaikan),
        "baris": len(tabel.baris),
        "tafsir": list(sumber.tafsir),
    }


def _judul(tabel: Tabel) -> str:
    lembar = f", lembar '{tabel.lembar}'" if tabel.lembar is not None else ""
    return f"Dihitung dari {tabel.berkas}{lembar}, {len(tabel.baris)} baris di bawah judul pada baris {tabel.baris_judul}:"


def _rinci(diabaikan: Sequence[str], sumber: Sumber) -> Iterator[tuple[str, str]]:
    lagi = f", dan {len(diabaikan) - _SEBUT} lagi" if len(diabaikan) > _SEBUT else ""
    yield "Tidak dibaca", f"kolom {', '.join(diabaikan[:_SEBUT])}{lagi}" if diabaikan else ""
    yield "Cara", f"tafsir {', '.join(sumber.tafsir)}"


def jalankan_dihitung(konteks: Konteks, perintah: Perintah, lampiran: Lampiran, dihitung: Dihitung) -> None:
    """Run a command whose figures were computed, and give its answer together with what was counted; raises Ditolak."""
    from zi_workflow.cli.tulis import ditolak, kirim, layar_jawaban, saran_unit

    with saran_unit(konteks):
        jawaban = kirim(konteks, [perintah], lampiran)
    if not jawaban.diterima:
        raise ditolak(jawaban.penolakan, coba=konteks.penulisan.coba)

    def layar(gaya: Gaya) -> str:
        return layar_jawaban(jawaban, gaya) + dihitung.layar(gaya)

    konteks.keluarkan({**jawaban.polos(), "sumber": dihitung.data}, layar=layar)
