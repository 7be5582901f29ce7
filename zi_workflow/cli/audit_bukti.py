"""``zi audit bukti``: the proof that an event is under a seal, or that a log only grew since an older one."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from zi_workflow.cli.dasar import Bilangan, Konteks
from zi_workflow.cli.dasar import perintah as verba
from zi_workflow.cli.segel_bacaan import baca_checkpoint, cocokkan, kunci_dikenal, opsi_kunci_publik, pohon
from zi_workflow.domain.errors import MasukanSalah, TidakDitemukan

if TYPE_CHECKING:
    from zi_workflow.seal.checkpoint import Bersegel


@verba(
    "bukti",
    "Buktikan bahwa satu peristiwa tercakup dalam segel, atau (--sejak) bahwa log hanya bertambah sejak segel terdahulu."
    " Buktinya dapat diperiksa siapa pun tanpa penyimpanan ini.",
    contoh="zi audit bukti 1",
)
@click.argument("nomor", type=Bilangan(1), required=False)
@click.option("--sejak", metavar="FILE|-", help="Segel terdahulu: buktikan bahwa log kini kelanjutannya.")
@click.option("--terhadap", metavar="FILE|-", help="Segel yang dituju; bawaan yang terbaru di tempat segel, atau keadaan kini tanpa segel.")
@opsi_kunci_publik
def perintah(konteks: Konteks, nomor: int | None, sejak: str | None, terhadap: str | None, kunci_publik: Sequence[str]) -> None:
    """Prove inclusion or growth."""
    if (nomor is None) == (sejak is None):
        raise MasukanSalah("Sebut satu: NOMOR peristiwa, atau --sejak segel.", "Satu bukti menjawab satu pertanyaan.", "zi audit bukti 1")
    if sejak == terhadap == "-":
        raise MasukanSalah(
            "Masukan baku hanya memuat satu segel.", "--sejak dan --terhadap sama-sama `-`.", "Simpan salah satunya ke berkas."
        )
    dari = None if sejak is None else baca_checkpoint(konteks, sejak, kunci_publik)
    if dari is not None:
        cocokkan(konteks, dari, str(sejak))
    perlu = nomor if dari is None else dari.checkpoint.ukuran
    tujuan = _tujuan(konteks, terhadap, kunci_publik, perlu or 0)
    data = _cakupan(konteks, nomor or 0, tujuan) if dari is None else _konsistensi(konteks, dari, tujuan)
    if not tujuan.penanda and terhadap is None:
        konteks.pesan("Bukti ini menuju keadaan kini yang belum disegel; orang lain baru dapat memakainya sesudah zi audit segel.")
    data |= {"segel": tujuan.catatan if terhadap is not None or tujuan.penanda else None, "penanda": [k.teks for k in tujuan.penanda]}
    konteks.keluarkan(data, layar=str(data["bukti"]))


def _tujuan(konteks: Konteks, terhadap: str | None, kunci_publik: Sequence[str], perlu: int) -> Bersegel:
    """Return what the proof leads to, of at least ``perlu`` events, and checked against the log."""
    if terhadap is not None:
        hasil = baca_checkpoint(konteks, terhadap, kunci_publik)
        cocokkan(konteks, hasil, terhadap)
        if hasil.checkpoint.ukuran < perlu:
            raise MasukanSalah(
                f"Segel itu hanya mencakup {hasil.checkpoint.ukuran} peristiwa.",
                f"Yang hendak dibuktikan sampai nomor {perlu}.",
                "Sebut segel yang lebih baru, atau terbitkan: zi audit segel",
            )
        return hasil
    return _terbaru(konteks, kunci_publik, perlu) or _kini(konteks, kunci_publik, perlu)


def _terbaru(konteks: Konteks, kunci_publik: Sequence[str], perlu: int) -> Bersegel | None:
    """Return the newest checkpoint in the configured places that is genuine and large enough."""
    from zi_workflow.seal.places import lihat

    dikenal = kunci_dikenal(konteks, kunci_publik)
    if not dikenal:
        return None
    semua = [lihat(satu, dikenal[0].nama, dikenal).lama for satu in konteks.pengaturan.tempat_segel]
    layak = [satu for satu in semua if satu is not None and satu.penanda and satu.checkpoint.ukuran >= perlu]
    hasil = max(layak, key=lambda satu: satu.checkpoint.ukuran, default=None)
    if hasil is not None:
        cocokkan(konteks, hasil, "tempat segel")
    return hasil


def _kini(konteks: Konteks, kunci_publik: Sequence[str], perlu: int) -> Bersegel:
    """Return the log as it is now in the form of a checkpoint that nobody has signed."""
    from zi_workflow.seal.checkpoint import Bersegel, Checkpoint

    ukuran, akar_pada = pohon(konteks)
    if ukuran < perlu:
        raise TidakDitemukan(f"Peristiwa nomor {perlu} tidak ada", f"Nomor terakhir {ukuran}.", f"zi audit bukti {max(ukuran, 1)}")
    dikenal = kunci_dikenal(konteks, kunci_publik)
    kini = Checkpoint(dikenal[0].nama if dikenal else f"zi/{konteks.aplikasi().instansi}", ukuran, akar_pada(ukuran))
    return Bersegel(kini, f"{kini.teks}\n", ())


def _cakupan(konteks: Konteks, nomor: int, tujuan: Bersegel) -> dict[str, Any]:
    from zi_workflow.domain import merkle
    from zi_workflow.seal import proof
    from zi_workflow.store import raw, tree

    ukuran = tujuan.checkpoint.ukuran
    store = konteks.aplikasi().store
    bahan = store.baca(lambda koneksi: raw.bahan_peristiwa(koneksi, nomor))
    if bahan is None:
        raise TidakDitemukan(f"Peristiwa nomor {nomor} tidak ada", f"Segelnya mencakup {ukuran} peristiwa.", "zi audit verifikasi")
    jalur = store.baca(lambda koneksi: tree.bukti_cakupan(koneksi, nomor, ukuran))
    sidik = merkle.daun(raw.sidik(bahan))
    return {
        "nomor": nomor,
        "indeks": nomor - 1,
        "ukuran": ukuran,
        "daun": _base64(sidik),
        "jalur": [_base64(satu) for satu in jalur],
        "akar": _base64(tujuan.checkpoint.akar),
        "asal": tujuan.checkpoint.asal,
        "rantai": raw.sidik(bahan).hex(),
        "bahan": bahan.decode(),
        "bukti": proof.cakupan(nomor - 1, jalur, bahan, tujuan.catatan),
    }


def _konsistensi(konteks: Konteks, dari: Bersegel, tujuan: Bersegel) -> dict[str, Any]:
    from zi_workflow.seal import proof
    from zi_workflow.store import tree

    lama, baru = dari.checkpoint, tujuan.checkpoint
    jalur = konteks.aplikasi().store.baca(lambda koneksi: tree.bukti_konsistensi(koneksi, lama.ukuran, baru.ukuran))
    return {
        "dari": {"ukuran": lama.ukuran, "akar": _base64(lama.akar)},
        "ke": {"ukuran": baru.ukuran, "akar": _base64(baru.akar)},
        "asal": baru.asal,
        "jalur": [_base64(satu) for satu in jalur],
        "bukti": proof.konsistensi(lama.ukuran, jalur, tujuan.catatan),
    }


def _base64(isi: bytes) -> str:
    return base64.b64encode(isi).decode()
