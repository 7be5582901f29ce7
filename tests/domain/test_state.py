"""Folds (domain/state.py): what files amount to after their events, without any rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.alat.dunia import HARI, PENILAI, UNIT_UJI, Dunia, kosong, sampai
from zi_workflow.domain.events import (
    Berkas,
    BuktiDicatat,
    LangkahDiambil,
    LangkahDibatalkan,
    LaranganDiwariskan,
    PejabatDiakhiri,
    PejabatDiangkat,
    PerintahDitolak,
    Peristiwa,
    Tercatat,
    UnitDidaftarkan,
)
from zi_workflow.domain.state import Instansi, Keadaan, Unit, Usulan, evolve, evolve_instansi, keadaan_dari, lipat, sidik_penolakan

WAKTU = datetime(2024, 3, 1, 2, tzinfo=UTC)
AWAL = Keadaan("terdaftar", HARI("2024-03-01"))
DAFTAR = UnitDidaftarkan("DINSOS", "Dinas Sosial", "dinas", "rsud", AWAL.polos())


def _tercatat(peristiwa: Peristiwa, nomor: int = 1, tanggal: str = "2024-03-01", aliran: str = "unit/DINSOS") -> Tercatat:
    return Tercatat(peristiwa, nomor + 100, nomor, HARI(tanggal), PENILAI, WAKTU, aliran)


def _lipat(*peristiwa: Peristiwa) -> Unit:
    hasil = lipat(_tercatat(p, n, f"2024-03-{n:02}") for n, p in enumerate((DAFTAR, *peristiwa), 1))
    assert hasil is not None
    return hasil


def _langkah(nama: str, ke: Keadaan, pewaris: str | None = None) -> LangkahDiambil:
    return LangkahDiambil(nama, "x", ke.tahap, {}, ke.polos(), pewaris=pewaris)


def _instansi(*peristiwa: Peristiwa) -> Instansi:
    hasil = Instansi()
    for n, p in enumerate(peristiwa, 1):
        hasil = evolve_instansi(hasil, _tercatat(p, n, aliran="pejabat/pejabat"))
    return hasil


def test_pendaftaran_membuka_berkas() -> None:
    """The first event opens the file with its number, version and day."""
    unit = _lipat()
    assert unit == Unit("DINSOS", "Dinas Sosial", "dinas", "rsud", HARI("2024-03-01"), AWAL, 1, 101)
    assert (unit.tanggal_terakhir, unit.penanda("tahap"), unit.penanda("pendaftaran")) == (HARI("2024-03-01"),) * 3


def test_aliran_tanpa_pendaftaran_rusak() -> None:
    """A stream that does not begin with the registration is broken, and says which one."""
    with pytest.raises(ValueError, match="unit/DINSOS"):
        lipat([_tercatat(BuktiDicatat("publikasi", {}))])


def test_tanpa_peristiwa_tidak_ada_unit() -> None:
    """No events, no unit."""
    assert lipat([]) is None


def test_langkah_menyimpan_keadaan_sebelumnya() -> None:
    """A move sets the condition that its event carries and keeps the one before it."""
    maju = Keadaan("pencanangan", HARI("2024-03-02"))
    unit = _lipat(_langkah("canangkan", maju))
    assert (unit.keadaan, unit.versi, unit.nomor) == (maju, 2, 101)
    (lalu,) = unit.lalu
    assert (lalu.nomor, lalu.langkah, lalu.tanggal, lalu.sebelum, lalu.pewaris) == (102, "canangkan", HARI("2024-03-02"), AWAL, None)
    assert unit.tanggal_terakhir == HARI("2024-03-02")


def test_pembatalan_mengembalikan_keadaan_tepat() -> None:
    """Undoing takes the last standing move away and brings back exactly the condition before it, several times."""
    satu, dua = (
        Keadaan("pencanangan", HARI("2024-03-02")),
        Keadaan("penetapan", HARI("2024-03-03"), "WBK", "WBBM", {"bangun": HARI("2024-01-01")}),
    )
    peristiwa = (_langkah("canangkan", satu), _langkah("tetapkan", dua, pewaris="LAIN"))
    batal = LangkahDibatalkan("x", 1, "a", "b", {})
    assert _lipat(*peristiwa).lalu[-1].pewaris == "LAIN"
    sekali = _lipat(*peristiwa, batal)
    assert (sekali.keadaan, [x.langkah for x in sekali.lalu]) == (satu, ["canangkan"])
    dua_kali = _lipat(*peristiwa, batal, batal)
    assert (dua_kali.keadaan, dua_kali.lalu, dua_kali.versi) == (AWAL, (), 5)


def test_bukti_menurut_jenis_dan_urutan() -> None:
    """Records are kept by kind in the order of recording, with files, people and times."""
    berkas = (Berkas("0" * 64, 3, "a.pdf"),)
    unit = _lipat(BuktiDicatat("publikasi", {"kanal": "a"}, berkas), BuktiDicatat("piagam", {}), BuktiDicatat("publikasi", {"kanal": "b"}))
    assert {k: [b.isi for b in v] for k, v in unit.bukti.items()} == {"publikasi": [{"kanal": "a"}, {"kanal": "b"}], "piagam": [{}]}
    satu = unit.bukti["publikasi"][0]
    assert (satu.nomor, satu.jenis, satu.tanggal, satu.berkas, satu.oleh, satu.waktu_catat) == (
        102,
        "publikasi",
        HARI("2024-03-02"),
        berkas,
        PENILAI,
        WAKTU,
    )


def test_larangan_warisan() -> None:
    """The latest of own and inherited revocations is told; an inheritance can be replaced and taken back."""
    sendiri = Keadaan("dicabut", HARI("2023-06-01"), penanda={"pencabutan": HARI("2023-06-01"), "bangun": HARI("2020-01-01")})
    cabut = _langkah("cabut", sendiri)
    assert _lipat().penanda("pencabutan") is None
    assert _lipat(LaranganDiwariskan("A", "2024-01-01")).penanda("pencabutan") == HARI("2024-01-01")
    unit = _lipat(cabut, LaranganDiwariskan("A", "2024-01-01"), LaranganDiwariskan("B", "2022-01-01"))
    assert (unit.penanda("pencabutan"), unit.penanda("bangun"), unit.penanda("usulan")) == (HARI("2024-01-01"), HARI("2020-01-01"), None)
    unit = evolve(unit, _tercatat(LaranganDiwariskan("A", "2023-07-01"), 5))
    assert unit.penanda("pencabutan") == HARI("2023-07-01")
    unit = evolve(unit, _tercatat(LaranganDiwariskan("A", None), 6))
    assert (unit.penanda("pencabutan"), dict(unit.warisan)) == (HARI("2023-06-01"), {"B": HARI("2022-01-01")})


def test_peristiwa_lain_hanya_menaikkan_versi() -> None:
    """An event that is none of the unit's changes nothing but the version."""
    lain = PejabatDiangkat("1", "a", "tpi", "1", "2024-01-01")
    assert _lipat(lain) == replace(_lipat(), versi=2)


