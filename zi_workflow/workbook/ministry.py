"""Our workbook in the ministry's arrangement: to be filled in offline, or an assessment on file written out.

Every question lies where the ministry's own sheet has it, so that one reader reads both. Beside the answers stands the
running score by our rules; what is not to be typed is locked. Texts of users are text, whatever they look like.
"""

from __future__ import annotations

from zi_workflow.domain.cells import huruf_kolom, nomor_kolom
from zi_workflow.domain.fields import TEKS_MAKS
from zi_workflow.domain.instrument import INDEKS, JUMLAH, JUMLAH_MAKS, PILIHAN, Soal
from zi_workflow.domain.recognition import TANDA
from zi_workflow.workbook.content import (
    EKSPOR,
    TEMPLAT,
    TPI,
    UNIT,
    IsiLembar,
    Penilaian,
    isi_jawaban,
    penilaian_sendiri,
    sidik,
    tanda,
    teks_dari,
)
from zi_workflow.workbook.labels import PENYEBUT, RUMUS, Baris, nomor_soal, susun_baris
from zi_workflow.workbook.notes import lembar_petunjuk, lembar_ringkasan
from zi_workflow.workbook.running import Penghitung, menunggu_nilai
from zi_workflow.workbook.styles import Buku, Worksheet, cetak, taruh, taruh_rumus, tinggi_baris
from zi_workflow.workbook.text import tampak

__all__ = ["EKSPOR", "TEMPLAT", "TPI", "UNIT", "IsiLembar", "Penilaian", "sidik", "tulis_kementerian"]

SEBUT_PENILAI = {UNIT: "unit (penilaian mandiri)", TPI: "TPI"}
_JUDUL, _KEPALA = 1, 2
_TEKS_AKHIR = "G"
_AKHIR_TEKS = nomor_kolom(_TEKS_AKHIR)
_LEBAR = {"A": 5, "B": 3, "C": 3.5, "D": 3.5, "E": 5, "F": 4, "G": 46}
_KOLOM = {
    "bobot": (8, "Bobot"),
    "penjelasan": (44, "Cara menjawab"),
    "skala": (11, "Skala"),
    "jawaban": (11, "Jawaban"),
    "nilai": (9, "Nilai"),
    "persen": (9, "Persen"),
    "unit": (10, "Jawaban unit"),
    "catatan": (40, "Catatan"),
    "bukti_dukung": (34, "Bukti dukung"),
    "dinilai": (11, "Nilai TPI\n0–1"),
    "alasan": (34, "Alasan nilai TPI"),
}
_HANYA_TPI = ("unit", "dinilai", "alasan")
_TENGAH = {"align": "center"}
_TANPA_SISI = {"left": 0, "right": 0}
_HURUF_BESAR = 1.1
_TERISI, _DITUNGGU = "#E2EFDA", "#F8CBAD"


def tulis_kementerian(isi: IsiLembar) -> bytes:
    """Return the workbook: the guide, the sheet in the ministry's arrangement, the totals, and the hidden mark."""
    buku = Buku(f"LKE Zona Integritas {isi.tahun}")
    petunjuk = lembar_petunjuk(buku, isi) if isi.tujuan == TEMPLAT else None
    hitung = Penghitung(isi)
    _Penulis(buku, isi, hitung).tulis()
    lembar_ringkasan(buku, isi, hitung)
    _lembar_tanda(buku, isi)
    if petunjuk is not None:
        petunjuk.activate()
    return buku.selesai()


def _lembar_tanda(buku: Buku, isi: IsiLembar) -> None:
    lembar = buku.lembar(TANDA)
    lembar.very_hidden()
    for n, (kunci, nilai) in enumerate(tanda(isi).items(), 1):
        taruh(lembar, f"A{n}", kunci)
        taruh(lembar, f"B{n}", nilai)


