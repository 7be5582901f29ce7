"""``zi jadwal jalan``: the scheduler in the foreground, until it is told to stop."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from zi_workflow.cli.dasar import Bilangan, Konteks
from zi_workflow.cli.dasar import perintah as verba
from zi_workflow.domain.errors import Galat

if TYPE_CHECKING:
    from zi_workflow.bootstrap import Aplikasi
    from zi_workflow.scheduler import Penjadwal

KODE_SELA = 130


@verba(
    "jalan",
    "Jalankan penjadwal sampai dihentikan (Ctrl-C atau SIGTERM). Ia menyapu saat mulai, setiap hari, dan pada setiap selang, "
    "lalu mengantar surat. Beberapa penjadwal boleh berjalan serentak pada satu penyimpanan; tidak ada yang dicatat dua kali.",
    contoh="zi jadwal jalan --selang 15",
)
@click.option("--selang", type=Bilangan(1, 1440), default=15, show_default=True, metavar="MENIT", help="Jarak antarsapuan.")
@click.option("--selang-surat", type=Bilangan(1, 1440), default=1, show_default=True, metavar="MENIT", help="Jarak antarpengantaran surat.")
@click.option("--giliran", type=Bilangan(5, 86400), default=120, show_default=True, metavar="DETIK", help="Lama satu giliran dipegang.")
@click.option("--tanpa-surat", is_flag=True, help="Hanya menyapu; surat diantar program lain.")
def perintah(konteks: Konteks, selang: int, selang_surat: int, giliran: int, tanpa_surat: bool) -> None:
    """Run until told to stop; exit code 130 for Ctrl-C."""
    from zi_workflow.cli.keluaran import tulis_galat
    from zi_workflow.cli.teks import aman
    from zi_workflow.clock import pengenal_pelaksana, sekarang
    from zi_workflow.scheduler import Pekerjaan, Penjadwal, pasang_sinyal

    aplikasi = konteks.aplikasi()
    zona = aplikasi.definisi.zona
    pelaksana = Pelaksana(aplikasi, pengenal_pelaksana(), timedelta(seconds=giliran))

    def catat(teks: str) -> None:
        tulis_galat(f"{sekarang():%Y-%m-%dT%H:%M:%SZ} {aman(teks)}\n")

    pekerjaan = [Pekerjaan("sapu", partial(pelaksana.sapu, catat), aplikasi.definisi.pengingat.sapu, timedelta(minutes=selang), True)]  # noqa: FBT003
    if not tanpa_surat:
        _ = aplikasi.kanal  # a file of channels that cannot be used is told before anything runs
        pekerjaan.append(Pekerjaan("kirim", partial(pelaksana.kirim, catat), None, timedelta(minutes=selang_surat), True))  # noqa: FBT003
    pelaksana.penjadwal = penjadwal = Penjadwal(zona, pekerjaan, catat=catat)
    aplikasi.store.giliran()  # a store that cannot be read, or is not prepared, is told now and not by a thread
    with pasang_sinyal(penjadwal) as sinyal:
        catat(f"Penjadwal {pelaksana.nama} berjalan; sapuan harian pukul {aplikasi.definisi.pengingat.sapu:%H.%M} {zona}.")
        penjadwal.jalan()
    nama = sinyal.pertama.name if sinyal.pertama else None
    catat(f"Penjadwal berhenti ({nama or 'diminta'}).")
    sela = nama == "SIGINT"
    layar = f"{pelaksana.sapuan} sapuan, {pelaksana.dicatat} dicatat, {pelaksana.terkirim} surat terkirim.\n"
    data = {"skema": 1, "sapuan": pelaksana.sapuan, "dicatat": pelaksana.dicatat, "terkirim": pelaksana.terkirim, "berhenti": nama}
    konteks.keluarkan(data, layar=layar, kode=KODE_SELA if sela else 0)


class Pelaksana:
    """What the scheduler wakes: each work under its turn, so that several programs do not all do the same."""

    def __init__(self, aplikasi: Aplikasi, nama: str, giliran: timedelta) -> None:
        """Keep who runs and for how long a turn is held."""
        self.aplikasi = aplikasi
        self.nama = nama
        self.penjadwal: Penjadwal | None = None
        self.sapuan = self.dicatat = self.terkirim = 0
        self._giliran = giliran

    def sapu(self, catat: Callable[[str], None]) -> None:
        """Sweep, where nobody else is at it."""
        hasil = self._dalam_giliran("sapu", self._sapu)
        if hasil and (hasil["dicatat"] or hasil["dicabut"]):
            catat(f"Sapuan {hasil['pada']}: {hasil['dicatat']} dicatat, {hasil['dicabut']} dicabut, {hasil['unit']} unit dilihat.")

    def kirim_sekali(self, *, segera: bool) -> dict[str, Any] | None:
        """Deliver letters once, at whatever hour where ``segera``; None where somebody else is at it."""
        return self._dalam_giliran("kirim", partial(self._kirim, segera=segera))

    def kirim(self, catat: Callable[[str], None]) -> None:
        """Deliver letters, where nobody else is at it."""
        hasil = self.kirim_sekali(segera=False)
        if hasil and any(hasil[k] for k in ("disusun", "terkirim", "gagal", "menyerah")):
            catat(f"Surat: {hasil['disusun']} disusun, {hasil['terkirim']} terkirim, {hasil['gagal']} gagal, {hasil['menyerah']} menyerah.")

    def _sapu(self, berhenti: Callable[[], bool]) -> dict[str, Any]:
        hasil = self.aplikasi.penyapu.sapu(rinci=False, berhenti=berhenti)
        self.sapuan += 1
        self.dicatat += hasil.banyak_dicatat
        pada = hasil.pada.isoformat()
        return {"pada": pada, "dicatat": hasil.banyak_dicatat, "dicabut": hasil.banyak_dicabut, "unit": hasil.unit}

    def _kirim(self, berhenti: Callable[[], bool], *, segera: bool) -> dict[str, Any]:
        hasil = self.aplikasi.pengantar.antar(segera=segera, berhenti=berhenti)
        self.terkirim += hasil.terkirim
        return {k: getattr(hasil, k) for k in ("disusun", "terkirim", "gagal", "menyerah", "tertahan")}

    def _dalam_giliran(self, nama: str, kerja: Callable[[Callable[[], bool]], dict[str, Any]]) -> dict[str, Any] | None:
        """Work while the turn is ours; it is renewed between steps, and whoever lost it stops."""
        store = self.aplikasi.store
        if not store.ambil_giliran(nama, self.nama, self._giliran):
            return None
        hasil: dict[str, Any] | None = None
        try:
            hasil = kerja(_Perpanjangan(self._giliran, self._diminta, lambda: store.ambil_giliran(nama, self.nama, self._giliran)))
        finally:
            store.lepas_giliran(nama, self.nama, hasil, self.penjadwal.berikut(nama) if self.penjadwal else None)
        return hasil

    def _diminta(self) -> bool:
        return self.penjadwal is not None and self.penjadwal.diminta_berhenti()


class _Perpanjangan:
    """Answers whether to stop: told to, or the turn is lost. The turn is renewed when a third of it is over, not at every question."""

    def __init__(self, lama: timedelta, diminta: Callable[[], bool], perpanjang: Callable[[], bool]) -> None:
        """Begin with a turn just taken."""
        self._selang = lama.total_seconds() / 3
        self._diminta, self._perpanjang = diminta, perpanjang
        self._berikut = monotonic() + self._selang
        self._hilang = False

    def __call__(self) -> bool:
        """Say whether to stop; a store that does not answer counts as a lost turn."""
        if not self._hilang and monotonic() >= self._berikut:
            try:
                self._hilang = not self._perpanjang()
            except Galat:
                self._hilang = True
            self._berikut = monotonic() + self._selang
        return self._hilang or self._diminta()
