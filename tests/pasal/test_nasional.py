"""The national layer: Tabel 5 for the instansi (R24) and WBBM units (R32), afirmasi (R25), the two-year bar (R28), N90 and N5."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.alat.dunia import (
    HARI,
    PENILAI,
    UNIT_UJI,
    Dunia,
    arsip,
    bekal_pembangunan,
    bekal_pencabutan,
    bekal_usulan,
    cabut,
    definisi,
    diterima,
    ditolak,
    lupakan,
    penghalang,
    sampai,
    sampai_wbbm,
    temuan,
)
from zi_workflow.domain.checklist import DaftarPeriksa
from zi_workflow.domain.commands import DaftarkanUnit
from zi_workflow.domain.errors import MasukanSalah, TidakDitemukan
from zi_workflow.domain.events import LangkahDiambil, LaranganDiwariskan
from zi_workflow.domain.guards.konteks import mesin

WBK, WBBM = {"predikat": "WBK"}, {"predikat": "WBBM"}
N90, N5 = "PermenPANRB 90/2021 Lampiran II Bab II Tabel 5", "PermenPANRB 5/2024 Lampiran II Bab II Tabel 5"
AFIRMASI = ("rsud", "disdukcapil", "samsat", "ptsp", "pendidikan", "ketenagakerjaan")
R24 = ("R24.opini", "R24.sakip", "R24.indeks_rb", "R24.spip")
FAKTA = ("opini_bpk", "sakip_instansi", "indeks_rb", "spip")


def _usulkan(predikat: str, afirmasi: str | None = None) -> tuple[Dunia, str]:
    """Return a unit ready to be proposed, all of its own papers in order, and the day of the proposal."""
    dunia, tahun = (sampai("evaluasi_tpi", afirmasi), 2025) if predikat == "WBK" else (sampai_wbbm("evaluasi_tpi", afirmasi), 2027)
    bekal_usulan(dunia, tahun, predikat)
    return dunia, f"{tahun}-05-20"


def _daftar(dunia: Dunia, pada: str, predikat: str) -> DaftarPeriksa:
    return dunia.periksa("usulkan", pada, {"predikat": predikat})


# --- R24: Tabel 5, tingkat instansi -----------------------------------------------------------------------------------


@pytest.mark.parametrize("predikat", ["WBK", "WBBM"])
def test_tabel_5_lapisan_nasional_dengan_kutipan_sendiri(predikat: str) -> None:
    """The instansi's requirements stand on a layer of their own, citing the ministry's text and never the Perwali."""
    dunia, pada = _usulkan(predikat)
    for id_syarat in R24:
        satu = temuan(_daftar(dunia, pada, predikat), id_syarat)
        assert (satu.status, satu.lapisan, satu.dasar, satu.sifat) == ("terpenuhi", "nasional", (N5,), "dokumen")


@pytest.mark.parametrize(
    ("jenis", "isian", "id_syarat", "lulus", "gagal"),
    [
        ("opini_bpk", "opini", "R24.opini", {"WBK": ["WTP"], "WBBM": ["WTP"]}, {"WBK": ["WDP", "TW", "TMP"], "WBBM": ["WDP", "TW", "TMP"]}),
        (
            "sakip_instansi",
            "peringkat",
            "R24.sakip",
            {"WBK": ["AA", "A", "BB", "B"], "WBBM": ["AA", "A", "BB"]},
            {"WBK": ["CC", "C", "D"], "WBBM": ["B", "CC", "C", "D"]},
        ),
        (
            "indeks_rb",
            "peringkat",
            "R24.indeks_rb",
            {"WBK": ["AA", "A", "BB", "B", "CC"], "WBBM": ["AA", "A", "BB", "B"]},
            {"WBK": ["C", "D"], "WBBM": ["CC", "C", "D"]},
        ),
        ("spip", "level", "R24.spip", {"WBK": ["3", "4", "5"], "WBBM": ["3", "4", "5"]}, {"WBK": ["1", "2"], "WBBM": ["1", "2"]}),
    ],
)
@pytest.mark.parametrize("predikat", ["WBK", "WBBM"])
def test_tabel_5_setiap_ambang_dua_sisi(
    predikat: str, jenis: str, isian: str, id_syarat: str, lulus: dict[str, list[str]], gagal: dict[str, list[str]]
) -> None:
    """WTP; SAKIP B (BB); Indeks RB CC (B); SPIP level 3: each grade of the scale on its side."""
    dunia, pada = _usulkan(predikat)
    tahun = int(pada[:4])
    for hari, nilai in enumerate((*lulus[predikat], *gagal[predikat]), 3):
        dunia.catat(jenis, f"{tahun}-05-{hari:02}", {"tahun": tahun, isian: nilai}, None)
        satu = temuan(_daftar(dunia, pada, predikat), id_syarat)
        assert satu.status == ("terpenuhi" if nilai in lulus[predikat] else "tidak"), nilai
        assert mesin(satu.ditemukan) == f"{nilai} (tahun {tahun})"


@pytest.mark.parametrize(("jenis", "id_syarat"), list(zip(FAKTA, R24, strict=True)))
def test_tabel_5_tahun_y_atau_y_1(jenis: str, id_syarat: str) -> None:
    """Figures of 2024 (Y - 1) carry a proposal of 2025; those of 2023 alone do not, and none do not."""
    dunia, pada = _usulkan("WBK")
    semua = dunia.instansi.fakta
    assert temuan(_daftar(dunia, pada, "WBK"), id_syarat).status == "terpenuhi"
    hanya_2023 = tuple(b for b in semua[jenis] if b.isi["tahun"] == 2023)
    dunia.instansi = replace(dunia.instansi, fakta={**semua, jenis: hanya_2023})
    assert penghalang(_daftar(dunia, pada, "WBK")) == {id_syarat}
    lupakan(dunia, jenis)
    satu = temuan(_daftar(dunia, pada, "WBK"), id_syarat)
    assert (satu.status, mesin(satu.ditemukan), satu.oleh) == ("tidak", "belum ada", "admin")


def test_tabel_5_angka_sesudah_pengajuan_belum_dihitung() -> None:
    """An opinion given on 1 June is not one that the proposal of 20 May could rest on."""
    dunia, pada = _usulkan("WBK")
    dunia.catat("opini_bpk", "2025-06-01", {"tahun": 2025, "opini": "TMP"}, None)
    assert temuan(_daftar(dunia, pada, "WBK"), "R24.opini").status == "terpenuhi"


# --- R32: WBBM, tingkat unit ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kriteria", "id_syarat"), [("layanan_utama", "R32.layanan_utama"), ("dampak_signifikan", "R32.dampak")])
def test_tabel_5_wbbm_layanan_utama_dan_dampak(kriteria: str, id_syarat: str) -> None:
    """Pasal 12 ayat (3) leaves them out for WBBM; Tabel 5 asks for them: judged, on the national layer."""
    dunia, pada = _usulkan("WBBM")
    satu = temuan(_daftar(dunia, pada, "WBBM"), id_syarat)
    assert (satu.status, satu.sifat, satu.lapisan, satu.dasar) == ("terpenuhi", "dinilai", "nasional", (N5,))
    dunia.catat("penilaian_kriteria", "2027-05-03", {"kriteria": kriteria, "terpenuhi": "tidak", "alasan": "a"}, oleh=PENILAI)
    assert penghalang(_daftar(dunia, pada, "WBBM")) == {id_syarat}


def test_tabel_5_wbbm_memakai_penilaian_sejak_pendaftaran() -> None:
    """R32's judgement may be as old as the register's file on the unit; R18's of a WBK proposal may not."""
    dunia = sampai_wbbm("evaluasi_tpi")
    assert temuan(_daftar(dunia, "2027-05-20", "WBBM"), "R32.layanan_utama").status == "terpenuhi"
    lupakan(dunia, "penilaian_kriteria")
    satu = temuan(_daftar(dunia, "2027-05-20", "WBBM"), "R32.layanan_utama")
    assert (satu.status, mesin(satu.ditemukan), mesin(satu.kurang)) == ("tidak", "belum dinilai", "satu penilaian")


