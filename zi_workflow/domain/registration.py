"""Registration (M0): unit codes, and the opening condition of a unit that was already on its way (*dari arsip*)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from zi_workflow.domain.commands import DaftarkanUnit
from zi_workflow.domain.definition import Definisi, Tahap
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.domain.events import Polos
from zi_workflow.domain.fields import baca_isi
from zi_workflow.domain.state import Keadaan, Usulan

_KODE = re.compile(r"[A-Z0-9](?:[A-Z0-9-]{0,28}[A-Z0-9])?")


def periksa_kode(kode: str) -> str:
    """Return the unit's code; raises MasukanSalah unless it is 1–30 of A–Z, 0–9 and inner hyphens."""
    if not _KODE.fullmatch(kode):
        raise MasukanSalah(
            f"Kode unit '{kode[:40]}' tidak sah",
            "Kode terdiri atas 1–30 huruf besar, angka, dan tanda hubung di tengah.",
            "Misalnya DISDUKCAPIL atau BINJAI-KOTA.",
        )
    return kode


def keadaan_awal(definisi: Definisi, perintah: DaftarkanUnit) -> tuple[Keadaan, dict[str, Polos] | None]:
    """Return the condition in which a file opens, and the archive entry as plain data (None for a new unit).

    Raises MasukanSalah where the entry contradicts itself or lies after the registration.
    """
    if perintah.keadaan_awal is None:
        awal = next(t for t in definisi.tahap.values() if t.awal)
        return Keadaan(awal.id, perintah.tanggal), None
    if not definisi.keadaan_awal:
        raise MasukanSalah(
            "Alur ini tidak mengenal keadaan awal dari arsip", f"Berkas {definisi.id} dimulai dari tahap pertamanya.", "Hapus keadaan_awal."
        )
    isi = baca_isi(definisi.keadaan_awal, perintah.keadaan_awal, "keadaan_awal")
    tahap = definisi.tahap[str(isi["tahap"])]
    isi.setdefault("predikat", None)
    if "sasaran" in tahap.punya and not isi.get("sasaran"):
        isi["sasaran"] = definisi.predikat_berikut(_teks(isi["predikat"]))
    masalah = [*_masalah_tahap(definisi, tahap, isi), *_masalah_tanggal(tahap, isi, perintah.tanggal)]
    if masalah:
        raise MasukanSalah(
            "keadaan_awal tidak sah: " + "; ".join(masalah),
            f"Tahap {tahap.id} mempunyai: {', '.join(tahap.punya) or 'tidak ada tambahan'}.",
            "Perbaiki keadaan_awal.",
        )
    return _keadaan(tahap, isi), isi


def _masalah_tahap(definisi: Definisi, tahap: Tahap, isi: Mapping[str, Polos]) -> list[str]:
    punya, masalah = tahap.punya, []
    if tahap.akhir:
        masalah.append(f"tahap {tahap.id} tidak dapat menjadi keadaan awal")
    if "predikat" in punya and not isi.get("predikat"):
        masalah.append("predikat wajib pada tahap itu")
    if isi.get("predikat") and not {"predikat", "sasaran"} & set(punya):
        masalah.append(f"unit pada tahap {tahap.id} tidak memegang predikat")
    if isi.get("predikat") and not isi.get("tanggal_predikat"):
        masalah.append("tanggal_predikat wajib bila predikat dipegang")
    if not isi.get("predikat") and "pencabutan" not in punya:
        masalah += [f"{n} diisi tanpa predikat" for n in ("tanggal_predikat", "laporan_terakhir") if isi.get(n)]
    if "bangun" in punya and not isi.get("mulai_bangun"):
        masalah.append("mulai_bangun wajib pada tahap itu")
    if isi.get("sasaran") and "sasaran" not in punya:
        masalah.append(f"tahap {tahap.id} tidak mempunyai sasaran")
    if isi.get("sasaran") and isi["sasaran"] != definisi.predikat_berikut(_teks(isi.get("predikat"))):
        masalah.append(f"sasaran {isi['sasaran']} tidak sesuai dengan predikat {isi.get('predikat') or 'yang belum ada'}")
    if isi.get("predikat") == definisi.predikat[-1] and "sasaran" in punya:
        masalah.append(f"unit {isi['predikat']} tidak membangun lagi")
    return masalah


def _masalah_tanggal(tahap: Tahap, isi: Mapping[str, Polos], tanggal: date) -> list[str]:
    nama = ("sejak", "mulai_bangun", "tanggal_predikat", "laporan_terakhir")
    hari = {n: date.fromisoformat(str(isi[n])) for n in nama if isi.get(n)}
    masalah = [f"{n} {d.isoformat()} sesudah tanggal pendaftaran" for n, d in hari.items() if d > tanggal]
    urutan = [("mulai_bangun", "sejak"), ("tanggal_predikat", "sejak"), ("tanggal_predikat", "laporan_terakhir")]
    if isi.get("predikat") and "bangun" in tahap.punya:  # a unit that holds a predikat builds towards the next one
        urutan.append(("tanggal_predikat", "mulai_bangun"))
    return masalah + [f"{dulu} sesudah {lalu}" for dulu, lalu in urutan if dulu in hari and lalu in hari and hari[dulu] > hari[lalu]]


def _keadaan(tahap: Tahap, isi: Mapping[str, Polos]) -> Keadaan:
    sejak = date.fromisoformat(str(isi["sejak"]))
    sumber = {"bangun": "mulai_bangun", "predikat": "tanggal_predikat", "laporan": "laporan_terakhir"}
    penanda = {p: date.fromisoformat(str(isi[n])) for p, n in sumber.items() if isi.get(n)}
    usulan = None
    if "pencabutan" in tahap.punya:
        penanda["pencabutan"] = sejak
    if "usulan" in tahap.punya:
        penanda["usulan"] = sejak
        usulan = Usulan(sejak.year, str(isi["sasaran"]), str(isi["dasar"]))
    predikat, sasaran = isi.get("predikat"), isi.get("sasaran")
    return Keadaan(tahap.id, sejak, str(predikat) if predikat else None, str(sasaran) if sasaran else None, penanda, usulan)


def _teks(nilai: Polos) -> str | None:
    return nilai if isinstance(nilai, str) else None
