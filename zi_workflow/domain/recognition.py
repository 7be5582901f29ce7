"""From a workbook's cells to answers: the layout is recognised by itself, and every cell that cannot be an answer is named.

Where a cell lies comes from ``layout``; what is an answer comes from the instrument's scales. Nothing is guessed: a text
where a number belongs ("0,5", "50%"), a hidden row, a merged cell, a formula without its value are each refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Context, Decimal

from zi_workflow.domain.cells import Buku, Lembar, Sel, nomor_kolom, urai_rujukan
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.domain.events import Polos
from zi_workflow.domain.fields import baca_teks
from zi_workflow.domain.instrument import INDEKS, JUMLAH_MAKS, PILIHAN, Instrumen, Soal, baca_desimal, baca_jumlah
from zi_workflow.domain.layout import Lembaran, LembarPortal, TataLetak

TEMPLAT, KEMENTERIAN, PORTALRB, JSON = "templat", "kementerian", "portalrb", "json"
TANDA = "zi"
"""The sheet on which our own workbooks say what they are."""
FORMAT = "zi-lke"
JAWABAN, DINILAI, CATATAN, BUKTI_DUKUNG = "jawaban", "dinilai", "catatan", "bukti_dukung"
_TAMPAK = 40
_TANDA_MAKS = 40
_TANDA_PANJANG = 200
_SEBUT_MAKS = 8
_DESIMAL_MAKS = 12
_TERBANYAK = f"{JUMLAH_MAKS:,}".replace(",", ".")
# A workbook shows 15 significant digits of a number: what is beyond them is the machine's rounding, not what was typed.
_TAMPIL = Context(prec=15, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True, slots=True)
class Terbaca:
    """What a file says. ``peta`` holds the maps by soal_id that this layout carries: jawaban, and what else it has columns for."""

    bentuk: str
    peta: Mapping[str, Mapping[str, Polos]]
    lembar: Lembar | None = None


@dataclass
class _Pembaca:
    lembar: Lembar
    masalah: list[tuple[int, int, str]] = field(default_factory=list)
    gabungan: list[tuple[int, int, int, int]] = field(init=False)

    def __post_init__(self) -> None:
        rentang = [r.partition(":") for r in self.lembar.gabungan]
        self.gabungan = [(*urai_rujukan(awal), *urai_rujukan(akhir or awal)) for awal, _, akhir in rentang]

    def digabung(self, kolom: str, baris: int) -> bool:
        nomor = nomor_kolom(kolom)
        return any(b1 <= baris <= b2 and k1 <= nomor <= k2 for b1, k1, b2, k2 in self.gabungan)

    def salah(self, kolom: str, baris: int, apa: str) -> None:
        self.masalah.append((baris, len(self.masalah), f"Sel {kolom}{baris}: {apa}"))

    def sel(self, kolom: str, baris: int) -> Sel | None:
        """Return a cell that holds something one may read, None where it shows nothing or was just named as wrong."""
        satu = self.lembar.ambil(kolom, baris)
        if satu.kosong or (isinstance(satu.nilai, str) and not satu.nilai.strip()):
            return None
        if baris in self.lembar.tersembunyi:
            self.salah(kolom, baris, "terisi, padahal barisnya tersembunyi")
        elif self.digabung(kolom, baris):
            self.salah(kolom, baris, "terisi, padahal digabung dengan sel lain")
        elif satu.galat:
            self.salah(kolom, baris, f"berisi galat {_tampak(satu.nilai)}")
        elif satu.nilai is None:
            self.salah(kolom, baris, "berisi rumus yang belum dihitung; buka dan simpan di Excel, atau ketik nilainya")
        else:
            return satu
        return None


def tanda_buku(buku: Buku) -> dict[str, str]:
    """Return what one of our own workbooks says of itself (unit, tahun, penilai, instrumen …); empty for any other."""
    lembar = buku.lembar.get(TANDA)
    if lembar is None:
        return {}
    pasang = [(lembar.ambil("A", b).nilai, lembar.ambil("B", b).nilai) for b in range(1, _TANDA_MAKS)]
    isi = {
        k: (format(v, "f") if isinstance(v, Decimal) else str(v))[:_TANDA_PANJANG]
        for k, v in pasang
        if isinstance(k, str) and v is not None
    }
    return isi if isi.get("format") == FORMAT else {}


def kenali(buku: Buku, instrumen: Instrumen, lembaran: Lembaran, penilai: str) -> Terbaca:
    """Recognise the layout and read the assessor's answers.

    Raises:
        MasukanSalah: No known layout (what was looked for is said), an arrangement that differs, or cells that are no
            answers, all of them named.
    """
    kementerian, portal = lembaran.kementerian, lembaran.portal
    lembar = _lembar(buku, kementerian.lembar)
    if lembar is not None:
        return _kementerian(lembar, instrumen, kementerian, templat=bool(tanda_buku(buku)))
    lembar = None if portal is None else _lembar(buku, portal.lembar)
    if portal is not None and lembar is not None:
        return _portal(lembar, instrumen, portal, penilai)
    dicari = f"lembar '{kementerian.lembar}' (buku kerja kementerian atau templat zi)"
    if portal is not None:
        dicari += f" atau lembar '{portal.lembar}' (PortalRB)"
    ada = ", ".join(f"'{n[:_TAMPAK]}'" for n in list(buku.lembar)[:_SEBUT_MAKS]) or "tidak ada lembar"
    raise MasukanSalah(
        "Tata letak buku kerja ini tidak dikenali",
        f"Yang dicari: {dicari}; yang ada: {ada}.",
        "Pakai buku kerja resmi, atau buat templat: zi lke templat UNIT --tahun Y --ke BERKAS.xlsx",
    )


def _lembar(buku: Buku, nama: str) -> Lembar | None:
    """Return the sheet of that name: the very name, else the first that differs only in case or in blanks around it."""
    sebangun = [n for n in buku.lembar if n.strip().casefold() == nama.casefold()]
    return buku.lembar.get(nama) or (buku.lembar[sebangun[0]] if sebangun else None)


def tulisan_sama(nilai: object, tulisan: str) -> bool:
    """Say whether a scale cell says ``tulisan``, line breaks and blanks aside."""
    return isinstance(nilai, str) and "".join(nilai.split()).casefold() == "".join(tulisan.split()).casefold()


def _kementerian(lembar: Lembar, instrumen: Instrumen, tata: TataLetak, *, templat: bool) -> Terbaca:
    _susunan(lembar, instrumen, tata)
    kolom = tata.kolom
    baca = _Pembaca(lembar)
    _bukan_baris_jawaban(baca, tata)
    peta: dict[str, dict[str, Polos]] = {
        JAWABAN: _jawaban(baca, instrumen, tata.soal, kolom[JAWABAN]),
        CATATAN: _teks_semua(baca, tata.soal, kolom[CATATAN]),
    }
    if templat:
        peta[BUKTI_DUKUNG] = _teks_semua(baca, tata.soal, kolom[BUKTI_DUKUNG])
        peta[DINILAI] = _dinilai(baca, tata)
    _tolak(baca)
    return Terbaca(TEMPLAT if templat else KEMENTERIAN, peta, lembar)


def _bukan_baris_jawaban(baca: _Pembaca, tata: TataLetak) -> None:
    """Name answers that were typed on a heading's row, where nobody would ever count them."""
    judul = {*tata.indikator.values(), *(k.baris for k in tata.kelompok), *tata.bagian.values(), *tata.aspek.values()}
    for baris in judul - set(tata.soal.values()):
        sel = baca.lembar.ambil(tata.kolom[JAWABAN], baris)
        if not sel.kosong:
            baca.salah(tata.kolom[JAWABAN], baris, f"{_tampak(sel.nilai)} di baris judul, bukan baris soal")