# --- N90 sampai 14 Juli 2024, N5 sejak 15 Juli 2024 -------------------------------------------------------------------


@pytest.mark.parametrize(("pada", "norma"), [("2024-07-14", "PermenPANRB 90/2021"), ("2024-07-15", "PermenPANRB 5/2024")])
@pytest.mark.parametrize("predikat", ["WBK", "WBBM"])
def test_n5_menggantikan_n90_sejak_15_juli_2024(pada: str, norma: str, predikat: str) -> None:
    """What Tabel 5 and the deadline cite changes with the enactment of N5; what only the city's law says does not."""
    dunia = sampai("pemantauan")
    nasional = {d for t in _daftar(dunia, pada, predikat).temuan for d in t.dasar if d.startswith("PermenPANRB")}
    assert {d.split(" Lampiran")[0] for d in nasional if "Bab II " in d or d.endswith("Bab II")} == {norma}
    kota = [t.dasar for t in _daftar(dunia, pada, predikat).temuan if t.id in ("R20.total", "R21.total", "R18.sakip", "R19.sakip")]
    assert all(d[0].startswith("Perwali Binjai 3/2024") for d in kota)


def test_n5_setiap_syarat_berlaku_pada_setiap_hari() -> None:
    """No requirement has a gap around the change: each has a value on either day, and the thresholds are the same numbers."""
    for syarat in definisi().syarat:
        lama, baru = syarat.pada(HARI("2024-07-14")), syarat.pada(HARI("2024-07-15"))
        assert lama.ambang == baru.ambang, syarat.id


