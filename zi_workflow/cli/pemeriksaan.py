"""What ``zi doktor`` looks at: versions, settings, store, projections, definition, calendar, channels, disk, rights. It changes nothing."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from shutil import disk_usage
from typing import TYPE_CHECKING, Any, TypeVar

from zi_workflow import __version__
from zi_workflow.cli.galat import PASANG_PSYCOPG
from zi_workflow.cli.periksa_pribadi import data_pribadi
from zi_workflow.domain.errors import Galat

if TYPE_CHECKING:
    from zi_workflow.cli.konteks import Konteks
    from zi_workflow.domain.definition import Definisi

T = TypeVar("T")

PUSTAKA = ("eventsourcing", "sqlalchemy", "transitions", "click", "rich", "PyYAML", "apscheduler", "icalendar", "tzdata")
TAMBAHAN = {"psycopg": "hanya untuk PostgreSQL", "apprise": "hanya untuk surat lewat surel, Telegram, dan lainnya"}
MASALAH, PERHATIAN = "masalah", "perhatian"
_SEDIKIT = 200 * 1024 * 1024
_GENTING = 20 * 1024 * 1024
_KANAL, _DEFINISI, _PENYIMPANAN = 2, 12, 8
_BERAT = (0, _KANAL, _DEFINISI, _PENYIMPANAN)
"""Exit codes, the one that says most last."""
_PASANG_APPRISE = "pip install 'zi-workflow[kanal]'"


@dataclass
class Laporan:
    """What was found, by section, and what is wrong with it. ``kode``: the exit code that the worst of it calls for."""

    bagian: dict[str, dict[str, Any]] = field(default_factory=dict)
    masalah: list[dict[str, str]] = field(default_factory=list)
    kode: int = 0

    def catat(self, tingkat: str, apa: str, lanjut: str, kode: int = _PENYIMPANAN) -> None:
        """Note a problem (which sets the exit code) or a point of attention (which does not)."""
        self.masalah.append({"tingkat": tingkat, "apa": apa, "lanjut": lanjut})
        if tingkat == MASALAH:
            self.kode = max(self.kode, kode, key=_BERAT.index)

    def coba(self, kerja: Callable[[], T], kode: int = _PENYIMPANAN) -> T | None:
        """Run ``kerja``; an error of the caller's kind becomes a problem, and the answer None."""
        try:
            return kerja()
        except Galat as galat:
            self.catat(MASALAH, f"{galat.pesan} {galat.sebab}".strip(), galat.lanjut or "zi doktor", kode)
            return None


def periksa(konteks: Konteks) -> Laporan:
    """Look at everything; whatever is wrong is noted, nothing is raised."""
    laporan = Laporan()
    laporan.bagian["versi"] = _versi()
    setelan = konteks.pengaturan
    laporan.bagian["pengaturan"] = {
        "basis": setelan.basis_samar,
        "berkas": setelan.berkas,
        "regulasi": setelan.regulasi,
        "instansi": setelan.instansi,
        "kanal": setelan.kanal,
        "surat": setelan.surat,
        "kunci_segel": setelan.kunci_segel,
        "kunci_data": setelan.kunci_data,
        "segel": setelan.segel,
        "sumber": dict(setelan.sumber),
    }
    sidik = _definisi(konteks, laporan)
    _penyimpanan(konteks, laporan, sidik)
    _zona(laporan)
    _kanal(konteks, laporan)
    _segel(konteks, laporan)
    data_pribadi(konteks, laporan)
    _folder(konteks, laporan)
    return laporan


def _versi() -> dict[str, Any]:
    pustaka = {nama: _terpasang(nama) for nama in PUSTAKA}
    tambahan = {nama: {"versi": _terpasang(nama), "guna": guna} for nama, guna in TAMBAHAN.items()}
    return {
        "program": __version__,
        "python": platform.python_version(),
        "sistem": f"{platform.system()} {platform.machine()}",
        "pustaka": pustaka,
        "tambahan": tambahan,
    }


def _terpasang(nama: str) -> str | None:
    try:
        return version(nama)
    except PackageNotFoundError:
        return None


def _definisi(konteks: Konteks, laporan: Laporan) -> str | None:
    """Load the definition; return its hash, None where it is invalid."""
    definisi = laporan.coba(lambda: konteks.aplikasi(buat=True).definisi, _DEFINISI)
    if definisi is None:
        return None
    laporan.bagian["definisi"] = {"id": definisi.id, "sidik": definisi.sidik, "zona": definisi.zona}
    _kalender(definisi, konteks.aplikasi(buat=True).hari_ini(), laporan)
    return definisi.sidik


