"""The two sheets beside the main one: how to fill it in, and the totals on one page."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from zi_workflow.domain.instrument import SUSUNAN
from zi_workflow.workbook.content import IsiLembar, terjawab
from zi_workflow.workbook.running import Penghitung, rumus_jumlah
from zi_workflow.workbook.styles import Buku, Worksheet, cetak, taruh, taruh_rumus
from zi_workflow.workbook.text import tampak

PETUNJUK, RINGKASAN = "Petunjuk", "Ringkasan"
_UMUM = (
    "Buku kerja ini dapat diisi tanpa jaringan. Isilah hanya sel berwarna kuning di lembar '{lembar}'; sel lain terkunci.",
    "Kolom {jawaban} (Jawaban): klik selnya, lalu pilih jawaban dari daftar. Sel yang sudah terisi berubah menjadi hijau.",
    "Baris berskala '{jumlah}' diisi bilangan bulat: 0 bila memang tidak ada, kosong bila belum diketahui.",
    "Persentase dihitung sendiri dari baris-baris di bawahnya, jadi tidak perlu diketik.",
    "Indeks survei diisi angka, misalnya 3,60.",
    "Kolom {catatan} (Catatan) dan {bukti_dukung} (Bukti dukung) boleh diisi keterangan dan nama atau alamat dokumen.",
    "Kolom {nilai} (Nilai) dan lembar 'Ringkasan' menunjukkan nilai berjalan. Soal yang belum dijawab dihitung 0.",
    "Jangan menambah, menghapus, atau memindahkan baris dan kolom, dan jangan mengganti nama lembar.",
)
_TPI = (
    "Kolom {unit} menampilkan jawaban unit sebagai pembanding; jawaban TPI tetap diisi di kolom {jawaban}.",
    "Bila pembagi suatu persentase 0, sel di kolom {dinilai} berwarna jingga: isi nilai 0 sampai 1, dan alasannya di kolom {alasan}.",
)
_AKHIR = "Simpan, lalu serahkan kepada admin untuk dicatat:  zi lke impor {kode} BERKAS.xlsx --tahun {tahun} --penilai {penilai}"


def lembar_petunjuk(buku: Buku, isi: IsiLembar) -> Worksheet:
    """Add the guide; return its sheet."""
    lembar = buku.lembar(PETUNJUK)
    lembar.set_column("A:A", 4)
    lembar.set_column("B:B", 100)
    buat = buku.bentuk.buat
    taruh(lembar, "A1", f"Cara mengisi LKE Zona Integritas {isi.tahun}", buat(bold=True, font_size=14, text_wrap=False))
    taruh(lembar, "A2", f"{tampak(isi.kode)} – {tampak(isi.nama)}", buat(bold=True, font_size=11, text_wrap=False))
    kata = {**isi.tata_letak.kolom, "lembar": isi.tata_letak.lembar, "jumlah": _tulisan_jumlah(isi)}
    kata |= {"kode": tampak(isi.kode), "tahun": str(isi.tahun), "penilai": isi.penilai}
    langkah = (*_UMUM, *(_TPI if isi.tpi else ()), _AKHIR)
    for n, kalimat in enumerate(langkah, 1):
        lembar.set_row(n + 2, 22)
        taruh(lembar, f"A{n + 3}", n, buat(font_size=11, align="center"))
        taruh(lembar, f"B{n + 3}", kalimat.format(**kata), buat(font_size=11))
    cetak(lembar, f"LKE Zona Integritas {isi.tahun}", 1)
    return lembar


def _tulisan_jumlah(isi: IsiLembar) -> str:
    """Return how the sheet calls the scale of counts."""
    return next((isi.tata_letak.tulisan[s.id] for s in isi.instrumen.skala.values() if not s.dinilai), "")


def lembar_ringkasan(buku: Buku, isi: IsiLembar, hitung: Penghitung) -> None:
    """Add the totals: each area of change with its percentage, each component, and how many questions are answered."""
    _Ringkasan(buku, isi, hitung).tulis()


class _Ringkasan:
    """Writes the totals, by formulas over the main sheet."""

    def __init__(self, buku: Buku, isi: IsiLembar, hitung: Penghitung) -> None:
        self.isi = isi
        self.hitung = hitung
        self.bentuk = buku.bentuk
        self.lembar = buku.lembar(RINGKASAN)
        self.asal = "'" + isi.tata_letak.lembar.replace("'", "''") + "'!"
        self.baris = 4

    def tulis(self) -> None:
        self.lembar.set_column("A:A", 46)
        self.lembar.set_column("B:F", 13)
        judul = self.bentuk.buat(bold=True, font_size=14, text_wrap=False)
        taruh(self.lembar, "A1", f"Nilai berjalan LKE Zona Integritas {self.isi.tahun}", judul)
        taruh(self.lembar, "A2", f"{tampak(self.isi.kode)} – {tampak(self.isi.nama)}", self.bentuk.buat(bold=True, text_wrap=False))
        self._area()
        self.baris += 1
        self._komponen()
        self._terjawab()
        cetak(self.lembar, f"LKE Zona Integritas {self.isi.tahun}", 2)

    def _kepala(self, *teks: str) -> None:
        for kolom, satu in zip("ABCDEF", teks, strict=False):
            taruh(self.lembar, f"{kolom}{self.baris}", satu, self.bentuk.baris("ringkasan", align="left" if kolom == "A" else "center"))
        self.baris += 1

    def _area(self) -> None:
        """Write the areas, both aspects together: this is what the thresholds of the areas are read on."""
        aspek = SUSUNAN["pengungkit"]
        bagian = self.isi.tata_letak.bagian
        self._kepala("Area perubahan", *(a.capitalize() for a in aspek), "Nilai", "Bobot", "Persen")
        awal = self.baris
        for nomor, nama in self.isi.instrumen.area.items():
            dari = [bagian[f"{a}.{nomor}"] for a in aspek if f"{a}.{nomor}" in bagian]
            taruh(self.lembar, f"A{self.baris}", f"{nomor}. {nama}", self.bentuk.baris("soal"))
            for kolom, satu in zip("BC", dari, strict=False):
                self._sel(kolom, [satu])
            self._jumlah(dari, self.isi.instrumen.bobot_area[nomor])
        batang = {"type": "data_bar", "min_type": "num", "max_type": "num", "min_value": 0, "max_value": 1, "bar_color": "#9DC3E6"}
        self.lembar.conditional_format(f"F{awal}:F{self.baris - 1}", batang)

    def _komponen(self) -> None:
        """Write aspects and named indicators, component by component, then the total."""
        tata, instrumen = self.isi.tata_letak, self.isi.instrumen
        self._kepala("Komponen", "", "", "Nilai", "Bobot", "Persen")
        for komponen in instrumen.komponen:
            for aspek in komponen.aspek:
                self._baris(aspek.nama, tata.aspek[aspek.id], aspek.bobot, "indikator")
                for bagian in (b for b in aspek.bagian if b.nomor is None):
                    for indikator in bagian.indikator:
                        self._baris(f"   {indikator.nama}", tata.indikator[indikator.id], indikator.bobot, "soal")
            self._baris(f"Jumlah {komponen.nama.lower()}", tata.ringkasan[komponen.id], komponen.bobot, "bagian")
        self._baris("Nilai LKE", tata.ringkasan["total"], sum((k.bobot for k in instrumen.komponen), Fraction()), "ringkasan")

    def _baris(self, nama: str, dari: int, bobot: Fraction, jenis: str) -> None:
        for kolom in "BC":
            taruh(self.lembar, f"{kolom}{self.baris}", None, self.bentuk.baris(jenis))
        taruh(self.lembar, f"A{self.baris}", nama, self.bentuk.baris(jenis))
        self._jumlah([dari], bobot, jenis)

    def _jumlah(self, dari: Sequence[int], bobot: Fraction, jenis: str = "soal") -> None:
        """Write value, weight and percentage, and go to the next row."""
        nilai = self._sel("D", dari, jenis)
        taruh(self.lembar, f"E{self.baris}", bobot, self.bentuk.baris(jenis, num_format="0.00"))
        persen = self.bentuk.baris(jenis, num_format="0.00%")
        taruh_rumus(self.lembar, f"F{self.baris}", f"D{self.baris}/E{self.baris}", nilai / bobot, persen)
        self.baris += 1

    def _sel(self, kolom: str, dari: Sequence[int], jenis: str = "soal") -> Fraction:
        nilai = sum((n for n in (self.hitung.nilai_baris(d) for d in dari) if isinstance(n, Fraction)), Fraction())
        rumus = "+".join(f"{self.asal}{self.hitung.sel('nilai', d)}" for d in dari)
        taruh_rumus(self.lembar, f"{kolom}{self.baris}", rumus, nilai, self.bentuk.baris(jenis, num_format="0.00"))
        return nilai

    def _terjawab(self) -> None:
        """Write how many questions have an answer."""
        self.baris += 1
        soal = self.isi.instrumen.soal
        sel = [f"{self.asal}{s}" for s in self.hitung.jawaban_di(soal)]
        jumlah = terjawab(self.isi.instrumen, self.isi.penilaian.jawaban)
        taruh(self.lembar, f"A{self.baris}", f"Soal terjawab, dari {len(soal)} soal", self.bentuk.baris("soal"))
        taruh_rumus(self.lembar, f"D{self.baris}", rumus_jumlah(sel, "COUNTA"), jumlah, self.bentuk.baris("soal", num_format="0"))
