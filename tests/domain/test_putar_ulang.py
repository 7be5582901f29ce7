"""Replay runs no rule: amend the law, and old files still load as they were decided, while new acts meet the new value."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NoReturn

import pytest

from tests.alat.aturan import ubahan
from tests.alat.dunia import (
    HARI,
    PENILAI,
    UNIT_UJI,
    Dunia,
    bekal_usulan,
    cabut,
    definisi,
    diterima,
    penghalang,
    sampai,
    sampai_wbbm,
    temuan,
)
from tests.alat.lembar import lembar
from zi_workflow.domain import checklist, decide
from zi_workflow.domain.commands import AmbilLangkah
from zi_workflow.domain.definition import Definisi, Syarat
from zi_workflow.domain.events import LangkahDiambil, Tercatat
from zi_workflow.domain.guards import JENIS
from zi_workflow.domain.guards.konteks import mesin
from zi_workflow.domain.state import Instansi, Unit, evolve, evolve_instansi, lipat
from zi_workflow.loader.definisi import muat_tersimpan

TOTAL = 'dasar: [PERWALI3 Pasal 13 ayat (1) huruf a], ambang: ">= 75", tafsir: [D8, D10]}'
LAMA = f"      - {{sejak: 2024-02-19, {TOTAL}"
BARU = f"      - {{sejak: 2024-02-19, sampai: 2025-12-31, {TOTAL}\n      - {{sejak: 2026-01-01, {TOTAL.replace('75', '99.5')}"
WBK = {"predikat": "WBK", "surat": "900/1"}


def _diamandemen(folder: Path) -> Definisi:
    """Return the definition whose total for WBK is 99.5 from 1 January 2026."""
    return ubahan(folder, "syarat.yaml", (LAMA, BARU))


def _lipat_semua(log: list[Tercatat]) -> tuple[dict[str, Unit], Instansi]:
    unit: dict[str, Unit] = {}
    instansi = Instansi()
    for t in log:
        golongan, kode = t.aliran.split("/")
        if golongan == "unit":
            unit[kode] = evolve(unit.get(kode), t)
        elif golongan != "penolakan":
            instansi = evolve_instansi(instansi, t)
    return unit, instansi


def _tidak_boleh(*_: object, **__: object) -> NoReturn:
    msg = "a rule was consulted while folding"
    raise AssertionError(msg)


# --- no rule runs -----------------------------------------------------------------------------------------------------


def test_melipat_tidak_menjalankan_aturan(monkeypatch: pytest.MonkeyPatch) -> None:
    """With every check, every threshold and the decider itself made to fail, the fold is the same."""
    dunia = sampai_wbbm("pemantauan_predikat")
    dunia.maju("bangun-wbbm", "2028-02-01")
    cabut(dunia, "2028-03-01")
    for kelas in set(JENIS.values()):
        monkeypatch.setattr(kelas, "periksa", _tidak_boleh)
    monkeypatch.setattr(Syarat, "pada", _tidak_boleh)
    monkeypatch.setattr(Definisi, "syarat_untuk", _tidak_boleh)
    monkeypatch.setattr(checklist, "susun", _tidak_boleh)
    monkeypatch.setattr(decide, "putuskan", _tidak_boleh)
    assert _lipat_semua(dunia.log) == (dunia.unit, dunia.instansi)


def test_melipat_hanya_mengenal_peristiwa() -> None:
    """The fold's module imports events, the texts of people in them, and the standard library: nothing that knows a rule."""
    asal = {getattr(v, "__module__", "") for v in vars(__import__("zi_workflow.domain.state", fromlist=["x"])).values()}
    milik = {a for a in asal if a.startswith("zi_workflow")}
    assert milik == {"zi_workflow.domain.state", "zi_workflow.domain.events", "zi_workflow.domain.personal"}


