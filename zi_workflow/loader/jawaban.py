"""Answers as JSON in the form that PortalRB pulls (panduan API integrasi, 3.3): strict, every bad entry named."""

from __future__ import annotations

from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.domain.events import Polos
from zi_workflow.domain.fields import baca_teks
from zi_workflow.domain.instrument import JUMLAH_MAKS, Instrumen, Soal
from zi_workflow.domain.recognition import JSON, Terbaca
from zi_workflow.loader.pohon import urai_json
from zi_workflow.loader.simpul import Simpul, aman

_SEBUT_MAKS = 400
"""More than every entry of one file that may be wrong."""
_WAJIB = ("soal_id", "jawaban_unit")
_BOLEH = ("jawaban_tpi", "catatan_unit", "bukti_dukung_unit", "catatan_tpi")
_BIDANG = {"unit": {"jawaban": "jawaban_unit", "catatan": "catatan_unit", "bukti_dukung": "bukti_dukung_unit"}}
_BIDANG["tpi"] = {"jawaban": "jawaban_tpi", "catatan": "catatan_tpi"}


def baca_jawaban_json(teks: str, berkas: str, instrumen: Instrumen, penilai: str) -> tuple[Terbaca, dict[str, str]]:
    """Read the assessor's answers, and what the file says of itself (unit, tahun). Raises MasukanSalah."""
    akar = urai_json(teks, berkas, MasukanSalah)
    peta = akar.peta(("unit_id", "tahun", "answers"), ("nama_unit",))
    bidang = _BIDANG[penilai]
    hasil: dict[str, dict[str, Polos]] = {nama: {} for nama in bidang}
    masalah: list[str] = []
    terlihat: set[str] = set()
    for butir in peta["answers"].daftar():
        isi = butir.peta(_WAJIB, _BOLEH)
        soal = isi["soal_id"].teks(20)
        if soal not in instrumen.soal:
            masalah.append(f"soal {aman(soal)} tidak ada di LKE {instrumen.versi}")
            continue
        if soal in terlihat:
            masalah.append(f"soal {soal} dua kali")
        terlihat.add(soal)
        for nama, kunci in bidang.items():
            if kunci in isi and (satu := _satu(isi[kunci])) is not None:
                hasil[nama][soal] = _jawaban(instrumen.soal[soal], satu, masalah) if nama == "jawaban" else _teks(soal, satu, masalah)
    if masalah:
        sisa = f" (dan {len(masalah) - _SEBUT_MAKS} lagi)" if len(masalah) > _SEBUT_MAKS else ""
        raise MasukanSalah(
            f"{berkas}: {'; '.join(masalah[:_SEBUT_MAKS])}{sisa}",
            f"Setiap soal sekali, dijawab sesuai skalanya di LKE {instrumen.versi}.",
            "Perbaiki yang disebut, lalu ulangi. Tidak ada yang ditulis.",
        )
    return Terbaca(JSON, hasil), {"unit": peta["unit_id"].teks(60), "tahun": peta["tahun"].teks(10)}


def _satu(simpul: Simpul) -> str | None:
    """Return an entry's text, None where it is null or blank."""
    if simpul.isi is None or (isinstance(simpul.isi, str) and not simpul.isi.strip()):
        return None
    return simpul.teks()


def _teks(soal_id: str, teks: str, masalah: list[str]) -> Polos:
    """Read a note as a record keeps it, so that the same file read again says the same."""
    try:
        return baca_teks(teks, soal_id)
    except MasukanSalah as e:
        masalah.append(f"soal {soal_id}: {e.sebab}")
        return None


def _jawaban(soal: Soal, teks: str, masalah: list[str]) -> Polos:
    skala, ketik = soal.skala, teks.strip()
    hasil = skala.baca({p.casefold(): p for p in skala.nilai}.get(ketik.casefold(), ketik))
    if hasil is None:
        harap = "/".join(skala.nilai) or (
            f"indeks 0 sampai {skala.tertinggi}" if skala.tertinggi else f"bilangan bulat 0 sampai {JUMLAH_MAKS}"
        )
        masalah.append(f"soal {soal.id}: '{aman(ketik, 40)}' bukan {harap}")
    return hasil
