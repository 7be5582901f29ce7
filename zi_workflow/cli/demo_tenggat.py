"""The deadlines of the demonstration: what is overdue, what comes next, and one of them in full."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from zi_workflow.cli.blok import butir, lipat
from zi_workflow.cli.tampilan import Kolom, tabel
from zi_workflow.cli.teks import tanggal, tanggal_singkat
from zi_workflow.cli.tenggat_bacaan import polos
from zi_workflow.domain.calendar import NAMA_HARI

if TYPE_CHECKING:
    from zi_workflow.bootstrap import Aplikasi
    from zi_workflow.cli.tampilan import Gaya
    from zi_workflow.demo.panggung import Panggung
    from zi_workflow.domain.deadlines import Tenggat
    from zi_workflow.domain.definition import Tafsir
    from zi_workflow.domain.events import LangkahTenggat

CONTOH = ("BINJAI-TIMUR", "T3")
"""The unit and the duty that are shown in full."""
_BERIKUT = 4
_SERENTAK = 3
"""So many units with the same duty on the same day are one line."""


class Sapuan(NamedTuple):
    """What all sweeps of the story wrote, in numbers, the letters that left, and one reminder that was withdrawn for a new date."""

    diingatkan: int
    terlewat: int
    dicabut: int
    surat: int
    dipindah: Mapping[str, Any]


class TenggatPeragaan(NamedTuple):
    """Deadlines on the day ``pada``: overdue, then the others; one in full, what the sweeps wrote of it, and of all (`Sapuan`)."""

    pada: date
    terlambat: list[Tenggat]
    berikut: list[Tenggat]
    contoh: Tenggat
    pengingat: Sequence[tuple[date, LangkahTenggat]]
    sapuan: Sapuan
    tafsir: Mapping[str, Tafsir]

    def polos(self) -> dict[str, Any]:
        """Return it for programs."""
        jejak = [{"tanggal": hari, "langkah": p.langkah, "penerima": p.penerima} for hari, p in self.pengingat]
        return {
            "pada": self.pada,
            "terlambat": [polos(t) for t in self.terlambat],
            "berikut": [polos(t) for t in self.berikut],
            "contoh": {**polos(self.contoh), "pengingat": jejak},
            "sapuan": self.sapuan._asdict(),
        }


def baca(aplikasi: Aplikasi, panggung: Panggung, kode: Iterable[str], pada: date) -> TenggatPeragaan:
    """Read the deadlines of these units on a day, and what the sweeps of the story wrote; raises CeritaMelenceng."""
    from zi_workflow.demo.panggung import CeritaMelenceng
    from zi_workflow.domain.events import LangkahTenggat

    layanan = aplikasi.layanan
    terbuka = sorted(
        (t for satu in kode for t in layanan.tenggat(satu, pada) if t.terbuka),
        key=lambda t: (t.jatuh_tempo, t.unit, t.id, t.kejadian.butir),
    )
    contoh = next((t for t in terbuka if (t.unit, t.id) == CONTOH), None)
    if contoh is None:
        raise CeritaMelenceng(f"{CONTOH[1]} {CONTOH[0]} tidak terbuka pada {pada.isoformat()}.")
    milik = (p for p in panggung.pengingat if p[1] == contoh.unit)
    pengingat = [(h, p) for h, _, p in milik if isinstance(p, LangkahTenggat) and (p.tenggat, p.butir, p.jatuh_tempo) == contoh.kunci]
    lewat = [t for t in terbuka if t.sisa_hari < 0]
    return TenggatPeragaan(pada, lewat, terbuka[len(lewat) :], contoh, pengingat, _sapuan(panggung), aplikasi.definisi.tafsir)


def _sapuan(panggung: Panggung) -> Sapuan:
    """Count what the sweeps wrote; raises CeritaMelenceng."""
    from zi_workflow.demo.panggung import CeritaMelenceng
    from zi_workflow.domain.events import PengingatDicabut, TenggatTerlewat

    semua = panggung.pengingat
    dicabut = [(hari, kode, p) for hari, kode, p in semua if isinstance(p, PengingatDicabut)]
    lewat = sum(isinstance(p, TenggatTerlewat) for _, _, p in semua)
    pindah = next((d for d in dicabut if d[2].sebab == "dipindah"), None)
    if pindah is None:
        raise CeritaMelenceng("tidak satu pun tenggat berpindah.")
    hari, kode, p = pindah
    dipindah = {"tanggal": hari, "unit": kode, "tenggat": p.tenggat, "jatuh_tempo": p.jatuh_tempo, "keterangan": p.keterangan}
    return Sapuan(len(semua) - len(dicabut) - lewat, lewat, len(dicabut), panggung.surat, dipindah)


def layar(isi: TenggatPeragaan, nama: Mapping[str, str], gaya: Gaya) -> str:
    """Return both lists and the one in full; ``nama`` of officials by NIP."""
    terlambat, berikut = ([_baris(b) for b in _kelompok(semua)] for semua in (isi.terlambat, isi.berikut))
    satu, s = isi.contoh, isi.sapuan
    pindah = f"{s.dipindah['tenggat']} {s.dipindah['unit']} yang semula {tanggal(s.dipindah['jatuh_tempo'])}"
    return (
        f"Tenggat pada {tanggal(isi.pada)}\n\nTerlambat ({len(isi.terlambat)})\n"
        + _tabel(terlambat, "Lewat", gaya)
        + "\nBerikutnya\n"
        + _tabel(berikut[:_BERIKUT], "Sisa", gaya)
        + "\n"
        + lipat(f"Dari mana tanggal itu: {satu.id} {satu.unit}, {satu.uraian}", gaya)
        + butir(_rinci(isi, nama), gaya)
        + "\n"
        + lipat(f"Sapuan mencatat {s.diingatkan} pengingat dan {s.terlewat} tenggat terlewat, dan mencabut {s.dicabut} pengingat.", gaya)
        + lipat(f"Dicabut misalnya pada {tanggal(s.dipindah['tanggal'])}: {pindah}; {s.dipindah['keterangan']}.", gaya)
        + lipat(f"{s.surat} surat ditulis ke zi.db.surat.jsonl di folder peragaan.", gaya)
    )


def _tabel(baris: Sequence[Sequence[str]], sisa: str, gaya: Gaya) -> str:
    kolom = [*(Kolom(k, tetap=True) for k in ("Jatuh tempo", "Unit", "Tenggat")), Kolom(sisa, kanan=True, tetap=True), Kolom("Uraian")]
    return tabel(kolom, [[b[0].ljust(11), b[1].ljust(12), b[2].ljust(9), b[3].rjust(8), b[4]] for b in baris], gaya)


def _kelompok(semua: Sequence[Tenggat]) -> list[list[Tenggat]]:
    """Put together what is one line: the plan items of a unit, and a duty that falls on many units on one day."""
    hasil: dict[tuple[object, ...], list[Tenggat]] = {}
    serentak = [(t.id, t.jatuh_tempo) for t in semua]
    for t in semua:
        banyak = serentak.count((t.id, t.jatuh_tempo)) >= _SERENTAK
        kunci = (t.id, t.jatuh_tempo) if banyak else (t.id, t.unit, "" if t.kejadian.butir else t.jatuh_tempo)
        hasil.setdefault(kunci, []).append(t)
    return list(hasil.values())


def _baris(kelompok: Sequence[Tenggat]) -> tuple[str, ...]:
    satu = kelompok[0]
    unit = {t.unit for t in kelompok}
    item = [t.kejadian.butir for t in kelompok if t.kejadian.butir]
    nama = f"{satu.id} {', '.join(item) if len(item) < _SERENTAK else ''}".strip()
    uraian = f"{satu.kewajiban.uraian} ({len(item)} butir)" if len(item) > 1 else satu.uraian
    sebutan = satu.unit if len(unit) == 1 else f"{len(unit)} unit"
    return tanggal_singkat(satu.jatuh_tempo), sebutan, nama, f"{abs(satu.sisa_hari)} hari", uraian


def _rinci(isi: TenggatPeragaan, nama: Mapping[str, str]) -> list[tuple[str, str]]:
    satu = isi.contoh
    kepada = dict.fromkeys(nama.get(nip, nip) for _, p in isi.pengingat for nip in p.penerima)
    jejak = ", ".join(f"{p.langkah} pada {tanggal_singkat(hari)}" for hari, p in isi.pengingat)
    return [
        ("Jatuh tempo", f"{NAMA_HARI[satu.jatuh_tempo.weekday()]}, {tanggal(satu.jatuh_tempo)} ({satu.sisa_hari} hari lagi)"),
        ("Perhitungan", satu.perhitungan),
        ("Dasar", "; ".join(satu.dasar)),
        *(("Tafsir", f"{t}: {isi.tafsir[t].bacaan}") for t in satu.tafsir),
        ("Diingatkan", jejak),
        ("Kepada", ", ".join(kepada)),
        ("Lanjut", satu.lanjut),
    ]
