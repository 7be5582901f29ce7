"""``zi pengaduan impor``: the export of SP4N-LAPOR!, row by row; the same file again writes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zi_workflow.cli.bacaan import baca, letak
from zi_workflow.cli.blok import lipat
from zi_workflow.cli.dasar import Konteks
from zi_workflow.cli.pengaduan_bacaan import ADUAN
from zi_workflow.cli.tampilan import Gaya
from zi_workflow.domain.errors import DefinisiSalah, Konflik, MasukanSalah

if TYPE_CHECKING:
    from zi_workflow.domain.definition import Impor
    from zi_workflow.domain.reports import Ekspor, Laporan
    from zi_workflow.domain.state import Unit

SALURAN = "sp4n_lapor"
_TIDAK_SEMUA = 5
_TAMPAK = 20


@dataclass
class Hasil:
    """What became of each row."""

    diterima: list[dict[str, Any]] = field(default_factory=list)
    ditolak: list[dict[str, Any]] = field(default_factory=list)
    salah: list[dict[str, Any]] = field(default_factory=list)
    dilewati: list[dict[str, Any]] = field(default_factory=list)
    berubah: list[dict[str, Any]] = field(default_factory=list)


def impor(konteks: Konteks, berkas: str, *, kode_keluar: bool) -> None:
    """Read the file, open what is new and may be opened, and say of every other row why not."""
    from zi_workflow.domain.reports import baca_ekspor, bentuk
    from zi_workflow.workbook.table import baca_tabel

    if konteks.penulisan.versi is not None:
        raise MasukanSalah("--versi tidak berlaku bagi impor", "Satu berkas membuka banyak pengaduan.", "Hapus --versi.")
    if berkas == "-":
        raise MasukanSalah("Impor dari masukan baku", "Ekspor dibaca dari berkas CSV atau XLSX.", "zi pengaduan impor FILE")
    aturan = _aturan(konteks)
    oleh = konteks.oleh()
    ekspor = baca_ekspor(baca_tabel(Path(berkas), bentuk(aturan)), aturan)
    hasil = Hasil(salah=[{"baris": s.baris, "apa": s.apa} for s in ekspor.salah])
    unit = _unit(konteks)
    for laporan in ekspor.laporan:
        _satu(konteks, laporan, unit, oleh, hasil)
    hasil.salah.sort(key=lambda s: s["baris"])
    data = _data(konteks, Path(berkas).name, ekspor, hasil)
    kurang = kode_keluar and bool(hasil.ditolak or hasil.salah)
    konteks.keluarkan(data, layar=partial(_layar, data), kode=_TIDAK_SEMUA if kurang else 0)


def _aturan(konteks: Konteks) -> Impor:
    definisi = konteks.aplikasi().layanan.aturan(ADUAN.id)
    if definisi.impor is None:
        raise DefinisiSalah("Definisi pengaduan tidak menyebut kolom ekspor", "Kunci 'impor' di regulasi.yaml.", "Tambahkan 'impor'.")
    return definisi.impor


def _unit(konteks: Konteks) -> dict[str, str]:
    """Return the codes of the units by the words that may stand for them: the code, and the whole name."""
    from projections import papan
    from zi_workflow.domain.tables import rata

    semua = baca(konteks, lambda k: papan.daftar(k, *letak(konteks)))
    return {rata(kata): b["kode"] for b in semua for kata in (b["nama"], b["kode"])}


def _satu(konteks: Konteks, laporan: Laporan, unit: Mapping[str, str], oleh: str, hasil: Hasil) -> None:
    from zi_workflow.domain.tables import rata

    layanan = konteks.aplikasi().layanan
    ada = layanan.unit(laporan.kode, ADUAN.id)
    if ada is not None:
        _sudah_ada(laporan, ada, hasil)
        return
    kode = unit.get(rata(laporan.unit))
    if kode is None:
        hasil.salah.append({"baris": laporan.baris, "apa": f"unit '{laporan.unit[:60]}' tidak terdaftar di register ini"})
        return
    try:
        _buka(konteks, laporan, kode, oleh, hasil)
    except (MasukanSalah, Konflik) as e:
        hasil.salah.append({"baris": laporan.baris, "apa": e.pesan})


def _buka(konteks: Konteks, laporan: Laporan, unit: str, oleh: str, hasil: Hasil) -> None:
    """Open one complaint in a transaction of its own, so that what follows does not depend on it."""
    from zi_workflow.cli.v_pengaduan import perintah_terima

    penulisan = konteks.penulisan
    isi = {
        "saluran": SALURAN,
        "uraian": laporan.uraian,
        "nomor_laporan": laporan.nomor,
        "status_asal": laporan.status,
        "pelapor_nama": laporan.pelapor_nama,
        "pelapor_kontak": laporan.pelapor_kontak if laporan.pelapor_nama else "",
    }
    perintah = perintah_terima(laporan.kode, unit, laporan.perihal, isi, laporan.tanggal, oleh)
    kunci = None if penulisan.kunci is None else f"{penulisan.kunci}:{laporan.kode}"
    jawaban = konteks.aplikasi().layanan.jalankan(perintah, coba=penulisan.coba, kunci=kunci)
    baris = {"baris": laporan.baris, "kode": laporan.kode, "unit": unit}
    if jawaban.diterima:
        hasil.diterima.append({**baris, "nomor": [n for h in jawaban.hasil for n in h.nomor]})
        return
    kurang = jawaban.penolakan[0].penghalang
    dasar = list(dict.fromkeys(d for t in kurang for d in t.dasar))
    hasil.ditolak.append({**baris, "syarat": [t.id for t in kurang], "dasar": dasar, "sebab": [t.polos()["ditemukan"] for t in kurang]})


def _sudah_ada(laporan: Laporan, berkas: Unit, hasil: Hasil) -> None:
    """Say of a report that is on file that it was left out, or that its status there has moved on; nothing is moved here."""
    catatan = berkas.bukti.get("penerimaan", ())
    dulu = str(catatan[-1].isi.get("status_asal", "")) if catatan else ""
    baris: dict[str, Any] = {"baris": laporan.baris, "kode": laporan.kode, "tahap": berkas.keadaan.tahap}
    if laporan.status and laporan.status != dulu:
        hasil.berubah.append({**baris, "status_dulu": dulu or None, "status_kini": laporan.status})
    else:
        hasil.dilewati.append(baris)


def _data(konteks: Konteks, nama: str, ekspor: Ekspor, hasil: Hasil) -> dict[str, Any]:
    return {
        "berkas": nama,
        "coba": konteks.penulisan.coba,
        "baris": len(ekspor.laporan) + len(ekspor.salah),
        "kolom": dict(ekspor.kolom),
        "kolom_diabaikan": list(ekspor.diabaikan),
        "diterima": hasil.diterima,
        "ditolak": hasil.ditolak,
        "salah": hasil.salah,
        "dilewati": hasil.dilewati,
        "berubah": hasil.berubah,
    }


def _layar(data: Mapping[str, Any], gaya: Gaya) -> str:
    apa = "akan diterima (percobaan; tidak ada yang ditulis)" if data["coba"] else "diterima"
    ringkas = f"{len(data['diterima'])} pengaduan {apa}, {len(data['ditolak'])} ditolak, {len(data['salah'])} baris salah, "
    teks = lipat(f"{ringkas}{len(data['dilewati']) + len(data['berubah'])} sudah ada. {data['baris']} baris di {data['berkas']}.", gaya)
    teks += _butir([f"baris {d['baris']}: {d['kode']} atas {d['unit']}" for d in data["diterima"]], gaya)
    teks += _butir([f"baris {d['baris']}: {d['kode']} ditolak, {_sebab(d)}" for d in data["ditolak"]], gaya)
    teks += _butir([f"baris {s['baris']}: {s['apa']}" for s in data["salah"]], gaya)
    teks += _butir([_berubah(b) for b in data["berubah"]], gaya)
    return teks


def _sebab(ditolak: Mapping[str, Any]) -> str:
    return f"{', '.join(ditolak['syarat'])}: {'; '.join(ditolak['sebab'])} ({'; '.join(ditolak['dasar'])})"


def _berubah(satu: Mapping[str, Any]) -> str:
    dulu = f", dahulu '{satu['status_dulu']}'" if satu["status_dulu"] else ""
    return f"baris {satu['baris']}: {satu['kode']} kini '{satu['status_kini']}' di LAPOR{dulu}; di sini tetap {satu['tahap']}"


def _butir(semua: Sequence[str], gaya: Gaya) -> str:
    lagi = [f"… dan {len(semua) - _TAMPAK} lagi (lihat --json)"] if len(semua) > _TAMPAK else []
    return "".join(lipat(f"- {satu}", gaya, lekuk=2, lanjut=4) for satu in (*semua[:_TAMPAK], *lagi))
