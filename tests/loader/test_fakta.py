"""What ships is what was asked for: every move, requirement, reading, record and field, written down here a second time."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.alat.dunia import AKAR, definisi
from zi_workflow.domain.commands import DAFTARKAN
from zi_workflow.domain.definition import MEMPERINGATKAN, Isian
from zi_workflow.domain.guards import JENIS
from zi_workflow.loader.definisi import muat

MUTU = ["AA", "A", "BB", "B", "CC", "C", "D"]
PREDIKAT = ["WBK", "WBBM"]
UNSUR = [
    "wali_kota",
    "inspektorat",
    "tim_pembangunan_zi",
    "perguruan_tinggi",
    "tokoh_masyarakat",
    "lembaga_swadaya_masyarakat",
    "dunia_usaha",
]
KRITERIA = ["layanan_utama", "risiko_tinggi", "dampak_luas", "dampak_signifikan"]
RENCANA = {"kode": "teks", "area": (1, 6), "kegiatan": "teks", "indikator": "teks", "target": "desimal"}
RENCANA_LAGI = {"satuan": "teks", "tenggat": "tanggal", "penanggung_jawab": "nip"}
USULAN = {"nomor": "teks", "tahun": "bulat", "predikat": PREDIKAT}
KEPATUHAN = {"tahun": "bulat", "wajib": "bulat", "lapor": "bulat"}
SOAL = {
    "id": "teks",
    "skala": "teks",
    "uraian": "teks",
    "kriteria?": "teks",
    "pilihan?": [{"huruf": "teks", "uraian": "teks"}],
    "baris?": "bulat",
}
RUMUS = {"jenis": "teks", "uraian": "teks", "peran": [{"nama": "teks", "soal": ["teks"]}], "perlu": ["teks"], "soal": ["teks"]}
KOLOM = {"jawaban": "teks", "catatan?": "teks", "bukti_dukung?": "teks"}

# Field -> type; a list of texts: choices; a pair: whole number from–to; [type]: list; {...}: object; "?" after the name: optional.
CATATAN: Mapping[str, Mapping[str, Any]] = {
    "pakta_integritas": {"jumlah_pegawai": "bulat", "penandatangan": "bulat", "pimpinan": "ya_tidak"},
    "naskah_deklarasi": {"penandatangan": "nip"},
    "publikasi": {"kanal": "teks", "alamat": "teks"},
    "piagam": {"nomor?": "teks", "penandatangan": "nip", "saksi": [{"nama": "teks", "unsur": UNSUR}]},
    "penilaian_kriteria": {"kriteria": KRITERIA, "terpenuhi": "ya_tidak", "alasan": "teks"},
    "keputusan_penetapan": {"nomor": "teks", "rencana?": "teks"},
    "keputusan_tpi": {"nomor": "teks", "anggota": [{"nip": "nip", "apip": "ya_tidak"}]},
    "identifikasi": {"layanan_utama": ["teks"], "isu_strategis": ["teks"], "risiko": ["teks"]},
    "program": {"area": (1, 6), "nama": "teks"},
    "tim_kerja": {"nomor_sk": "teks", "anggota": [{"nip": "nip", "nama": "teks", "area": (1, 6), "unsur": ["pejabat", "pegawai"]}]},
    "rencana_aksi": {"butir": [{**RENCANA, **RENCANA_LAGI}]},
    "realisasi": {"kode": "teks", "capaian": "desimal"},
    "pendampingan": {"bentuk": ["konsultasi", "asistensi", "pendampingan", "konsultasi_tpn"], "hasil": "teks"},
    "pemantauan": {"hasil": "teks", "rekomendasi?": ["teks"], "laporan?": "teks"},
    "lke": {
        "tahun": "bulat",
        "penilai": ["unit", "tpi"],
        "instrumen?": "teks",
        "jawaban": "peta_soal",
        "dinilai?": "peta_soal",
        "catatan?": "peta_soal",
        "bukti_dukung?": "peta_soal",
    },
    "lhe": {**USULAN, "simpulan": ["memenuhi", "belum_memenuhi"], "rekomendasi?": ["teks"]},
    "penyampaian_wali_kota": {**USULAN, "rekomendasi": ["layak", "belum_layak"]},
    "tindak_lanjut_pengawasan": {"tahun": "bulat", "temuan": "bulat", "selesai": "bulat"},
    "lhkpn": KEPATUHAN,
    "lhkasn": KEPATUHAN,
    "sakip": {"tahun": "bulat", "peringkat": MUTU},
    "sptjm": {"nomor?": "teks", "tahun": "bulat", "predikat": PREDIKAT, "penandatangan": "nip"},
    "surat_pengajuan": {"nomor": "teks", "tahun": "bulat"},
    "tanda_terima": {**USULAN, "sistem": ["pmpzi", "portalrb"]},
    "hasil_tpn": {**USULAN, "hasil": ["memenuhi", "tidak_memenuhi", "ditolak", "digugurkan"], "penyelenggara?": ["tpn", "mandiri"]},
    "rekomendasi_menteri": USULAN,
    "keputusan_predikat": USULAN,
    "kejadian": {"uraian": "teks", "indikator": "teks"},
    "rekomendasi_pencabutan": {"nomor": "teks", "alasan": "teks"},
    "keputusan_pencabutan": {"nomor": "teks"},
    "survei_internal": {"tahun": "bulat", "survei": ["SKM", "SPAK", "SPKP"], "skor": "desimal", "responden": "bulat"},
    "laporan_berkala": {"nomor": "teks", "simpulan": ["masih_memenuhi", "tidak_memenuhi"], "tanda_terima?": "teks"},
    "penghargaan": {"bentuk": "teks"},
    "deklarasi_pemda": {"nomor?": "teks", "kanal": "teks", "alamat": "teks"},
    "opini_bpk": {"tahun": "bulat", "opini": ["WTP", "WDP", "TW", "TMP"]},
    "sakip_instansi": {"tahun": "bulat", "peringkat": MUTU},
    "indeks_rb": {"tahun": "bulat", "peringkat": MUTU},
    "spip": {"tahun": "bulat", "level": (1, 5)},
    "pengumuman_tpn": {"tahun": "bulat", "batas": "tanggal", "nomor": "teks"},
    "instrumen_lke": {
        "edisi": "teks",
        "tahun": "bulat",
        "judul": "teks",
        "dibuat?": "teks",
        "sebutan": dict.fromkeys(("pengungkit", "hasil", "pemenuhan", "reform", "bersih", "prima"), "teks"),
        "area": ["teks"],
        "skala": [{"id": "teks", "jenis": "teks", "tertinggi?": "bulat", "pilihan?": [{"huruf": "teks", "pengali": "desimal"}]}],
        "indikator": [
            {"id": "teks", "nama": "teks", "bobot": "desimal", "aspek": "teks", "area?": "bulat", "soal": [SOAL], "rumus?": [RUMUS]},
        ],
        "portal?": {"lembar": "teks", "unit": KOLOM, "tpi": KOLOM},
    },
}
INSTANSI = {"instrumen_lke", "keputusan_tpi", "deklarasi_pemda", "opini_bpk", "sakip_instansi", "indeks_rb", "spip", "pengumuman_tpn"}

TPI = (
    "pemantauan pendampingan lhe penyampaian_wali_kota penilaian_kriteria survei_internal laporan_berkala rekomendasi_pencabutan "
    "tindak_lanjut_pengawasan lhkpn lhkasn sakip"
)
UNIT = "pakta_integritas naskah_deklarasi publikasi piagam identifikasi program tim_kerja rencana_aksi realisasi"
PENCATAT = {
    **dict.fromkeys(TPI.split(), ("tpi",)),
    **dict.fromkeys(UNIT.split(), ("kepala_pd", "unit_kerja")),
    "lke": ("tpi:tpi", "kepala_pd:unit", "unit_kerja:unit"),
    "sptjm": ("kepala_pd",),
}

PENGGANTI_KUNCI = {
    "program": ("area",),
    "realisasi": ("kode",),
    "penilaian_kriteria": ("kriteria",),
    "survei_internal": ("tahun", "survei"),
    "lke": ("tahun", "penilai"),
    "instrumen_lke": ("edisi",),
}

# id -> name, from, to, actor, fields
LANGKAH: Mapping[str, tuple[str, str, str | None, str, Mapping[str, Any]]] = {
    "M1": ("canangkan", "terdaftar", "pencanangan", "kepala_pd", {}),
    "M2": ("tetapkan", "pencanangan", "penetapan", "wali_kota", {}),
    "M3": ("mulai-bangun", "penetapan", "pembangunan", "kepala_pd", {}),
    "M4": ("mulai-pantau", "pembangunan", "pemantauan", "tpi", {"jadwal_bulan?": (1, 12)}),
    "M5": ("mulai-evaluasi", "pemantauan", "evaluasi_tpi", "tpi", {"evaluator?": "nip"}),
    "M6": ("kembalikan", "evaluasi_tpi", "pembangunan", "tpi", {"rekomendasi": ["teks"]}),
    "M7": ("usulkan", "evaluasi_tpi", "usulan_tpn", "wali_kota", {"predikat?": PREDIKAT, "tahun?": "bulat", "surat?": "teks"}),
    "M8": (
        "tidak-lulus",
        "usulan_tpn",
        "pembangunan",
        "admin",
        {"sebab": ["tidak_memenuhi", "ditolak", "digugurkan", "tanpa_hasil"]},
    ),
    "M9": ("tetapkan-predikat", "usulan_tpn", "predikat", "wali_kota", {"predikat": PREDIKAT}),
    "M10": ("pantau-predikat", "predikat", "pemantauan_predikat", "tpi", {}),
    "M11": ("bangun-wbbm", "pemantauan_predikat", "pembangunan", "kepala_pd", {}),
    "M12": (
        "cabut",
        "pembangunan pemantauan evaluasi_tpi usulan_tpn predikat pemantauan_predikat",
        "dicabut",
        "wali_kota",
        {},
    ),
    "M13": ("tetapkan-ulang", "dicabut", "penetapan", "wali_kota", {}),
    "M14": (
        "nonaktifkan",
        "terdaftar pencanangan penetapan pembangunan pemantauan evaluasi_tpi usulan_tpn predikat pemantauan_predikat dicabut",
        "nonaktif",
        "admin",
        {"alasan?": "teks", "nomor?": "teks", "pengganti?": "teks"},
    ),
    "M15": (
        "batalkan-langkah",
        "pencanangan penetapan pembangunan pemantauan evaluasi_tpi usulan_tpn predikat pemantauan_predikat dicabut nonaktif",
        None,
        "admin",
        {"alasan?": "teks", "nomor?": "teks"},
    ),
    "M16": ("tarik-usulan", "usulan_tpn", "evaluasi_tpi", "wali_kota", {"alasan?": "teks", "nomor?": "teks"}),
    "M17": ("hentikan-wbbm", "pembangunan pemantauan evaluasi_tpi", "pemantauan_predikat", "kepala_pd", {"alasan": "teks"}),
}
NORMA_BERKAS = {"N90": "permenpanrb-90-2021.txt", "N5": "permenpanrb-5-2024.txt", "PERWALI3": "perwali-binjai-3-2024.txt"}


def _isian(isian: Sequence[Isian]) -> dict[str, Any]:
    """Write fields down as the tables above do."""
    return {i.nama + ("" if i.wajib else "?"): _tipe(i) for i in isian}


def _tipe(isian: Isian) -> object:
    if isian.pilihan:
        return list(isian.pilihan)
    if isian.butir is not None:
        return [_isian(isian.butir.isian) if isian.butir.isian else isian.butir.tipe]
    if isian.isian:
        return _isian(isian.isian)
    if isian.tipe == "bulat" and isian.minimal is not None and isian.maksimal is not None and isian.maksimal <= 12:
        return (int(isian.minimal), int(isian.maksimal))
    return isian.tipe


def test_setiap_jenis_catatan_ada() -> None:
    """Record kinds: these, and no other."""
    assert sorted(definisi().bukti) == sorted(CATATAN)


@pytest.mark.parametrize("jenis", CATATAN)
def test_isian_catatan(jenis: str) -> None:
    """Every field of every record kind, with its type, its choices, and whether it may be left out."""
    assert _isian(definisi().bukti[jenis].isian) == CATATAN[jenis]


@pytest.mark.parametrize("jenis", CATATAN)
def test_pencatat_dan_lingkup(jenis: str) -> None:
    """Who may record besides admin, and whose file the record enters."""
    bukti = definisi().bukti[jenis]
    assert bukti.pencatat == PENCATAT.get(jenis, ())
    assert bukti.lingkup == ("instansi" if jenis in INSTANSI else "unit")


@pytest.mark.parametrize("jenis", CATATAN)
def test_kunci_catatan(jenis: str) -> None:
    """The newest record per key counts: by year where there is one, else by the key named here, else the newest of all."""
    baku = ("tahun",) if "tahun" in CATATAN[jenis] else ()
    assert definisi().bukti[jenis].kunci == PENGGANTI_KUNCI.get(jenis, baku)


def test_batas_isian() -> None:
    """Numbers stay within what they can mean: a score 0–4, signatures within staff, reports within what is due."""
    bukti = {j: {i.nama: i for i in b.isian} for j, b in definisi().bukti.items()}
    assert (bukti["survei_internal"]["skor"].minimal, bukti["survei_internal"]["skor"].maksimal) == (Decimal(0), Decimal(4))
    banyak = {(j, n): i.paling_banyak for j, isian in bukti.items() for n, i in isian.items() if i.paling_banyak}
    assert banyak == {
        ("pakta_integritas", "penandatangan"): "jumlah_pegawai",
        ("tindak_lanjut_pengawasan", "selesai"): "temuan",
        ("lhkpn", "lapor"): "wajib",
        ("lhkasn", "lapor"): "wajib",
    }


@pytest.mark.parametrize("id_langkah", LANGKAH)
def test_langkah(id_langkah: str) -> None:
    """M1–M17: command, stages, actor, fields."""
    nama, dari, ke, pelaku, isian = LANGKAH[id_langkah]
    langkah = definisi().langkah[nama]
    assert (langkah.id, langkah.dari, langkah.ke, langkah.pelaku) == (id_langkah, tuple(dari.split()), ke, pelaku)
    assert _isian(langkah.isian) == isian
    assert langkah.dasar


def test_tidak_ada_langkah_lain() -> None:
    """M0 is registration, which the register does; M1–M17 are the moves, and there is no other."""
    assert sorted(x.id for x in definisi().langkah.values()) == sorted(LANGKAH)
    assert DAFTARKAN not in definisi().langkah
    assert "M0" in definisi().tafsir


def test_setiap_syarat_ada() -> None:
    """R1–R35: each is a requirement, or (R25) the waiver; R36 is what P16(2)e adds to the checklist."""
    syarat = {s.id.split(".")[0] for s in definisi().syarat}
    bebas = {p.id for p in definisi().pembebasan}
    assert syarat | bebas == {f"R{n}" for n in range(1, 37)}
    assert bebas == {"R25"}


def test_bagian_syarat() -> None:
    """Requirements in several parts have the parts that other programs know by name."""
    bagian: dict[str, set[str]] = {}
    for s in definisi().syarat:
        pokok, _, sisa = s.id.partition(".")
        bagian.setdefault(pokok, set()).add(sisa)
    ambang = {"total", "pengungkit", "bersih", "spak", "kinerja", "prima", *(f"area_{n}" for n in range(1, 7))}
    assert bagian["R18"] == {"layanan_utama", "dampak", "tlhp", "lhkpn", "lhkasn", "setahun", "sakip"}
    assert bagian["R19"] == {"wbk", "tlhp", "lhkpn", "lhkasn", "setahun", "sakip"}
    assert bagian["R20"] == bagian["R21"] == ambang
    assert bagian["R24"] == {"opini", "sakip", "indeks_rb", "spip"}
    assert bagian["R32"] == {"layanan_utama", "dampak"}


SYARAT_LANGKAH = {
    "canangkan": "R1 R2 R3 R4 R5",
    "tetapkan": "R6 R7",
    "tetapkan-ulang": "R6 R7",
    "mulai-bangun": "R8 R9 R10 R11",
    "mulai-pantau": "R12",
    "mulai-evaluasi": "R13 R14",
    "kembalikan": "R31",
    "usulkan": "R15 R16 R17 R18 R19 R20 R21 R22 R23 R24 R28 R32 R36",
    "tidak-lulus": "R33",
    "tetapkan-predikat": "R26",
    "pantau-predikat": "R36",
    "bangun-wbbm": "R34 R36",
    "hentikan-wbbm": "R34",
    "cabut": "R27",
    "nonaktifkan": "R35 R36",
    "batalkan-langkah": "R35",
    "tarik-usulan": "R35",
    DAFTARKAN: "",
}


@pytest.mark.parametrize("perintah", SYARAT_LANGKAH)
def test_syarat_setiap_langkah(perintah: str) -> None:
    """Which requirements guard which move; date and actor (R29, R30) guard every one."""
    ada = {s.id.split(".")[0] for s in definisi().syarat if perintah in s.langkah}
    assert ada == {*SYARAT_LANGKAH[perintah].split(), "R29", "R30"}


def test_syarat_langkah_memuat_semua_langkah() -> None:
    """The table above forgets no move."""
    assert {*definisi().langkah, DAFTARKAN} == set(SYARAT_LANGKAH)


def test_akibat_dan_lapisan() -> None:
    """Only the two co-signatories, the plan and open complaints are warnings; the national layer carries what the city's law does not."""
    peringatan = {s.id for s in definisi().syarat if s.akibat == MEMPERINGATKAN}
    assert peringatan == {"R4.inspektorat", "R4.tim_zi", "R6.rencana", "R36"}
    nasional = {s.id.split(".")[0] for s in definisi().syarat if s.lapisan == "nasional"}
    assert nasional == {"R24", "R26", "R28", "R32", "R33"}


