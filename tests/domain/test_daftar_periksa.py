"""The checklist: every line always there, in one shape, with what was found, what is needed, the gap, and who can mend it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.alat.dunia import UNIT_UJI, Dunia, bekal_usulan, definisi, kosong, lupakan, sampai, sampai_wbbm, temuan
from zi_workflow.domain.checklist import PLACEHOLDER, DaftarPeriksa, Temuan, isi_templat, susun
from zi_workflow.domain.definition import MEMPERINGATKAN, Masa, Pembebasan
from zi_workflow.domain.errors import NilaiTidakBerlaku
from zi_workflow.domain.guards.konteks import Konteks, mesin, nama_orang

TAHAP = (
    "terdaftar",
    "pencanangan",
    "penetapan",
    "pembangunan",
    "pemantauan",
    "evaluasi_tpi",
    "usulan_tpn",
    "predikat",
    "pemantauan_predikat",
)
KUNCI = {
    "id",
    "uraian",
    "dasar",
    "lapisan",
    "terpenuhi",
    "status",
    "sifat",
    "akibat",
    "ditemukan",
    "dibutuhkan",
    "kurang",
    "satuan",
    "bukti",
    "tafsir",
    "oleh",
    "lanjut",
}


def _semua_daftar() -> list[DaftarPeriksa]:
    """Return the checklist of every move at every stage, on either way."""
    hasil: list[DaftarPeriksa] = []
    for dunia in (*(sampai(t) for t in TAHAP), sampai_wbbm("evaluasi_tpi"), sampai_wbbm("pemantauan_predikat")):
        for langkah in definisi().langkah:
            isi = {"predikat": "WBBM" if dunia.unit[UNIT_UJI].keadaan.predikat else "WBK"} if langkah == "usulkan" else {}
            hasil.append(dunia.periksa(langkah, "2028-05-20", isi))
    return hasil


def test_setiap_baris_berbentuk_sama() -> None:
    """Over every move at every stage: each line has all of the contract's keys, of the right types, and can be written as JSON."""
    for daftar in _semua_daftar():
        for satu in daftar.temuan:
            polos = satu.polos()
            assert KUNCI <= set(polos) <= KUNCI | {"peringatan", "pembebasan"}, satu.id
            assert polos["sifat"] in ("dihitung", "dinilai", "dokumen", "waktu", "wewenang")
            assert polos["lapisan"] in ("kota", "nasional")
            assert polos["status"] in ("terpenuhi", "tidak", "dibebaskan")
            assert polos["akibat"] in ("menolak", "memperingatkan")
            assert json.loads(json.dumps(polos)) == polos


def test_setiap_yang_tidak_terpenuhi_menyebut_kekurangan_dan_langkah_lanjut() -> None:
    """What is unmet says what was found, what is needed, the gap, who can mend it and how; what is met asks nothing."""
    for daftar in _semua_daftar():
        for satu in daftar.temuan:
            assert satu.ditemukan, satu.id
            assert satu.dibutuhkan, satu.id
            assert satu.dasar, satu.id
            assert satu.oleh, satu.id
            if satu.status == "tidak":
                assert satu.kurang, f"{daftar.perintah} {satu.id}"
                assert satu.lanjut, satu.id
                assert "{" not in satu.lanjut, satu.lanjut
            else:
                assert (satu.kurang, satu.lanjut) == (None, ""), satu.id


def test_setiap_bukti_yang_disebut_ada_di_log() -> None:
    """The numbers in a line are events of the log, none twice."""
    dunia = sampai_wbbm("evaluasi_tpi")
    bekal_usulan(dunia, 2027, "WBBM")
    nomor = {t.nomor for t in dunia.log}
    disebut: set[int] = set()
    for satu in dunia.periksa("usulkan", "2027-05-20").temuan:
        assert set(satu.bukti) <= nomor, satu.id
        assert len(set(satu.bukti)) == len(satu.bukti)
        disebut |= set(satu.bukti)
        assert satu.bukti or satu.id in ("R29", "R36"), satu.id
    assert len(disebut) > 10


def test_tidak_ada_baris_yang_dilewati() -> None:
    """The first unmet line hides none of the others: the lines are those of the definition, in its order, whatever is met."""
    penuh, hampa = sampai("evaluasi_tpi"), sampai("evaluasi_tpi")
    bekal_usulan(penuh, 2025, "WBK")
    lupakan(hampa, *definisi().bukti)
    dua = [[t.id for t in d.periksa("usulkan", "2025-05-20").temuan] for d in (penuh, hampa)]
    assert dua[0] == dua[1] == [s.id for s in definisi().syarat_untuk("usulkan", "WBK")]
    assert len(dua[0]) == len(set(dua[0])) == 32


def test_daftar_polos_sesuai_kontrak() -> None:
    """The whole answer in the shape of the contract."""
    polos = sampai("penetapan").periksa("mulai-bangun", "2024-04-10").polos()
    assert list(polos) == ["skema", "unit", "perintah", "pada", "predikat", "tahap", "tersedia", "terpenuhi", "syarat"]
    assert (polos["skema"], polos["unit"], polos["perintah"], polos["pada"]) == (1, UNIT_UJI, "mulai-bangun", "2024-04-10")
    assert (polos["tahap"], polos["tersedia"], polos["terpenuhi"], polos["predikat"]) == ("penetapan", True, False, None)


