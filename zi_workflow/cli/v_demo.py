"""``zi demo``: a throw-away store with invented years of Binjai's organisations; board, checklist, deadlines, history, audit."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from zi_workflow.cli.dasar import Konteks
from zi_workflow.cli.dasar import perintah as verba
from zi_workflow.cli.pengaturan import Pengaturan
from zi_workflow.cli.tampilan import Gaya, Kolom, Sel, bungkus, tabel, tanggal, tanggal_singkat
from zi_workflow.domain.errors import MasukanSalah

if TYPE_CHECKING:
    from zi_workflow.bootstrap import Aplikasi
    from zi_workflow.cli.demo_audit import JejakPeragaan
    from zi_workflow.cli.demo_tenggat import TenggatPeragaan
    from zi_workflow.demo.panggung import Panggung
    from zi_workflow.domain.checklist import DaftarPeriksa

LABEL = "DATA PERAGAAN, REKAAN"
_KETERANGAN = "Nama Perangkat Daerah nyata; orang, nomor, dan semua yang terjadi pada mereka di sini karangan."
_DITOLAK = "DINKES"
_RIWAYAT = "DISDUKCAPIL"
_COBA = (
    "periksa PUTR usulkan --pada 2026-06-02",
    "lke jalan DINKES --tahun 2025 --predikat WBK",
    "audit verifikasi",
    "audit cari --unit DINKES --jenis usulkan",
    "audit linimasa DISDUKCAPIL --dari 2026-01-01",
    "unit lihat DISDUKCAPIL --per 2025-06-30",
    "pengaduan daftar --terbuka",
    "tenggat daftar --pada {akhir}",
    "tenggat jelaskan {unit} {tenggat} --pada {akhir}",
    "tenggat prakiraan --pada {akhir} --svg prakiraan.svg",
    "jadwal sapu",
)
_KOLOM_PAPAN = ("kode", "nama", "tahap", "predikat", "sasaran", "sejak")
_KOLOM_RIWAYAT = ("nomor", "langkah", "dari", "ke", "tanggal", "waktu_catat", "oleh", "dibatalkan", "terlambat")


class Peragaan(NamedTuple):
    """What is shown: ``papan`` by stage in the order of the definition, then by code; ``nama`` of units and officials by code."""

    basis: str
    peristiwa: int
    papan: list[dict[str, Any]]
    penolakan: DaftarPeriksa
    riwayat: list[dict[str, Any]]
    tenggat: TenggatPeragaan
    jejak: JejakPeragaan
    nama: Mapping[str, str]


@verba(
    "demo",
    "Buat penyimpanan contoh yang dapat dibuang, berisi beberapa tahun peristiwa rekaan, lalu tampilkan papannya.",
    contoh="zi demo",
)
@click.option("--ke", metavar="DIR", help="Folder baru atau kosong untuk penyimpanan itu; bawaan folder sementara.")
def perintah(konteks: Konteks, ke: str | None) -> None:
    """Build the store, play the story, show what came of it."""
    if konteks.pengaturan.sumber["basis"] == "--basis":
        raise MasukanSalah("zi demo tidak memakai --basis.", "Peragaan membuat penyimpanannya sendiri.", "Pakai --ke DIR, atau tanpa opsi.")
    with _folder(ke) as folder:
        hasil = _mainkan(konteks, folder)
    unit, tenggat = hasil.tenggat.contoh.unit, hasil.tenggat.contoh.id
    semua = [_perintah(satu.format(akhir=hasil.tenggat.pada, unit=unit, tenggat=tenggat), hasil.basis) for satu in _COBA]
    data = {
        "keterangan": f"{LABEL}. {_KETERANGAN}",
        "papan": [{k: b[k] for k in _KOLOM_PAPAN} for b in hasil.papan],
        "daftar_periksa": hasil.penolakan.polos(),
        "riwayat": [{k: b[k] for k in _KOLOM_RIWAYAT} for b in hasil.riwayat],
        "tenggat": hasil.tenggat.polos(),
        "audit": hasil.jejak.polos(),
        "basis": hasil.basis,
        "perintah": [" ".join(satu) for satu in semua],
    }
    konteks.keluarkan(data, layar=partial(_layar, hasil=hasil, perintah=semua, folder=folder))


@contextmanager
def _folder(ke: str | None) -> Iterator[Path]:
    """Give the folder of the store; what was made in it is removed again where the block fails. Raises MasukanSalah."""
    if ke is None:
        from tempfile import mkdtemp

        folder, baru = Path(mkdtemp(prefix="zi-demo-")).resolve(), True
    else:
        folder = Path(ke).expanduser().resolve()
        baru = not folder.exists()
        _periksa_folder(folder)
        folder.mkdir(parents=True, exist_ok=True)
    try:
        yield folder
    except BaseException:
        for isi in list(folder.iterdir()):
            with suppress(OSError):
                shutil.rmtree(isi) if isi.is_dir() else isi.unlink()
        if baru:
            with suppress(OSError):
                folder.rmdir()
        raise


def _periksa_folder(folder: Path) -> None:
    """Refuse a folder that holds something, and a name that a store URL cannot carry."""
    if set("?%") & set(str(folder)):
        raise MasukanSalah(f"Nama folder {str(folder)!r} memuat ? atau %.", "URL penyimpanan tidak dapat memuatnya.", "Pilih nama lain.")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise MasukanSalah(
            f"Folder {folder} tidak kosong." if folder.is_dir() else f"{folder} bukan folder.",
            "Peragaan hanya ditulis ke folder baru atau kosong.",
            "Pakai folder lain: zi demo --ke DIR_BARU",
        )


def _mainkan(konteks: Konteks, folder: Path) -> Peragaan:
    from zi_workflow.bootstrap import rakit
    from zi_workflow.cli.kemajuan import kemajuan
    from zi_workflow.demo.panggung import CeritaMelenceng, Jam, Panggung

    basis = f"sqlite:///{folder / 'zi.db'}"
    jam = Jam()
    samping = f"{folder / 'zi.db'}"
    setelan = Pengaturan(basis, f"{samping}.berkas", konteks.pengaturan.regulasi, surat=f"{samping}.surat.jsonl")
    aplikasi = rakit(setelan, buat=True, jam=jam)
    try:
        konteks.pesan(f"Menyusun peragaan di {folder} …")
        aplikasi.store.siapkan()
        panggung = Panggung(aplikasi.layanan, aplikasi.berkas, aplikasi.penyapu, aplikasi.pengantar, jam)
        naskah = panggung.naskah()
        for _ in kemajuan(konteks, panggung.mainkan(naskah), len(naskah), "Peragaan"):
            pass  # each scene is played when the next one is asked for
        return _baca(aplikasi, basis, panggung, folder)
    except CeritaMelenceng as salah:
        if konteks.pengaturan.regulasi is None:
            raise
        raise MasukanSalah(
            f"Cerita peragaan tidak cocok dengan definisi {konteks.pengaturan.regulasi}.", str(salah), "Jalankan tanpa --regulasi."
        ) from salah
    finally:
        aplikasi.tutup()


def _baca(aplikasi: Aplikasi, basis: str, panggung: Panggung, folder: Path) -> Peragaan:
    """Read what is shown, from the read models, from the log itself, and from what the stage kept."""
    from projections import papan, pejabat, riwayat
    from zi_workflow.cli.demo_audit import baca as baca_jejak
    from zi_workflow.cli.demo_tenggat import baca
    from zi_workflow.demo.adegan import AKHIR

    definisi = aplikasi.definisi
    tempat = (aplikasi.instansi, definisi.id)
    urutan = list(definisi.tahap)
    with aplikasi.baca() as koneksi:
        semua = papan.daftar(koneksi, *tempat)
        orang = {p["nip"]: p["nama"] for p in pejabat.daftar(koneksi, aplikasi.instansi, buka=aplikasi.store.teks)}
        jejak = riwayat.unit(koneksi, *tempat, _RIWAYAT)
    nama = {**orang, **{b["kode"]: b["nama"] for b in semua}}
    akhir = aplikasi.store.telusuri(batas=1, terbaru=True)[0].nomor
    semua.sort(key=lambda b: (urutan.index(b["tahap"]), b["kode"]))
    penolakan = next(d for d in panggung.penolakan if d.unit == _DITOLAK)
    tenggat = baca(aplikasi, panggung, (b["kode"] for b in semua), AKHIR)
    return Peragaan(basis, akhir, semua, penolakan, jejak, tenggat, baca_jejak(aplikasi, folder, _RIWAYAT), nama)


def _perintah(argumen: str, basis: str) -> tuple[str, str]:
    """Return a command that runs as it stands, in two parts: what to do, and on which store."""
    zi = "zi" if shutil.which("zi") else _program()
    return f"{zi} {argumen}", f"--basis {shlex.quote(basis)}"


def _program() -> str:
    jalan = Path(sys.argv[0])
    if jalan.name == "zi" and jalan.is_file():
        return shlex.quote(str(jalan))
    return f"{shlex.quote(sys.executable)} -m zi_workflow"


def _layar(gaya: Gaya, *, hasil: Peragaan, perintah: Sequence[tuple[str, str]], folder: Path) -> str:
    from zi_workflow.cli.demo_audit import layar as layar_audit
    from zi_workflow.cli.demo_tenggat import layar as layar_tenggat
    from zi_workflow.cli.lembar import lembar

    garis = ("─" if gaya.unicode else "-") * gaya.lebar
    kepala = bungkus(f"{LABEL}\n{_KETERANGAN}", gaya)
    kepala += bungkus(f"{len(hasil.papan)} unit, {hasil.peristiwa} peristiwa, tersimpan di:", gaya) + f"{gaya.teks(folder)}\n"
    coba = "".join(f"{gaya.teks(apa)} \\\n  {gaya.teks(di_mana)}\n" for apa, di_mana in perintah)
    bagian = (
        kepala,
        f"Papan, menurut tahap\n\n{_papan(hasil.papan, gaya)}",
        "Satu usulan yang ditolak, dengan seluruh syaratnya\n\n" + lembar(hasil.penolakan, gaya, hasil.nama[_DITOLAK]),
        layar_tenggat(hasil.tenggat, hasil.nama, gaya),
        f"Riwayat {_RIWAYAT}\n\n{_riwayat(hasil, gaya)}",
        layar_audit(hasil.jejak, gaya),
        f"Coba juga:\n\n{coba}\nPeragaan dapat dibuang dengan menghapus folder itu.\n",
    )
    return f"\n{garis}\n\n".join(bagian)


def _papan(semua: Sequence[Mapping[str, Any]], gaya: Gaya) -> str:
    """Return the board, a line for each stage above its units."""
    tahap = list(dict.fromkeys(b["tahap"] for b in semua))
    baris: list[Sequence[object]] = []
    for satu in tahap:
        isi = [b for b in semua if b["tahap"] == satu]
        baris.append((Sel(satu, "bold cyan"), Sel(f"({len(isi)})"), *[Sel("")] * 2))
        baris += [(f"  {b['kode']}", b["nama"], _predikat(b, gaya), tanggal_singkat(b["sejak"])) for b in isi]
    return tabel([Kolom(judul, tetap=judul != "Nama") for judul in ("Tahap / Kode", "Nama", "Predikat", "Sejak")], baris, gaya)


def _predikat(baris: Mapping[str, Any], gaya: Gaya) -> str:
    """Return the predikat held and the one that is built towards."""
    panah = "→" if gaya.unicode else "->"
    return " ".join(bagian for bagian in (baris["predikat"], f"{panah} {baris['sasaran']}" if baris["sasaran"] else None) if bagian)


def _riwayat(hasil: Peragaan, gaya: Gaya) -> str:
    kolom = [Kolom("Nomor", kanan=True, tetap=True), Kolom("Tanggal", tetap=True), Kolom("Langkah"), Kolom("Oleh", tetap=True)]
    baris = [(b["nomor"], tanggal(b["tanggal"]), _langkah(b), hasil.nama.get(b["oleh"], b["oleh"])) for b in hasil.riwayat]
    return tabel(kolom, baris, gaya)


def _langkah(baris: Mapping[str, Any]) -> str:
    tanda = " (dibatalkan)" if baris["dibatalkan"] else " (dicatat terlambat)" if baris["terlambat"] else ""
    return f"{baris['langkah']}, ke {baris['ke']}{tanda}"