def test_lapisan_sesuai_kutipan() -> None:
    """A requirement of the city cites the city's law (or a reading); one of the nation cites the nation's."""
    awal = {lapisan: tuple(n.singkatan for n in definisi().norma.values() if n.lapisan == lapisan) for lapisan in ("kota", "nasional")}
    for s in definisi().syarat:
        for masa in s.berlaku:
            boleh = (*awal[s.lapisan], "tafsir ") if s.lapisan == "kota" else awal["nasional"]
            assert any(d.startswith(boleh) for d in masa.dasar), s.id


def test_setiap_tafsir_ada() -> None:
    """D1–D21, readings of lists (D22, D23), complaints (D24, D25), personal data (D26), and what the register needs beside."""
    assert {f"D{n}" for n in range(1, 27)} <= set(definisi().tafsir)
    assert set(definisi().tafsir) - {f"D{n}" for n in range(1, 27)} == {"D4b", "M0", "M14", "M15", "M16", "M17", "R30", "R35"}


def test_setiap_jenis_syarat_terpakai() -> None:
    """No kind of requirement is kept for show."""
    aduan = muat(AKAR / "workflows" / "pengaduan")
    assert {type(s.jenis) for s in (*definisi().syarat, *aduan.syarat)} == set(JENIS.values())