def test_angka_dalam_polos_adalah_teks_desimal() -> None:
    """Scores and thresholds travel as decimal text, never as floats."""
    dunia = sampai("evaluasi_tpi")
    bekal_usulan(dunia, 2025, "WBK", huruf="B")
    polos = temuan(dunia.periksa("usulkan", "2025-05-20"), "R20.area_4").polos()
    assert (polos["ditemukan"], polos["dibutuhkan"], polos["satuan"]) == ("74.86", ">= 60", "persen")


# --- consequences -----------------------------------------------------------------------------------------------------


def _baris(status: str, akibat: str) -> Temuan:
    return Temuan("R0", "uji", ("d",), "kota", status, "dokumen", akibat, ("a",), ("b",), None, (), (), "admin", "")


@pytest.mark.parametrize(
    ("status", "akibat", "menghalangi"),
    [
        ("tidak", "menolak", True),
        ("tidak", "memperingatkan", False),
        ("terpenuhi", "menolak", False),
        ("dibebaskan", "menolak", False),
        ("dibebaskan", "memperingatkan", False),
    ],
)
def test_hanya_yang_menolak_dan_tidak_terpenuhi_menghalangi(status: str, akibat: str, *, menghalangi: bool) -> None:
    """A warning and a waiver are shown and stop nothing."""
    satu = _baris(status, akibat)
    daftar = DaftarPeriksa(UNIT_UJI, "uji", date(2025, 1, 1), (_baris("terpenuhi", "menolak"), satu))
    assert satu.menghalangi is menghalangi
    assert daftar.terpenuhi is not menghalangi
    assert daftar.penghalang == ((satu,) if menghalangi else ())


def test_ringkasan_hanya_menyimpan_yang_perlu() -> None:
    """What an accepted move keeps: id, status, found, needed; records and readings where there are some."""
    assert _baris("terpenuhi", "menolak").ringkas() == {"id": "R0", "status": "terpenuhi", "ditemukan": "a", "dibutuhkan": "b"}
    penuh = replace(_baris("terpenuhi", "menolak"), bukti=(3,), tafsir=("D2",))
    assert penuh.ringkas() == {"id": "R0", "status": "terpenuhi", "ditemukan": "a", "dibutuhkan": "b", "bukti": [3], "tafsir": ["D2"]}


def test_peringatan_dan_pembebasan_hanya_bila_ada() -> None:
    """The two optional keys stand only where there is something to say."""
    polos = replace(_baris("dibebaskan", "menolak"), peringatan=(("beda ", Decimal("0.5")),), pembebasan=("N",)).polos()
    assert (polos["peringatan"], polos["pembebasan"], polos["terpenuhi"]) == (["beda 0.5"], {"dasar": ["N"]}, True)


def test_akibat_memperingatkan_dari_definisi() -> None:
    """A definition may turn a refusal into a warning: the line stays and no longer stops."""
    dunia = sampai("terdaftar")
    lunak = tuple(replace(s, akibat=MEMPERINGATKAN) if "canangkan" in s.langkah else s for s in definisi().syarat)
    dunia.aturan = replace(definisi(), syarat=lunak)
    putusan = dunia.maju("canangkan", "2024-03-11")
    assert putusan.diterima
    assert {t.status for t in putusan.daftar.temuan} == {"terpenuhi", "tidak"}


# --- dated values -----------------------------------------------------------------------------------------------------


def test_nilai_yang_berlaku_pada_hari_perbuatan() -> None:
    """Every requirement has one period for every day since the regulation, and a gap names itself."""
    for syarat in definisi().syarat:
        for hari in (date(2024, 2, 19), date(2024, 7, 14), date(2024, 7, 15), date(2040, 1, 1)):
            assert sum(m.mencakup(hari) for m in syarat.berlaku) == 1, syarat.id
    r1 = next(s for s in definisi().syarat if s.id == "R1")
    with pytest.raises(NilaiTidakBerlaku, match="R1 tidak mempunyai nilai yang berlaku pada 2024-02-18") as galat:
        r1.pada(date(2024, 2, 18))
    assert galat.value.kode == 12


def test_masa_yang_sudah_lewat_adalah_celah() -> None:
    """A value that ended without a successor is an unmet line that says so, also for rules about the act itself."""
    for id_syarat in ("R1", "R29"):
        dunia = sampai("terdaftar")
        berakhir = tuple(
            replace(s, berlaku=tuple(replace(m, sampai=date(2024, 3, 1)) for m in s.berlaku)) if s.id == id_syarat else s
            for s in definisi().syarat
        )
        dunia.aturan = replace(definisi(), syarat=berakhir)
        satu = temuan(dunia.periksa("canangkan", "2024-03-11"), id_syarat)
        assert (satu.status, mesin(satu.ditemukan)) == ("tidak", "tidak ada nilai yang berlaku pada 2024-03-11")


