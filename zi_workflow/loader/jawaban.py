"""Answers as JSON in the form that PortalRB pulls (panduan API integrasi, 3.3): strict, every bad entry named."""

from __future__ import annotations

from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.domain.events import Polos
from zi_workflow.domain.instrument import PILIHAN, Instrumen
from zi_workflow.domain.recognition import JSON, Terbaca
from zi_workflow.loader.pohon import urai_json
from zi_workflow.loader.simpul import Simpul

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
        if soal in terlihat:
            masalah.append(f"soal {soal} dua kali")
        terlihat.add(soal)
        for nama, kunci in bidang.items():
            if kunci in isi and (satu := _satu(isi[kunci])) is not None:
                hasil[nama][soal] = _jawaban(instrumen, soal, satu, masalah) if nama == "jawaban" else satu
    if masalah:
        raise MasukanSalah(
            f"{berkas}: {'; '.join(masalah)}",
            f"Setiap soal sekali, dijawab sesuai skalanya di LKE {instrumen.versi}.",
            "Perbaiki yang disebut, lalu ulangi. Tidak ada yang ditulis.",
        )
    return Terbaca(JSON, hasil), {"unit": peta["unit_id"].teks(60), "tahun": peta["tahun"].teks(10)}


def _satu(simpul: Simpul) -> str | None:
    """Return an entry's text, None where it is null or blank."""
    if simpul.isi is None or (isinstance(simpul.isi, str) and not simpul.isi.strip()):
        return None
    return simpul.teks()


def _jawaban(instrumen: Instrumen, soal_id: str, teks: str, masalah: list[str]) -> Polos:
    soal = instrumen.soal.get(soal_id)
    if soal is None:
        masalah.append(f"soal {soal_id[:20]} tidak ada di LKE {instrumen.versi}")
        return None
    mentah = {p.casefold(): p for p in soal.skala.nilai}.get(teks.strip().casefold(), teks) if soal.skala.jenis == PILIHAN else teks.strip()
    hasil = soal.skala.baca(mentah)
    if hasil is None:
        harap = "/".join(soal.skala.nilai) or (f"0 sampai {soal.skala.tertinggi}" if soal.skala.tertinggi else "bilangan bulat")
        masalah.append(f"soal {soal_id}: '{teks[:40]}' bukan {harap}")
    return hasil