def test_identitas() -> None:
    """Whose rules, since when, on whose clock."""
    d = definisi()
    assert (d.id, d.instansi, d.zona, d.sejak, d.predikat) == ("zi", "binjai", "Asia/Jakarta", date(2024, 2, 19), ("WBK", "WBBM"))
    assert tuple(d.peran) == ("wali_kota", "sekda", "kepala_pd", "tpi", "admin", "auditor", "unit_kerja")
    assert set(d.peran_unit) == {"kepala_pd", "unit_kerja"}
    assert len(d.afirmasi) == 6
    awal = {"tahap", "predikat?", "sasaran?", "sejak", "mulai_bangun?", "tanggal_predikat?", "laporan_terakhir?", "dasar"}
    assert set(_isian(d.keadaan_awal)) == awal


def test_norma() -> None:
    """Three texts: rank, layer, date, and what amends what."""
    n = definisi().norma
    assert {k: (v.peringkat, v.lapisan, v.sejak.isoformat(), v.mengubah) for k, v in n.items()} == {
        "N90": (1, "nasional", "2021-12-31", None),
        "N5": (1, "nasional", "2024-07-15", "N90"),
        "PERWALI3": (2, "kota", "2024-02-19", None),
    }


@pytest.mark.parametrize("id_norma", NORMA_BERKAS)
def test_sidik_norma(id_norma: str, bersama: Path) -> None:
    """The hash names the very text that was read."""
    isi = (bersama / "regulasi" / NORMA_BERKAS[id_norma]).read_bytes()
    assert definisi().norma[id_norma].sidik_teks == hashlib.sha256(isi).hexdigest()


def test_setiap_hari_sejak_berlaku_tercakup() -> None:
    """Asked for any day since the definition began, every requirement has exactly one value in force."""
    for hari in (date(2024, 2, 19), date(2024, 7, 14), date(2024, 7, 15), date(2026, 5, 31), date(2099, 12, 31)):
        for s in definisi().syarat:
            assert sum(m.mencakup(hari) for m in s.berlaku) == 1, (s.id, hari)