def test_n90_masih_dikutip_untuk_yang_tidak_diubah_n5() -> None:
    """N5 changed Bab II only: Bab III and IV of N90 stay, in 2026 too."""
    dunia = sampai("usulan_tpn")
    assert temuan(dunia.periksa("tidak-lulus", "2026-01-01", {"sebab": "tanpa_hasil"}), "R33").dasar == (
        "PermenPANRB 90/2021 Lampiran II Bab III",
    )
    dunia, pada = _usulkan("WBK")
    assert temuan(_daftar(dunia, pada, "WBK"), "R28").dasar == ("PermenPANRB 90/2021 Lampiran II Bab IV huruf C",)


# --- R25: afirmasi ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("predikat", ["WBK", "WBBM"])
@pytest.mark.parametrize("afirmasi", AFIRMASI)
def test_afirmasi_membebaskan_tingkat_instansi(predikat: str, afirmasi: str) -> None:
    """Each of the six kinds may be proposed while the instansi still falls short: shown as dibebaskan, with the norm."""
    dunia, pada = _usulkan(predikat, afirmasi)
    lupakan(dunia, *FAKTA)
    daftar = diterima(dunia.maju("usulkan", pada, {"predikat": predikat, "surat": "900/1"}))
    for id_syarat in R24:
        satu = temuan(daftar, id_syarat)
        assert (satu.status, satu.menghalangi) == ("dibebaskan", False)
        assert satu.pembebasan == ("PermenPANRB 5/2024 Lampiran II Bab II huruf A",)
        assert satu.tafsir == ("D6",)
        polos = satu.polos()
        assert (polos["terpenuhi"], polos["pembebasan"]) == (True, {"dasar": ["PermenPANRB 5/2024 Lampiran II Bab II huruf A"]})
        assert (mesin(satu.ditemukan), satu.lanjut.startswith("zi catat")) == ("belum ada", True)


def test_afirmasi_membebaskan_r32() -> None:
    """For WBBM, the two judged criteria that only Tabel 5 carries are waived too."""
    dunia, pada = _usulkan("WBBM", "rsud")
    lupakan(dunia, "penilaian_kriteria")
    daftar = _daftar(dunia, pada, "WBBM")
    assert daftar.terpenuhi
    assert [t.id for t in daftar.temuan if t.status == "dibebaskan"] == ["R32.layanan_utama", "R32.dampak"]


@pytest.mark.parametrize("predikat", ["WBK", "WBBM"])
def test_afirmasi_yang_memenuhi_tidak_dibebaskan(predikat: str) -> None:
    """A requirement that is met is met: nothing is waived where nothing has to be."""
    dunia, pada = _usulkan(predikat, "rsud")
    daftar = _daftar(dunia, pada, predikat)
    assert {t.status for t in daftar.temuan} == {"terpenuhi"}
    assert not [t for t in daftar.temuan if t.pembebasan or "D6" in t.tafsir]
    assert all("pembebasan" not in t.polos() for t in daftar.temuan)