class _Penulis:
    """Writes the main sheet."""

    def __init__(self, buku: Buku, isi: IsiLembar, hitung: Penghitung) -> None:
        self.isi = isi
        self.kolom = isi.tata_letak.kolom
        self.bentuk = buku.bentuk
        self.hitung = hitung
        self.rumus = hitung.semua()
        self.lembar: Worksheet = buku.lembar(isi.tata_letak.lembar)

    def tulis(self) -> None:
        self._susun_kolom()
        self._kepala()
        self.lembar.set_row(_KEPALA, 6)
        for baris in susun_baris(self.isi.instrumen, self.isi.tata_letak):
            self._baris(baris)
        self.lembar.freeze_panes(_KEPALA, _AKHIR_TEKS)
        self.lembar.activate()
        cetak(self.lembar, f"LKE Zona Integritas {self.isi.tahun}, instrumen {_kaki(self.isi.instrumen.versi)}", _KEPALA)
        terakhir = max((k for p, k in self.kolom.items() if self._tampil(p)), key=nomor_kolom)
        akhir = self.isi.tata_letak.ringkasan["total"]
        self.lembar.print_area(f"A1:{terakhir}{akhir}")

    def _tampil(self, peran: str) -> bool:
        return self.isi.tpi or peran not in _HANYA_TPI

    def _susun_kolom(self) -> None:
        for huruf, lebar in _LEBAR.items():
            self.lembar.set_column(f"{huruf}:{huruf}", lebar)
        for peran, (lebar, _) in _KOLOM.items():
            huruf = self.kolom[peran]
            self.lembar.set_column(f"{huruf}:{huruf}", lebar, None, {} if self._tampil(peran) else {"hidden": True})

    def _kepala(self) -> None:
        isi, buat = self.isi, self.bentuk.buat
        judul = f"Lembar Kerja Evaluasi Zona Integritas {isi.tahun}\n{tampak(isi.kode)} – {tampak(isi.nama)}"
        rincian = f"Penilai: {SEBUT_PENILAI[isi.penilai]}\nTahun: {isi.tahun}\nInstrumen: {tampak(isi.instrumen.versi)}"
        self.lembar.set_row(_JUDUL - 1, 48)
        self.lembar.merge_range(f"A{_JUDUL}:{_TEKS_AKHIR}{_JUDUL}", "", buat(bold=True, font_size=12, valign="vcenter"))
        taruh(self.lembar, f"A{_JUDUL}", judul, buat(bold=True, font_size=12, valign="vcenter"))
        taruh(self.lembar, f"{self.kolom['penjelasan']}{_JUDUL}", rincian, buat(valign="vcenter"))
        kepala = self.bentuk.baris("ringkasan", valign="vcenter", **_TENGAH)
        self.lembar.set_row(_KEPALA - 1, 30)
        taruh(self.lembar, f"A{_KEPALA}", "Soal", kepala)
        self.lembar.merge_range(f"B{_KEPALA}:{_TEKS_AKHIR}{_KEPALA}", "", kepala)
        taruh(self.lembar, f"B{_KEPALA}", "Uraian", kepala)
        for peran, (_, teks) in _KOLOM.items():
            taruh(self.lembar, f"{self.kolom[peran]}{_KEPALA}", teks, kepala)

    def _baris(self, baris: Baris) -> None:
        """Write one row: the tree on the left, what is asked, and the cells to fill in."""
        self._label(baris)
        warna = self.bentuk.baris
        n, jenis = baris.baris, baris.jenis
        taruh(self.lembar, f"{self.kolom['bobot']}{n}", baris.bobot, warna(jenis, num_format="0.00", **_TENGAH))
        taruh(self.lembar, f"{self.kolom['penjelasan']}{n}", baris.penjelasan, warna(jenis, font_size=9))
        taruh(self.lembar, f"{self.kolom['skala']}{n}", baris.skala, warna(jenis, **_TENGAH))
        self._nilai(baris)
        if baris.soal is not None:
            self._soal(baris, baris.soal)
        else:
            for peran in ("jawaban", "catatan", "bukti_dukung", *_HANYA_TPI):
                self._tetap(peran, baris)
        if jenis == RUMUS:
            self._dinilai(baris)

    def _label(self, baris: Baris) -> None:
        """Write the number and the text, across the narrow columns of the tree where it begins left of the questions."""
        n, warna, tengah = baris.baris, self.bentuk.baris(baris.jenis, **_TANPA_SISI), nomor_kolom(baris.kolom)
        taruh(self.lembar, f"A{n}", nomor_soal(baris.soal), self.bentuk.baris(baris.jenis, font_size=8, bold=False, **_TENGAH))
        for k in range(nomor_kolom("B"), _AKHIR_TEKS + 1):
            taruh(self.lembar, f"{huruf_kolom(k)}{n}", None, warna)
        taruh(self.lembar, f"{baris.kolom}{n}", baris.nomor, warna)
        if tengah + 1 < _AKHIR_TEKS:
            self.lembar.merge_range(f"{huruf_kolom(tengah + 1)}{n}:{huruf_kolom(_AKHIR_TEKS)}{n}", "", warna)
        taruh(self.lembar, f"{huruf_kolom(tengah + 1)}{n}", baris.teks, warna)
        self._tinggi(baris, sum(_LEBAR[huruf_kolom(k)] for k in range(tengah + 1, _AKHIR_TEKS + 1)))

    def _tinggi(self, baris: Baris, lebar: float) -> None:
        """Make the row high enough for its texts: not every program does so by itself."""
        peta = self.isi.penilaian
        teks: list[tuple[str | None, float]] = [(baris.teks, lebar / _HURUF_BESAR), (baris.penjelasan, _KOLOM["penjelasan"][0])]
        if baris.soal is not None:
            teks += [(teks_dari(peta.catatan, baris.soal.id), _KOLOM["catatan"][0])]
            teks += [(teks_dari(peta.bukti_dukung, baris.soal.id), _KOLOM["bukti_dukung"][0])]
        if baris.rumus is not None and (ada := penilaian_sendiri(baris.rumus, self.isi.dinilai)):
            teks.append((ada[1], _KOLOM["alasan"][0]))
        tinggi = tinggi_baris(teks)
        if tinggi > tinggi_baris(()) or baris.soal is None:
            self.lembar.set_row(baris.baris - 1, tinggi)

    def _tetap(self, peran: str, baris: Baris) -> None:
        """Write a cell that nobody types into: a calculated answer, or nothing."""
        sel = f"{self.kolom[peran]}{baris.baris}"
        rumus = self.rumus.get(sel)
        if rumus is None:
            taruh(self.lembar, sel, None, self.bentuk.baris(baris.jenis))
        else:
            angka = "0" if baris.jenis == PENYEBUT else "0.00%"
            taruh_rumus(self.lembar, sel, rumus.rumus, rumus.nilai, self.bentuk.terkunci(num_format=angka, **_TENGAH))

    def _nilai(self, baris: Baris) -> None:
        """Write the score in points (of a heading) or 0 to 1 (of a question), and the share of the weight."""
        nilai, persen = (f"{self.kolom[p]}{baris.baris}" for p in ("nilai", "persen"))
        rumus = self.rumus.get(nilai)
        if rumus is None:
            taruh(self.lembar, nilai, None, self.bentuk.baris(baris.jenis))
        else:
            taruh_rumus(self.lembar, nilai, rumus.rumus, rumus.nilai, self.bentuk.baris(baris.jenis, num_format="0.00", align="right"))
        bentuk = self.bentuk.baris(baris.jenis, num_format="0.00%")
        if rumus is None or baris.bobot is None or isinstance(rumus.nilai, str):
            taruh(self.lembar, persen, None, bentuk)
        else:
            bobot = f"{self.kolom['bobot']}{baris.baris}"
            taruh_rumus(self.lembar, persen, f"{nilai}/{bobot}", rumus.nilai / baris.bobot, bentuk)

    def _soal(self, baris: Baris, soal: Soal) -> None:
        """Write the cells of one question, with what is on file."""
        isi, n = self.isi, baris.baris
        jawaban = isi_jawaban(isi.instrumen, soal.id, isi.penilaian.jawaban)
        angka = {PILIHAN: "@", INDEKS: "0.00##", JUMLAH: "#,##0"}[soal.skala.jenis]
        sel = f"{self.kolom['jawaban']}{n}"
        taruh(self.lembar, sel, jawaban, self.bentuk.isian(num_format=angka, **_TENGAH))
        self.lembar.data_validation(sel, _aturan(soal))
        self.lembar.conditional_format(sel, {"type": "no_blanks", "format": self.bentuk.buat(bg_color=_TERISI)})
        if isi.tpi:
            dari_unit = isi_jawaban(isi.instrumen, soal.id, isi.jawaban_unit)
            taruh(self.lembar, f"{self.kolom['unit']}{n}", dari_unit, self.bentuk.terkunci(num_format=angka, **_TENGAH))
        for peran, peta in (("catatan", isi.penilaian.catatan), ("bukti_dukung", isi.penilaian.bukti_dukung)):
            tempat = f"{self.kolom[peran]}{n}"
            taruh(self.lembar, tempat, teks_dari(peta, soal.id), self.bentuk.isian(font_size=9, num_format="@"))
            self.lembar.data_validation(tempat, _ATURAN_TEKS)
        for peran in _HANYA_TPI[1:]:
            self._tetap(peran, baris)

    def _dinilai(self, baris: Baris) -> None:
        """Write the cells of TPI's own value, which shine while it is waited for."""
        rumus = baris.rumus
        if not self.isi.tpi or rumus is None:
            return
        ada = penilaian_sendiri(rumus, self.isi.dinilai)
        sel, alasan = (f"{self.kolom[p]}{baris.baris}" for p in ("dinilai", "alasan"))
        taruh(self.lembar, sel, ada[0] if ada else None, self.bentuk.isian(num_format="0.00##", **_TENGAH))
        taruh(self.lembar, alasan, ada[1] if ada else None, self.bentuk.isian(font_size=9, num_format="@"))
        self.lembar.data_validation(sel, _ATURAN_DINILAI)
        self.lembar.data_validation(alasan, _ATURAN_TEKS)
        syarat = {"type": "formula", "criteria": menunggu_nilai(self.hitung, rumus), "format": self.bentuk.buat(bg_color=_DITUNGGU)}
        self.lembar.conditional_format(f"{sel}:{alasan}", syarat)


