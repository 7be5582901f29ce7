"""Typed reading of the official master's JSON: branches and questions, with every missing key and wrong type named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from zi_workflow.domain.cells import BARIS_MAKS
from zi_workflow.domain.edition_record import PORTAL, kutip
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.domain.events import Polos
from zi_workflow.domain.fields import TEKS_MAKS, baca_teks

_DESIMAL = re.compile(r"[0-9]{1,6}(\.[0-9]{1,12})?")
_BULAT = re.compile(r"[0-9]{1,9}")
_KOLOM = re.compile(r"[A-Z]{1,2}")
_HURUF = re.compile(r"\w{1,20}")
_SOAL_MAKS = 999_999
TANPA_ID = "0"
"""The id of a question whose own could not be read."""
_DALAM_MAKS = 12


@dataclass(frozen=True, slots=True)
class Tanya:
    """One question of the master. ``bobot``: None where it could not be read. ``portal``: sheet and columns, None without a row."""

    id: str
    uraian: str
    kriteria: str
    jenis: str
    bobot: Fraction | None
    pengali: Mapping[str, Fraction]
    label: Mapping[str, str]
    baris: int
    portal: dict[str, Polos] | None


@dataclass(frozen=True, slots=True)
class Cabang:
    """One named node with its weight (None where it could not be read), its branches and its questions."""

    nama: str
    bobot: Fraction | None
    anak: tuple[Cabang, ...]
    soal: tuple[Tanya, ...]


@dataclass
class Bacaan:
    """Reads values and adds what is wrong to ``masalah``; counts the questions that it met."""

    masalah: list[str]
    jumlah_soal: int = field(default=0)

    def salah(self, tempat: str, kunci: str, apa: str) -> None:
        """Name a key that is wrong."""
        self.masalah.append(f"{tempat}: '{kunci}' {apa}")

    def peta(self, nilai: object, tempat: str) -> Mapping[str, object]:
        """Return a map, an empty one where it is none."""
        if isinstance(nilai, Mapping):
            return nilai
        self.masalah.append(f"{tempat}: harus berupa objek JSON")
        return {}

    def daftar(self, peta: Mapping[str, object], kunci: str, tempat: str, *, wajib: bool = True) -> Sequence[object]:
        """Return a list under a key; where it need not be, nothing at all is an empty list."""
        nilai = peta.get(kunci)
        if isinstance(nilai, Sequence) and not isinstance(nilai, str | bytes):
            return nilai
        if wajib or nilai is not None:
            self.salah(tempat, kunci, "harus ada dan berupa daftar" if wajib else "harus berupa daftar")
        return ()

    def teks(self, peta: Mapping[str, object], kunci: str, tempat: str, *, wajib: bool = True) -> str:
        """Return a text under a key, line ends as line feeds; the empty text where there is none or it is wrong."""
        nilai = peta.get(kunci)
        if not wajib and (nilai is None or nilai == ""):
            return ""
        try:
            return baca_teks(nilai.replace("\r\n", "\n").replace("\r", "\n") if isinstance(nilai, str) else nilai, kunci, TEKS_MAKS)
        except MasukanSalah as e:
            self.salah(tempat, kunci, e.sebab)
        return ""

    def bulat(self, peta: Mapping[str, object], kunci: str, tempat: str, minimal: int, maksimal: int) -> int:
        """Return a whole number in its range, 0 where it is wrong."""
        nilai = peta.get(kunci)
        angka = int(nilai) if isinstance(nilai, str) and _BULAT.fullmatch(nilai) else nilai
        if isinstance(angka, int) and not isinstance(angka, bool) and minimal <= angka <= maksimal:
            return angka
        self.salah(tempat, kunci, f"harus bilangan bulat {minimal} sampai {maksimal}")
        return 0

    def desimal(self, peta: Mapping[str, object], kunci: str, tempat: str) -> Fraction | None:
        """Return an exact number from 0, None where it is none; a float is none."""
        nilai = peta.get(kunci)
        teks = str(nilai) if isinstance(nilai, str | int | Decimal) and not isinstance(nilai, bool) else ""
        if _DESIMAL.fullmatch(teks):
            return Fraction(teks)
        self.salah(tempat, kunci, "harus bilangan desimal mulai 0, paling banyak 12 angka di belakang titik")
        return None

    # ------------------------------------------------------------------------------------------------------- the tree

    def cabang(self, peta: Mapping[str, object], kunci: str, tempat: str, dalam: int = 0) -> tuple[Cabang, ...]:
        """Read the branches under a key."""
        semua = self.daftar(peta, kunci, tempat, wajib=dalam == 0)
        if dalam > _DALAM_MAKS:
            self.salah(tempat, kunci, "terlalu bertingkat")
            return ()
        return tuple(self.satu_cabang(s, f"{kunci}[{i}] dari {tempat}", dalam) for i, s in enumerate(semua))

    def satu_cabang(self, nilai: object, tempat: str, dalam: int) -> Cabang:
        """Read one branch and all below it."""
        peta = self.peta(nilai, tempat)
        nama = self.teks(peta, "nama", tempat)
        sebut = kutip(nama) if nama else tempat
        soal = tuple(self.soal(s, f"soals[{i}] dari {sebut}") for i, s in enumerate(self.daftar(peta, "soals", sebut, wajib=False)))
        return Cabang(nama, self.desimal(peta, "bobot_maksimal", sebut), self.cabang(peta, "children", sebut, dalam + 1), soal)

    def soal(self, nilai: object, tempat: str) -> Tanya:
        """Read a question."""
        self.jumlah_soal += 1
        peta = self.peta(nilai, tempat)
        id_ = self.bulat(peta, "id", tempat, 1, _SOAL_MAKS)
        tempat = f"soal {id_}" if id_ else tempat
        skema = list(self.skema(peta, tempat))
        baris, portal = self.portal(peta, tempat)
        return Tanya(
            id=str(id_),
            uraian=self.teks(peta, "teks_pertanyaan", tempat),
            kriteria=self.teks(peta, "kriteria_nilai", tempat, wajib=False),
            jenis=self.teks(peta, "jenis_jawaban", tempat),
            bobot=self.desimal(peta, "bobot_maksimal", tempat),
            pengali={huruf: pengali for huruf, pengali, _ in skema},
            label={huruf: label for huruf, _, label in skema if label},
            baris=baris,
            portal=portal,
        )

    def skema(self, peta: Mapping[str, object], tempat: str) -> Iterator[tuple[str, Fraction, str]]:
        """Read what each answer earns; a question that is answered by a number has none."""
        sudah: set[str] = set()
        for satu in self.daftar(peta, "skema_penilaian", tempat, wajib=False):
            pilihan = self.peta(satu, f"{tempat}, skema_penilaian")
            huruf, pengali = pilihan.get("key"), self.desimal(pilihan, "multiplier", tempat)
            if not isinstance(huruf, str) or not _HURUF.fullmatch(huruf) or huruf in sudah:
                self.salah(tempat, "key", "harus satu kata, berbeda bagi setiap pilihan")
            elif pengali is not None:
                sudah.add(huruf)
                yield huruf, pengali, self.teks(pilihan, "label", tempat, wajib=False)

    def portal(self, peta: Mapping[str, object], tempat: str) -> tuple[int, dict[str, Polos] | None]:
        """Read the row of PortalRB's sheet, its name and columns; (0, None) for a question that has no row."""
        if peta.get("excel_baris") is None:
            return 0, None
        isi: dict[str, Polos] = {"lembar": self.teks(peta, "excel_sheet", tempat)}
        for penilai, isinya in PORTAL.items():
            kolom: dict[str, Polos] = {}
            for nama in isinya:
                kunci = f"excel_kolom_{nama}_{penilai}"
                huruf = peta.get(kunci)
                if isinstance(huruf, str) and _KOLOM.fullmatch(huruf):
                    kolom[nama] = huruf
                elif huruf is not None or nama == "jawaban":
                    self.salah(tempat, kunci, "harus huruf kolom, misalnya K")
            isi[penilai] = kolom
        return self.bulat(peta, "excel_baris", tempat, 1, BARIS_MAKS), isi
