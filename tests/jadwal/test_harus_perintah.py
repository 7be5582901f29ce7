"""``zi jadwal sapu`` and ``status``: twice writes nothing, --coba writes nothing, the shape of the answers, exit codes, kill -9."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.alat_cli import panggil
from tests.cli.register import jawab, muat_sekali, potret, tiga_baris
from tests.jadwal.alat import Register, entri, murni, periksa, siapkan, terbuka
from tests.jadwal.alat_proses import kawanan, tunggakan
from tests.kesalahan.alat import tunggu_sampai
from zi_workflow.clock import hari_di, sekarang

SATU = timedelta(days=1)
PUTARAN = 6


@pytest.fixture(autouse=True)
def rumah(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty home and working folder, and no settings of this machine's user."""
    for nama in list(os.environ):
        if nama.startswith(("ZI_", "XDG_")) or nama in {"NO_COLOR", "COLUMNS"}:
            monkeypatch.delenv(nama)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    muat_sekali(monkeypatch)
    return tmp_path


@pytest.fixture
def hari() -> date:
    """Give today, as the definition's zone has it."""
    return hari_di("Asia/Jakarta", sekarang())


@pytest.fixture
def dua(basis: str, hari: date, monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    """Give a register of two units with items overdue by 40 and 3 days and one due in 20, which ``zi`` finds by itself."""
    siapkan(basis, 2, hari, (40, 3, -20))
    monkeypatch.setenv("ZI_BASIS", basis)
    with terbuka(basis) as register:
        yield register


def _kepala(register: Register) -> int:
    return len(register.store.telusuri())


def _bentuk(data: dict[str, Any], pada: date, *, coba: bool = False) -> None:
    """Check the shape that interface.md fixes, and what is added to it."""
    assert set(data) >= {"skema", "pada", "dicatat", "dicabut", "unit_dilihat", "coba"}
    assert (data["skema"], data["pada"], data["coba"]) == (1, pada.isoformat(), coba)
    for satu in data["dicatat"]:
        assert set(satu) >= {"unit", "tenggat", "butir", "jatuh_tempo", "langkah", "seharusnya", "penerima"}
        assert date.fromisoformat(satu["jatuh_tempo"]) > date(2024, 2, 19)
        awal, _, angka = satu["langkah"].partition("-" if satu["langkah"].startswith("H") else "+")
        assert awal in {"H", "terlambat"}
        assert angka.isdigit() or satu["langkah"] == "terlambat"


def test_harus_dua_kali_tanpa_tulisan(dua: Register, hari: date) -> None:
    """A second sweep of the same day answers with nothing recorded and leaves the log as it was; both are exit 0."""
    data = jawab("jadwal", "sapu")
    _bentuk(data, hari)
    assert {(e["unit"], e["tenggat"], e["butir"] or "", e["jatuh_tempo"], e["langkah"]) for e in data["dicatat"]} == set(
        murni(dua.store, hari)
    )
    assert len(data["dicatat"]) == len(entri(periksa(dua.store, hari))) >= 8
    kepala = _kepala(dua)
    ulang = jawab("jadwal", "sapu")
    _bentuk(ulang, hari)
    assert (ulang["dicatat"], ulang["dicabut"], ulang["unit_dilihat"]) == ([], [], 0)
    assert _kepala(dua) == kepala
    hasil = panggil("jadwal", "sapu")
    assert (hasil.exit_code, hasil.stderr) == (0, "")
    assert "tidak ada yang perlu dicatat" in hasil.stdout


def test_harus_coba_tidak_menulis(basis_sqlite: str, hari: date, monkeypatch: pytest.MonkeyPatch) -> None:
    """--coba shows exactly what the sweep then records, and not a row of any table differs after it."""
    siapkan(basis_sqlite, 3, hari, (40, 3))
    monkeypatch.setenv("ZI_BASIS", basis_sqlite)
    sebelum = potret(basis_sqlite)
    coba = jawab("jadwal", "sapu", "--coba")
    _bentuk(coba, hari, coba=True)
    assert panggil("jadwal", "sapu", "--coba").exit_code == 0
    assert potret(basis_sqlite) == sebelum
    assert jawab("jadwal", "sapu") == {**coba, "coba": False}
    assert potret(basis_sqlite) != sebelum


def test_harus_pada_hari_lain(dua: Register, hari: date) -> None:
    """A day ahead and a day past may be swept in any order: each time what was not yet covered, never an entry twice, today complete."""
    nanti, lalu = hari + 15 * SATU, hari - 10 * SATU
    semua = []
    for pada in (nanti, lalu, hari, nanti, lalu):
        data = jawab("jadwal", "sapu", "--pada", pada.isoformat())
        _bentuk(data, pada)
        semua.append(len(data["dicatat"]))
        periksa(dua.store, pada)
    assert semua[0] > 0
    assert semua[3:] == [0, 0]
    jauh = hari + 40 * SATU
    assert jawab("jadwal", "sapu", "--pada", jauh.isoformat())["dicatat"] != []
    periksa(dua.store, jauh)


def test_harus_lalu_sebelum_sekarang(dua: Register, hari: date) -> None:
    """A past day swept first records what was due on it; today's sweep then records the steps that came since."""
    lalu = hari - 10 * SATU
    data = jawab("jadwal", "sapu", "--pada", lalu.isoformat())
    assert [e["langkah"] for e in data["dicatat"] if e["butir"] == "A2"] == ["H-7", "H-7"]
    assert all(e["seharusnya"] is None or date.fromisoformat(e["seharusnya"]) < lalu for e in data["dicatat"])
    assert [e["langkah"] for e in jawab("jadwal", "sapu")["dicatat"] if e["butir"] == "A2"] == ["terlambat", "terlambat"]
    periksa(dua.store, hari)


def test_harus_status_sebelum_dan_sesudah(dua: Register, hari: date) -> None:
    """The status names the backlog before a sweep, and after it the sweep, the next step and what waits; it writes nothing."""
    kepala = _kepala(dua)
    sebelum = jawab("jadwal", "status")
    assert (sebelum["pada"], sebelum["sapuan_terakhir"], sebelum["tunggakan_unit"]) == (hari.isoformat(), None, 2)
    assert (sebelum["langkah_berikut"], sebelum["pengingat_menunggu"], sebelum["giliran"]) == (None, 0, [])
    assert "zi jadwal sapu" in panggil("jadwal", "status").stdout
    assert _kepala(dua) == kepala
    jawab("jadwal", "sapu")
    sesudah = jawab("jadwal", "status")
    assert (sesudah["sapuan_terakhir"]["pada"], sesudah["tunggakan_unit"]) == (hari.isoformat(), 0)
    assert hari < date.fromisoformat(sesudah["langkah_berikut"]) <= hari + 13 * SATU
    assert sesudah["pengingat_menunggu"] == len(entri(dua.store.telusuri()))
    assert jawab("jadwal", "sapu", "--pada", sesudah["langkah_berikut"])["dicatat"] != []


@pytest.mark.parametrize(
    ("argumen", "kode"),
    [(("sapu", "--pada", "2026-02-30"), 2), (("sapu", "--kapan"), 2), (("jalan", "--selang", "0"), 2), (("jalan", "--giliran", "4"), 2)],
)
def test_harus_masukan_salah_disebut(rumah: Path, argumen: tuple[str, ...], kode: int) -> None:
    """A day that does not exist, an option unknown, an interval out of range: exit 2 in three lines, and no store was touched."""
    tiga_baris(panggil("jadwal", *argumen), kode)
    assert list(rumah.iterdir()) == []


@pytest.mark.parametrize("kata", ["sapu", "status"])
def test_harus_penyimpanan_tak_ada_disebut(rumah: Path, kata: str) -> None:
    """Without a store: exit 8 in three lines that name ``zi siapkan``, and none is made."""
    _, _, lanjut = tiga_baris(panggil("jadwal", kata, "--basis", f"sqlite:///{rumah / 'tiada.db'}"), 8)
    assert "zi siapkan" in lanjut
    assert list(rumah.iterdir()) == []


def test_harus_tuntas_walau_sapuan_dibunuh(basis: str, hari: date, tmp_path: Path) -> None:
    """Sweeps killed with -9 at random moments, one after the other: the next one goes on, every entry once, none missing."""
    acak = random.Random("sapu")  # noqa: S311 - moments, not secrets
    siapkan(basis, 120, hari, (40, 3))
    with terbuka(basis) as register, kawanan(basis, tmp_path, sekaligus=2) as para:
        dibunuh = 0
        for _ in range(PUTARAN):
            awal = tunggakan(register)
            pid = para.mulai("jadwal", "sapu", "--json")
            assert tunggu_sampai(lambda awal=awal: tunggakan(register) < awal or awal == 0)  # type: ignore[misc]
            time.sleep(acak.uniform(0.0, 0.05))
            dibunuh += para.akhiri(pid, signal.SIGKILL) == -signal.SIGKILL
            periksa(register.store)
        assert dibunuh >= PUTARAN // 2
        pid = para.mulai("jadwal", "sapu", "--json")
        assert para.tunggu(pid) == 0, para.kata(pid)
        tercatat = entri(periksa(register.store, hari))
        assert len(json.loads(para.kata(pid))["dicatat"]) <= len(tercatat)
        assert {e for e in tercatat if e[1] != "T1"} == {e for e in murni(register.store, hari) if e[1] != "T1"}