def test_urutan_catatan_unit_lain_tidak_berpengaruh() -> None:
    """A unit's file depends on its own stream only."""
    dunia = sampai("pemantauan_predikat")
    aliran = [t for t in dunia.log if t.aliran == f"unit/{UNIT_UJI}"]
    assert lipat(aliran) == dunia.unit[UNIT_UJI]
    assert lipat([]) is None


# --- amended law ------------------------------------------------------------------------------------------------------


def test_definisi_baru_bersidik_lain_dan_yang_lama_tetap_dapat_dimuat(tmp_path: Path) -> None:
    """One changed number is another definition; each is rebuilt from its own canonical bytes, with its own values."""
    baru = _diamandemen(tmp_path)
    lama = definisi()
    assert baru.sidik != lama.sidik
    for asli in (lama, baru):
        kembali = muat_tersimpan(asli.pohon)
        assert kembali.sidik == asli.sidik
        assert kembali.syarat == asli.syarat
    ambang = [next(s for s in d.syarat if s.id == "R20.total").pada(date(2026, 5, 20)).teks for d in (lama, baru)]
    assert ambang == [">= 75", ">= 99.5"]


def test_berkas_lama_dimuat_di_bawah_hukum_baru(tmp_path: Path) -> None:
    """A proposal accepted with 98.67 in 2025 stays accepted, event for event, after the total was raised to 99.5."""
    dunia = sampai("pemantauan_predikat")
    sebelum = (dict(dunia.unit), dunia.instansi, list(dunia.log))
    dunia.aturan = _diamandemen(tmp_path)
    unit, instansi = _lipat_semua(dunia.log)
    assert (unit, instansi, dunia.log) == sebelum
    (usulan,) = [t.peristiwa for t in dunia.log if isinstance(t.peristiwa, LangkahDiambil) and t.peristiwa.langkah == "usulkan"]
    (total,) = [s for s in usulan.syarat if s["id"] == "R20.total"]
    assert (total["status"], total["dibutuhkan"]) == ("terpenuhi", ">= 75")


def _siap_2026(aturan: Definisi) -> Dunia:
    """Return a unit that failed in 2025 and is ready again, decided on by ``aturan`` from here on; its total is 98."""
    dunia = sampai("usulan_tpn")
    diterima(dunia.maju("tidak-lulus", "2026-01-01", {"sebab": "tanpa_hasil"}))
    diterima(dunia.maju("mulai-pantau", "2026-01-02", {"jadwal_bulan": 3}))
    diterima(dunia.maju("mulai-evaluasi", "2026-01-03", {"evaluator": PENILAI}))
    bekal_usulan(dunia, 2026, "WBK")
    dunia.catat("lke", "2026-05-03", {"tahun": 2026, "penilai": "tpi", **lembar({1: "6"})}, oleh=PENILAI)
    dunia.aturan = aturan
    return dunia


def test_perbuatan_baru_memakai_nilai_baru(tmp_path: Path) -> None:
    """The same file, the same act of 2026: accepted by the old definition, refused by the amended one, with its number."""
    assert _siap_2026(definisi()).maju("usulkan", "2026-05-20", WBK).diterima
    dunia = _siap_2026(_diamandemen(tmp_path))
    putusan = dunia.maju("usulkan", "2026-05-20", WBK)
    assert penghalang(putusan.daftar) == {"R20.total"}
    satu = temuan(putusan.daftar, "R20.total")
    assert (mesin(satu.ditemukan), mesin(satu.dibutuhkan), mesin(satu.kurang)) == ("98.00", ">= 99.5", "1.50")
    assert dunia.tahap() == "evaluasi_tpi"


def test_perbuatan_lama_yang_dicatat_kini_memakai_nilai_lama(tmp_path: Path) -> None:
    """An act of May 2025 recorded in 2026, with its receipt on file, is measured by the value of May 2025 (D3)."""
    dunia = sampai("evaluasi_tpi")
    bekal_usulan(dunia, 2025, "WBK")
    dunia.catat("lke", "2025-05-03", {"tahun": 2025, "penilai": "tpi", **lembar({1: "6"})}, oleh=PENILAI)
    dunia.aturan = _diamandemen(tmp_path)
    putusan = dunia.maju("usulkan", "2025-05-20", WBK, dicatat=HARI("2026-02-01"))
    satu = temuan(diterima(putusan), "R20.total")
    assert (mesin(satu.dibutuhkan), mesin(satu.ditemukan)) == (">= 75", "98.00")


