"""``zi doktor``: what is installed, where everything is, and what is wrong with it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from zi_workflow.cli.blok import butir, lipat
from zi_workflow.cli.dasar import Konteks
from zi_workflow.cli.dasar import perintah as verba

if TYPE_CHECKING:
    from zi_workflow.cli.pemeriksaan import Laporan
    from zi_workflow.cli.tampilan import Gaya


_SETELAN = ("basis", "berkas", "regulasi", "instansi", "surat")


@verba("doktor", "Periksa pemasangan, pengaturan, dan penyimpanan; tidak mengubah apa pun.", contoh="zi doktor")
def perintah(konteks: Konteks) -> None:
    """Look and report; exit code 8 where the store has a problem, else 12 for the definition, else 2 for the file of channels."""
    from zi_workflow.cli.pemeriksaan import periksa

    laporan = periksa(konteks)
    data = {"sehat": laporan.kode == 0, **laporan.bagian, "masalah": laporan.masalah}
    konteks.keluarkan(data, layar=partial(_layar, laporan), kode=laporan.kode)


def _layar(laporan: Laporan, gaya: Gaya) -> str:
    b = laporan.bagian
    versi, setelan = b["versi"], b["pengaturan"]
    pustaka = ", ".join(f"{nama} {isi or '(tidak terpasang)'}" for nama, isi in versi["pustaka"].items())
    tambahan = "; ".join(f"{nama} {isi['versi'] or 'tidak terpasang'}, {isi['guna']}" for nama, isi in versi["tambahan"].items())
    asal = {k: f" (dari {v})" for k, v in setelan["sumber"].items() if v != "bawaan"}
    teks = lipat(f"zi {versi['program']}, Python {versi['python']}, {versi['sistem']}", gaya)
    teks += butir([("Pustaka", pustaka), ("Tambahan", tambahan)], gaya)
    tertulis = [(k.capitalize(), f"{setelan[k] or 'bawaan'}{asal.get(k, '')}") for k in _SETELAN]
    teks += "\nPengaturan\n" + butir([*tertulis, ("Kanal", f"{_kanal(b['kanal'])}{asal.get('kanal', '')}")], gaya)
    teks += "\nPenyimpanan\n" + butir(_penyimpanan(b["penyimpanan"]), gaya)
    if b["penyimpanan"].get("rantai"):
        teks += lipat("Rantai peristiwa terakhir", gaya, lekuk=4) + lipat(b["penyimpanan"]["rantai"], gaya, lekuk=6)
    definisi = b.get("definisi")
    if definisi is not None:
        pernah = definisi.get("pernah_memutuskan")
        dipakai = "" if pernah is None else f"{'pernah' if pernah else 'belum pernah'} memutuskan di penyimpanan ini"
        isi = [("Id", definisi["id"]), ("Dipakai", dipakai)]
        isi.append(("Hari libur", _libur(definisi["hari_libur"])))
        isi.append(("Zona waktu", f"{b['zona_waktu']['nama']} dari {b['zona_waktu']['sumber']}"))
        teks += "\nDefinisi\n" + butir(isi, gaya) + lipat("Sidik", gaya, lekuk=4) + lipat(definisi["sidik"], gaya, lekuk=6)
    teks += "\nFolder\n" + butir([(nama.capitalize(), _folder(satu)) for nama, satu in b["folder"].items()], gaya)
    return teks + "\n" + _masalah(laporan, gaya)


def _libur(isi: dict[str, Any]) -> str:
    return f"tahun {isi['sejak']} sampai {isi['sampai']}" if isi["sampai"] else "belum ada tabelnya; hanya akhir pekan yang dikenal"


def _kanal(isi: dict[str, Any]) -> str:
    if isi["berkas"] is None:
        return "tidak ada; surat hanya ditulis ke berkas surat"
    return f"{isi['berkas']} ({'ada; isinya tidak ditampilkan' if isi['ada'] else 'tidak ada'})"


def _penyimpanan(isi: dict[str, Any]) -> list[tuple[str, str]]:
    if not isi["ada"]:
        return [("Mesin", " ".join(str(isi[k]) for k in ("mesin", "versi_mesin") if isi.get(k))), ("Keadaan", "tidak dapat dipakai")]
    mode = ", ".join(f"{k}={v}" for k, v in isi.get("mode", {}).items())
    proyeksi = ", ".join(f"{nama} {'mutakhir' if p['mutakhir'] else 'tertinggal'}" for nama, p in isi.get("proyeksi", {}).items())
    return [
        ("Mesin", f"{isi['mesin']} {isi.get('versi_mesin') or ''}".strip()),
        ("Mode", mode),
        ("Bentuk", f"{isi['skema']} (program: {isi['skema_program']})" if "skema" in isi else ""),
        ("Peristiwa", f"{isi['peristiwa']}, kepala nomor {isi['kepala']}" if "peristiwa" in isi else ""),
        ("Proyeksi", proyeksi),
    ]


def _folder(isi: dict[str, Any]) -> str:
    hak = " dan ".join(k for k in ("baca", "tulis") if isi[k]) or "tanpa hak"
    return f"{isi['jalan']} ({'ada' if isi['ada'] else 'belum ada'}; {hak}; ruang {isi['ruang_mib']} MiB)"


def _masalah(laporan: Laporan, gaya: Gaya) -> str:
    if not laporan.masalah:
        return "Tidak ada masalah.\n"
    baris = (
        lipat(f"- {satu['tingkat'].capitalize()}: {satu['apa']}", gaya, lanjut=2)
        + lipat(f"Lanjut: {satu['lanjut']}", gaya, lekuk=2, lanjut=10)
        for satu in laporan.masalah
    )
    return "Yang perlu dibereskan\n" + "".join(baris)
