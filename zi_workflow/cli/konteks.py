"""What a verb is given: settings, output, the clock's day, and the application, each made when first asked for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from zi_workflow.cli.keluaran import pengodean, tulis_galat
from zi_workflow.cli.pengaturan import Pengaturan, baca_pengaturan, peringatan_lingkungan
from zi_workflow.cli.rahasia import sandi_url
from zi_workflow.cli.sesi import Sesi
from zi_workflow.cli.tampilan import Gaya, gaya_untuk, json_baris, json_teks
from zi_workflow.domain.errors import MasukanSalah

if TYPE_CHECKING:
    from zi_workflow.bootstrap import Aplikasi
    from zi_workflow.cli.tipe import Instan
    from zi_workflow.vantage import Sudut


class Penulisan(NamedTuple):
    """Options of a writing verb. ``versi``: expected version of the unit; ``kunci``: idempotency key; ``coba``: dry run."""

    tanggal: date | None = None
    coba: bool = False
    kunci: str | None = None
    versi: int | None = None


class Konteks:
    """One call of one verb. ``penulisan`` is empty for reading verbs; ``mode`` is layar, json or jsonl."""

    def __init__(
        self,
        sesi: Sesi,
        opsi: Mapping[str, str | None],
        mode: str = "layar",
        penulisan: Penulisan | None = None,
        waktu: tuple[date | None, Instan | None] = (None, None),
    ) -> None:
        """Keep what was typed; ``waktu``: the day and the instant that a question is asked of."""
        self._waktu = waktu
        self.sesi = sesi
        self.mode = mode
        self.penulisan = penulisan or Penulisan()
        self._opsi = opsi
        self._sudah = False
        self._aplikasi: Aplikasi | None = None

    @cached_property
    def pengaturan(self) -> Pengaturan:
        """Return the settings in force. Raises MasukanSalah."""
        hasil = baca_pengaturan(self._opsi)
        self.sesi.rahasia |= sandi_url(hasil.basis)
        self.sesi.warna = hasil.warna
        for kalimat in peringatan_lingkungan():
            self.pesan(f"Peringatan: {kalimat}")
        return hasil

    @cached_property
    def gaya(self) -> Gaya:
        """Return the style of stdout."""
        return gaya_untuk(sys.stdout, self.pengaturan.warna)

    def aplikasi(self, *, buat: bool = False) -> Aplikasi:
        """Return the application over the store (made once); ``buat`` allows to create the store."""
        from zi_workflow.bootstrap import rakit

        if self._aplikasi is None:
            self._aplikasi = rakit(self.pengaturan, buat=buat)
            if self._berwaktu:
                from zi_workflow.cli.sudut import baca_sudut

                self._aplikasi.sudut = baca_sudut(self._aplikasi, *self._waktu)
        return self._aplikasi

    @property
    def _berwaktu(self) -> bool:
        return self._waktu != (None, None)

    @property
    def sudut(self) -> Sudut:
        """Return from where this call looks at the register (`vantage.Sudut`)."""
        return self.aplikasi().sudut

    def tanggal(self) -> date:
        """Return the effective date of a write: ``--tanggal``, else today in the definition's time zone."""
        return self.penulisan.tanggal or self.aplikasi().hari_ini()

    def oleh(self) -> str:
        """Return the NIP of who acts. Raises MasukanSalah where neither --oleh nor ZI_PELAKU nor zi.toml names one."""
        if self.pengaturan.pelaku is None:
            raise MasukanSalah(
                "Pelaku belum disebut.",
                "Setiap tulisan dicatat atas nama seorang pejabat (NIP).",
                "Tambahkan --oleh NIP, atau atur ZI_PELAKU.",
            )
        return self.pengaturan.pelaku

    def keluarkan(
        self,
        data: Mapping[str, object],
        *,
        layar: str | Callable[[Gaya], str],
        baris: Iterable[object] | None = None,
        kode: int = 0,
    ) -> None:
        """Give the answer, once: ``data`` for --json, ``baris`` for --jsonl, ``layar`` (text, or made for a style) for people.

        It is written when the verb is done. ``kode`` is the exit code of an answer that is not plain success (5, 7, 10).
        An answer about the past says of which day and instant it is.
        Raises RuntimeError when called twice, ValueError for --jsonl without ``baris``.
        """
        if self._sudah:
            raise RuntimeError("satu perintah memberi satu jawaban")
        self._sudah = True
        self.sesi.kode = kode
        kode_huruf = pengodean(sys.stdout)
        if self.mode == "json":
            self.sesi.simpan(json_teks({**data, **self._ditanyakan()}, kode_huruf))
        elif self.mode == "jsonl":
            if baris is None:
                raise ValueError("jawaban ini bukan daftar")
            self.sesi.simpan(json_baris(baris, kode_huruf))
        else:
            teks = self._kepala() + (layar if isinstance(layar, str) else layar(self.gaya))
            self.sesi.simpan(teks if teks.endswith("\n") else teks + "\n")

    def _ditanyakan(self) -> Mapping[str, object]:
        from zi_workflow.cli.sudut import data_sudut

        return data_sudut(self.sudut) if self._berwaktu else {}

    def _kepala(self) -> str:
        from zi_workflow.cli.blok import lipat
        from zi_workflow.cli.sudut import sebut_sudut

        return lipat(f"{sebut_sudut(self.sudut, self.aplikasi().definisi.zona)}.", self.gaya) + "\n" if self._berwaktu else ""

    def keluarkan_mentah(self, isi: str | bytes) -> None:
        """Give a document (CSV, ICS, YAML) as the answer, byte for byte."""
        self._sudah = True
        self.sesi.simpan(isi)

    def pesan(self, teks: str) -> None:
        """Say something on stderr at once; silent for programs, whose stderr is for errors."""
        if self.mode == "layar":
            from zi_workflow.cli.teks import aman

            tulis_galat(aman(teks, baris_baru=True) + "\n")

    def tutup(self) -> None:
        """Close the application where one was made."""
        if self._aplikasi is not None:
            self._aplikasi.tutup()
