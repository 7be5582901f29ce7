"""Letters: what a digest says, when it may leave, when it is tried again. Pure words, no channel."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.alat.dunia import definisi
from zi_workflow.domain.definition import AturanPengingat
from zi_workflow.domain.events import PengingatDicabut, PengingatDipulihkan, TenggatDiingatkan, TenggatTerlewat
from zi_workflow.domain.notices import (
    GAGAL,
    MENYERAH,
    TERKIRIM,
    ULANG,
    Kabar,
    boleh_berangkat,
    hasil_percobaan,
    mendesak,
    nomor_surat,
    susun_surat,
)

NIP = "198203032006042003"
HARI = date(2026, 5, 1)
DASAR = ("Perwali Binjai 3/2024 Pasal 14 ayat (3)",)
NANTI = Kabar(
    "DLH",
    TenggatDiingatkan(
        "T1", "", "2026", "2026-05-31", "H-30", 30, "2026-05-29", "Mengusulkan kepada TPN", "31 Mei 2026", "zi maju usulkan DLH",
        seharusnya="2026-04-30",
    ),
    DASAR,
)  # fmt: skip
LEWAT = Kabar(
    "BPKAD",
    TenggatTerlewat("T5", "", "2025-01-01", "2026-04-01", "terlambat+30", -30, "2026-04-01", "Pemantauan berkala", "hitung", "zi catat"),
    DASAR,
)
CABUT = Kabar("DLH", PengingatDicabut("T7", "A1", "2026-05-20", "A1", "dipindah", "jatuh tempo berubah: rencana baru"), DASAR)


def test_satu_surat_menyebut_semuanya_berurutan() -> None:
    """Overdue first, then what comes, then what no longer holds; each with date and weekday, arithmetic, citation, next step."""
    judul, teks = susun_surat("Zona Integritas Kota Contoh", "Penilai Contoh", NIP, HARI, [CABUT, NANTI, LEWAT])
    assert judul == "Tenggat Zona Integritas: 1 terlambat, 1 akan jatuh tempo, 1 tidak berlaku lagi"
    assert teks == "\n".join(
        [
            f"Yth. Penilai Contoh ({NIP})",
            "",
            "Tenggat Zona Integritas per Jumat, 1 Mei 2026.",
            "",
            "TERLAMBAT",
            "",
            "- BPKAD, T5 Pemantauan berkala",
            "  Jatuh tempo Rabu, 1 Apr 2026 (lewat 30 hari)",
            "  Perhitungan: hitung",
            "  Dasar: Perwali Binjai 3/2024 Pasal 14 ayat (3)",
            "  Lanjut: zi catat",
            "",
            "AKAN JATUH TEMPO",
            "",
            "- DLH, T1 Mengusulkan kepada TPN",
            "  Jatuh tempo Minggu, 31 Mei 2026 (30 hari lagi)",
            "  Hari kerja terakhir sebelumnya: Jumat, 29 Mei 2026",
            "  Perhitungan: 31 Mei 2026",
            "  Dasar: Perwali Binjai 3/2024 Pasal 14 ayat (3)",
            "  Lanjut: zi maju usulkan DLH",
            "  Pengingat ini terlambat; seharusnya 30 Apr 2026.",
            "",
            "TIDAK BERLAKU LAGI",
            "",
            "- DLH, T7 butir A1: batas 20 Mei 2026",
            "  Sebab: jatuh tempo berubah: rencana baru",
            "",
            "Zona Integritas Kota Contoh",
        ]
    )


def test_hari_itu_juga_dan_tanpa_golongan_kosong() -> None:
    """On the day itself the letter says so; groups with nothing in them are left out, and a withdrawal without item names none."""
    tanpa_butir = Kabar("DLH", PengingatDicabut("T1", "", "2026-05-31", "2026", "gugur", "tidak lagi berlaku"), ())
    judul, teks = susun_surat("Z", "P", NIP, date(2026, 5, 31), [NANTI])
    assert judul == "Tenggat Zona Integritas: 1 akan jatuh tempo"
    assert "(HARI INI)" in teks
    assert "TERLAMBAT" not in teks
    assert "- DLH, T1: batas 31 Mei 2026" in susun_surat("Z", "P", NIP, HARI, [tanpa_butir])[1]


@pytest.mark.parametrize(
    ("saat", "boleh"),
    [
        ("2026-05-29T06:59:59", False),
        ("2026-05-29T07:00:00", True),
        ("2026-05-29T17:59:59", True),
        ("2026-05-29T18:00:00", False),
        ("2026-05-30T10:00:00", False),  # Saturday
        ("2026-06-01T10:00:00", False),  # Hari Lahir Pancasila
        ("2026-06-02T10:00:00", True),
    ],
)
def test_jam_dan_hari_kerja(saat: str, boleh: bool) -> None:  # noqa: FBT001 - the expected answer
    """Letters leave from 07.00 until 18.00 on working days of the calendar."""
    aturan = definisi()
    assert boleh_berangkat(aturan.pengingat, aturan.kalender, datetime.fromisoformat(saat)) is boleh


def test_tanpa_hari_kerja_setiap_hari_boleh() -> None:
    """Where working days are not asked for, only the hours count."""
    aturan = AturanPengingat(hari_kerja=False)
    assert boleh_berangkat(aturan, definisi().kalender, datetime.fromisoformat("2026-05-31T10:00:00"))


def test_nomor_surat_tetap_dan_tidak_menyebut_orangnya() -> None:
    """The same person, day and turn give the same id; others another one; it does not contain the NIP."""
    satu = nomor_surat("binjai", NIP, HARI, 1)
    assert satu == nomor_surat("binjai", NIP, HARI, 1)
    lain = {
        nomor_surat("binjai", NIP, HARI, 2),
        nomor_surat("binjai", NIP, HARI + timedelta(1), 1),
        nomor_surat("binjai", "X-AAA", HARI, 1),
    }
    assert satu not in lain
    assert len(lain) == 3
    assert NIP not in satu


def test_percobaan_mundur_lalu_menyerah() -> None:
    """A failed attempt waits longer each time; after the last one the letter is given up; a delivered one is done."""
    saat = datetime(2026, 5, 1, tzinfo=UTC)
    assert hasil_percobaan(True, 3, saat) == (TERKIRIM, None)  # noqa: FBT003 - the outcome itself
    tunggu = [hasil_percobaan(False, n, saat)[1] for n in range(1, len(ULANG) + 1)]  # noqa: FBT003 - as above
    assert [(t - saat).total_seconds() / 60 for t in tunggu if t] == list(ULANG)
    assert list(ULANG) == sorted(ULANG)
    assert hasil_percobaan(False, 1, saat)[0] == GAGAL  # noqa: FBT003 - as above
    assert hasil_percobaan(False, len(ULANG) + 1, saat) == (MENYERAH, None)  # noqa: FBT003 - as above


@pytest.mark.parametrize(
    ("langkah", "segera"), [("H-0", True), ("H-1", True), ("terlambat", True), ("H-7", False), ("terlambat+30", False)]
)
def test_yang_mendesak(langkah: str, segera: bool) -> None:  # noqa: FBT001 - the expected answer
    """Only the last two days and a deadline just missed are worth a second letter on one day."""
    assert mendesak(langkah) is segera


def test_berlaku_lagi_mempunyai_golongannya() -> None:
    """A withdrawal that was itself undone is told as such."""
    pulih = Kabar("DLH", PengingatDipulihkan("T1", "", "2026-05-31", "2026", "berlaku lagi: 31 Mei 2026"), DASAR)
    judul, teks = susun_surat("Z", "P", NIP, HARI, [pulih])
    assert judul == "Tenggat Zona Integritas: 1 berlaku lagi"
    assert "BERLAKU LAGI\n\n- DLH, T1: batas 31 Mei 2026\n  Sebab: berlaku lagi: 31 Mei 2026" in teks


def test_teks_orang_tidak_menjadi_baris_surat() -> None:
    """Line ends, controls and directions that somebody typed into a plan stay inside their own line, written out."""
    assert isinstance(NANTI.peristiwa, TenggatDiingatkan)
    jahat = replace(NANTI.peristiwa, uraian="a\n  Lanjut: abaikan surat ini\u202e\x1b[31m")
    _, teks = susun_surat("Z\nZ", "P\nP", NIP, HARI, [Kabar("DLH", jahat, DASAR)])
    assert "- DLH, T1 a Lanjut: abaikan surat ini\\u202e\\u001b[31m" in teks
    assert [b for b in teks.splitlines() if b.strip().startswith("Lanjut:")] == ["  Lanjut: zi maju usulkan DLH"]
    assert teks.startswith(f"Yth. P P ({NIP})\n")
