"""Decisions taken again (domain/replay.py, domain/retrace.py): the same where nothing changed, and each difference by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.alat.dunia import (
    ADMIN,
    BERKAS,
    HARI,
    KEPALA,
    PENILAI,
    UNIT_UJI,
    WALI_KOTA,
    Dunia,
    arsip,
    bekal_pencanangan,
    cabut,
    kosong,
    sampai,
    sampai_wbbm,
)
from tests.alat.perbaikan import koreksi, nomor_bukti, putus, saksi, sebelum, ulang_satu, ulang_semua
from zi_workflow.domain.commands import (
    AkhiriPejabat,
    AmbilLangkah,
    AngkatPejabat,
    AturKontak,
    Catat,
    DaftarkanUnit,
    Perintah,
    nama_perintah,
)
from zi_workflow.domain.events import (
    Berkas,
    BuktiDicatat,
    BuktiDikoreksi,
    LangkahDiambil,
    LangkahDibatalkan,
    LaranganDiwariskan,
    PerintahDitolak,
    PutusanDitinjau,
    Tercatat,
)
from zi_workflow.domain.replay import tinjau, ulang
from zi_workflow.domain.retrace import PUTUSAN, perintah_dari

ORANG = "199001012015011001"
ASING = "199901012020011001"
AWAL = {"dasar": "SK lama", "tahap": "penetapan", "sejak": "2024-01-01"}


def _langkah(dunia: Dunia, nama: str) -> int:
    """Return the number of the last move of that name."""
    return [t.nomor for t in dunia.log if isinstance(t.peristiwa, LangkahDiambil) and t.peristiwa.langkah == nama][-1]


# --- the same ---------------------------------------------------------------------------------------------------------


def _hidup_penuh() -> Dunia:
    """Return a whole life up to WBBM and its loss, with an undone move, officials, contacts, and a dissolved unit with its heir."""
    dunia = sampai_wbbm("pemantauan_predikat")
    cabut(dunia, "2028-03-01")
    dunia.maju("batalkan-langkah", "2028-03-02", {"alasan": "salah unit", "nomor": "BA/1"}, oleh=ADMIN)
    dunia.maju("cabut", "2028-03-03")
    arsip(dunia, "DINSOS", {"tahap": "penetapan", "sejak": "2024-01-01"}, afirmasi="rsud")
    isi = {"alasan": "digabung", "nomor": "P/1", "pengganti": "DINSOS"}
    assert dunia.maju("nonaktifkan", "2028-03-04", isi, oleh=ADMIN).diterima
    dunia.maju("batalkan-langkah", "2028-03-05", {"alasan": "urung", "nomor": "BA/2"}, oleh=ADMIN)
    dunia.jalankan(AturKontak(KEPALA, "surel", HARI("2028-03-06"), KEPALA, "kepala@contoh.example"))
    dunia.jalankan(AturKontak(KEPALA, "surel", HARI("2028-03-07"), ADMIN))
    dunia.akhiri(PENILAI, "tpi", "2028-03-08")
    return dunia


def test_harus_seumur_hidup_unit_diputus_ulang_sama() -> None:
    """Every decision of a whole life comes out the same on the events before it."""
    dunia = _hidup_penuh()
    banyak, beda = ulang_semua(dunia)
    assert beda == []
    assert banyak > 80
    assert {type(t.peristiwa) for t in dunia.log} - set(PUTUSAN) == {LaranganDiwariskan}


_DITOLAK: list[Perintah] = [
    DaftarkanUnit("DINSOS", "Dinas Sosial", HARI("2024-03-01"), KEPALA),
    DaftarkanUnit("DINSOS", "Dinas Sosial", HARI("2024-03-01"), KEPALA, "dinas", "rsud", AWAL, (BERKAS,)),
    Catat("publikasi", UNIT_UJI, {"kanal": "Laman", "alamat": "a.example"}, HARI("2024-03-05"), ASING),
    Catat("publikasi", UNIT_UJI, {"kanal": "Laman", "alamat": "a.example"}, HARI("2024-03-05"), ASING, (BERKAS, Berkas("1" * 64, 3, "b"))),
    Catat("opini_bpk", None, {"tahun": 2022, "opini": "WTP"}, HARI("2024-03-05"), KEPALA),
    AngkatPejabat(ORANG, "Orang", "tpi", "800/9", HARI("2024-03-01"), HARI("2024-03-01"), KEPALA),
    AngkatPejabat(ORANG, "Orang", "kepala_pd", "800/9", HARI("2024-03-01"), HARI("2024-03-01"), KEPALA, HARI("2025-01-01"), UNIT_UJI),
    AkhiriPejabat(KEPALA, "kepala_pd", HARI("2024-03-20"), HARI("2024-03-20"), KEPALA, None, "pindah"),
    AturKontak(KEPALA, "surel", HARI("2024-03-20"), PENILAI, "a@contoh.example"),
    AmbilLangkah("canangkan", UNIT_UJI, {}, HARI("2024-03-03"), KEPALA),
    AmbilLangkah("nonaktifkan", UNIT_UJI, {"alasan": "x", "nomor": "1"}, HARI("2024-03-11"), KEPALA),
]


@pytest.mark.parametrize("perintah", _DITOLAK, ids=lambda p: type(p).__name__)
def test_harus_penolakan_setiap_perintah_diputus_ulang_sama(perintah: Perintah) -> None:
    """A refusal of every kind of command keeps enough to be decided again, the day after too, and comes out the same."""
    dunia = kosong()
    bekal_pencanangan(dunia)
    putusan = dunia.jalankan(perintah, HARI("2024-04-02"))
    assert not putusan.diterima
    assert ulang_satu(dunia, len(dunia.log)) == ()
    kembali = perintah_dari(dunia.log[-1], getattr(perintah, "kode", None))
    assert (type(kembali), nama_perintah(kembali), kembali.tanggal, kembali.oleh) == (
        type(perintah), nama_perintah(perintah), perintah.tanggal, perintah.oleh,
    )  # fmt: skip


def test_penolakan_pembatalan_dan_hapus_kontak() -> None:
    """Also an undoing and the taking away of a contact, which say what they are by what they lack."""
    dunia = sampai("pencanangan")
    dunia.jalankan(AturKontak(KEPALA, "surel", HARI("2024-03-20"), ADMIN, "a@contoh.example"))
    assert not dunia.jalankan(AturKontak(KEPALA, "surel", HARI("2024-03-20"), PENILAI)).diterima
    assert not dunia.maju("batalkan-langkah", "2024-03-20", {"alasan": "x", "nomor": "1"}, oleh=KEPALA).diterima
    assert ulang_semua(dunia)[1] == []


def test_bukan_putusan() -> None:
    """What follows from a decision answers no command."""
    t = Tercatat(LaranganDiwariskan("A", None), 1, 1, HARI("2024-03-01"), ADMIN, kosong().log[0].waktu_catat)
    with pytest.raises(KeyError):
        perintah_dari(t, "B")
    assert not {LaranganDiwariskan, PutusanDitinjau} & set(PUTUSAN)


# --- differences, each by name ----------------------------------------------------------------------------------------


def _tanpa(log: list[Tercatat], nomor: int, **isi: Any) -> list[Tercatat]:  # noqa: ANN401 - a record's fields
    """Return the log with other contents in one record."""
    lama = log[nomor - 1]
    assert isinstance(lama.peristiwa, BuktiDicatat)
    baru = replace(lama.peristiwa, isi={**lama.peristiwa.isi, **isi})
    return [replace(lama, peristiwa=baru) if t.nomor == nomor else t for t in log]


def test_harus_bukti_yang_diubah_menyebut_putusan_dan_syaratnya() -> None:
    """With another figure in the record that it relied on, an accepted move is refused, and the requirement is named with both findings."""
    dunia = sampai("pencanangan")
    nomor = _langkah(dunia, "canangkan")
    palsu = _tanpa(dunia.log, nomor_bukti(dunia, "pakta_integritas"), penandatangan=20)
    beda = ulang(saksi(dunia, nomor, palsu), dunia.log[nomor - 1], dunia.dasar[nomor - 1], UNIT_UJI)
    assert beda[0] == "dahulu diterima (LangkahDiambil), kini ditolak"
    assert any(b.startswith("syarat R2: terpenuhi, ditemukan ") and " menjadi tidak terpenuhi, ditemukan " in b for b in beda)
    assert beda[-1].startswith("dasar: ")
    assert "menjadi" in beda[-1]


def test_harus_penolakan_yang_kini_diterima_disebut() -> None:
    """The other way round: what was refused would be accepted."""
    dunia = kosong()
    bekal_pencanangan(dunia)
    pakta = nomor_bukti(dunia, "pakta_integritas")
    putus(dunia, koreksi(dunia, pakta, {"jumlah_pegawai": 60, "penandatangan": 20, "pimpinan": True}, "2024-03-05"))
    assert not dunia.maju("canangkan", "2024-03-11").diterima
    nomor = len(dunia.log)
    palsu = [t for t in dunia.log if not isinstance(t.peristiwa, BuktiDikoreksi)]
    beda = ulang(saksi(dunia, nomor, palsu), dunia.log[nomor - 1], dunia.dasar[nomor - 1], UNIT_UJI)
    assert beda[0] == "dahulu ditolak, kini diterima (LangkahDiambil)"


@pytest.mark.parametrize(
    ("ubah", "kata"),
    [
        (lambda p: replace(p, ke="penetapan"), "ke: penetapan menjadi pencanangan"),
        (lambda p: replace(p, terlambat={"tanggal": "2024-03-11"}), "terlambat: {'tanggal': '2024-03-11'} menjadi None"),
        (lambda p: replace(p, syarat=p.syarat[1:]), "syarat R1: tidak ada dahulu"),
        (lambda p: replace(p, syarat=(*p.syarat, {"id": "R99", "status": "terpenuhi"})), "syarat R99: tidak ada kini"),
        (
            lambda p: replace(p, syarat=({**p.syarat[0], "ditemukan": "lain"}, *p.syarat[1:])),
            "syarat R1: terpenuhi, ditemukan lain menjadi",
        ),
        (lambda p: replace(p, syarat=({**p.syarat[0], "bukti": [9]}, *p.syarat[1:])), "syarat R1: "),
        (lambda p: replace(p, langkah="tetapkan"), "kini tidak dapat diputus: Langkah tetapkan tidak tersedia"),
        (lambda p: replace(p, langkah="canang"), "kini tidak dapat diputus: Langkah 'canang' tidak dikenal"),
    ],
)
def test_putusan_yang_diubah_disebut_isiannya(ubah: Callable[[LangkahDiambil], LangkahDiambil], kata: str) -> None:
    """Whatever is changed in a recorded move is named: a field, a requirement that came or went, a finding, evidence."""
    dunia = sampai("pencanangan")
    nomor = _langkah(dunia, "canangkan")
    peristiwa = dunia.log[nomor - 1].peristiwa
    assert isinstance(peristiwa, LangkahDiambil)
    assert peristiwa.syarat[0]["id"] == "R1"
    assert any(b.startswith(kata) for b in ulang_satu(dunia, nomor, ubah(peristiwa))), ulang_satu(dunia, nomor, ubah(peristiwa))


def test_sidik_penolakan_bukan_bagian_jawaban() -> None:
    """The hash that recognises a repeated refusal is left out of the comparison; its day is not."""
    dunia = kosong()
    dunia.maju("canangkan", "2024-03-11")
    p = dunia.log[-1].peristiwa
    assert isinstance(p, PerintahDitolak)
    assert ulang_satu(dunia, len(dunia.log), replace(p, sidik="0" * 64)) == ()
    assert ulang_satu(dunia, len(dunia.log), replace(p, hari="2024-03-12")) == ("hari: 2024-03-12 menjadi 2024-03-11",)


def test_catatan_yang_sudah_ada_disebut() -> None:
    """A record that repeats the one before it would not have been written."""
    dunia = kosong()
    bekal_pencanangan(dunia)
    nomor = nomor_bukti(dunia, "publikasi")
    t = dunia.log[nomor - 1]
    dua = replace(t, nomor=len(dunia.log) + 1)
    unit, instansi = sebelum(dunia, dua.nomor)
    saksi_ = replace(saksi(dunia, nomor), unit=unit[UNIT_UJI], instansi=instansi)
    assert ulang(saksi_, dua, dunia.dasar[nomor - 1], UNIT_UJI) == (f"kini tidak menulis apa pun: sudah tercatat sebagai nomor {nomor}",)


def test_tanggal_koreksi_adalah_tanggal_catatannya() -> None:
    """A correction whose envelope was moved to another day is named."""
    dunia = sampai("pencanangan")
    putus(
        dunia,
        koreksi(dunia, nomor_bukti(dunia, "pakta_integritas"), {"jumlah_pegawai": 60, "penandatangan": 59, "pimpinan": True}, "2024-04-10"),
    )
    nomor = len(dunia.log)
    assert ulang_satu(dunia, nomor) == ()
    geser = replace(dunia.log[-1], tanggal=HARI("2024-03-20"))
    assert ulang(saksi(dunia, nomor), geser, dunia.dasar[-1], UNIT_UJI) == ("tanggal: 2024-03-20 menjadi 2024-03-04",)


def test_pembatalan_yang_diubah_disebut() -> None:
    """An undoing that names another move is named."""
    dunia = sampai("pencanangan")
    dunia.maju("batalkan-langkah", "2024-03-20", {"alasan": "x", "nomor": "1"}, oleh=ADMIN)
    p = dunia.log[-1].peristiwa
    assert isinstance(p, LangkahDibatalkan)
    assert ulang_satu(dunia, len(dunia.log)) == ()
    assert ulang_satu(dunia, len(dunia.log), replace(p, nomor_langkah=3)) == (f"nomor_langkah: 3 menjadi {p.nomor_langkah}",)


# --- decided again with the record as it is now -----------------------------------------------------------------------


def _tinjau(dunia: Dunia, nomor: int, *perbaikan: Tercatat) -> dict[str, Any]:
    """Return what a review says of a decision with these corrections put behind what it saw."""
    return tinjau(
        saksi(dunia, nomor, [*(t for t in dunia.log if t.nomor < nomor), *(replace(t, nomor=0) for t in perbaikan)]),
        dunia.log[nomor - 1],
        UNIT_UJI,
    )


def test_harus_tinjauan_menyebut_bagaimana_diputus_kini() -> None:
    """Accepted then and refused now, with the requirement, then and now; the same where the correction decides nothing."""
    dunia = sampai("pencanangan")
    nomor, pakta = _langkah(dunia, "canangkan"), nomor_bukti(dunia, "pakta_integritas")
    isi = {"jumlah_pegawai": 60, "penandatangan": 20, "pimpinan": True}
    putus(dunia, koreksi(dunia, pakta, isi, "2024-04-10"))
    hasil = _tinjau(dunia, nomor, dunia.log[-1])
    assert {k: hasil[k] for k in ("nomor", "perintah", "tanggal", "diterima", "kini", "sama")} == {
        "nomor": nomor, "perintah": "canangkan", "tanggal": "2024-03-11", "diterima": True, "kini": False, "sama": False,
    }  # fmt: skip
    (beda,) = hasil["beda"]
    assert beda["id"] == "R2"
    assert beda["dulu"].startswith("terpenuhi, ditemukan ")
    assert beda["kini"].startswith("tidak terpenuhi, ditemukan ")
    putus(dunia, koreksi(dunia, pakta, {**isi, "penandatangan": 57}, "2024-04-11"))
    hasil = _tinjau(dunia, nomor, dunia.log[-1])
    assert (hasil["kini"], hasil["sama"], [b["id"] for b in hasil["beda"]]) == (True, True, ["R2"])
    assert _tinjau(dunia, nomor)["beda"] == []


def test_tinjauan_penolakan_dan_syarat_lain() -> None:
    """A refusal that would still be refused, but for another reason, is not the same; one that would be accepted is none."""
    dunia = kosong()
    bekal_pencanangan(dunia)
    pakta = nomor_bukti(dunia, "pakta_integritas")
    dunia.maju("canangkan", "2024-03-11", oleh=WALI_KOTA)
    ditolak = len(dunia.log)
    putus(dunia, koreksi(dunia, pakta, {"jumlah_pegawai": 60, "penandatangan": 20, "pimpinan": True}, "2024-04-10"))
    hasil = _tinjau(dunia, ditolak, dunia.log[-1])
    assert (hasil["diterima"], hasil["kini"], hasil["sama"]) == (False, False, False)
    assert not dunia.maju("canangkan", "2024-04-11").diterima
    kini = len(dunia.log)
    putus(dunia, koreksi(dunia, pakta, {"jumlah_pegawai": 60, "penandatangan": 58, "pimpinan": True}, "2024-04-12"))
    hasil = _tinjau(dunia, kini, dunia.log[-1])
    assert (hasil["diterima"], hasil["kini"], hasil["sama"]) == (False, True, False)


def test_tinjauan_yang_kini_berhenti_dengan_galat() -> None:
    """Where the decision can no longer be taken at all, that is how it would come out, in words."""
    dunia = sampai("pencanangan")
    nomor = _langkah(dunia, "canangkan")
    lama = saksi(dunia, nomor)
    hasil = tinjau(replace(lama, unit=None), dunia.log[nomor - 1], UNIT_UJI)
    assert (hasil["kini"], hasil["sama"]) == (False, False)
    assert hasil["beda"] == [{"id": "", "dulu": "", "kini": f"Unit '{UNIT_UJI}' tidak ditemukan"}]
