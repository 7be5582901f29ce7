"""A world without a store: the pure core over in-memory streams, and short words to build lawful files in tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from zi_workflow.domain.checklist import DaftarPeriksa, Temuan
from zi_workflow.domain.commands import AkhiriPejabat, AmbilLangkah, AngkatPejabat, Catat, DaftarkanUnit, Perintah
from zi_workflow.domain.decide import PENOLAKAN, UNIT, Putusan, periksa, putuskan
from zi_workflow.domain.definition import Definisi
from zi_workflow.domain.events import Berkas, PerintahDitolak, Tercatat
from zi_workflow.domain.instrument import INDEKS, JUMLAH, Instrumen
from zi_workflow.domain.state import Instansi, Unit, evolve, evolve_instansi
from zi_workflow.loader.definisi import muat

AKAR = Path(__file__).resolve().parents[2]
ADMIN = "198001012005011001"
KEPALA = "197505052000031002"
PENILAI = "198203032006042003"
PENILAI_LAIN = "198304042007051004"
WALI_KOTA = "X-WALIKOTA"
UNIT_UJI = "DISPORA"
BERKAS = Berkas("0" * 64, 12, "tanda-terima.pdf")
HARI = date.fromisoformat


@cache
def definisi() -> Definisi:
    """Return the definition that ships."""
    return muat(AKAR / "workflows" / "binjai")


def jawaban_semua(huruf: str = "A", indeks: str = "4") -> dict[str, Any]:
    """Return a complete set of answers: ``huruf`` (or the scale's last), Ya, counts at 100 %, both indices."""
    instrumen = definisi().instrumen
    assert isinstance(instrumen, Instrumen)
    hasil: dict[str, Any] = {}
    for id_soal, soal in instrumen.soal.items():
        skala = soal.skala
        hasil[str(id_soal)] = indeks if skala.jenis == INDEKS else 10 if skala.jenis == JUMLAH else "Ya" if "Ya" in skala.nilai else huruf
    hasil.update({"103": 0, "116": 30, "120": 30})
    return hasil


class Dunia:
    """Units and the instansi, folded event by event; every command goes through ``putuskan``."""

    def __init__(self, aturan: Definisi | None = None) -> None:
        """Start with an empty register."""
        self.aturan = aturan or definisi()
        self.unit: dict[str, Unit] = {}
        self.instansi = Instansi()
        self.log: list[Tercatat] = []
        self.dasar: list[tuple[str, ...]] = []
        self.dicatat: list[date] = []
        self.penolakan: list[PerintahDitolak] = []
        self._versi: dict[str, int] = {}

    def jalankan(self, perintah: Perintah, dicatat: date | None = None) -> Putusan:
        """Decide a command recorded on ``dicatat`` (default: its own date) and fold what it writes."""
        kode = getattr(perintah, "kode", None)
        hari = dicatat or perintah.tanggal
        putusan = putuskan(self.aturan, self.unit.get(kode or ""), self.instansi, perintah, hari, self.unit)
        self.terapkan(perintah, putusan, hari)
        return putusan

    def terapkan(self, perintah: Perintah, putusan: Putusan, dicatat: date) -> None:
        """Fold what was decided on the day ``dicatat``; ``dasar`` and ``dicatat`` keep what a log would keep beside the events."""
        for terbitan in putusan.terbitan:
            aliran = f"{terbitan.golongan}/{terbitan.kode}"
            self._versi[aliran] = self._versi.get(aliran, 0) + 1
            tercatat = Tercatat(
                terbitan.peristiwa,
                len(self.log) + 1,
                self._versi[aliran],
                terbitan.tanggal or perintah.tanggal,
                perintah.oleh,
                datetime(2026, 1, 1, tzinfo=UTC),
                aliran,
            )
            self.log.append(tercatat)
            self.dasar.append(terbitan.dasar)
            self.dicatat.append(dicatat)
            if terbitan.golongan == UNIT:
                self.unit[terbitan.kode] = evolve(self.unit.get(terbitan.kode), tercatat)
            elif terbitan.golongan == PENOLAKAN:
                assert isinstance(terbitan.peristiwa, PerintahDitolak)
                self.penolakan.append(terbitan.peristiwa)
            else:
                self.instansi = evolve_instansi(self.instansi, tercatat)

    def angkat(self, nip: str, peran: str, unit: str | None = None, sejak: str = "2024-02-19", sampai: str | None = None) -> Putusan:
        """Appoint an invented official."""
        akhir = HARI(sampai) if sampai else None
        return self.jalankan(AngkatPejabat(nip, f"Orang {peran}", peran, "800/2/2024", HARI(sejak), HARI("2024-02-20"), ADMIN, akhir, unit))

    def akhiri(self, nip: str, peran: str, sampai: str, unit: str | None = None) -> Putusan:
        """End an official's role."""
        return self.jalankan(AkhiriPejabat(nip, peran, HARI(sampai), HARI(sampai), ADMIN, unit))

    def catat(
        self,
        jenis: str,
        tanggal: str,
        isi: Mapping[str, Any],
        kode: str | None = UNIT_UJI,
        oleh: str = ADMIN,
        **lain: Any,  # noqa: ANN401
    ) -> Putusan:
        """Record evidence (``kode=None`` for the instansi's)."""
        return self.jalankan(Catat(jenis, kode, isi, HARI(tanggal), oleh, lain.pop("berkas", ())), lain.pop("dicatat", None))

    def maju(
        self,
        langkah: str,
        tanggal: str,
        isi: Mapping[str, Any] | None = None,
        kode: str = UNIT_UJI,
        oleh: str | None = None,
        dicatat: date | None = None,
    ) -> Putusan:
        """Make a move as the role that the definition names."""
        aturan = self.aturan.langkah.get(langkah)
        pelaku = {"kepala_pd": KEPALA, "wali_kota": WALI_KOTA, "tpi": PENILAI, "admin": ADMIN}
        return self.jalankan(
            AmbilLangkah(langkah, kode, isi or {}, HARI(tanggal), oleh or pelaku[aturan.pelaku if aturan else "admin"]), dicatat
        )

    def periksa(
        self, langkah: str, pada: str, isi: Mapping[str, Any] | None = None, kode: str = UNIT_UJI, oleh: str | None = None
    ) -> DaftarPeriksa:
        """Ask for the checklist of a move without deciding."""
        return periksa(self.aturan, self.unit[kode], self.instansi, langkah, dict(isi or {}), HARI(pada), HARI(pada), oleh)

    def tahap(self, kode: str = UNIT_UJI) -> str:
        """Return the unit's stage."""
        return self.unit[kode].keadaan.tahap


def temuan(daftar: DaftarPeriksa, id_syarat: str) -> Temuan:
    """Return the one line of a checklist with that id."""
    (satu,) = [t for t in daftar.temuan if t.id == id_syarat]
    return satu


def kosong(afirmasi: str | None = None, dunia: Dunia | None = None) -> Dunia:
    """Return a world with officials, a TPI, instansi figures for 2023–2025 and one unit, registered 2024-03-01."""
    dunia = dunia or Dunia()
    dunia.jalankan(AngkatPejabat(ADMIN, "Admin Uji", "admin", "800/1/2024", HARI("2024-02-19"), HARI("2024-02-19"), ADMIN))
    dunia.jalankan(DaftarkanUnit(UNIT_UJI, "Dinas Pemuda dan Olahraga", HARI("2024-03-01"), ADMIN, "dinas", afirmasi))
    dunia.angkat(KEPALA, "kepala_pd", UNIT_UJI)
    for nip in (PENILAI, PENILAI_LAIN):
        dunia.angkat(nip, "tpi")
    dunia.angkat(WALI_KOTA, "wali_kota")
    dunia.catat("keputusan_tpi", "2024-03-01", {"nomor": "188/10/2024", "anggota": [{"nip": PENILAI, "apip": "ya"}]}, None)
    for tahun in (2023, 2024, 2025):
        tanggal = f"{tahun + 1}-03-02"
        dunia.catat("opini_bpk", tanggal, {"tahun": tahun, "opini": "WTP"}, None)
        dunia.catat("sakip_instansi", tanggal, {"tahun": tahun, "peringkat": "BB"}, None)
        dunia.catat("indeks_rb", tanggal, {"tahun": tahun, "peringkat": "B"}, None)
        dunia.catat("spip", tanggal, {"tahun": tahun, "level": 3}, None)
    return dunia


def bekal_pencanangan(dunia: Dunia, tanggal: str = "2024-03-04") -> None:
    """Record all that Pasal 6 asks."""
    dunia.catat("pakta_integritas", tanggal, {"jumlah_pegawai": 60, "penandatangan": 58, "pimpinan": "ya"})
    dunia.catat("naskah_deklarasi", tanggal, {"penandatangan": KEPALA})
    dunia.catat("publikasi", tanggal, {"kanal": "Laman", "alamat": "dispora.example"})
    saksi = [{"nama": f"Saksi {u}", "unsur": u} for u in ("wali_kota", "inspektorat", "tim_pembangunan_zi", "dunia_usaha")]
    dunia.catat("piagam", tanggal, {"penandatangan": KEPALA, "saksi": saksi})


def bekal_penetapan(dunia: Dunia, tanggal: str = "2024-04-01") -> None:
    """Record all that Pasal 7 asks."""
    dunia.catat("keputusan_penetapan", tanggal, {"nomor": "188/20/2024", "rencana": "Rencana Wali Kota 2024"})
    for kriteria in ("layanan_utama", "risiko_tinggi", "dampak_luas"):
        dunia.catat("penilaian_kriteria", tanggal, {"kriteria": kriteria, "terpenuhi": "ya", "alasan": "alasan uji"}, oleh=PENILAI)


def bekal_pembangunan(dunia: Dunia, tanggal: str = "2024-04-03") -> None:
    """Record all that Pasal 8 asks."""
    dunia.catat("identifikasi", tanggal, {"layanan_utama": ["a"], "isu_strategis": ["b"], "risiko": ["c"]})
    for area in range(1, 7):
        dunia.catat("program", tanggal, {"area": area, "nama": f"Program {area}"})
    anggota = [{"nip": KEPALA, "nama": "Orang", "area": a, "unsur": "pejabat" if a < 4 else "pegawai"} for a in range(1, 7)]
    dunia.catat("tim_kerja", tanggal, {"nomor_sk": "800/30/2024", "anggota": anggota})
    butir = {"kode": "A1", "area": 1, "kegiatan": "k", "indikator": "i", "target": "100", "satuan": "persen", "tenggat": "2024-12-31"}
    dunia.catat("rencana_aksi", tanggal, {"butir": [{**butir, "penanggung_jawab": KEPALA}]})


def bekal_evaluasi(dunia: Dunia, tanggal: str) -> None:
    """Record all that Pasal 9 asks before the evaluation."""
    dunia.catat("pemantauan", tanggal, {"hasil": "berjalan"}, oleh=PENILAI)
    dunia.catat("pendampingan", tanggal, {"bentuk": "asistensi", "hasil": "dipahami"}, oleh=PENILAI)


def bekal_usulan(dunia: Dunia, tahun: int, predikat: str, *, huruf: str = "A", indeks: str = "4", tanggal: str | None = None) -> None:
    """Record all that Pasal 11–14 ask for a proposal of that year and predikat, dated ``tanggal`` (default 2 May)."""
    hari = tanggal or f"{tahun}-05-02"
    dunia.catat("lke", hari, {"tahun": tahun, "penilai": "tpi", "jawaban": jawaban_semua(huruf, indeks)}, oleh=PENILAI)
    dunia.catat("lhe", hari, {"nomor": "700/1", "tahun": tahun, "predikat": predikat, "simpulan": "memenuhi"}, oleh=PENILAI)
    dunia.catat(
        "penyampaian_wali_kota", hari, {"nomor": "700/2", "tahun": tahun, "predikat": predikat, "rekomendasi": "layak"}, oleh=PENILAI
    )
    dunia.catat("sptjm", hari, {"nomor": "005/1", "tahun": tahun, "predikat": predikat, "penandatangan": KEPALA})
    for kriteria in ("layanan_utama", "dampak_signifikan"):
        dunia.catat("penilaian_kriteria", hari, {"kriteria": kriteria, "terpenuhi": "ya", "alasan": "alasan uji"}, oleh=PENILAI)
    dunia.catat("tindak_lanjut_pengawasan", hari, {"tahun": tahun - 1, "temuan": 12, "selesai": 12}, oleh=PENILAI)
    dunia.catat("lhkpn", hari, {"tahun": tahun - 1, "wajib": 5, "lapor": 5}, oleh=PENILAI)
    dunia.catat("lhkasn", hari, {"tahun": tahun - 1, "wajib": 55, "lapor": 55}, oleh=PENILAI)
    dunia.catat("sakip", hari, {"tahun": tahun - 1, "peringkat": "BB"}, oleh=PENILAI)
    dunia.catat("tanda_terima", hari, {"nomor": "TT-1", "tahun": tahun, "predikat": predikat, "sistem": "portalrb"}, berkas=(BERKAS,))


def _ke_pencanangan(dunia: Dunia) -> None:
    bekal_pencanangan(dunia)
    dunia.maju("canangkan", "2024-03-11")


def _ke_penetapan(dunia: Dunia) -> None:
    bekal_penetapan(dunia)
    dunia.maju("tetapkan", "2024-04-02")


def _ke_pembangunan(dunia: Dunia) -> None:
    bekal_pembangunan(dunia)
    dunia.maju("mulai-bangun", "2024-04-10")


def _ke_evaluasi(dunia: Dunia) -> None:
    bekal_evaluasi(dunia, "2024-07-10")
    dunia.maju("mulai-evaluasi", "2025-04-20", {"evaluator": PENILAI})


def _ke_usulan(dunia: Dunia) -> None:
    bekal_usulan(dunia, 2025, "WBK")
    dunia.maju("usulkan", "2025-05-20", {"predikat": "WBK", "surat": "900/1/2025"})


def _ke_predikat(dunia: Dunia) -> None:
    bekal_predikat(dunia, 2025, "WBK", "2025-11-10")
    dunia.maju("tetapkan-predikat", "2025-12-01", {"predikat": "WBK"})


_PERJALANAN: Mapping[str, Callable[[Dunia], object]] = {
    "pencanangan": _ke_pencanangan,
    "penetapan": _ke_penetapan,
    "pembangunan": _ke_pembangunan,
    "pemantauan": lambda d: d.maju("mulai-pantau", "2024-06-10", {"jadwal_bulan": 3}),
    "evaluasi_tpi": _ke_evaluasi,
    "usulan_tpn": _ke_usulan,
    "predikat": _ke_predikat,
    "pemantauan_predikat": lambda d: d.maju("pantau-predikat", "2026-01-05"),
}


def sampai(tahap: str, afirmasi: str | None = None, dunia: Dunia | None = None) -> Dunia:
    """Return a world whose unit lawfully reached ``tahap`` on its way to WBK (building since 2024-04-10, proposal 2025-05-20)."""
    dunia = kosong(afirmasi, dunia)
    for ke, jalan in _PERJALANAN.items():
        if dunia.tahap() == tahap:
            break
        jalan(dunia)
        assert dunia.tahap() == ke
    assert dunia.tahap() == tahap
    return dunia


def bekal_predikat(dunia: Dunia, tahun: int, predikat: str, tanggal: str) -> None:
    """Record TPN's result, the Minister's recommendation and the Wali Kota's decree."""
    isi = {"tahun": tahun, "predikat": predikat}
    dunia.catat("hasil_tpn", tanggal, {**isi, "nomor": "B/1/TPN", "hasil": "memenuhi"})
    dunia.catat("rekomendasi_menteri", tanggal, {**isi, "nomor": "B/2/M"})
    dunia.catat("keputusan_predikat", tanggal, {**isi, "nomor": "188/90/2025"})


def sampai_wbbm(tahap: str, afirmasi: str | None = None) -> Dunia:
    """Return a world whose WBK unit lawfully reached ``tahap`` on its way to WBBM (building since 2026-01-10, proposal 2027-05-20)."""
    dunia = sampai("pemantauan_predikat", afirmasi)
    dunia.catat("opini_bpk", "2027-03-02", {"tahun": 2026, "opini": "WTP"}, None)
    dunia.catat("sakip_instansi", "2027-03-02", {"tahun": 2026, "peringkat": "BB"}, None)
    dunia.catat("indeks_rb", "2027-03-02", {"tahun": 2026, "peringkat": "B"}, None)
    dunia.catat("spip", "2027-03-02", {"tahun": 2026, "level": 3}, None)
    dunia.maju("bangun-wbbm", "2026-01-10")
    if tahap == "pembangunan":
        return dunia
    dunia.maju("mulai-pantau", "2026-02-10", {"jadwal_bulan": 3})
    if tahap == "pemantauan":
        return dunia
    bekal_evaluasi(dunia, "2026-05-10")
    dunia.maju("mulai-evaluasi", "2027-02-20", {"evaluator": PENILAI})
    if tahap == "evaluasi_tpi":
        return dunia
    bekal_usulan(dunia, 2027, "WBBM")
    dunia.maju("usulkan", "2027-05-20", {"predikat": "WBBM", "surat": "900/1/2027"})
    if tahap == "usulan_tpn":
        return dunia
    bekal_predikat(dunia, 2027, "WBBM", "2027-11-10")
    dunia.maju("tetapkan-predikat", "2027-12-01", {"predikat": "WBBM"})
    if tahap == "predikat":
        return dunia
    dunia.maju("pantau-predikat", "2028-01-05")
    assert dunia.tahap() == tahap
    return dunia


def arsip(dunia: Dunia, kode: str, keadaan: Mapping[str, Any], tanggal: str = "2024-03-01", afirmasi: str | None = None) -> Putusan:
    """Register a unit that was already on its way (``keadaan_awal``), with a head of its own: KEPALA."""
    putusan = dunia.jalankan(DaftarkanUnit(kode, f"Unit {kode}", HARI(tanggal), ADMIN, "dinas", afirmasi, {"dasar": "SK lama", **keadaan}))
    dunia.angkat(KEPALA, "kepala_pd", kode)
    return putusan


def bekal_pencabutan(dunia: Dunia, kejadian: str, rekomendasi: str, keputusan: str, kode: str = UNIT_UJI) -> None:
    """Record the event, TPI's recommendation and the Wali Kota's decree that revoke a predikat."""
    dunia.catat("kejadian", kejadian, {"uraian": "pungutan di loket", "indikator": "bebas dari korupsi"}, kode)
    dunia.catat("rekomendasi_pencabutan", rekomendasi, {"nomor": "700/90", "alasan": "indikator tidak terpenuhi"}, kode, PENILAI)
    dunia.catat("keputusan_pencabutan", keputusan, {"nomor": "188/99"}, kode)


def cabut(dunia: Dunia, tanggal: str, kode: str = UNIT_UJI) -> Putusan:
    """Revoke on that day, on records of the same day."""
    bekal_pencabutan(dunia, tanggal, tanggal, tanggal, kode)
    return dunia.maju("cabut", tanggal, {}, kode)


def lupakan(dunia: Dunia, *jenis: str, kode: str = UNIT_UJI) -> None:
    """Drop every record of these kinds from the folded files, as if it had never been recorded."""
    unit = dunia.unit[kode]
    dunia.unit[kode] = replace(unit, bukti={k: v for k, v in unit.bukti.items() if k not in jenis})
    dunia.instansi = replace(dunia.instansi, fakta={k: v for k, v in dunia.instansi.fakta.items() if k not in jenis})


def penghalang(daftar: DaftarPeriksa) -> set[str]:
    """Return the ids of the lines that stop the command."""
    return {t.id for t in daftar.penghalang}


def diterima(putusan: Putusan) -> DaftarPeriksa:
    """Return the checklist of a command that must have been accepted."""
    assert putusan.diterima, penghalang(putusan.daftar)
    return putusan.daftar


def ditolak(
    dunia: Dunia,
    langkah: str,
    tanggal: str,
    isi: Mapping[str, Any] | None = None,
    kode: str = UNIT_UJI,
    oleh: str | None = None,
    dicatat: date | None = None,
) -> DaftarPeriksa:
    """Return the checklist of a move that must be refused, writing nothing but the refusal with all of its lines."""
    sebelum, panjang = dunia.unit[kode], len(dunia.log)
    putusan = dunia.maju(langkah, tanggal, isi, kode, oleh, dicatat)
    assert not putusan.diterima
    assert dunia.unit[kode] is sebelum
    assert len(dunia.log) == panjang + 1
    assert list(dunia.penolakan[-1].syarat) == [t.polos() for t in putusan.daftar.temuan]
    assert [t.id for t in putusan.daftar.temuan] == [s.id for s in dunia.aturan.syarat_untuk(langkah, putusan.daftar.predikat)]
    return putusan.daftar