def _kalender(definisi: Definisi, hari_ini: date, laporan: Laporan) -> None:
    """See how far the table of holidays reaches: at least until the next proposals, on 31 May of next year."""
    kalender = definisi.kalender
    tahun = sorted(kalender.tahun)
    laporan.bagian["definisi"]["hari_libur"] = {"sejak": tahun[0] if tahun else None, "sampai": tahun[-1] if tahun else None}
    kurang = [str(h.year) for h in (hari_ini, date(hari_ini.year + 1, 5, 31)) if not kalender.mencakup(h)]
    if kurang:
        akibat = "hari kerja terakhir dihitung tanpa hari libur tahun itu"
        laporan.catat(PERHATIAN, f"Tabel hari libur belum memuat {' dan '.join(kurang)}; {akibat}.", _TAMBAH_LIBUR)


_TAMBAH_LIBUR = "Tambahkan tahun itu dalam kalender.yaml pada folder definisi, menurut SKB hari libur."


def _penyimpanan(konteks: Konteks, laporan: Laporan, sidik: str | None) -> None:
    basis = konteks.pengaturan.basis
    hasil = laporan.bagian["penyimpanan"] = dict[str, Any](ada=False)
    if basis.startswith("postgresql") and find_spec("psycopg") is None:
        laporan.catat(MASALAH, "Pustaka psycopg belum terpasang, padahal basisnya PostgreSQL.", PASANG_PSYCOPG)
        return
    store = laporan.coba(lambda: konteks.aplikasi(buat=True).store)
    if store is None:
        return
    mesin = store.engine
    hasil["mesin"] = mesin.dialect.name
    if hasil["mesin"] == "sqlite":
        hasil["versi_mesin"] = getattr(mesin.dialect.loaded_dbapi, "sqlite_version", None)
        if not Path(str(mesin.url.database)).exists():
            laporan.catat(MASALAH, f"Penyimpanan belum ada: {mesin.url.database}.", "zi siapkan")
            return
    laporan.coba(partial(_isi, konteks, laporan, hasil))
    if sidik is not None and "skema" in hasil:
        laporan.bagian["definisi"]["pernah_memutuskan"] = laporan.coba(lambda: store.definisi(sidik) is not None)


def _isi(konteks: Konteks, laporan: Laporan, hasil: dict[str, Any]) -> None:
    """Read mode, schema, head and projections; raises Galat for errors of the engine."""
    from projections import SEMUA
    from zi_workflow.cli.bacaan import baca
    from zi_workflow.store import schema

    tanya: Callable[[str], Any] = partial(_skalar, konteks)
    tanya("SELECT 1")
    hasil["ada"] = True
    if hasil["mesin"] == "sqlite":
        hasil["mode"] = {"journal_mode": tanya("PRAGMA journal_mode"), "synchronous": _SINKRON.get(tanya("PRAGMA synchronous"), "?")}
        if hasil["mode"]["journal_mode"] != "wal":
            laporan.catat(PERHATIAN, f"Mode jurnal {hasil['mode']['journal_mode']}, bukan wal.", "zi siapkan")
    else:
        hasil["versi_mesin"] = tanya("SHOW server_version")
        hasil["mode"] = {"synchronous_commit": tanya("SHOW synchronous_commit"), "fsync": tanya("SHOW fsync")}
        if hasil["mode"]["fsync"] != "on":
            laporan.catat(MASALAH, "Peladen PostgreSQL berjalan dengan fsync mati; data dapat hilang.", "Nyalakan fsync di peladen.")
    skema = tanya("SELECT nilai FROM meta WHERE nama = 'skema'")
    hasil["skema"], hasil["skema_program"] = skema, str(schema.SKEMA)
    if skema != hasil["skema_program"]:
        baru = str(skema).isdecimal() and int(skema) > schema.SKEMA
        laporan.catat(MASALAH, f"Bentuk penyimpanan {skema}, program ini {schema.SKEMA}.", "Pasang zi terbaru." if baru else "zi siapkan")
    hasil["kepala"] = tanya("SELECT max(nomor) FROM kepala") or 0
    hasil["peristiwa"] = tanya("SELECT count(*) FROM peristiwa")
    hasil["rantai"] = tanya("SELECT rantai FROM peristiwa ORDER BY nomor DESC LIMIT 1")
    if hasil["kepala"] != hasil["peristiwa"]:
        apa = f"Kepala {hasil['kepala']}, tetapi ada {hasil['peristiwa']} peristiwa."
        laporan.catat(MASALAH, apa, "Pulihkan dari cadangan; jangan menulis lagi.")
    ada = baca(konteks, lambda k: {b[0] for b in k.exec_driver_sql(schema.DAFTAR_PEMICU[hasil["mesin"]])})
    kurang = [nama for nama in schema.pemicu(hasil["mesin"]) if nama not in ada]
    if kurang:
        laporan.catat(MASALAH, f"Pemicu penjaga tidak ada: {', '.join(kurang)}.", "zi siapkan")
    letak = baca(konteks, lambda k: {n: (v, p) for n, v, p in k.exec_driver_sql("SELECT nama, versi, nomor FROM posisi")})
    hasil["proyeksi"] = {p.nama: _proyeksi(letak.get(p.nama), p.versi, hasil["kepala"]) for p in SEMUA}
    tertinggal = [nama for nama, satu in hasil["proyeksi"].items() if not satu["mutakhir"]]
    if tertinggal:
        laporan.catat(PERHATIAN, f"Proyeksi tertinggal: {', '.join(tertinggal)}.", "zi siapkan")


