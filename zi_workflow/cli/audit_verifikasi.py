"""``zi audit verifikasi``: is the store what was written? Findings are an answer: exit 7, on stdout."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from zi_workflow.cli.blok import lipat
from zi_workflow.cli.dasar import Konteks
from zi_workflow.cli.dasar import perintah as verba
from zi_workflow.cli.kemajuan import kemajuan
from zi_workflow.cli.lembar_peristiwa import unit_aliran
from zi_workflow.cli.segel_bacaan import baca_checkpoint, opsi_kunci_publik
from zi_workflow.cli.tampilan import Gaya
from zi_workflow.domain.errors import Galat, IntegritasRusak, MasukanSalah

if TYPE_CHECKING:
    from zi_workflow.verify import Hasil, Pembanding, Temuan

_RUSAK: Final = 7
_BAGIAN: Final = {
    "bentuk": "bentuk basis data (tabel, indeks, pemicu, pemeriksaan mesinnya)",
    "log": "log (nomor, versi, waktu, rantai, pohon)",
    "tabel": "tabel di samping log (kepala, kunci, definisi, giliran, letak tampilan)",
    "tampilan": "tampilan (dilipat ulang dari log, dibandingkan baris demi baris)",
    "berkas": "berkas bukti",
}
_TANPA_LUAR: Final = (
    "Tanpa segel yang disimpan di luar (--terhadap) tidak dapat ketahuan: peristiwa terbaru yang dipotong bersama kepalanya, rantai dan"
    " pohon yang dihitung ulang seluruhnya, dan salinan lama yang dipulihkan."
)
_SEDIKIT: Final = 20


@verba(
    "verifikasi",
    "Periksa apakah isi penyimpanan masih persis seperti yang dicatat: log dan rantainya, bentuk basis data, tampilan, berkas bukti."
    " Tidak menulis apa pun. Kode keluar 7 bila ada yang berbeda. Pemotongan ekor, rantai yang dihitung ulang, dan salinan lama hanya"
    " ketahuan terhadap segel yang disimpan di tempat lain (--terhadap).",
    contoh="zi audit verifikasi\nzi audit verifikasi --hanya log --hanya berkas",
)
@click.option("--terhadap", metavar="FILE|-", multiple=True, help="Segel yang disimpan di luar; beberapa mempersempit letak perubahan.")
@click.option("--salinan", metavar="FILE", help="Salinan rantai yang disimpan di luar (peristiwa.jsonl); yang pertama berbeda disebut.")
@opsi_kunci_publik
@click.option("--hanya", type=click.Choice(list(_BAGIAN)), multiple=True, help="Hanya bagian ini (boleh berulang).")
def perintah(konteks: Konteks, terhadap: Sequence[str], salinan: str | None, kunci_publik: Sequence[str], hanya: Sequence[str]) -> None:
    """Verify."""
    from zi_workflow.verify import BAGIAN, Pembanding, verifikasi

    if hanya and "log" not in hanya and (terhadap or salinan):
        raise MasukanSalah(
            "--terhadap dan --salinan memerlukan bagian log.", "Yang dibandingkan rantai dan pohonnya.", "Tambahkan --hanya log."
        )
    titik, palsu = _titik(konteks, terhadap, kunci_publik)
    luar = Pembanding(tuple(titik), _salinan(salinan))
    app = konteks.aplikasi()
    hasil = verifikasi(
        app.store, app.berkas, Path(konteks.pengaturan.berkas), hanya=hanya or BAGIAN, luar=luar, pantau=partial(_pantau, konteks)
    )
    masalah = [*palsu, *[_polos(satu) for satu in hasil.masalah]]
    data = _data(hasil, masalah, luar)
    data["catatan"] += _tertunda(konteks)
    konteks.keluarkan(data, layar=partial(_layar, data), kode=_RUSAK if masalah else 0)


def _pantau(konteks: Konteks, judul: str, isi: Iterable[Any], jumlah: int) -> Iterable[Any]:
    """Show how far a long work is."""
    return isi if jumlah < _SEDIKIT else kemajuan(konteks, isi, jumlah, judul)


def _titik(konteks: Konteks, terhadap: Sequence[str], kunci_publik: Sequence[str]) -> tuple[list[Any], list[dict[str, Any]]]:
    """Return the checkpoints, and as problems those that nobody we know has signed. Raises MasukanSalah for what is none."""
    from zi_workflow.verify.outside import Titik

    titik: list[Titik] = []
    palsu: list[dict[str, Any]] = []
    for nama in terhadap:
        try:
            checkpoint = baca_checkpoint(konteks, nama, kunci_publik).checkpoint
        except IntegritasRusak as galat:
            palsu.append({"nomor": None, "unit": None, "apa": f"{galat.pesan} {galat.sebab}", "bagian": "log"})
        else:
            titik.append(Titik(f"segel {nama} ({checkpoint.asal})", checkpoint.ukuran, checkpoint.akar))
    return titik, palsu


def _salinan(nama: str | None) -> Iterator[tuple[int, str]] | None:
    """Return numbers and chain hashes out of a copy, read line by line as they are compared. Raises MasukanSalah."""
    from zi_workflow.verify.outside import baca_salinan

    return None if nama is None else baca_salinan(Path(nama))


def _tertunda(konteks: Konteks) -> list[str]:
    """Return remarks on deletions of personal data that are recorded and not done; none where this machine cannot know."""
    from zi_workflow.erasure import tertunda

    app = konteks.aplikasi()
    try:
        semua = tertunda(app.layanan.instansi(), app.store.brankas)
    except Galat:  # a damaged log or a missing key store: the former is a problem already, the latter is zi doktor's to name
        return []
    return [f"data pribadi {orang} diputuskan dihapus (nomor {nomor}), tetapi kuncinya masih ada" for orang, _, nomor in semua]


def _polos(t: Temuan) -> dict[str, Any]:
    _, _, sisa = (t.aliran or "").partition("/")
    alur, _, kode = sisa.partition("/")
    return {"nomor": t.nomor, "unit": unit_aliran(alur, kode) if kode else None, "apa": t.apa, "bagian": t.bagian}


def _data(hasil: Hasil, masalah: Sequence[dict[str, Any]], luar: Pembanding) -> dict[str, Any]:
    log = hasil.log
    return {
        "utuh": not masalah,
        "peristiwa": log.jumlah,
        "kepala": log.kepala,
        "akar": base64.b64encode(log.akar).decode() if log.akar else None,
        "masalah": masalah,
        "masalah_lain": hasil.lebih,
        "catatan": list(hasil.catatan),
        "diperiksa": list(hasil.diperiksa),
        "tidak_diperiksa": list(hasil.tidak_diperiksa),
        "terhadap": [{"asal": t.asal, "ukuran": t.ukuran, "sesuai": log.akar_pada.get(t.ukuran) == t.akar} for t in luar.titik],
    }


def _layar(data: dict[str, Any], gaya: Gaya) -> str:
    masalah, lain = data["masalah"], data["masalah_lain"]
    if masalah:
        teks = lipat(f"TIDAK UTUH: {len(masalah) + lain} masalah dalam {data['peristiwa']} peristiwa.", gaya)
        teks += "".join(_baris(satu, gaya) for satu in masalah)
        teks += lipat(f"… dan {lain} masalah lain.", gaya, lekuk=2) if lain else ""
        teks += lipat("Jangan menulis lagi; simpan berkasnya sebagai bukti, lalu pulihkan dari cadangan yang terverifikasi.", gaya)
    else:
        teks = lipat(f"Utuh: {data['peristiwa']} peristiwa.", gaya)
    for label, nilai in (("Kepala", data["kepala"]), ("Akar", data["akar"])):
        teks += lipat(f"{label}: {nilai}", gaya) if nilai else ""
    for satu in data["terhadap"]:
        teks += lipat(f"Terhadap {satu['asal']}, {satu['ukuran']} peristiwa: {'sesuai' if satu['sesuai'] else 'TIDAK sesuai'}.", gaya)
    teks += "".join(lipat(f"Catatan: {satu}.", gaya) for satu in data["catatan"])
    if data["tidak_diperiksa"]:
        teks += lipat(f"TIDAK diperiksa: {'; '.join(_BAGIAN[b] for b in data['tidak_diperiksa'])}.", gaya)
    return teks + ("" if data["terhadap"] else lipat(_TANPA_LUAR, gaya))


def _baris(satu: dict[str, Any], gaya: Gaya) -> str:
    letak = " ".join(x for x in (f"nomor {satu['nomor']}" if satu["nomor"] is not None else "", satu["unit"] or "") if x)
    return lipat(f"- {letak + ': ' if letak else ''}{satu['apa']}", gaya, lanjut=2)