def _portal(lembar: Lembar, instrumen: Instrumen, portal: LembarPortal, penilai: str) -> Terbaca:
    kolom = portal.kolom[penilai]
    baca = _Pembaca(lembar)
    peta: dict[str, dict[str, Polos]] = {JAWABAN: _jawaban(baca, instrumen, portal.soal, kolom[JAWABAN])}
    for nama in (n for n in (CATATAN, BUKTI_DUKUNG) if n in kolom):
        peta[nama] = _teks_semua(baca, portal.soal, kolom[nama])
    _tolak(baca)
    return Terbaca(PORTALRB, peta, lembar)


def _susunan(lembar: Lembar, instrumen: Instrumen, tata: TataLetak) -> None:
    """Refuse a sheet whose scale column is not that of the instrument: rows were moved, or it is another edition.

    A cell that says something that is no scale at all is left to reconciliation: the ministry's own sheet has one.
    """
    beda: list[str] = []
    for soal in instrumen.soal.values():
        baris = tata.soal[soal.id]
        isi, harap = lembar.ambil(tata.kolom["skala"], baris).nilai, tata.tulisan[soal.skala.id]
        lain = isi is None or any(tulisan_sama(isi, t) for n, t in tata.tulisan.items() if n != soal.skala.id)
        if lain and not tulisan_sama(isi, harap):
            beda.append(f"{tata.kolom['skala']}{baris} berisi {_tampak(isi)}, seharusnya '{harap}' (soal {soal.id})")
    if beda:
        sisa = f"; dan {len(beda) - _SEBUT_MAKS} sel lain" if len(beda) > _SEBUT_MAKS else ""
        raise MasukanSalah(
            f"Susunan lembar '{lembar.nama[:_TAMPAK]}' berbeda dari instrumen {instrumen.versi}: {'; '.join(beda[:_SEBUT_MAKS])}{sisa}",
            f"Kolom {tata.kolom['skala']} menyebut skala tiap soal pada barisnya; bila baris ditambah atau dihapus, jawaban terbaca salah.",
            "Salin jawaban ke buku kerja yang utuh, atau buat templat: zi lke templat UNIT --tahun Y --ke BERKAS.xlsx",
        )


