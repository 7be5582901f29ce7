"""PortalRB's sheet of answers: each answer in the very cell that PortalRB reads, and beside it what the question is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count

from zi_workflow.domain.cells import huruf_kolom, nomor_kolom
from zi_workflow.domain.instrument import INDEKS, Instrumen, Rumus, Soal
from zi_workflow.domain.layout import LembarPortal
from zi_workflow.workbook.content import TPI, UNIT, Isi, Penilaian, isi_jawaban, teks_dari
from zi_workflow.workbook.labels import cara_menjawab, nomor_soal
from zi_workflow.workbook.styles import Buku, cetak, taruh, tinggi_baris
from zi_workflow.workbook.text import tampak

_URAIAN = (("Soal", 6), ("Uraian", 64), ("Cara menjawab", 46))
_SELA, _HURUF_BESAR = 2, 1.1
_SEBUT_PENILAI = {UNIT: "unit", TPI: "TPI"}
_JAWABAN = "jawaban"
_SEBUT_ISI = {_JAWABAN: ("Jawaban", 12), "catatan": ("Catatan", 40), "bukti_dukung": ("Bukti dukung", 34)}


def tulis_portal(kode: str, nama: str, tahun: int, instrumen: Instrumen, tata: LembarPortal, penilaian: Mapping[str, Penilaian]) -> bytes:
    """Return the workbook, with the columns of each assessor that is given; those of the other stay empty."""
    buku = Buku(f"Jawaban LKE Zona Integritas {tahun}")
    penulis = _Penulis(buku, instrumen, tata, penilaian)
    penulis.kepala(f"{tampak(kode)} {tampak(nama)}, {tahun}")
    for baris, judul in judul_baris(instrumen, tata).items():
        penulis.judul(baris, judul)
    for soal in instrumen.soal.values():
        penulis.soal(soal)
    penulis.lembar.freeze_panes(1, len(_URAIAN) - 1)
    cetak(penulis.lembar, f"Jawaban LKE Zona Integritas {tahun}", 1)
    return buku.selesai()


class _Penulis:
    """Writes the sheet; ``bebas`` are columns that PortalRB does not use, for what a person reads."""

    def __init__(self, buku: Buku, instrumen: Instrumen, tata: LembarPortal, penilaian: Mapping[str, Penilaian]) -> None:
        self.bentuk = buku.bentuk
        self.instrumen = instrumen
        self.tata = tata
        self.penilaian = penilaian
        self.kolom = {huruf: (penilai, isi) for penilai, peta in tata.kolom.items() for isi, huruf in peta.items()}
        kosong = (huruf for huruf in map(huruf_kolom, count(1)) if huruf not in self.kolom)
        self.bebas = [next(kosong) for _ in _URAIAN]
        self.lembar = buku.lembar(tata.lembar)

    def kepala(self, milik: str) -> None:
        """Write the header row; over the questions it says whose answers these are."""
        bentuk = self.bentuk.baris("ringkasan", valign="vcenter")
        self.lembar.set_row(0, 30)
        self.lembar.set_column(f"A:{max(self.kolom, key=nomor_kolom)}", _SELA)
        sebut = [(h, f"{t}: {milik}" if t == "Uraian" else t, lebar) for h, (t, lebar) in zip(self.bebas, _URAIAN, strict=True)]
        for huruf, (penilai, isi) in self.kolom.items():
            teks, lebar = _SEBUT_ISI[isi]
            sebut.append((huruf, f"{teks} {_SEBUT_PENILAI[penilai]}", lebar))
        for huruf, teks, lebar in sebut:
            self.lembar.set_column(f"{huruf}:{huruf}", lebar)
            taruh(self.lembar, f"{huruf}1", teks, bentuk)

    def judul(self, baris: int, teks: str) -> None:
        """Write a heading of the tree."""
        taruh(self.lembar, f"{self.bebas[1]}{baris}", teks, self.bentuk.baris("indikator"))

    def soal(self, soal: Soal) -> None:
        """Write one question and what each assessor said."""
        baris = self.tata.soal[soal.id]
        uraian = (soal.uraian, cara_menjawab(soal))
        for huruf, teks in zip(self.bebas, (nomor_soal(soal), *uraian), strict=True):
            taruh(self.lembar, f"{huruf}{baris}", teks, self.bentuk.baris("soal"))
        tinggi = [(teks, lebar / _HURUF_BESAR) for teks, (_, lebar) in zip(uraian, _URAIAN[1:], strict=True)]
        for huruf, (penilai, isi) in self.kolom.items():
            angka = "0.00##" if isi == _JAWABAN and soal.skala.jenis == INDEKS else "General"
            satu = self._isi(soal, penilai, isi)
            taruh(self.lembar, f"{huruf}{baris}", satu, self.bentuk.isian(num_format=angka))
            tinggi.append((str(satu or ""), _SEBUT_ISI[isi][1] / _HURUF_BESAR))
        self.lembar.set_row(baris - 1, tinggi_baris(tinggi))

    def _isi(self, soal: Soal, penilai: str, isi: str) -> Isi:
        ada = self.penilaian.get(penilai)
        if ada is None:
            return None
        if isi == _JAWABAN:
            return isi_jawaban(self.instrumen, soal.id, ada.jawaban)
        return teks_dari(ada.catatan if isi == "catatan" else ada.bukti_dukung, soal.id)


def judul_baris(instrumen: Instrumen, tata: LembarPortal) -> dict[int, str]:
    """Return the headings by row: the nearest ones stand right above a question, in the rows that the layout leaves free there."""
    hasil: dict[int, str] = {}
    terpakai = 1
    for judul, soal in _urut(instrumen):
        baris = tata.soal[soal.id]
        tempat = range(max(terpakai + 1, baris - len(judul)), baris)
        hasil.update(zip(tempat, judul[len(judul) - len(tempat) :], strict=True))
        terpakai = max(terpakai, baris)
    return hasil


def _urut(instrumen: Instrumen) -> Iterator[tuple[list[str], Soal]]:
    """Yield every question with the headings that begin with it, the outermost first."""
    baru: list[str] = []
    for komponen in instrumen.komponen:
        baru.append(komponen.nama)
        for aspek in komponen.aspek:
            baru.append(aspek.nama)
            for bagian in aspek.bagian:
                baru += [] if bagian.nomor is None else [f"{bagian.nomor}. {instrumen.area[bagian.nomor]}"]
                for indikator in bagian.indikator:
                    baru.append(indikator.nama)
                    for butir in indikator.butir:
                        baru += [f"{butir.uraian} (%)"] if isinstance(butir, Rumus) else []
                        for id_ in butir.ids:
                            yield baru, instrumen.soal[id_]
                            baru = []