def test_masa_batas_kedua_sisi_termasuk() -> None:
    """A period includes its first and its last day."""
    masa = Masa(date(2024, 1, 2), date(2024, 1, 4), ("d",))
    assert [masa.mencakup(date(2024, 1, h)) for h in range(1, 6)] == [False, True, True, True, False]
    assert Masa(date(2024, 1, 2), None, ("d",)).mencakup(date(9999, 12, 31))


@pytest.mark.parametrize(
    ("id_syarat", "afirmasi", "hari", "bebas"),
    [
        ("R24.opini", "rsud", date(2024, 7, 15), True),
        ("R24", "rsud", date(2024, 7, 15), True),
        ("R24.opini", "rsud", date(2024, 7, 14), False),
        ("R24.opini", "samsat", date(2024, 7, 15), False),
        ("R24.opini", None, date(2024, 7, 15), False),
        ("R240.opini", "rsud", date(2024, 7, 15), False),
        ("R2", "rsud", date(2024, 7, 15), False),
        ("R18.tlhp", "rsud", date(2024, 7, 15), True),
        ("R18.tlhp2", "rsud", date(2024, 7, 15), False),
    ],
)
def test_pembebasan_menurut_jenis_syarat_dan_hari(id_syarat: str, afirmasi: str | None, hari: date, *, bebas: bool) -> None:
    """A waiver holds for its kinds of unit, its requirements (an id, or all of its parts) and its period; R240 is not a part of R24."""
    pembebasan = Pembebasan("R25", "u", ("rsud",), ("R24", "R18.tlhp"), (Masa(date(2024, 7, 15), None, ("d",)),))
    assert (pembebasan.membebaskan(id_syarat, afirmasi, hari) is not None) is bebas


# --- texts ------------------------------------------------------------------------------------------------------------


def _konteks(dunia: Dunia, kode: str | None, predikat: str | None) -> Konteks:
    hari = date(2025, 5, 20)
    return Konteks(definisi(), dunia.instansi, "usulkan", hari, hari, None, predikat=predikat, tahun=2025, kode=kode)


def test_templat_langkah_lanjut() -> None:
    """The closed set of placeholders, with stand-ins where nothing is known yet."""
    templat = "".join(f"{{{t}}} " for t in sorted(PLACEHOLDER))
    assert isi_templat(templat, _konteks(kosong(), UNIT_UJI, "WBBM")) == "WBBM 2025 2025-05-20 DISPORA "
    assert isi_templat(templat, _konteks(kosong(), None, None)) == "WBK 2025 2025-05-20 UNIT "


def test_pelaku_disebut_bagi_syarat_tentang_perbuatan() -> None:
    """Where the actor can mend it, the roles that may act are named."""
    satu = temuan(sampai("terdaftar").periksa("canangkan", "2024-02-01"), "R29")
    assert satu.oleh == "kepala_pd"
    assert temuan(
        kosong().catat("lke", "2099-01-01", {"tahun": 2025, "penilai": "unit", "jawaban": {}}, dicatat=date(2025, 1, 1)).daftar,
        "R29.catatan",
    ).oleh == ("kepala_pd atau unit_kerja atau admin")


def test_daftar_tanpa_unit_tidak_membebaskan() -> None:
    """A command without a unit has no kind of unit to be waived for: instansi requirements asked bare stay unmet."""
    dunia = kosong()
    lupakan(dunia, "spip")
    baris = {t.id: t for t in susun(_konteks(dunia, None, "WBK"))}
    assert baris["R24.spip"].status == "tidak"
    assert baris["R18.setahun"].status == "tidak"


def test_orang_disebut_dengan_perannya_bila_masih_menjabat() -> None:
    """By NIP, with the role held on the act's date where there is one."""
    dunia = kosong()
    konteks = _konteks(dunia, UNIT_UJI, "WBK")
    assert nama_orang(konteks, "X-WALIKOTA", konteks.tanggal) == "X-WALIKOTA (wali_kota)"
    assert nama_orang(konteks, "X-ORANGLAIN", konteks.tanggal) == "X-ORANGLAIN"


# --- the definition's own questions -----------------------------------------------------------------------------------


def test_langkah_dari_setiap_tahap_menurut_urutan_definisi() -> None:
    """The moves that leave a stage, in the definition's order; a stage that does not exist has none."""
    assert [x.nama for x in definisi().langkah_dari("terdaftar")] == ["canangkan", "nonaktifkan"]
    assert definisi().langkah_dari("tidak ada") == ()


def test_syarat_menurut_perintah_dan_predikat() -> None:
    """Requirements of a predikat are asked for that predikat only; an unknown command has none."""
    wbk, wbbm, umum = ({s.id for s in definisi().syarat_untuk("usulkan", p)} for p in ("WBK", "WBBM", None))
    assert umum == wbk & wbbm - {s.id for s in definisi().syarat if s.predikat}
    assert {"R28", "R20.total"} <= wbk - wbbm
    assert {"R32.dampak", "R21.total", "R19.wbk"} <= wbbm - wbk
    assert definisi().syarat_untuk("terbang", "WBK") == ()