def _jawaban(baca: _Pembaca, instrumen: Instrumen, letak: Mapping[str, int], kolom: str) -> dict[str, Polos]:
    hasil: dict[str, Polos] = {}
    for soal in instrumen.soal.values():
        baris = letak[soal.id]
        sel = baca.sel(kolom, baris)
        if sel is None:
            continue
        nilai = jawaban_sel(soal, sel)
        if isinstance(nilai, _Bukan):
            baca.salah(kolom, baris, nilai.apa)
        else:
            hasil[soal.id] = nilai
    return hasil


@dataclass(frozen=True, slots=True)
class _Bukan:
    """A cell that is no answer, and why."""

    apa: str


def jawaban_sel(soal: Soal, sel: Sel) -> str | int | _Bukan:
    """Read one answer: choices whatever their case, numbers as the workbook shows them, never a text that looks like one."""
    skala, nilai = soal.skala, sel.nilai
    if skala.jenis == PILIHAN:
        pilihan = {p.casefold(): p for p in skala.nilai}
        cocok = pilihan.get(nilai.strip().casefold()) if isinstance(nilai, str) else None
        return cocok or _Bukan(f"{_tampak(nilai)} bukan {'/'.join(skala.nilai)}")
    if isinstance(nilai, str) and nilai.strip().isascii() and nilai.strip().isdecimal():
        nilai = Decimal(nilai.strip())
    if not isinstance(nilai, Decimal):
        sebut = "adalah teks, bukan angka" if isinstance(nilai, str) else "bukan angka"
        return _Bukan(f"{_tampak(nilai)} {sebut}; ketik sebagai angka")
    teks = _angka(nilai)
    if skala.jenis == INDEKS:
        if 0 <= nilai <= skala.tertinggi and len(teks.partition(".")[2]) > _DESIMAL_MAKS:
            return _Bukan(f"{_berkoma(teks)} lebih dari {_DESIMAL_MAKS} desimal; bulatkan dahulu")
        return baca_desimal(teks, skala.tertinggi) or _Bukan(f"{_berkoma(teks)} bukan indeks 0 sampai {skala.tertinggi}")
    jumlah = baca_jumlah(teks)
    return _Bukan(f"{_berkoma(teks)} bukan bilangan bulat 0 sampai {_TERBANYAK}") if jumlah is None else jumlah


