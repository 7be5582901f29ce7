"""Figures that come from lists: who reported (compliance lists) and what respondents answered (surveys).

Lists hold persons; what leaves here are counts, columns and places of cells. No name, NIP or free text of a cell
reaches a message. An unknown word is never guessed: every bad cell is named at once and nothing is counted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from zi_workflow.domain.cells import Sel
from zi_workflow.domain.tables import SEBUT_MAKS, Baris, Bentuk, Tabel, cacat_sel, kutip_judul, rata, tanpa_judul, teks_sel, terdekat

KEPATUHAN, RESPONS = "daftar_kepatuhan", "respons_survei"
ISIAN_SUMBER: Mapping[str, Mapping[str, str]] = {
    KEPATUHAN: {"wajib": "bulat", "lapor": "bulat"},
    RESPONS: {"survei": "pilihan", "skor": "desimal", "responden": "bulat"},
}
"""The kinds of list (closed), with the fields that a record needs to be filled from one."""
SKALA = ("4", "6")
"""Highest answers of the scales that are known (both begin at 1)."""
INDEKS_TERTINGGI = 4
TEMPAT_DESIMAL = 12

_ARTI = {
    True: "sudah lapor;sudah;ya;terverifikasi lengkap;diumumkan lengkap;terlambat lapor;sudah melapor;lapor;melapor;patuh;tepat waktu"
    ";lapor tepat waktu;terlambat;lapor terlambat;sudah lapor terlambat",
    False: "belum lapor;belum;tidak;draft;proses;terverifikasi tidak lengkap;belum melapor;tidak lapor;tidak melapor;tidak patuh;draf"
    ";proses verifikasi;perlu perbaikan;dikembalikan;ditolak;diumumkan tidak lengkap",
}
STATUS: Mapping[str, bool] = {kata: arti for arti, semua in _ARTI.items() for kata in semua.split(";")}
"""What a status means: whether that person reported. Closed."""
_UMUM = "status"
_JUDUL: Mapping[str, frozenset[str]] = {
    nama: frozenset(teks.split(";"))
    for nama, teks in {
        "status": "status lapor;status laporan;status pelaporan;status kepatuhan;status lhkpn;status lhkasn;keterangan lapor"
        ";keterangan pelaporan;kepatuhan",
        "unit": "unit;unit kerja;nama unit;nama unit kerja;opd;nama opd;skpd;perangkat daerah;nama perangkat daerah;satuan kerja",
        "nip": "nip;nip baru;nip nrp",
        "nik": "nik;no ktp;nomor ktp",
        "nama": "nama;nama lengkap;nama pegawai;nama asn;nama pn;nama wajib lapor",
    }.items()
}
_BIASA = "no;nomor;jabatan;pangkat;golongan;tahun;tanggal;tanggal lapor;keterangan;responden;usia;timestamp"
_DIKENAL = frozenset(_BIASA.split(";")).union(*_JUDUL.values())
_SOAL = re.compile(r"(unsur|u|p|q)[ .]?([1-9][0-9]?)")
_NOMOR = {"nip": re.compile(r"[0-9]{18}"), "nik": re.compile(r"[0-9]{16}")}
_ANGKA = re.compile(r"-?[0-9]{1,4}([.,][0-9]{1,4})?")
_CONTOH = 6


@dataclass(frozen=True, slots=True)
class Kepatuhan:
    """What a compliance list says of one unit. ``status``: rows by word; ``tanpa_pengenal``: rows that could not be checked for doubles."""

    wajib: int
    lapor: int
    status: Mapping[str, int]
    kolom_status: str
    kolom_unit: str | None = None
    pengenal: tuple[str, ...] = ()
    unit_lain: int = 0
    tanpa_pengenal: int = 0
    diabaikan: tuple[str, ...] = ()

    @property
    def persen(self) -> Fraction:
        """The percentage that reported, exactly."""
        return Fraction(self.lapor * 100, self.wajib)


@dataclass(frozen=True, slots=True)
class Survei:
    """What the responses say: the exact index, the mean of each question, complete respondents, and those left out."""

    indeks: Fraction
    responden: int
    tidak_lengkap: int
    rata: Mapping[str, Fraction] = field(default_factory=dict)
    diabaikan: tuple[str, ...] = ()


def desimal_terpotong(nilai: Fraction, tempat: int = TEMPAT_DESIMAL) -> str:
    """Return a number of 0 or more as decimal text, cut off (never rounded up) and at least 2 decimals long."""
    utuh, sisa = divmod(nilai.numerator * 10**tempat // nilai.denominator, 10**tempat)
    return f"{utuh}.{str(sisa).zfill(tempat).rstrip('0').ljust(2, '0')}"


# --- compliance lists -----------------------------------------------------------------------------------------------


def hitung_kepatuhan(tabel: Tabel, unit: Sequence[str], nama_unit: str | None = None) -> Kepatuhan:
    """Count a compliance list for one unit, known by any of the names ``unit``, or (``nama_unit``) as the list itself spells it.

    Raises MasukanSalah that names every cell that cannot be counted, and rows that are one person twice.
    """
    kolom = {nama: [i for i, j in enumerate(tabel.judul) if rata(j) in judul] for nama, judul in _JUDUL.items()}
    kolom["status"] = kolom["status"] or [i for i, j in enumerate(tabel.judul) if rata(j) == _UMUM]
    ganda = [f"kolom {' dan '.join(kutip_judul(tabel.judul[i]) for i in k)} sama artinya" for k in kolom.values() if len(k) > 1]
    if ganda:
        raise tabel.salah(ganda, "Setiap kolom yang dibaca hanya sekali.", "Sisakan salah satunya, lalu ulangi. Tidak ada yang ditulis.")
    letak = {nama: k[0] for nama, k in kolom.items() if k}
    milik = _milik_unit(tabel, letak.get("unit"), [nama_unit] if nama_unit is not None else unit, wajib_kolom=nama_unit is not None)
    status = _status(tabel, milik, letak["status"])
    tanpa = _periksa_ganda(tabel, milik, {nama: letak[nama] for nama in ("nip", "nik", "nama") if nama in letak})
    return Kepatuhan(
        wajib=len(milik),
        lapor=sum(n for kata, n in status.items() if STATUS[kata]),
        status=status,
        kolom_status=tabel.judul[letak["status"]],
        kolom_unit=tabel.judul[letak["unit"]] if "unit" in letak else None,
        pengenal=tuple(tabel.judul[letak[nama]] for nama in ("nip", "nik", "nama") if nama in letak),
        unit_lain=len(tabel.baris) - len(milik),
        tanpa_pengenal=tanpa,
        diabaikan=tabel.diabaikan(letak.values()),
    )


def _milik_unit(tabel: Tabel, kolom: int | None, nama: Sequence[str], *, wajib_kolom: bool) -> Sequence[Baris]:
    """Return the rows of the unit: those with its name in the unit column, all where there is no such column."""
    if not tabel.baris:
        raise tabel.salah(["tidak ada baris di bawah judulnya"], "Setiap baris satu wajib lapor.")
    if kolom is None:
        if wajib_kolom:
            raise tabel.salah(["tidak ada kolom unit"], "--nama-unit memilih baris menurut kolom unit.", "Hapus --nama-unit, lalu ulangi.")
        return tabel.baris
    kosong = [f"{tabel.tempat(b, kolom)} {salah}" for b in tabel.baris if (salah := _cacat_teks(b.sel[kolom]))]
    if kosong:
        raise tabel.salah(kosong, "Bila ada kolom unit, setiap baris menyebut unitnya.")
    dicari = {rata(n) for n in nama}
    milik = [b for b in tabel.baris if rata(teks_sel(b.sel[kolom])) in dicari]
    if not milik:
        ada = {rata(teks): teks for b in tabel.baris if (teks := teks_sel(b.sel[kolom]))}
        mirip = {m: kutip_judul(ada[m]) for n in sorted(dicari) if (m := terdekat(n, ada))}
        maksud = f" Yang mirip: {', '.join(mirip.values())}." if mirip else ""
        raise tabel.salah(
            [f"tidak ada baris bagi {' atau '.join(map(kutip_judul, nama))} pada kolom {kutip_judul(tabel.judul[kolom])}"],
            f"Hanya baris unit itu yang dihitung; kolom itu menyebut {len(ada)} unit.{maksud}",
            "Sebut namanya sebagaimana tertulis di daftar: --nama-unit NAMA",
        )
    return milik


def _status(tabel: Tabel, milik: Sequence[Baris], kolom: int) -> dict[str, int]:
    """Count the rows by status; refuses words that are not known."""
    hasil: dict[str, int] = {}
    masalah: list[str] = []
    for baris in milik:
        kata, salah = rata(teks_sel(baris.sel[kolom])), _cacat_teks(baris.sel[kolom])
        if salah is None and kata in STATUS:
            hasil[kata] = hasil.get(kata, 0) + 1
            continue
        mirip = terdekat(kata, STATUS) if len(masalah) < SEBUT_MAKS else None
        maksud = f" (maksud Anda '{mirip}'?)" if mirip else ""
        masalah.append(f"{tabel.tempat(baris, kolom)} {salah or 'status tidak dikenal' + maksud}")
    if masalah:
        melapor, belum = (", ".join(semua.split(";")[:_CONTOH]) for semua in _ARTI.values())
        sebab = f"Yang dikenal, antara lain: {melapor} (melapor); {belum} (belum). Selengkapnya di docs/panduan.md."
        raise tabel.salah(masalah, sebab)
    return hasil


def _periksa_ganda(tabel: Tabel, milik: Sequence[Baris], kolom: Mapping[str, int]) -> int:
    """Refuse the same person twice; return how many rows have nothing by which to tell.

    A NIP or NIK counts only with all its digits (a spreadsheet keeps 15 of a number); names only where a row has neither.
    """
    lihat: dict[tuple[str, str], int] = {}
    masalah: list[str] = []
    tanpa = 0
    for baris in milik:
        kunci = _pengenal(baris, kolom)
        tanpa += not kunci
        for nama, isi in kunci:
            if (nama, isi) in lihat:
                masalah.append(f"baris {lihat[nama, isi]} dan baris {baris.nomor} sama pada kolom {kutip_judul(tabel.judul[kolom[nama]])}")
            lihat.setdefault((nama, isi), baris.nomor)
    if masalah:
        sebab = "Setiap wajib lapor sekali saja; nama yang sama hanya boleh bila NIP-nya tertulis dan berbeda."
        raise tabel.salah(masalah, sebab, "Hapus baris yang ganda, atau lengkapi kolom NIP, lalu ulangi. Tidak ada yang ditulis.")
    return tanpa


def _pengenal(baris: Baris, kolom: Mapping[str, int]) -> list[tuple[str, str]]:
    teks = {nama: isi for nama, i in kolom.items() if isinstance(isi := baris.sel[i].nilai, str)}
    nomor = {nama: re.sub(r"[\s.']", "", teks[nama]) for nama in _NOMOR if nama in teks}
    sebutan = rata(teks.get("nama", ""))
    return [(nama, isi) for nama, isi in nomor.items() if _NOMOR[nama].fullmatch(isi)] or ([("nama", sebutan)] if sebutan else [])


def _cacat_teks(sel: Sel) -> str | None:
    """Say why a cell that must be filled cannot be read, None where it can."""
    return cacat_sel(sel) or ("kosong" if sel.kosong else None)


# --- survey responses -----------------------------------------------------------------------------------------------


def hitung_survei(tabel: Tabel, skala: int, minimal: int) -> Survei:
    """Compute the index 0–4 of survey responses: the mean of the questions' means, over respondents who answered all of them.

    Raises MasukanSalah for answers beyond the scale (every cell named), questions that are not numbered on, and fewer
    complete respondents than ``minimal``.
    """
    soal, boleh = _kolom_soal(tabel), {str(n): n for n in range(1, skala + 1)}
    jumlah, lengkap, kurang = dict.fromkeys(soal, 0), 0, 0
    masalah: list[str] = []
    for baris in tabel.baris:
        jawaban = {i: _jawaban(baris.sel[i], boleh) for i in soal}
        masalah += [f"{tabel.tempat(baris, i)}: {j}" for i, j in jawaban.items() if isinstance(j, str)]
        if any(j is None for j in jawaban.values()):
            kurang += 1
            continue
        lengkap += 1
        for i, j in jawaban.items():
            jumlah[i] += j if isinstance(j, int) else 0
    if masalah:
        raise tabel.salah(masalah, f"Setiap jawaban bilangan bulat 1 sampai {skala}; yang tidak dijawab dikosongkan.")
    if lengkap < minimal:
        dilewati = f" ({kurang} tidak lengkap dilewati)" if kurang else ""
        sebab = f"Hasil survei memerlukan paling sedikit {minimal} responden yang menjawab semua pertanyaan."
        raise tabel.salah([f"hanya {lengkap} responden lengkap{dilewati}"], sebab, "Lengkapi respons survei itu, lalu ulangi.")
    hasil = {tabel.judul[i]: Fraction(n * INDEKS_TERTINGGI, lengkap * skala) for i, n in jumlah.items()}
    indeks = sum(hasil.values(), Fraction(0)) / len(hasil)
    return Survei(indeks, lengkap, kurang, hasil, tabel.diabaikan(soal))


def _kolom_soal(tabel: Tabel) -> list[int]:
    """Return the columns of the questions in their order: one prefix, numbered from 1 without gaps or doubles."""
    ada = [(m[1][0], int(m[2]), i) for i, j in enumerate(tabel.judul) if (m := _SOAL.fullmatch(rata(j)))]
    nomor = sorted(n for _, n, _ in ada)
    if len({awalan for awalan, _, _ in ada}) > 1 or nomor != list(range(1, len(ada) + 1)):
        sebut = ", ".join(kutip_judul(tabel.judul[i]) for _, _, i in ada)
        sebab = "Pertanyaan satu survei memakai satu awalan (U, unsur, P, atau Q), bernomor urut dari 1, masing-masing sekali."
        raise tabel.salah([f"kolom pertanyaannya {sebut}"], sebab, "Pisahkan survei lain, atau perbaiki judul kolom itu, lalu ulangi.")
    return [i for _, _, i in sorted(ada, key=lambda a: a[1])]


def _jawaban(sel: Sel, boleh: Mapping[str, int]) -> int | str | None:
    """Return an answer, None for a blank one, or text that says what is wrong."""
    if (salah := cacat_sel(sel)) is not None:
        return salah
    if sel.kosong:
        return None
    teks, angka = teks_sel(sel), sel.nilai
    if isinstance(angka, Decimal) and angka.is_finite() and 1 <= angka <= len(boleh) and angka == int(angka):
        teks = str(int(angka))
    if teks in boleh:
        return boleh[teks]
    sebut = f"'{teks}'" if _ANGKA.fullmatch(teks) else "isinya"
    return f"{sebut} bukan 1 sampai {len(boleh)}"


# --- headers --------------------------------------------------------------------------------------------------------


def _nilai_kepatuhan(judul: Sequence[str]) -> int:
    kata = [rata(j) for j in judul]
    if not any(k == _UMUM or k in _JUDUL["status"] for k in kata):
        return 0
    return sum(k == _UMUM or any(k in semua for semua in _JUDUL.values()) for k in kata)


def _nilai_survei(judul: Sequence[str]) -> int:
    return sum(_SOAL.fullmatch(rata(j)) is not None for j in judul)


BENTUK: Mapping[str, Bentuk] = {
    KEPATUHAN: Bentuk(_nilai_kepatuhan, tanpa_judul([_UMUM, *sorted(_JUDUL["status"])], _DIKENAL, "status")),
    RESPONS: Bentuk(_nilai_survei, tanpa_judul(["u1", "unsur 1", "p1", "q1"], _DIKENAL, "pertanyaan")),
}