_ATURAN_TEKS = {
    "validate": "length",
    "criteria": "<=",
    "value": TEKS_MAKS,
    "error_title": "Terlalu panjang",
    "error_message": f"Paling banyak {TEKS_MAKS} huruf. Untuk yang panjang, sebutkan nama dokumennya saja.",
}
_ATURAN_DINILAI = {
    "validate": "decimal",
    "criteria": "between",
    "minimum": 0,
    "maximum": 1,
    "input_title": "Nilai TPI",
    "input_message": "Hanya bila pembaginya 0, sehingga persentase tidak dapat dihitung. Isi 0 sampai 1 dan alasannya di kolom sebelah.",
    "error_title": "Nilai TPI",
    "error_message": "Nilai TPI adalah angka 0 sampai 1, misalnya 0,5.",
}


def _aturan(soal: Soal) -> dict[str, object]:
    """Return what may be typed as an answer, and the words that say so."""
    skala = soal.skala
    judul = {"input_title": f"Soal {soal.id}"[:32], "error_title": "Jawaban tidak sesuai"}
    if skala.jenis == PILIHAN:
        pilihan = ", ".join(skala.nilai)
        pesan = {"input_message": f"Pilih {pilihan}. Kosongkan bila belum dijawab.", "error_message": f"Pilih salah satu: {pilihan}."}
        return {"validate": "list", "source": list(skala.nilai), **judul, **pesan}
    antara = {"criteria": "between", "minimum": 0}
    if skala.jenis == INDEKS:
        pesan = {"input_message": f"Ketik indeks 0 sampai {skala.tertinggi}, misalnya 3,60."}
        pesan["error_message"] = f"Indeks adalah angka 0 sampai {skala.tertinggi}."
        return {"validate": "decimal", **antara, "maximum": skala.tertinggi, **judul, **pesan}
    pesan = {"input_message": "Ketik bilangan bulat; 0 bila tidak ada. Kosongkan bila belum diketahui."}
    pesan["error_message"] = "Jumlah adalah bilangan bulat, 0 atau lebih."
    return {"validate": "integer", **antara, "maximum": JUMLAH_MAKS, **judul, **pesan}


def _kaki(teks: str) -> str:
    """Return text for the footer, where & begins a code."""
    return tampak(teks).replace("&", "&&")
