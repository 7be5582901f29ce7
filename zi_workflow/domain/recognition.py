"""From a workbook's cells to answers: the layout is recognised by itself, and every cell that cannot be an answer is named.

Where a cell lies comes from ``layout``; what is an answer comes from the instrument's scales. Nothing is guessed: a text
where a number belongs ("0,5", "50%"), a hidden row, a merged cell, a formula without its value are each refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Context, Decimal

from zi_workflow.domain.cells import Buku, Lembar, Sel, urai_rujukan
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.domain.events import Polos
from zi_workflow.domain.fields import baca_teks
from zi_workflow.domain.instrument import INDEKS, JUMLAH_MAKS, PILIHAN, Instrumen, Soal, baca_desimal
from zi_workflow.domain.layout import Lembaran, LembarPortal, TataLetak

TEMPLAT, KEMENTERIAN, PORTALRB, JSON = "templat", "kementerian", "portalrb", "json"
TANDA = "zi"
"""The sheet on which our own workbooks say what they are."""
FORMAT = "zi-lke"
JAWABAN, DINILAI, CATATAN, BUKTI_DUKUNG = "jawaban", "dinilai", "catatan", "bukti_dukung"
_TAMPAK = 40
_TANDA_MAKS = 40
_TANDA_PANJANG = 200
_DESIMAL_MAKS = 12
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
    gabungan: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.gabungan = frozenset(r.partition(":")[0] for r in self.lembar.gabungan)

    def salah(self, kolom: str, baris: int, apa: str) -> None:
        self.masalah.append((baris, len(self.masalah), f"Sel {kolom}{baris}: {apa}"))

    def sel(self, kolom: str, baris: int) -> Sel | None:
        """Return a cell that holds something one may read, None where it is empty or was just named as wrong."""
        satu = self.lembar.ambil(kolom, baris)
        if satu.kosong:
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
    isi = {k: format(v, "f") if isinstance(v, Decimal) else str(v) for k, v in pasang if isinstance(k, str) and v is not None}
    return isi if isi.get("format") == FORMAT else {}


def kenali(buku: Buku, instrumen: Instrumen, lembaran: Lembaran, penilai: str) -> Terbaca:
    """Recognise the layout and read the assessor's answers.

    Raises:
        MasukanSalah: No known layout (what was looked for is said), an arrangement that differs, or cells that are no
            answers, all of them named.
    """
    nama = {n.strip().casefold(): n for n in buku.lembar}
    kementerian = nama.get(lembaran.kementerian.lembar.casefold())
    if kementerian is not None:
        return _kementerian(buku.lembar[kementerian], instrumen, lembaran.kementerian, templat=bool(tanda_buku(buku)))
    portal = lembaran.portal
    if portal is not None and portal.lembar.casefold() in nama:
        return _portal(buku.lembar[nama[portal.lembar.casefold()]], instrumen, portal, penilai)
    dicari = [lembaran.kementerian.lembar, *([portal.lembar] if portal else [])]
    ada = ", ".join(f"'{n[:_TAMPAK]}'" for n in list(buku.lembar)[:8]) or "tidak ada lembar"
    raise MasukanSalah(
        "Tata letak buku kerja ini tidak dikenali",
        f"Yang dicari: lembar '{dicari[0]}' (buku kerja kementerian atau templat zi)"
        + (f" atau lembar '{dicari[1]}' (PortalRB)" if len(dicari) > 1 else "")
        + f"; yang ada: {ada}.",
        "Pakai buku kerja resmi, atau buat templat: zi lke templat UNIT --tahun Y --ke BERKAS.xlsx",
    )


def tulisan_sama(nilai: object, tulisan: str) -> bool:
    """Say whether a scale cell says ``tulisan``, line breaks and blanks aside."""
    return isinstance(nilai, str) and "".join(nilai.split()).casefold() == "".join(tulisan.split()).casefold()


def _kementerian(lembar: Lembar, instrumen: Instrumen, tata: TataLetak, *, templat: bool) -> Terbaca:
    _susunan(lembar, instrumen, tata)
    kolom = tata.kolom
    baca = _Pembaca(lembar)
    peta: dict[str, dict[str, Polos]] = {
        JAWABAN: _jawaban(baca, instrumen, tata.soal, kolom[JAWABAN]),
        CATATAN: _teks_semua(baca, tata.soal, kolom[CATATAN]),
    }
    if templat:
        peta[BUKTI_DUKUNG] = _teks_semua(baca, tata.soal, kolom[BUKTI_DUKUNG])
        peta[DINILAI] = _dinilai(baca, tata)
    _tolak(baca)
    return Terbaca(TEMPLAT if templat else KEMENTERIAN, peta, lembar)


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
        sisa = f"; dan {len(beda) - 8} sel lain" if len(beda) > 8 else ""  # noqa: PLR2004 - enough to see the pattern
        raise MasukanSalah(
            f"Susunan lembar '{lembar.nama[:_TAMPAK]}' berbeda dari instrumen {instrumen.versi}: {'; '.join(beda[:8])}{sisa}",
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
        return _Bukan(f"{_tampak(nilai)} adalah teks, bukan angka; ketik sebagai angka")
    tampil = _TAMPIL.create_decimal(nilai)
    teks = format(tampil.normalize(), "f")
    if skala.jenis == INDEKS:
        if len(teks.partition(".")[2]) > _DESIMAL_MAKS:
            return _Bukan(f"{teks} lebih dari {_DESIMAL_MAKS} desimal; bulatkan dahulu")
        return baca_desimal(teks, skala.tertinggi) or _Bukan(f"{teks} bukan indeks 0 sampai {skala.tertinggi}")
    if tampil == tampil.to_integral_value() and 0 <= tampil <= JUMLAH_MAKS:
        return int(tampil)
    return _Bukan(f"{teks} bukan bilangan bulat 0 sampai {JUMLAH_MAKS}")


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
    mentah = format(sel.nilai.normalize(), "f") if isinstance(sel.nilai, Decimal) else str(sel.nilai)
    try:
        return baca_teks(mentah.replace("\r\n", "\n").replace("\r", "\n"), f"{kolom}{baris}")
    except MasukanSalah as e:
        baca.salah(kolom, baris, e.sebab)
        return None


def _dinilai(baca: _Pembaca, tata: TataLetak) -> dict[str, Polos]:
    """Read TPI's judged values (D10): a number 0…1 with its reason, on the row of a percentage."""
    hasil: dict[str, Polos] = {}
    for kunci, rumus in tata.rumus.items():
        sel, alasan = baca.sel(tata.kolom[DINILAI], rumus.baris), _teks(baca, tata.kolom["alasan"], rumus.baris)
        if sel is None and alasan is None:
            continue
        if sel is None or alasan is None:
            kurang = tata.kolom[DINILAI if sel is None else "alasan"]
            baca.salah(kurang, rumus.baris, "nilai TPI dan alasannya diisi bersama (tafsir D10)")
            continue
        nilai = _TAMPIL.create_decimal(sel.nilai) if isinstance(sel.nilai, Decimal) else None
        teks = None if nilai is None else baca_desimal(format(nilai.normalize(), "f"), 1)
        if teks is None:
            baca.salah(tata.kolom[DINILAI], rumus.baris, f"{_tampak(sel.nilai)} bukan angka 0 sampai 1")
        else:
            hasil[kunci] = {"nilai": teks, "alasan": alasan}
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
    if isinstance(nilai, bool):
        return "'TRUE'" if nilai else "'FALSE'"
    if nilai is None:
        return "kosong"
    teks = format(nilai, "f") if isinstance(nilai, Decimal) else str(nilai)
    return f"'{teks[:_TAMPAK]}{'…' if len(teks) > _TAMPAK else ''}'"