def test_afirmasi_dasar_ikut_dalam_peristiwa() -> None:
    """The accepted proposal cites the waiver that it rests on, and keeps the status of each line."""
    dunia, pada = _usulkan("WBK", "ptsp")
    lupakan(dunia, "spip")
    putusan = dunia.maju("usulkan", pada, {**WBK, "surat": "900/1"})
    assert "PermenPANRB 5/2024 Lampiran II Bab II huruf A" in putusan.terbitan[0].dasar
    peristiwa = putusan.terbitan[0].peristiwa
    assert isinstance(peristiwa, LangkahDiambil)
    assert [s["id"] for s in peristiwa.syarat if s["status"] == "dibebaskan"] == ["R24.spip"]


@pytest.mark.parametrize(("pada", "status"), [("2024-07-14", "tidak"), ("2024-07-15", "dibebaskan")])
def test_afirmasi_hanya_sejak_15_juli_2024(pada: str, status: str) -> None:
    """Before N5 there is no waiver."""
    dunia = sampai("pemantauan", "disdukcapil")
    lupakan(dunia, *FAKTA)
    for id_syarat in R24:
        assert temuan(_daftar(dunia, pada, "WBK"), id_syarat).status == status


def test_bukan_unit_afirmasi_tidak_dibebaskan() -> None:
    """A unit of no such kind is refused for what the instansi lacks."""
    dunia, pada = _usulkan("WBK")
    lupakan(dunia, *FAKTA)
    assert penghalang(ditolak(dunia, "usulkan", pada, {**WBK, "surat": "900/1"})) == set(R24)


@pytest.mark.parametrize("predikat", ["WBK", "WBBM"])
def test_afirmasi_tidak_pernah_membebaskan_pasal_12_dan_13(predikat: str) -> None:
    """D6: with nothing on file, an afirmasi unit is refused for every line of Pasal 12, 13 and 14; only R24 and R32 are waived."""
    tahun, jalan = {"WBK": (2025, sampai), "WBBM": (2027, sampai_wbbm)}[predikat]
    dunia = jalan("evaluasi_tpi", "rsud")
    lupakan(dunia, *FAKTA, "penilaian_kriteria")
    daftar = _daftar(dunia, f"{tahun}-05-20", predikat)
    bebas = {t.id for t in daftar.temuan if t.status == "dibebaskan"}
    assert bebas == set(R24) | ({"R32.layanan_utama", "R32.dampak"} if predikat == "WBBM" else set())
    pasal_13 = {t.id for t in daftar.temuan if any("Pasal 13" in d for d in t.dasar)}
    assert len(pasal_13) == 12
    assert pasal_13 <= penghalang(daftar)
    pasal_12 = {t.id for t in daftar.temuan if any("Pasal 12" in d for d in t.dasar)}
    assert pasal_12 - penghalang(daftar) == {f"R1{8 if predikat == 'WBK' else 9}.setahun"} | ({"R19.wbk"} if predikat == "WBBM" else set())


def test_afirmasi_tidak_membebaskan_dari_larangan_dua_tahun() -> None:
    """The bar of R28 is not one of Tabel 5's requirements."""
    dunia = sampai("pemantauan_predikat", "rsud")
    diterima(cabut(dunia, "2026-02-03"))
    assert temuan(_daftar(dunia, "2027-05-20", "WBK"), "R28").status == "tidak"


def test_afirmasi_jenis_yang_tidak_dikenal_adalah_masukan_salah() -> None:
    """A misspelt kind would waive nothing, silently: it is refused at registration, with the nearest kind."""
    dunia = sampai("terdaftar")
    with pytest.raises(MasukanSalah, match="'disdukcapill' tidak dikenal") as galat:
        dunia.jalankan(DaftarkanUnit("BARU", "Unit Baru", HARI("2024-03-01"), "198001012005011001", None, "disdukcapill"))
    assert galat.value.lanjut == "Maksud Anda: disdukcapil?"
    with pytest.raises(MasukanSalah, match="'xyz'") as galat:
        dunia.jalankan(DaftarkanUnit("BARU", "Unit Baru", HARI("2024-03-01"), "198001012005011001", None, "xyz"))
    assert galat.value.lanjut == "Kosongkan bila unit bukan unit afirmasi."