def _angka(nilai: Decimal) -> str:
    """Write a number as the workbook shows it, without an exponent and without a sign on 0."""
    return format(_TAMPIL.plus(nilai).normalize(_TAMPIL), "f")


def _teks_semua(baca: _Pembaca, letak: Mapping[str, int], kolom: str) -> dict[str, Polos]:
    hasil: dict[str, Polos] = {}
    for soal, baris in letak.items():
        teks = _teks(baca, kolom, baris)
        if teks is not None:
            hasil[soal] = teks
    return hasil


def _teks(baca: _Pembaca, kolom: str, baris: int) -> str | None:
    sel = baca.sel(kolom, baris)
    if sel is None:
        return None
    mentah = _angka(sel.nilai) if isinstance(sel.nilai, Decimal) else _benar(sel.nilai) or str(sel.nilai)
    try:
        return baca_teks(mentah.replace("\r\n", "\n").replace("\r", "\n"), f"{kolom}{baris}")
    except MasukanSalah as e:
        baca.salah(kolom, baris, e.sebab)
        return None


def _dinilai(baca: _Pembaca, tata: TataLetak) -> dict[str, Polos]:
    """Read TPI's judged values (D10): a number 0…1 with its reason, on the row of a percentage."""
    hasil: dict[str, Polos] = {}
    for kunci, rumus in tata.rumus.items():
        sebelum = len(baca.masalah)
        sel, alasan = baca.sel(tata.kolom[DINILAI], rumus.baris), _teks(baca, tata.kolom["alasan"], rumus.baris)
        teks = baca_desimal(_angka(sel.nilai), 1) if sel is not None and isinstance(sel.nilai, Decimal) else None
        if sel is not None and teks is None:
            baca.salah(
                tata.kolom[DINILAI], rumus.baris, f"{_tampak(sel.nilai)} bukan angka 0 sampai 1, paling banyak {_DESIMAL_MAKS} desimal"
            )
        if len(baca.masalah) > sebelum:
            continue
        if teks is not None and alasan is not None:
            hasil[kunci] = {"nilai": teks, "alasan": alasan}
        elif teks is not None or alasan is not None:
            kurang = tata.kolom[DINILAI if teks is None else "alasan"]
            baca.salah(kurang, rumus.baris, "kosong; nilai TPI dan alasannya diisi bersama (tafsir D10)")
    return hasil


def _tolak(baca: _Pembaca) -> None:
    if not baca.masalah:
        return
    urut = [apa for _, _, apa in sorted(baca.masalah)]
    raise MasukanSalah(
        f"{len(urut)} sel tidak dapat dibaca. {'; '.join(urut)}",
        "Setiap sel jawaban berisi salah satu pilihan soalnya, atau angka.",
        "Perbaiki sel yang disebut, simpan, lalu ulangi. Tidak ada yang ditulis.",
    )


def _tampak(nilai: object) -> str:
    """Show what stands in a cell, briefly."""
    if nilai is None:
        return "kosong"
    return f"'{_berkoma(str(nilai)) if isinstance(nilai, Decimal) else _singkat(_benar(nilai) or str(nilai))}'"


def _benar(nilai: object) -> str:
    """Return a truth value as a workbook shows it; empty for anything else."""
    return str(nilai).upper() if isinstance(nilai, bool) else ""


def _berkoma(teks: str) -> str:
    """Show a number briefly, as a workbook in Indonesian does."""
    return _singkat(teks.replace(".", ","))


def _singkat(teks: str) -> str:
    return f"{teks[:_TAMPAK]}{'…' if len(teks) > _TAMPAK else ''}"