def test_instansi_fakta_dan_versi() -> None:
    """The instansi's records are kept by kind, and the version of each stream that was read."""
    instansi = _instansi(BuktiDicatat("spip", {"tahun": 2024}))
    assert [b.isi for b in instansi.fakta["spip"]] == [{"tahun": 2024}]
    assert instansi.versi == {"pejabat/pejabat": 1}
    lanjut = evolve_instansi(instansi, _tercatat(LaranganDiwariskan("A", None), 7, aliran="fakta/fakta"))
    assert lanjut == replace(instansi, versi={"pejabat/pejabat": 1, "fakta/fakta": 7})


@pytest.mark.parametrize(("hari", "pegang"), [("2024-01-31", False), ("2024-02-01", True), ("2024-06-30", True), ("2024-07-01", False)])
def test_jabatan_pada_hari(hari: str, pegang: bool) -> None:  # noqa: FBT001
    """The first and the last day belong to the term."""
    instansi = _instansi(PejabatDiangkat("1", "a", "tpi", "1", "2024-02-01", "2024-06-30"))
    assert bool(instansi.peran("1", HARI(hari))) is pegang
    assert bool(instansi.pemegang("tpi", HARI(hari))) is pegang


def test_pemegang_menurut_unit() -> None:
    """Holders are told by role, and by unit where one is asked for."""
    instansi = _instansi(
        PejabatDiangkat("1", "a", "kepala_pd", "1", "2024-01-01", None, "A"),
        PejabatDiangkat("2", "b", "kepala_pd", "1", "2024-01-01", None, "B"),
        PejabatDiangkat("3", "c", "tpi", "1", "2024-01-01"),
    )
    hari = HARI("2024-06-01")
    assert [j.nip for j in instansi.pemegang("kepala_pd", hari)] == ["1", "2"]
    assert [j.nip for j in instansi.pemegang("kepala_pd", hari, "B")] == ["2"]
    assert instansi.pemegang("kepala_pd", hari, "C") == ()
    assert instansi.peran("4", hari) == ()
    assert [j.nomor for j in instansi.jabatan] == [101, 102, 103]