# --- R28: dua tahun sejak keputusan pencabutan ------------------------------------------------------------------------


def _dicabut(tanggal: str = "2026-02-03") -> Dunia:
    """Return a unit revoked by a decree of that day, building towards WBK again soon after."""
    dunia = sampai("pemantauan_predikat")
    diterima(cabut(dunia, tanggal))
    dunia.catat("keputusan_penetapan", "2026-03-01", {"nomor": "188/21", "rencana": "r"})
    diterima(dunia.maju("tetapkan-ulang", "2026-03-02"))
    bekal_pembangunan(dunia, "2026-03-03")
    diterima(dunia.maju("mulai-bangun", "2026-03-04"))
    return dunia


@pytest.mark.parametrize(
    ("pada", "status", "kurang"), [("2028-02-02", "tidak", "1 hari"), ("2028-02-03", "terpenuhi", None), ("2028-05-20", "terpenuhi", None)]
)
def test_larangan_dua_tahun_sejak_keputusan(pada: str, status: str, kurang: str | None) -> None:
    """Two years from the decree, that day included; a full year of building again does not shorten it."""
    satu = temuan(_daftar(_dicabut(), pada, "WBK"), "R28")
    assert (satu.status, mesin(satu.kurang), satu.lapisan) == (status, kurang, "nasional")
    assert mesin(satu.ditemukan) == "sejak 2026-02-03, genap 2 tahun pada 2028-02-03"
    assert len(satu.bukti) == 1


def test_larangan_dua_tahun_menghalangi_usulan_2027() -> None:
    """A unit revoked in 2026 that has built for a year cannot be proposed in May 2027, for this reason alone among the times."""
    daftar = _daftar(_dicabut(), "2027-05-20", "WBK")
    assert temuan(daftar, "R18.setahun").status == "terpenuhi"
    assert "R28" in penghalang(daftar)


def test_larangan_dihitung_dari_keputusan_bukan_dari_pencatatan() -> None:
    """The decree's date counts, not the day on which the move was made."""
    dunia = sampai("pemantauan_predikat")
    bekal_pencabutan(dunia, "2026-02-01", "2026-02-02", "2026-02-03")
    diterima(dunia.maju("cabut", "2026-04-30"))
    assert dunia.unit[UNIT_UJI].keadaan.penanda["pencabutan"] == HARI("2026-02-03")


def test_larangan_29_februari() -> None:
    """A decree of 29 February 2028 bars until 28 February 2030."""
    dunia = sampai_wbbm("pemantauan_predikat")
    diterima(cabut(dunia, "2028-02-29"))
    assert temuan(_daftar(dunia, "2030-02-27", "WBK"), "R28").status == "tidak"
    assert temuan(_daftar(dunia, "2030-02-28", "WBK"), "R28").status == "terpenuhi"


def test_larangan_tidak_ada_tanpa_pencabutan() -> None:
    """Who never lost a predikat is not barred; WBBM proposals do not know the bar at all."""
    satu = temuan(_daftar(sampai("evaluasi_tpi"), "2025-05-20", "WBK"), "R28")
    assert (satu.status, mesin(satu.ditemukan), satu.bukti) == ("terpenuhi", "tidak ada", ())
    assert "R28" not in {t.id for t in _daftar(sampai_wbbm("evaluasi_tpi"), "2027-05-20", "WBBM").temuan}


def test_larangan_dari_arsip() -> None:
    """A unit that entered the register as revoked is barred from the day that the archive gives."""
    dunia = sampai("terdaftar")
    arsip(dunia, "LAMA", {"tahap": "dicabut", "sejak": "2023-06-01"})
    satu = temuan(dunia.periksa("usulkan", "2025-05-31", WBK, "LAMA"), "R28")
    assert (satu.status, mesin(satu.kurang)) == ("tidak", "1 hari")
    (nomor,) = satu.bukti
    assert getattr(dunia.log[nomor - 1].peristiwa, "kode", None) == "LAMA"


def test_larangan_dibatalkan_bersama_pencabutannya() -> None:
    """Undoing the revocation lifts the bar with it."""
    dunia = sampai("pemantauan_predikat")
    diterima(cabut(dunia, "2026-02-03"))
    diterima(dunia.maju("batalkan-langkah", "2026-02-10", {"alasan": "salah unit", "nomor": "1/2026"}))
    assert temuan(_daftar(dunia, "2026-05-20", "WBK"), "R28").status == "terpenuhi"


