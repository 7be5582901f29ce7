"""What the LKE verbs read: an assessment on file with the edition that it was made with, its layouts, and its scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zi_workflow.cli.bacaan import unit_tak_ada
from zi_workflow.domain.errors import DefinisiSalah, MasukanSalah, TidakDitemukan

if TYPE_CHECKING:
    from zi_workflow.cli.konteks import Konteks
    from zi_workflow.domain.instrument import Instrumen
    from zi_workflow.domain.layout import Lembaran
    from zi_workflow.domain.scoring import Skor
    from zi_workflow.domain.state import Bukti, Unit


@dataclass(frozen=True)
class LkeTersimpan:
    """One assessment on file, scored with its own edition of the instrument."""

    unit: Unit
    bukti: Bukti
    instrumen: Instrumen
    lembaran: Lembaran
    skor: Skor

    def peta(self, nama: str) -> Mapping[str, object]:
        """Return a map by soal_id of the record: jawaban, dinilai, catatan, bukti_dukung; empty where it has none."""
        isi = self.bukti.isi.get(nama)
        return isi if isinstance(isi, Mapping) else {}

    @property
    def jawaban(self) -> Mapping[str, object]:
        """The answers by soal_id, as stored."""
        return self.peta("jawaban")

    @property
    def dinilai(self) -> Mapping[str, object]:
        """The judged values by soal_id (D10)."""
        return self.peta("dinilai")

    @property
    def catatan(self) -> Mapping[str, object]:
        """The notes by soal_id."""
        return self.peta("catatan")

    @property
    def bukti_dukung(self) -> Mapping[str, object]:
        """The references to evidence by soal_id."""
        return self.peta("bukti_dukung")


def ambil_unit(konteks: Konteks, kode: str) -> Unit:
    """Return a registered unit; raises TidakDitemukan with what was probably meant."""
    unit = konteks.aplikasi().layanan.unit(kode)
    if unit is None:
        raise unit_tak_ada(konteks, kode, "Pakai kode")
    return unit


def bukti_lke(unit: Unit, tahun: int, penilai: str) -> Bukti | None:
    """Return the assessment that counts for that year and assessor: the newest by tanggal, then by number."""
    semua = [b for b in unit.bukti.get("lke", ()) if (b.isi.get("tahun"), b.isi.get("penilai")) == (tahun, penilai)]
    return max(semua, key=lambda b: b.urutan, default=None)


def ambil_lke(konteks: Konteks, kode: str, tahun: int, penilai: str) -> LkeTersimpan | None:
    """Return the assessment on file, None where there is none; raises TidakDitemukan for the unit, MasukanSalah for a lost edition."""
    unit = ambil_unit(konteks, kode)
    bukti = bukti_lke(unit, tahun, penilai)
    return None if bukti is None else susun_lke(konteks, unit, bukti)


def susun_lke(konteks: Konteks, unit: Unit, bukti: Bukti) -> LkeTersimpan:
    """Score a record of answers; raises MasukanSalah where the edition that it was made with is not known any more."""
    from zi_workflow.domain.editions import instrumen_catatan, lembaran_bagi
    from zi_workflow.domain.scoring import nilai

    app = konteks.aplikasi()
    instansi = app.layanan.instansi()
    instrumen = instrumen_catatan(app.definisi, instansi, bukti)
    if instrumen is None:
        raise MasukanSalah(
            f"LKE nomor {bukti.nomor} dibuat dengan edisi instrumen '{bukti.isi.get('instrumen')}', yang tidak dikenal lagi",
            "Setiap LKE dinilai dengan edisi instrumen yang dipakai ketika dibuat.",
            "zi lke instrumen daftar",
        )
    peta = {n: bukti.isi.get(n) for n in ("jawaban", "dinilai")}
    jawaban, dinilai = (p if isinstance(p, Mapping) else {} for p in peta.values())
    return LkeTersimpan(unit, bukti, instrumen, lembaran_bagi(app.definisi, instrumen, instansi), nilai(instrumen, jawaban, dinilai))


def harus_lke(konteks: Konteks, kode: str, tahun: int, penilai: str) -> LkeTersimpan:
    """Return the assessment on file; raises TidakDitemukan, naming those that there are."""
    lke = ambil_lke(konteks, kode, tahun, penilai)
    if lke is not None:
        return lke
    unit = ambil_unit(konteks, kode)
    ada = sorted({(str(b.isi.get("tahun")), str(b.isi.get("penilai"))) for b in unit.bukti.get("lke", ())})
    sebut = ", ".join(f"{t} oleh {p}" for t, p in ada)
    raise TidakDitemukan(
        f"LKE {kode} tahun {tahun} oleh {penilai} belum ada",
        f"LKE unit itu yang tercatat: {sebut}." if ada else "Unit itu belum mempunyai LKE.",
        f"zi lke impor {kode} BERKAS.xlsx --tahun {tahun} --penilai {penilai} --oleh NIP",
    )


def instrumen_untuk(konteks: Konteks, tahun: int, versi: str | None = None) -> tuple[Instrumen, Lembaran]:
    """Return the edition for an assessment of that year made on the act's day, or the one of that name, with its layouts.

    Raises DefinisiSalah where the definition has no instrument, MasukanSalah for an edition that is not known.
    """
    from zi_workflow.domain.editions import instrumen_bagi, instrumen_versi, lembaran_bagi

    app = konteks.aplikasi()
    instansi = app.layanan.instansi()
    if versi is None:
        instrumen = instrumen_bagi(app.definisi, instansi, tahun, konteks.tanggal())
    elif (instrumen := instrumen_versi(app.definisi, instansi, versi)) is None:
        raise MasukanSalah(
            f"Edisi instrumen '{versi[:60]}' tidak dikenal",
            "Buku kerja itu dibuat dengan edisi yang tidak ada di register ini.",
            "zi lke instrumen daftar",
        )
    if instrumen is None or app.definisi.lembaran is None:
        raise DefinisiSalah(
            "Definisi ini tidak memuat LKE", "Perintah LKE memerlukan lke.yaml dan lembar.yaml di folder definisi.", "zi regulasi periksa"
        )
    return instrumen, lembaran_bagi(app.definisi, instrumen, instansi)
