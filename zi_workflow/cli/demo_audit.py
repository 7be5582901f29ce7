"""The audit trail of the demo: does it verify, does every decision come out the same, and what did a correction touch."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from zi_workflow.cli.blok import lipat
from zi_workflow.cli.tampilan import Gaya
from zi_workflow.cli.tinjauan_layar import putusan

if TYPE_CHECKING:
    from zi_workflow.bootstrap import Aplikasi
    from zi_workflow.domain.state import Tinjauan


class JejakPeragaan(NamedTuple):
    """What is shown: how the check of the store came out, the decisions made again, and one review that waits."""

    utuh: bool
    peristiwa: int
    kepala: str | None
    putusan: int
    beda: int
    unit: str
    tinjauan: Tinjauan

    def polos(self) -> dict[str, Any]:
        """Return it for programs."""
        satu = {"unit": self.unit, "nomor": self.tinjauan.nomor, "jenis": self.tinjauan.jenis, "putusan": self.tinjauan.putusan}
        return {**{k: getattr(self, k) for k in ("utuh", "peristiwa", "kepala", "putusan", "beda")}, "tinjauan": satu}


def baca(aplikasi: Aplikasi, folder: Path, kode: str) -> JejakPeragaan:
    """Check the store and decide every decision again; ``kode`` is a unit whose decisions were touched by a correction."""
    from zi_workflow.retrospect import ulangi
    from zi_workflow.verify import verifikasi

    hasil = verifikasi(aplikasi.store, aplikasi.berkas, folder)
    layanan = aplikasi.layanan
    lampau = layanan.lampau()
    beda = [bool(u.beda) for satu in (None, *layanan.berkas()) for u in ulangi(lampau, satu)]
    unit = layanan.unit(kode)
    if unit is None or not unit.tinjauan:
        pesan = f"tidak ada peninjauan pada {kode}"
        raise RuntimeError(pesan)
    return JejakPeragaan(hasil.utuh, hasil.log.jumlah, hasil.log.kepala, len(beda), sum(beda), kode, unit.tinjauan[-1])


def layar(jejak: JejakPeragaan, gaya: Gaya) -> str:
    """Return the section for people."""
    kata = "utuh" if jejak.utuh else "TIDAK UTUH"
    teks = "Jejak audit\n\n"
    teks += lipat(f"{jejak.peristiwa} peristiwa diperiksa: {kata}. Rantai, pohon, tampilan, dan berkas bukti sesuai; kepala:", gaya)
    teks += lipat(str(jejak.kepala), gaya, lekuk=2)
    teks += lipat(f"{jejak.putusan} putusan diputus ulang dari bukti, tanggal, dan aturannya sendiri: {jejak.beda} berbeda.", gaya)
    teks += "\n" + lipat(
        f"Satu catatan {jejak.tinjauan.jenis} {jejak.unit} dikoreksi kemudian. Putusan yang bersandar padanya diperiksa ulang dan"
        " ditandai sampai seseorang mengakuinya; tidak ada yang dipindahkan:",
        gaya,
    )
    return teks + putusan(jejak.tinjauan.putusan, gaya, lekuk=2)
