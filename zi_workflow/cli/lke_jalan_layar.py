"""The way to a predikat on the screen: each failing gate with its smallest sets, and the set that passes them all."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from zi_workflow.cli.blok import butir, lipat
from zi_workflow.cli.tampilan import Gaya, tanda
from zi_workflow.cli.teks import desimal, tanggal
from zi_workflow.domain.scoring import bulatkan, desimal_tegas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from zi_workflow.domain.changes import Perubahan
    from zi_workflow.domain.gates import Gerbang, PerluIndeks
    from zi_workflow.domain.pathway import Jalan, JalanGerbang, Sekaligus

_LEKUK = 4
_DALAM = 6
_TEMPAT, _TEMPAT_MAKS = 4, 12
_PENILAI = {"tpi": "TPI", "unit": "unit"}
_SEBAB = {
    "indeks": "Tidak dapat ditutup dengan jawaban; sisanya hanya dapat datang dari indeks survei.",
    "bobot": "Tidak dapat dicapai dengan LKE: semua jawaban dan indeks tertinggi pun belum cukup.",
    "tanda": "Jawaban yang lebih baik tidak menolong: ambang ini bukan batas paling sedikit.",
}


def layar_jalan(unit: str, tahun: int, penilai: str, hasil: Jalan, gaya: Gaya) -> str:
    """Return the answer for people: each failing gate with its ways, those that pass in a line, then the way for all at once."""
    semua = len(hasil.gagal) + len(hasil.lulus)
    oleh = _PENILAI.get(penilai, penilai)
    judul = f"Jalan menuju {hasil.predikat}: {unit}, LKE {tahun} oleh {oleh}, ambang pada {tanggal(hasil.tanggal)}"
    gagal = f"{len(hasil.gagal)} dari {semua} gerbang nilai belum lulus."
    putusan = gagal if hasil.gagal else f"Semua gerbang nilai ({semua}) sudah lulus."
    bagian = [lipat(judul, gaya) + lipat(putusan, gaya)]
    bagian += [_layar_gagal(j, gaya) for j in hasil.gagal]
    if hasil.lulus:
        sebut = ", ".join(f"{g.id} {_angka(g, g.ditemukan)}" for g in hasil.lulus)
        bagian.append(lipat(f"{tanda('terpenuhi', gaya).isi} Sudah lulus ({len(hasil.lulus)}): {sebut}", gaya, lanjut=_LEKUK))
    if hasil.sekaligus is not None and len(hasil.sekaligus.gerbang) > 1:
        bagian.append(_layar_sekaligus(hasil, hasil.sekaligus, gaya))
    return "\n".join(bagian)


def _layar_gagal(j: JalanGerbang, gaya: Gaya) -> str:
    g = j.gerbang
    sel = tanda("tidak", gaya)
    persen = "%" if g.satuan else ""
    poin = f" ({desimal(desimal_tegas(g.poin_kurang, 0))} poin)" if g.satuan else ""
    survei = f" atau survei {g.survei.nama} {g.survei.ambang.tanda} {desimal(g.survei.ambang.angka)}" if g.survei else ""
    keterangan = (
        ("Ditemukan", _angka(g, g.ditemukan)),
        ("Dibutuhkan", f"{g.ambang.tanda} {desimal(g.ambang.angka)}{persen}{survei}"),
        ("Kurang", f"{desimal(desimal_tegas(g.kurang, 0))}{persen}{poin}"),
        ("Dasar", "; ".join(g.dasar)),
        ("Tafsir", ", ".join(g.tafsir)),
    )
    kepala = lipat(f"{sel.isi} {g.id}  {g.uraian}", gaya, lanjut=len(sel.isi) + 1) + butir(keterangan, gaya)
    return kepala + (_layar_pilihan(j, gaya) if j.tidak_bisa is None else _layar_tidak_bisa(j, j.tidak_bisa, gaya))


def _layar_pilihan(j: JalanGerbang, gaya: Gaya) -> str:
    """Return the sets; what a question asks is said where it first comes up."""
    teks, disebut = "", set[str]()
    for nomor, p in enumerate(j.pilihan, 1):
        ukuran = f"{len(p.perubahan)} butir, {p.jenjang} jenjang, menjadi {_angka(j.gerbang, p.nilai_sesudah)}"
        teks += lipat(f"Pilihan {nomor} ({ukuran}): {_sebut(p.perubahan, disebut)}", gaya, lekuk=_LEKUK, lanjut=_DALAM)
    lain = j.banyaknya - len(j.pilihan)
    if lain:
        banyak = f"lebih dari {lain}" if j.lebih else str(lain)
        teks += lipat(f"Masih ada {banyak} pilihan lain dengan butir sebanyak itu.", gaya, lekuk=_LEKUK)
    return teks


def _sebut(perubahan: Sequence[Perubahan], disebut: set[str]) -> str:
    hasil = []
    for u in perubahan:
        hasil.append(_kalimat(u) if u.butir in disebut else f"{_kalimat(u)} ({u.uraian})")
        disebut.add(u.butir)
    return "; ".join(hasil)


def _kalimat(u: Perubahan) -> str:
    """Return a change as something to do."""
    soal, kosong = _deret(u.soal), _deret(u.kosong)
    if isinstance(u.ke, Fraction):
        if u.cara == "isi":
            return f"isi soal {kosong} sehingga persentase soal {soal} paling sedikit {ceil(u.ke * 100)}%"
        dahulu = f"isi soal {kosong}, lalu " if kosong else ""
        return f"{dahulu}nilai TPI untuk soal {soal} paling sedikit {desimal(atas(u.ke))} dengan alasan"
    jumlah = "jumlah " if len(u.soal) > 1 else ""
    return f"{jumlah}soal {soal}: {'kosong' if u.dari is None else u.dari} -> {u.ke}"


def _deret(soal: Sequence[str]) -> str:
    *awal, akhir = soal or ("",)
    return f"{', '.join(awal)} dan {akhir}" if awal else akhir


def _layar_tidak_bisa(j: JalanGerbang, sebab: str, gaya: Gaya) -> str:
    survei = j.gerbang.survei
    baris = [_SEBAB[sebab], *(_sebut_indeks(j.indeks, bersama=j.indeks.poin < j.gerbang.poin_kurang) if j.indeks else ())]
    if survei is not None:
        baris.append(f"Atau catat survei internal {survei.nama} {survei.ambang.tanda} {desimal(survei.ambang.angka)}.")
    return "".join(lipat(b, gaya, lekuk=_LEKUK, lanjut=_DALAM) for b in baris)


def _sebut_indeks(perlu: PerluIndeks, *, bersama: bool) -> list[str]:
    """Say what the indices must bring; ``bersama``: that is what the best of all other answers still leaves open."""
    sedikit = "lebih dari" if perlu.ketat else "sedikitnya"
    poin, jumlah = desimal(atas(perlu.poin)), desimal(atas(perlu.jumlah))
    awal = "Sesudah semua jawaban lain dibuat terbaik, masih perlu" if bersama else "Perlu"
    baris = [f"{awal} {sedikit} {poin} poin dari indeks, yaitu {sedikit} {jumlah} angka indeks."]
    for s in perlu.soal:
        kini = "kosong" if s.sekarang is None else desimal(atas(s.sekarang))
        cukup = "tidak cukup sendirian" if s.perlu is None else f"cukup bila {_lokal(paling_sedikit(s.perlu, ketat=perlu.ketat))}"
        syarat = " bersama semua jawaban terbaik itu" if bersama and s.perlu is not None else ""
        baris.append(f"Indeks soal {s.soal} (sekarang {kini}) {cukup}{syarat}: {s.uraian}")
    return baris


def _layar_sekaligus(hasil: Jalan, satu: Sekaligus, gaya: Gaya) -> str:
    gerbang = {j.gerbang.id: j.gerbang for j in hasil.gagal}
    kepala = f"Semua gerbang sekaligus ({', '.join(satu.gerbang)}): {len(satu.perubahan)} butir, {satu.jenjang} jenjang"
    sesudah = ", ".join(f"{i} {_angka(gerbang[i], nilai)}" for i, nilai in satu.sesudah.items() if i in satu.gerbang)
    teks = lipat(kepala, gaya, lanjut=_LEKUK)
    teks += "".join(lipat(f"- {_kalimat(u)} ({u.uraian})", gaya, lekuk=_LEKUK, lanjut=_DALAM) for u in satu.perubahan)
    teks += lipat(f"Sesudahnya: {sesudah}", gaya, lekuk=_LEKUK, lanjut=_DALAM)
    return teks + (lipat(f"Tetap belum lulus: {', '.join(satu.sisa)}", gaya, lekuk=_LEKUK, lanjut=_DALAM) if satu.sisa else "")


def _angka(g: Gerbang, nilai: Fraction) -> str:
    """Return a score of the gate's component, on the right side of its threshold."""
    return f"{desimal(desimal_tegas(nilai, g.ambang.angka))}{'%' if g.satuan else ''}"


def _lokal(teks: str) -> str:
    tanda_banding, angka = teks.split(" ")
    return f"{tanda_banding} {desimal(angka)}"


# ------------------------------------------------------------------------------------------- numbers that must not be understated


def atas(nilai: Fraction) -> str:
    """Return the number written out, or the next higher one of four decimals: what is needed is never understated."""
    tempat = _tempat(nilai)
    return bulatkan(nilai, tempat) if tempat else bulatkan(Fraction(ceil(nilai * 10**_TEMPAT), 10**_TEMPAT), _TEMPAT)


def paling_sedikit(nilai: Fraction, *, ketat: bool) -> str:
    """Return what a number has to reach, or, ``ketat``, to pass."""
    return f"{'>' if ketat and _tempat(nilai) else '>='} {atas(nilai)}"


def _tempat(nilai: Fraction) -> int | None:
    """Return how many decimals write the number out, None where that takes too many."""
    return next((t for t in range(2, _TEMPAT_MAKS + 1) if 10**t % nilai.denominator == 0), None)