@pytest.mark.parametrize(
    ("akhiri", "sampai_hari"),
    [
        (PejabatDiakhiri("1", "kepala_pd", "2024-06-30"), ["2024-06-30", "2024-06-30", None, None]),
        (PejabatDiakhiri("1", "kepala_pd", "2024-06-30", "A"), ["2024-06-30", None, None, None]),
        (PejabatDiakhiri("1", "kepala_pd", "2024-06-30", "C"), [None, None, None, None]),
        (PejabatDiakhiri("1", "tpi", "2024-06-30"), [None, None, "2024-06-30", None]),
        (PejabatDiakhiri("3", "tpi", "2024-06-30"), [None, None, None, None]),
        (PejabatDiakhiri("1", "kepala_pd", "2023-12-31"), [None, None, None, None]),
    ],
)
def test_jabatan_diakhiri(akhiri: PejabatDiakhiri, sampai_hari: list[str | None]) -> None:
    """Ending a role touches that person, role and unit only, and no term that had not begun."""
    instansi = _instansi(
        PejabatDiangkat("1", "a", "kepala_pd", "1", "2024-01-01", None, "A"),
        PejabatDiangkat("1", "a", "kepala_pd", "1", "2024-01-01", None, "B"),
        PejabatDiangkat("1", "a", "tpi", "1", "2024-01-01"),
        PejabatDiangkat("2", "b", "tpi", "1", "2024-01-01"),
        akhiri,
    )
    assert [j.sampai.isoformat() if j.sampai else None for j in instansi.jabatan] == sampai_hari


@pytest.mark.parametrize(("baru", "hasil"), [("2024-05-31", "2024-05-31"), ("2024-06-30", "2024-06-30"), ("2024-07-31", "2024-06-30")])
def test_jabatan_diakhiri_hanya_lebih_awal(baru: str, hasil: str) -> None:
    """A term that is over is not prolonged by ending it again."""
    instansi = _instansi(PejabatDiangkat("1", "a", "tpi", "1", "2024-01-01", "2024-06-30"), PejabatDiakhiri("1", "tpi", baru))
    assert instansi.jabatan[0].sampai == HARI(hasil)


def test_sidik_penolakan() -> None:
    """Only refusals have a fingerprint, each with its day."""
    tolak = PerintahDitolak("canangkan", {}, "2024-03-01", "2024-03-02", (), "abc")
    semua = [_tercatat(tolak, 1), _tercatat(tolak, 2), _tercatat(replace(tolak, hari="2024-03-03"), 3), _tercatat(DAFTAR, 4)]
    assert sidik_penolakan(semua) == {("2024-03-02", "abc"), ("2024-03-03", "abc")}
    assert sidik_penolakan([]) == frozenset()


@pytest.mark.parametrize("polos", [{}, {"predikat": None, "sasaran": None, "penanda": {}, "usulan": None}])
def test_keadaan_polos_singkat(polos: dict[str, None]) -> None:
    """A condition written by its stage and day alone is read with everything else empty."""
    assert keadaan_dari({"tahap": "terdaftar", "sejak": "2024-03-01", **polos}) == AWAL


HARI_APA_PUN = st.dates(date(1, 1, 1), date(9999, 12, 31))
TEKS = st.text(max_size=10)


@given(
    st.builds(
        Keadaan,
        TEKS,
        HARI_APA_PUN,
        st.none() | TEKS,
        st.none() | TEKS,
        st.dictionaries(TEKS, HARI_APA_PUN, max_size=4),
        st.none() | st.builds(Usulan, st.integers(2000, 2100), TEKS, TEKS),
    )
)
def test_sifat_keadaan_bolak_balik(keadaan: Keadaan) -> None:
    """What an event carries of a condition reads back as the same condition."""
    assert keadaan_dari(keadaan.polos()) == keadaan


@pytest.mark.parametrize("tahap", ["terdaftar", "usulan_tpn", "pemantauan_predikat"])
def test_lipatan_sekaligus_sama_dengan_bertahap(tahap: str) -> None:
    """Folding a whole stream at once gives what was folded event by event, and is a pure function of the events."""
    dunia = sampai(tahap)
    aliran = [t for t in dunia.log if t.aliran == f"unit/{UNIT_UJI}"]
    assert lipat(aliran) == dunia.unit[UNIT_UJI]
    for potong in range(1, len(aliran)):
        assert lipat(aliran[potong:], lipat(aliran[:potong])) == dunia.unit[UNIT_UJI]


def test_lipatan_instansi_sama_dengan_bertahap() -> None:
    """Folding the instansi's events at once gives what was folded event by event."""
    dunia: Dunia = kosong()
    hasil = Instansi()
    for tercatat in dunia.log:
        if not tercatat.aliran.startswith(("unit/", "penolakan/")):
            hasil = evolve_instansi(hasil, tercatat)
    assert hasil == dunia.instansi