_SINKRON: Mapping[object, str] = {0: "off", 1: "normal", 2: "full", 3: "extra"}


def _skalar(konteks: Konteks, sql: str) -> Any:  # noqa: ANN401 - whatever the column holds
    from zi_workflow.cli.bacaan import baca

    return baca(konteks, lambda koneksi: koneksi.exec_driver_sql(sql).scalar())


def _proyeksi(letak: tuple[int, int] | None, versi: int, kepala: int) -> dict[str, Any]:
    ada, nomor = letak or (0, 0)
    return {"versi": ada, "nomor": nomor, "mutakhir": ada == versi and nomor >= kepala}


def _zona(laporan: Laporan) -> None:
    """See whether the definition's time zone can be read, and from where."""
    from zoneinfo import TZPATH, ZoneInfo, ZoneInfoNotFoundError

    nama = laporan.bagian.get("definisi", {}).get("zona", "Asia/Jakarta")
    sistem = next((p for p in TZPATH if (Path(p) / nama).is_file()), None)
    try:
        ZoneInfo(nama)
    except ZoneInfoNotFoundError:
        laporan.catat(MASALAH, f"Data zona waktu {nama} tidak ada.", "pip install tzdata")
    laporan.bagian["zona_waktu"] = {"nama": nama, "sumber": sistem or "tzdata"}


def _kanal(konteks: Konteks, laporan: Laporan) -> None:
    """See whether there is a file of channels and whether it can be used; nothing of what it holds is told."""
    jalan = konteks.pengaturan.kanal
    laporan.bagian["kanal"] = {"berkas": jalan, "ada": jalan is not None and Path(jalan).is_file()}
    if jalan is None:
        return
    laporan.coba(lambda: konteks.aplikasi(buat=True).kanal, _KANAL)
    if _terpasang("apprise") is None:
        laporan.catat(PERHATIAN, "Ada berkas kanal, tetapi apprise belum terpasang; hanya kanal berkas yang jalan.", _PASANG_APPRISE)


def _segel(konteks: Konteks, laporan: Laporan) -> None:
    """See whether there is a sealing key and whether it can be used; nothing of what it holds is told."""
    jalan = Path(konteks.pengaturan.kunci_segel)
    ada = jalan.exists()
    laporan.bagian["segel"] = {"berkas": str(jalan), "ada": ada, "tempat": list(konteks.pengaturan.tempat_segel)}
    if ada:
        from zi_workflow.seal.keys import baca_kunci

        laporan.coba(lambda: baca_kunci(jalan), _KANAL)


def _folder(konteks: Konteks, laporan: Laporan) -> None:
    """Look at rights and room where the store and the evidence stand."""
    setelan = konteks.pengaturan
    tempat = {"berkas": Path(setelan.berkas), "surat": Path(setelan.surat)}
    hasil = laporan.bagian["penyimpanan"]
    if hasil.get("mesin") == "sqlite":
        tempat = {"penyimpanan": Path(str(konteks.aplikasi(buat=True).store.engine.url.database)), **tempat}
    laporan.bagian["folder"] = {nama: _satu_folder(nama, satu, laporan) for nama, satu in tempat.items()}


def _satu_folder(nama: str, jalan: Path, laporan: Laporan) -> dict[str, Any]:
    ada = next((p for p in (jalan, *jalan.parents) if p.exists()), Path("/"))
    folder = ada if ada.is_dir() else ada.parent
    baca, tulis = os.access(ada, os.R_OK), os.access(ada, os.W_OK) and os.access(folder, os.W_OK)
    if not baca or not tulis:
        laporan.catat(MASALAH, f"Tidak ada hak {'tulis' if baca else 'baca'} pada {ada} ({nama}).", f"Periksa hak akses {ada}.")
    sisa = disk_usage(folder).free
    if sisa < _SEDIKIT:
        tingkat = MASALAH if sisa < _GENTING else PERHATIAN
        laporan.catat(tingkat, f"Ruang disk {folder} tinggal {sisa // 1024 // 1024} MiB.", "Kosongkan ruang pada disk itu.")
    return {"jalan": str(jalan), "ada": jalan.exists(), "baca": baca, "tulis": tulis, "ruang_mib": sisa // 1024 // 1024}