@pytest.mark.parametrize(("pada", "ambang"), [("2025-12-31", ">= 75"), ("2026-01-01", ">= 99.5")])
def test_hari_pergantian(tmp_path: Path, pada: str, ambang: str) -> None:
    """The old value's last day and the new value's first."""
    dunia = sampai("evaluasi_tpi")
    dunia.aturan = _diamandemen(tmp_path)
    assert mesin(temuan(dunia.periksa("usulkan", pada, {"predikat": "WBK"}), "R20.total").dibutuhkan) == ambang


def test_syarat_baru_tidak_membatalkan_langkah_lama(tmp_path: Path) -> None:
    """A document that the law asks for tomorrow does not undo what was done without it; the next unit needs it."""
    tambahan = """syarat:
  - id: R99
    langkah: [canangkan]
    uraian: Penghargaan (uji amandemen)
    jenis: dokumen
    bukti: penghargaan
    jendela: sejak pendaftaran
    oleh: admin
    lanjut: "zi catat penghargaan {unit} --bentuk …"
    berlaku:
      - {sejak: 2024-02-19, dasar: [PERWALI3 Pasal 17 ayat (1)]}
"""
    dunia = sampai("pencanangan")
    aturan = ubahan(tmp_path, "syarat.yaml", ("syarat:\n", tambahan))
    dunia.aturan = aturan
    assert _lipat_semua(dunia.log) == (dunia.unit, dunia.instansi)
    assert dunia.tahap() == "pencanangan"
    assert penghalang(dunia.periksa("canangkan", "2024-03-11")) == {"R99"}


def test_langkah_yang_diganti_tidak_merusak_berkas_lama(tmp_path: Path) -> None:
    """A move that a new definition no longer has stays in the history of those who made it."""
    dunia = sampai_wbbm("evaluasi_tpi")
    diterima(dunia.maju("hentikan-wbbm", "2027-03-01", {"alasan": "gedung dipugar"}))
    ubahan(tmp_path, "syarat.yaml", ("langkah: [bangun-wbbm, hentikan-wbbm]", "langkah: [bangun-wbbm]"))
    dunia.aturan = ubahan(tmp_path, "tahap.yaml", ("nama: hentikan-wbbm", "nama: jeda-wbbm"))
    assert "hentikan-wbbm" not in dunia.aturan.langkah
    assert _lipat_semua(dunia.log) == (dunia.unit, dunia.instansi)
    assert [x.langkah for x in dunia.unit[UNIT_UJI].lalu][-1] == "hentikan-wbbm"
    diterima(dunia.maju("bangun-wbbm", "2027-04-01"))


def test_keputusan_dapat_diulang_dengan_definisi_yang_memutuskannya(tmp_path: Path) -> None:
    """Any decision, made again from the files as they were then and the definition of then, gives the same events."""
    dunia = sampai("evaluasi_tpi")
    bekal_usulan(dunia, 2025, "WBK")
    unit, instansi, lama = dunia.unit[UNIT_UJI], dunia.instansi, dunia.aturan
    asli = dunia.maju("usulkan", "2025-05-20", WBK)
    dunia.aturan = _diamandemen(tmp_path)
    cabut(dunia, "2026-02-01")
    tersimpan = muat_tersimpan(lama.pohon)
    perintah = AmbilLangkah("usulkan", UNIT_UJI, WBK, HARI("2025-05-20"), "X-WALIKOTA")
    ulang = decide.putuskan(tersimpan, unit, instansi, perintah, HARI("2025-05-20"))
    assert ulang == asli
