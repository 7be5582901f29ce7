"""Reading of an LKE record: every bad answer is named, the good ones come back as plain data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches

from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.domain.events import PetaPolos, Polos
from zi_workflow.domain.fields import baca_teks
from zi_workflow.domain.formulas import hitung, terisi
from zi_workflow.domain.instrument import INDEKS, JUMLAH_MAKS, PILIHAN, Instrumen, Soal, baca_desimal

_SEBUT_MAKS = 8
_HURUF_MAKS = 40
_PENILAI = "tpi"


class _Salah(Exception):
    """One bad entry: what is wrong with it."""


def periksa_jawaban(instrumen: Instrumen, isi: Mapping[str, object]) -> dict[str, Polos]:
    """Read jawaban, dinilai, catatan and bukti_dukung of an LKE record; return those present, normalised.

    Counts come back as int, indices as decimal text, choices exactly as the scale writes them. A judged value is taken
    only from TPI, only for a formula whose counts are all there with a denominator of 0, under one of its soal_ids (D10).

    Raises:
        MasukanSalah: The bad entries, by soal_id.
    """
    masalah: list[str] = []
    jawaban = _baca(isi, "jawaban", masalah, lambda s, m: _jawaban(_soal(instrumen, s), m))
    hasil: dict[str, Polos] = {"jawaban": jawaban}
    for nama in ("catatan", "bukti_dukung"):
        if isi.get(nama) is not None:
            hasil[nama] = _baca(isi, nama, masalah, lambda s, m: _teks(_soal(instrumen, s), m))
    if isi.get("dinilai") is not None:
        hasil["dinilai"] = dinilai = _baca(isi, "dinilai", masalah, lambda s, m: _dinilai(instrumen, jawaban, s, m))
        masalah += _ganda(instrumen, dinilai)
        if dinilai and isi.get("penilai") != _PENILAI:
            masalah.append("dinilai: hanya TPI yang memberi nilai sendiri (tafsir D10)")
    if masalah:
        sisa = f" (dan {len(masalah) - _SEBUT_MAKS} lagi)" if len(masalah) > _SEBUT_MAKS else ""
        raise MasukanSalah(
            f"Isi LKE tidak sah: {'; '.join(masalah[:_SEBUT_MAKS])}{sisa}",
            f"Setiap jawaban harus sesuai skala soalnya di LKE {instrumen.versi}.",
            "Perbaiki soal yang disebut, lalu ulangi. Tidak ada yang ditulis.",
        )
    return hasil


def _baca(isi: Mapping[str, object], nama: str, masalah: list[str], baca: Callable[[str, object], Polos]) -> dict[str, Polos]:
    mentah = isi.get(nama)
    if not isinstance(mentah, Mapping):
        masalah.append(f"{nama}: harus berupa peta soal_id: nilai")
        return {}
    hasil: dict[str, Polos] = {}
    for soal, satu in mentah.items():
        if satu is None:
            continue
        try:
            hasil[soal] = baca(soal, satu)
        except _Salah as e:
            masalah.append(f"{nama} soal {_tampak(soal)}: {e}")
    return hasil


def _soal(instrumen: Instrumen, soal_id: str) -> Soal:
    soal = instrumen.soal.get(soal_id)
    if soal is None:
        raise _Salah(f"tidak ada di LKE {instrumen.versi}")
    return soal


def _jawaban(soal: Soal, mentah: object) -> str | int:
    hasil = soal.skala.baca(mentah)
    if hasil is not None:
        return hasil
    if soal.skala.jenis == PILIHAN:
        pilihan = {p.lower(): p for p in soal.skala.nilai}
        mirip = get_close_matches(str(mentah)[:_HURUF_MAKS].lower(), pilihan, 1) if isinstance(mentah, str) else []
        saran = f"; maksud Anda '{pilihan[mirip[0]]}'?" if mirip else ""
        raise _Salah(f"{_tampak(mentah)} bukan salah satu dari {', '.join(soal.skala.nilai)}{saran}")
    if soal.skala.jenis == INDEKS:
        raise _Salah(f"{_tampak(mentah)} bukan indeks 0 sampai {soal.skala.tertinggi}, ditulis dengan titik, misalnya 3.60")
    raise _Salah(f"{_tampak(mentah)} bukan bilangan bulat 0 sampai {JUMLAH_MAKS}")


def _teks(soal: Soal, mentah: object) -> str:
    try:
        return baca_teks(mentah, soal.id)
    except MasukanSalah as e:
        raise _Salah(e.sebab) from None


def _dinilai(instrumen: Instrumen, jawaban: PetaPolos, soal_id: str, mentah: object) -> dict[str, Polos]:
    soal = _soal(instrumen, soal_id)
    rumus = instrumen.rumus.get(soal_id)
    if rumus is None:
        raise _Salah("bukan persentase; jawab langsung")
    if not isinstance(mentah, Mapping) or set(mentah) != {"nilai", "alasan"}:
        raise _Salah("harus berupa peta dengan kunci nilai dan alasan saja")
    nilai = baca_desimal(mentah["nilai"], 1)
    if nilai is None:
        raise _Salah(f"nilai {_tampak(mentah['nilai'])} bukan desimal 0 sampai 1, ditulis dengan titik, misalnya 0.5")
    if not terisi(rumus, jawaban):
        raise _Salah(f"isi dahulu jumlah soal {', '.join(rumus.perlu)}")
    if hitung(rumus, jawaban) is not None:
        raise _Salah("persentasenya dapat dihitung, jadi tidak dinilai sendiri (tafsir D10)")
    return {"nilai": nilai, "alasan": _teks(soal, mentah["alasan"])}


def _ganda(instrumen: Instrumen, dinilai: PetaPolos) -> list[str]:
    """Name formulas that are judged under two of their soal_ids."""
    kunci = [instrumen.rumus[s].kunci for s in dinilai]
    return [
        f"dinilai soal {', '.join(instrumen.butir[k].ids)}: dinilai lebih dari sekali" for k in dict.fromkeys(kunci) if kunci.count(k) > 1
    ]


def _tampak(mentah: object) -> str:
    """Show what was typed, briefly; a number with thousands of digits is not written out."""
    if isinstance(mentah, str):
        return f"'{mentah[:_HURUF_MAKS]}{'…' if len(mentah) > _HURUF_MAKS else ''}'"
    if isinstance(mentah, int) and abs(mentah) > JUMLAH_MAKS:
        return "bilangan yang terlalu besar" if mentah > 0 else "bilangan yang terlalu kecil"
    return str(mentah) if isinstance(mentah, bool | int) else "isi yang bukan teks atau bilangan bulat"
