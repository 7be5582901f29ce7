"""Wiring: whose register it is, from the settings, the definition, or the one that ships."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.alat.aturan import ubahan
from zi_workflow.bootstrap import rakit
from zi_workflow.cli.pengaturan import Pengaturan
from zi_workflow.domain.commands import AngkatPejabat
from zi_workflow.domain.errors import MasukanSalah

ADMIN = AngkatPejabat("198001012005011001", "Admin Uji", "admin", "800/1", date(2024, 2, 19), date(2024, 2, 19), "198001012005011001")


def _setelan(folder: Path, regulasi: str | None = None, instansi: str | None = None) -> Pengaturan:
    return Pengaturan(f"sqlite:///{folder / 'zi.db'}", str(folder / "berkas"), regulasi, instansi=instansi)


def _definisi_sendiri(folder: Path) -> str:
    ubahan(folder, "regulasi.yaml", ("instansi: binjai", "instansi: kota-lain"))
    return str(folder / "binjai")


@pytest.mark.parametrize(
    ("sendiri", "disebut", "harap"),
    [(False, None, "binjai"), (True, None, "kota-lain"), (False, "kota-ketiga", "kota-ketiga"), (True, "kota-ketiga", "kota-ketiga")],
)
def test_instansi_menurut_setelan_lalu_definisi(tmp_path: Path, *, sendiri: bool, disebut: str | None, harap: str) -> None:
    """The setting decides, else the definition; store and service agree, so that a first write succeeds."""
    regulasi = _definisi_sendiri(tmp_path) if sendiri else None
    app = rakit(_setelan(tmp_path, regulasi, disebut), buat=True, jam=lambda: datetime(2024, 3, 1, tzinfo=UTC))
    try:
        app.store.siapkan()
        assert app.layanan.jalankan([ADMIN]).diterima
        assert [a.aliran for a in app.store.telusuri()] == [f"{harap}/instansi/pejabat"]
        assert (app.instansi, app.definisi.instansi) == (harap, harap)
    finally:
        app.tutup()


def test_instansi_lain_tidak_mengubah_sidik_definisi(tmp_path: Path) -> None:
    """The rules are the same rules, whoever applies them."""
    assert rakit(_setelan(tmp_path, None, "kota-lain")).definisi.sidik == rakit(_setelan(tmp_path)).definisi.sidik


@pytest.mark.parametrize("disebut", ["a/b", "Binjai", "", "-a", "a" * 41, "a\n", "a b"])
def test_kode_instansi_yang_tidak_dapat_menjadi_aliran(tmp_path: Path, disebut: str) -> None:
    """A code that would break the names of streams is wrong usage, before anything is made."""
    with pytest.raises(MasukanSalah, match="Kode instansi"):
        _ = rakit(_setelan(tmp_path, None, disebut), buat=True).store
    assert not (tmp_path / "zi.db").exists()