def _digabung(pengganti: str = "PENERUS") -> Dunia:
    dunia = sampai("pemantauan_predikat")
    arsip(dunia, "PENERUS", {"tahap": "evaluasi_tpi", "sejak": "2024-01-05", "mulai_bangun": "2023-01-05"})
    diterima(cabut(dunia, "2026-02-03"))
    diterima(dunia.maju("nonaktifkan", "2026-03-01", {"alasan": "digabung", "nomor": "5/2026", "pengganti": pengganti}))
    return dunia


def test_larangan_diwarisi_penerus() -> None:
    """A dissolved unit's bar goes to its successor: merging does not wash a revocation away."""
    dunia = _digabung()
    assert isinstance(dunia.log[-1].peristiwa, LaranganDiwariskan)
    satu = temuan(dunia.periksa("usulkan", "2027-05-20", WBK, "PENERUS"), "R28")
    assert (satu.status, mesin(satu.ditemukan), satu.bukti) == ("tidak", "sejak 2026-02-03, genap 2 tahun pada 2028-02-03", ())
    assert temuan(dunia.periksa("usulkan", "2028-02-03", WBK, "PENERUS"), "R28").status == "terpenuhi"


def test_larangan_warisan_ditarik_bila_penonaktifan_dibatalkan() -> None:
    """Undoing the dissolution gives the bar back to the unit it came from."""
    dunia = _digabung()
    diterima(dunia.maju("batalkan-langkah", "2026-03-02", {"alasan": "batal digabung", "nomor": "6/2026"}))
    assert temuan(dunia.periksa("usulkan", "2027-05-20", WBK, "PENERUS"), "R28").status == "terpenuhi"
    assert temuan(_daftar(dunia, "2027-05-20", "WBK"), "R28").status == "tidak"


def test_larangan_terakhir_yang_menentukan() -> None:
    """Of an own and an inherited revocation the later one counts."""
    dunia = _digabung()
    arsip(dunia, "KETIGA", {"tahap": "dicabut", "sejak": "2024-02-01"})
    diterima(dunia.maju("nonaktifkan", "2026-04-01", {"alasan": "digabung", "nomor": "7/2026", "pengganti": "KETIGA"}, "PENERUS"))
    satu = temuan(dunia.periksa("usulkan", "2027-05-20", WBK, "KETIGA"), "R28")
    assert "2028-02-03" in (mesin(satu.ditemukan) or "")


def test_tanpa_larangan_tidak_ada_yang_diwariskan() -> None:
    """A unit that was never revoked hands on nothing; its successor must exist all the same and be another unit."""
    dunia = sampai("pembangunan")
    arsip(dunia, "PENERUS", {"tahap": "terdaftar", "sejak": "2024-03-01"})
    isi = {"alasan": "digabung", "nomor": "5/2024"}
    with pytest.raises(TidakDitemukan, match="'HILANG'"):
        dunia.maju("nonaktifkan", "2024-05-01", {**isi, "pengganti": "HILANG"})
    with pytest.raises(MasukanSalah, match="unit itu sendiri"):
        dunia.maju("nonaktifkan", "2024-05-01", {**isi, "pengganti": UNIT_UJI})
    arsip(dunia, "BUBAR", {"tahap": "terdaftar", "sejak": "2024-03-01"})
    diterima(dunia.maju("nonaktifkan", "2024-04-20", isi, "BUBAR"))
    with pytest.raises(MasukanSalah, match="BUBAR sudah nonaktif"):
        dunia.maju("nonaktifkan", "2024-05-01", {**isi, "pengganti": "BUBAR"})
    putusan = dunia.maju("nonaktifkan", "2024-05-01", {**isi, "pengganti": "PENERUS"})
    assert len(putusan.terbitan) == 1
    diterima(dunia.maju("batalkan-langkah", "2024-05-02", {"alasan": "keliru", "nomor": "6/2024"}))
    assert temuan(dunia.periksa("usulkan", "2025-05-20", WBK, "PENERUS"), "R28").status == "terpenuhi"
