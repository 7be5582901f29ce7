"""``zi audit lihat``: one event in full, what it relied on, and what relied on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from zi_workflow.cli.audit_bacaan import polos, zona
from zi_workflow.cli.bacaan import baca
from zi_workflow.cli.blok import lipat
from zi_workflow.cli.dasar import Bilangan, Konteks
from zi_workflow.cli.dasar import perintah as verba
from zi_workflow.cli.lembar_peristiwa import lembar_peristiwa, sebutan, unit_dari
from zi_workflow.cli.tampilan import Gaya, Kolom, tabel, tanggal_singkat
from zi_workflow.domain.errors import TidakDitemukan
from zi_workflow.domain.personal import pribadi_dalam

if TYPE_CHECKING:
    from zi_workflow.store import Amplop, Store

_AMPLOP = ("instansi", "alur", "aliran", "pokok", "pencatat", "jam", "kunci", "dibaca")


@verba(
    "lihat",
    "Tampilkan satu peristiwa seluruhnya, sandarannya, dan yang bersandar padanya; sebuah penolakan dengan daftar periksanya.",
    contoh="zi audit lihat 1",
)
@click.argument("nomor", type=Bilangan(1))
def perintah(konteks: Konteks, nomor: int) -> None:
    """Show one event."""
    from projections import sandaran

    store = konteks.aplikasi().store
    a = store.lihat(nomor)
    if a is None:
        raise _tak_ada(store, nomor)
    pada = sandaran.disandari(a)
    oleh = {b["putusan"]: b["syarat"].split(",") if b["syarat"] else [] for b in _bersandar(konteks, nomor)}
    lain = {b.nomor: b for b in store.lihat_banyak({*pada, *oleh})}
    bersandar = [_satu(lain[n], syarat) for n, syarat in sorted(pada.items()) if n in lain]
    disandari = [_satu(lain[n], syarat) for n, syarat in sorted(oleh.items()) if n in lain]
    ada = store.definisi(a.sidik_regulasi) is not None
    isi = {k: getattr(a, k) for k in _AMPLOP}
    isi["pribadi"] = [{"jalan": jalan, "orang": p.orang, "keadaan": p.keadaan or "terbuka"} for jalan, p in pribadi_dalam(a.isi)]
    data = {**polos(a, zona(konteks)), **isi, "definisi_tersimpan": ada, "bersandar_pada": bersandar, "disandari": disandari}
    konteks.keluarkan(data, layar=partial(_layar, a, data))


def _bersandar(konteks: Konteks, nomor: int) -> Sequence[Mapping[str, Any]]:
    from projections import sandaran

    return baca(konteks, lambda k: sandaran.putusan_yang_bersandar(k, [nomor]))


def _satu(a: Amplop, syarat: Sequence[str]) -> dict[str, Any]:
    """Return an event on either end of the relation, in the contract's shape."""
    return {
        "nomor": a.nomor,
        "unit": unit_dari(a),
        "jenis": a.jenis,
        "pokok": a.pokok,
        "sebutan": sebutan(a),
        "tanggal": a.tanggal,
        "syarat": list(syarat),
    }


def _layar(a: Amplop, data: Mapping[str, Any], gaya: Gaya) -> str:
    teks = lembar_peristiwa(a, gaya)
    if data["selisih_hari"]:
        teks += "\n" + lipat(f"Dicatat {data['selisih_hari']} hari sesudah kejadiannya.", gaya)
    kata = "tersimpan di register ini" if data["definisi_tersimpan"] else "tidak tersimpan di register ini"
    teks += "\n" + lipat(f"Definisi yang dipakai (sidik regulasi di atas) {kata}.", gaya)
    teks += _daftar("Bersandar pada", data["bersandar_pada"], gaya)
    return teks + _daftar("Yang bersandar padanya", data["disandari"], gaya)


def _daftar(judul: str, semua: Sequence[Mapping[str, Any]], gaya: Gaya) -> str:
    if not semua:
        return ""
    kolom = [Kolom("Nomor", kanan=True, tetap=True), Kolom("Tanggal", tetap=True), "Peristiwa", "Untuk syarat"]
    isi = [(s["nomor"], tanggal_singkat(s["tanggal"]), s["sebutan"], ", ".join(s["syarat"])) for s in semua]
    return f"\n{judul} ({len(semua)})\n" + tabel(kolom, isi, gaya)


def _tak_ada(store: Store, nomor: int) -> TidakDitemukan:
    akhir = store.telusuri(batas=1, terbaru=True)
    sebab = f"Nomor terakhir {akhir[0].nomor}." if akhir else "Belum ada peristiwa."
    return TidakDitemukan(f"Peristiwa nomor {nomor} tidak ada", sebab, f"zi audit lihat {akhir[0].nomor}" if akhir else "zi audit cari")
