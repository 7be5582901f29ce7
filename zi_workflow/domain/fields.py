"""Typed reading of what people type: raw values in, plain data out, every bad field named.

Closed types: teks, bulat, desimal, ya_tidak, tanggal, nip, pilihan, daftar, objek, peta_soal, predikat_usulan.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from zi_workflow.domain.definition import Isian
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.domain.events import PetaPolos, Polos
from zi_workflow.domain.personal import TERTUTUP, Pribadi

TEKS_MAKS = 4000
BULAT_MAKS = 1_000_000_000
DAFTAR_MAKS = 2000
_HURUF_MAKS = 40
_SEBUT_MAKS = 8
_PANGKAT_MAKS = 15
_TAMPAK_MAKS = 10**40
NIP = re.compile(r"[0-9]{18}|X-[A-Z0-9]{3,20}")
_BULAT = re.compile(r"[+-]?[0-9]{1,15}")
_DESIMAL = re.compile(r"[+-]?[0-9]{1,12}(\.[0-9]{1,12})?")
_TANGGAL = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YA_TIDAK = {"ya": True, "true": True, "tidak": False, "false": False}


class _Salah(Exception):
    """One bad field: what is wrong and what was expected."""


def baca_isi(isian: Sequence[Isian], mentah: Mapping[str, Any], tempat: str) -> dict[str, Polos]:
    """Read the fields of a record or a move from raw values into plain data.

    Raises MasukanSalah that names every bad field at once; ``tempat`` says where they stand (kind, move, item).
    """
    masalah: list[str] = []
    hasil = _baca_objek(isian, mentah, "", masalah)
    if masalah:
        sisa = f" (dan {len(masalah) - _SEBUT_MAKS} lagi)" if len(masalah) > _SEBUT_MAKS else ""
        raise MasukanSalah(
            f"Isian {tempat} tidak sah: {'; '.join(masalah[:_SEBUT_MAKS])}{sisa}",
            "Setiap isian harus sesuai jenis dan batasnya.",
            "Perbaiki isian yang disebut, lalu ulangi. Tidak ada yang ditulis.",
        )
    return hasil


def baca_tanggal(teks: object) -> date:
    """Read a calendar date written YYYY-MM-DD; raises MasukanSalah for anything else, impossible days included."""
    try:
        return date.fromisoformat(_tanggal(_tanpa_isian("tanggal"), teks))
    except _Salah as e:
        raise MasukanSalah(f"Tanggal {_kutip(teks)} tidak sah", str(e), "Tulis YYYY-MM-DD, misalnya 2026-05-31.") from None


def baca_nip(teks: object) -> str:
    """Read a NIP of 18 digits, or X- and 3 to 20 of A–Z, 0–9 for a person who has none; raises MasukanSalah."""
    try:
        return _nip(_tanpa_isian("nip"), teks)
    except _Salah as e:
        raise MasukanSalah(f"NIP {_kutip(teks)} tidak sah", str(e), "Periksa NIP itu, misalnya 198001012005011001.") from None


def baca_teks(teks: object, nama: str, maks: int = TEKS_MAKS) -> str:
    """Read non-blank text without control characters, at most ``maks`` characters long; raises MasukanSalah."""
    try:
        return _teks(Isian(nama, "teks", maksimal=Decimal(maks)), teks)
    except _Salah as e:
        raise MasukanSalah(f"Isian '{nama}' tidak sah", str(e), "Perbaiki isian itu, lalu ulangi.") from None


def _tanpa_isian(nama: str) -> Isian:
    return Isian(nama, nama)


def _baca_objek(isian: Sequence[Isian], mentah: object, jalur: str, masalah: list[str]) -> dict[str, Polos]:
    if not isinstance(mentah, Mapping):
        masalah.append(f"'{jalur.rstrip('.') or 'isi'}' harus berupa peta isian")
        return {}
    nama = [i.nama for i in isian]
    for kunci in mentah:
        if kunci not in nama:
            teks = kunci[:_HURUF_MAKS] if isinstance(kunci, str) else _kutip(kunci)
            mirip = get_close_matches(teks, nama, 1)
            saran = f"; maksud Anda '{mirip[0]}'?" if mirip else ""
            masalah.append(f"'{jalur}{teks}' tidak dikenal{saran}")
    hasil: dict[str, Polos] = {}
    for satu in isian:
        nilai = mentah.get(satu.nama)
        if nilai is None or (isinstance(nilai, str) and not nilai.strip()):
            if satu.wajib:
                masalah.append(f"'{jalur}{satu.nama}' wajib diisi ({_harapan(satu)})")
            continue
        _baca_satu(satu, nilai, jalur, masalah, hasil)
    for satu in isian:
        _periksa_batas_isian(satu, hasil, jalur, masalah)
        nilai = hasil.get(satu.nama)
        if isinstance(nilai, Pribadi) and satu.orang is not None and nilai.sandi is None:
            hasil[satu.nama] = Pribadi(nilai, str(hasil.get(satu.orang, "")), tertutup=nilai.tertutup)
    return hasil


def _baca_satu(isian: Isian, nilai: object, jalur: str, masalah: list[str], hasil: dict[str, Polos]) -> None:
    try:
        if isian.tipe == "objek":
            hasil[isian.nama] = _baca_objek(isian.isian, nilai, f"{jalur}{isian.nama}.", masalah)
        elif isian.tipe == "daftar":
            hasil[isian.nama] = _baca_daftar(isian, nilai, jalur, masalah)
        elif isian.pribadi:
            hasil[isian.nama] = _pribadi(isian, nilai)
        else:
            hasil[isian.nama] = _PEMBACA[isian.tipe](isian, nilai)
    except _Salah as e:
        masalah.append(f"'{jalur}{isian.nama}': {e}")


def _baca_daftar(isian: Isian, nilai: object, jalur: str, masalah: list[str]) -> list[Polos]:
    if isinstance(nilai, str | bytes) or not isinstance(nilai, Sequence):
        raise _Salah("harus berupa daftar")
    if isian.minimal is not None and len(nilai) < isian.minimal:
        raise _Salah(f"berisi {len(nilai)} butir, paling sedikit {isian.minimal}")
    if len(nilai) > DAFTAR_MAKS:
        raise _Salah(f"paling banyak {DAFTAR_MAKS} butir")
    butir = isian.butir
    if butir is None:  # pragma: no cover - the loader gives every list its item type
        raise _Salah("butir daftar tidak ditentukan")
    hasil: list[Polos] = []
    for i, satu in enumerate(nilai, 1):
        wadah: dict[str, Polos] = {}
        if satu is None:
            masalah.append(f"'{jalur}{isian.nama}[{i}]' kosong")
            continue
        _baca_satu(replace(butir, nama=f"{isian.nama}[{i}]"), satu, jalur, masalah, wadah)
        hasil.extend(wadah.values())
    return hasil


def _periksa_batas_isian(isian: Isian, hasil: Mapping[str, Polos], jalur: str, masalah: list[str]) -> None:
    atas = hasil.get(isian.paling_banyak or "")
    nilai = hasil.get(isian.nama)
    if isinstance(atas, int) and isinstance(nilai, int) and nilai > atas:
        masalah.append(f"'{jalur}{isian.nama}' {nilai} melebihi '{isian.paling_banyak}' {atas}")


def _teks(isian: Isian, nilai: object) -> str:
    if isinstance(nilai, bool) or not isinstance(nilai, str | int):
        raise _Salah("harus berupa teks")
    if isinstance(nilai, int) and abs(nilai) > _TAMPAK_MAKS:
        raise _Salah(f"{_kutip(nilai)}, tulis sebagai teks")
    teks = str(nilai).strip()
    maks = int(isian.maksimal) if isian.maksimal is not None else TEKS_MAKS
    if not teks:
        raise _Salah("tidak boleh kosong")
    if not teks.strip(".…"):
        raise _Salah("belum diisi, hanya titik-titik")
    if len(teks) > maks:
        raise _Salah(f"panjangnya {len(teks)} huruf, paling banyak {maks}")
    for huruf in teks:
        if unicodedata.category(huruf) in ("Cc", "Cs") and huruf not in "\n\t":
            raise _Salah(f"memuat karakter kendali U+{ord(huruf):04X}")
    return teks


def _pribadi(isian: Isian, nilai: object) -> Pribadi:
    """Read a personal text; one that comes from the log again stays what it is there."""
    return nilai if isinstance(nilai, Pribadi) else Pribadi(_teks(isian, nilai), tertutup=isian.pribadi == TERTUTUP)


def _angka(nilai: object, pola: re.Pattern[str], harap: str) -> str:
    if isinstance(nilai, bool) or not isinstance(nilai, str | int | Decimal):
        raise _Salah(f"harus {harap}")
    teks = "terlalu besar"
    if isinstance(nilai, Decimal) and nilai.is_finite() and abs(nilai.adjusted()) <= _PANGKAT_MAKS:
        teks = format(nilai, "f")
    elif not isinstance(nilai, int) or abs(nilai) <= 10**_PANGKAT_MAKS:
        teks = str(nilai).strip()
    if not pola.fullmatch(teks):
        raise _Salah(f"{_kutip(teks)} bukan {harap}")
    return teks


def _dalam_batas(isian: Isian, nilai: Decimal) -> None:
    if isian.minimal is not None and nilai < isian.minimal:
        raise _Salah(f"{nilai} kurang dari {isian.minimal}")
    if isian.maksimal is not None and nilai > isian.maksimal:
        raise _Salah(f"{nilai} lebih dari {isian.maksimal}")


def _bulat(isian: Isian, nilai: object) -> int:
    hasil = int(_angka(nilai, _BULAT, "bilangan bulat"))
    _dalam_batas(isian, Decimal(hasil))
    if abs(hasil) > BULAT_MAKS:
        raise _Salah(f"besarnya {hasil} lebih dari {BULAT_MAKS}")
    return hasil


def _desimal(isian: Isian, nilai: object) -> str:
    hasil = Decimal(_angka(nilai, _DESIMAL, "bilangan desimal dengan titik"))
    _dalam_batas(isian, hasil)
    return format(hasil, "f")


def _ya_tidak(isian: Isian, nilai: object) -> bool:  # noqa: ARG001 - one signature for all readers
    if isinstance(nilai, bool):
        return nilai
    if not isinstance(nilai, str) or nilai not in _YA_TIDAK:
        raise _Salah(f"{_kutip(nilai)} bukan ya atau tidak")
    return _YA_TIDAK[nilai]


def _tanggal(isian: Isian, nilai: object) -> str:  # noqa: ARG001 - one signature for all readers
    if isinstance(nilai, date):
        return nilai.isoformat()[:10]
    if not isinstance(nilai, str) or not _TANGGAL.fullmatch(nilai):
        raise _Salah(f"{_kutip(nilai)} bukan tanggal YYYY-MM-DD")
    try:
        return date.fromisoformat(nilai).isoformat()
    except ValueError:
        raise _Salah(f"{nilai} tidak ada di kalender") from None


def _nip(isian: Isian, nilai: object) -> str:  # noqa: ARG001 - one signature for all readers
    teks = str(nilai) if isinstance(nilai, int) and not isinstance(nilai, bool) and abs(nilai) < 10**19 else nilai
    if not isinstance(teks, str) or not NIP.fullmatch(teks):
        panjang = f" (terbaca {len(teks)} karakter)" if isinstance(teks, str) else ""
        raise _Salah(f"NIP harus 18 angka, atau X- dan 3–20 huruf besar atau angka bagi yang tidak ber-NIP{panjang}")
    return teks


def _pilihan(isian: Isian, nilai: object) -> str:
    teks = str(nilai) if isinstance(nilai, int) and not isinstance(nilai, bool) and abs(nilai) <= BULAT_MAKS else nilai
    if not isinstance(teks, str) or teks not in isian.pilihan:
        mirip = get_close_matches(teks[:_HURUF_MAKS], isian.pilihan, 1) if isinstance(teks, str) else []
        saran = f"; maksud Anda '{mirip[0]}'?" if mirip else ""
        raise _Salah(f"{_kutip(teks)} bukan salah satu dari {', '.join(isian.pilihan)}{saran}")
    return teks


def _peta_soal(isian: Isian, nilai: object) -> dict[str, Polos]:  # noqa: ARG001 - one signature for all readers
    if not isinstance(nilai, Mapping):
        raise _Salah("harus berupa peta soal_id: nilai")
    if len(nilai) > DAFTAR_MAKS:
        raise _Salah(f"paling banyak {DAFTAR_MAKS} soal")
    return {_kunci(k): v for k, v in nilai.items() if v is not None}


def _predikat_usulan(isian: Isian, nilai: object) -> Polos:
    if isinstance(nilai, Mapping):
        return {(kode := _kunci(k)): _pilihan_unit(isian, kode, v) for k, v in nilai.items()}
    return _pilihan(isian, nilai)


def _pilihan_unit(isian: Isian, kode: str, nilai: object) -> str:
    try:
        return _pilihan(isian, nilai)
    except _Salah as e:
        raise _Salah(f"{kode[:_HURUF_MAKS]}: {e}") from None


def _kunci(kunci: object) -> str:
    if isinstance(kunci, bool) or not isinstance(kunci, str | int) or (isinstance(kunci, int) and abs(kunci) > BULAT_MAKS):
        raise _Salah(f"kunci {_kutip(kunci)} bukan teks")
    return str(kunci)


def _kutip(nilai: object) -> str:
    """Show what was typed, briefly; what is neither text nor a number of ordinary length is not written out."""
    if isinstance(nilai, str):
        return f"'{nilai[:_HURUF_MAKS]}{'…' if len(nilai) > _HURUF_MAKS else ''}'"
    if isinstance(nilai, int) and abs(nilai) > _TAMPAK_MAKS:
        return "bilangan yang terlalu panjang"
    return f"'{nilai}'" if isinstance(nilai, int | float | Decimal) else "isi yang bukan teks atau bilangan"


def _harapan(isian: Isian) -> str:
    return "salah satu dari " + ", ".join(isian.pilihan) if isian.pilihan else isian.tipe.replace("_", " ")


_PEMBACA: dict[str, Callable[[Isian, Any], Polos]] = {
    "teks": _teks,
    "bulat": _bulat,
    "desimal": _desimal,
    "ya_tidak": _ya_tidak,
    "tanggal": _tanggal,
    "nip": _nip,
    "pilihan": _pilihan,
    "peta_soal": _peta_soal,
    "predikat_usulan": _predikat_usulan,
}
TIPE = frozenset({*_PEMBACA, "daftar", "objek"})


def teks_isi(isi: PetaPolos, nama: str) -> str:
    """Return a text field of plain data, or the empty text where it is missing."""
    nilai = isi.get(nama)
    return nilai if isinstance(nilai, str) else ""
