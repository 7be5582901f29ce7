"""Readers of the parts that several files share: citations, dated periods, and kinds by their annotations."""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

from zi_workflow.domain.definition import JenisBukti, Langkah, Masa, Norma, Tafsir
from zi_workflow.domain.guards.ambang import PEMBACA
from zi_workflow.domain.guards.dokumen import Mata
from zi_workflow.domain.instrument import Instrumen
from zi_workflow.loader.simpul import Simpul, sebut

TAFSIR = "tafsir "
_PASAL = r"Pasal [1-9][0-9]{0,2}[A-Z]?( ayat \([1-9][0-9]?[a-z]?\))?( huruf [a-z]{1,2})?( angka [1-9][0-9]?)?"
_BAGIAN_LAMPIRAN = r"[IVXLC]+|Bab [IVXLC]+|Bagian [A-Z]|huruf [A-Za-z]|angka [1-9][0-9]?|Tabel [1-9][0-9]?"
TEMPAT = re.compile(rf"{_PASAL}|Lampiran( ({_BAGIAN_LAMPIRAN}))*")
HARAP_TEMPAT = "'Pasal 6 ayat (1) huruf a angka 2' (sejauh ada) atau 'Lampiran II Bab II Tabel 5'"


@dataclass
class Rujukan:
    """Names that later parts may refer to, filled in the order in which the files are read."""

    sejak: date = date.min
    norma: dict[str, Norma] = field(default_factory=dict)
    tafsir: dict[str, Tafsir] = field(default_factory=dict)
    pilihan: dict[str, tuple[str, ...]] = field(default_factory=dict)
    peran: set[str] = field(default_factory=set)
    peran_unit: tuple[str, ...] = ()
    langkah: dict[str, Langkah] = field(default_factory=dict)
    bukti: dict[str, JenisBukti] = field(default_factory=dict)
    instrumen: Instrumen | None = None
    induk: str | None = None
    terkait: dict[str, str] = field(default_factory=dict)


def dasar(simpul: Simpul, rujukan: Rujukan, pada: date | None = None) -> tuple[str, ...]:
    """Read citations (``PERWALI3 Pasal 6 ayat (1)`` or ``tafsir D2``) into the words in which they are shown.

    Refuses a missing or repeated citation, an unknown norm or reading, one not yet in force on ``pada``, and a place
    that is not written as the law is cited.
    """
    butir = simpul.daftar()
    if not butir:
        simpul.gagal("paling sedikit satu kutipan", "Tambahkan dasar, misalnya [PERWALI3 Pasal 6 ayat (1)].")
    simpul.nama_daftar(sebutan="kutipan")
    return tuple(_satu_dasar(b, rujukan, pada) for b in butir)


def _satu_dasar(simpul: Simpul, rujukan: Rujukan, pada: date | None) -> str:
    teks = simpul.teks()
    if teks.startswith(TAFSIR):
        id_tafsir = teks.removeprefix(TAFSIR)
        if id_tafsir not in rujukan.tafsir:
            simpul.gagal(f"tafsir yang ada: {sebut(rujukan.tafsir)}", f"Tambahkan {id_tafsir} di tafsir.yaml, atau kutip normanya.")
        _sudah_ada(simpul, id_tafsir, rujukan.tafsir[id_tafsir].sejak, pada)
        return teks
    id_norma, _, tempat = teks.partition(" ")
    if id_norma not in rujukan.norma:
        simpul.gagal(f"kutipan yang diawali norma: {sebut(rujukan.norma)}", "Tambahkan norma itu di norma.yaml, atau perbaiki namanya.")
    norma = rujukan.norma[id_norma]
    if not TEMPAT.fullmatch(tempat):
        simpul.gagal(f"{id_norma} lalu tempatnya: {HARAP_TEMPAT}", f"Tulis, misalnya, '{id_norma} Pasal 6 ayat (1)'.")
    _sudah_ada(simpul, norma.singkatan, norma.sejak, pada)
    return f"{norma.singkatan} {tempat}"


def _sudah_ada(simpul: Simpul, nama: str, sejak: date, pada: date | None) -> None:
    if pada is not None and sejak > pada:
        simpul.gagal(
            f"dasar yang sudah ada pada {pada.isoformat()}; {nama} baru sejak {sejak.isoformat()}",
            f"Mulai masa itu {sejak.isoformat()}, atau kutip dasar yang lebih awal.",
        )


def masa(simpul: Simpul, rujukan: Rujukan, jenis_ambang: str | None) -> Masa:
    """Read one period of a dated value; its threshold is read by the notation named ``jenis_ambang`` (None: it has none)."""
    peta = simpul.peta(["sejak", "dasar"], ["sampai", "ambang", "tafsir"])
    sejak = peta["sejak"].tanggal()
    sampai = peta["sampai"].tanggal() if "sampai" in peta else None
    if sampai is not None and sampai < sejak:
        peta["sampai"].gagal(f"tanggal tidak sebelum {sejak.isoformat()}", "Tukar kedua tanggal itu, atau perbaiki salah satunya.")
    kutipan = dasar(peta["dasar"], rujukan, sejak)
    tafsir = peta["tafsir"].nama_daftar(rujukan.tafsir, "tafsir yang ada") if "tafsir" in peta else ()
    for nama, s in zip(tafsir, peta["tafsir"].daftar() if tafsir else (), strict=True):
        _sudah_ada(s, nama, rujukan.tafsir[nama].sejak, sejak)
    ambang = _ambang(peta["ambang"], jenis_ambang) if "ambang" in peta else None
    return Masa(sejak, sampai, kutipan, tafsir, ambang, peta["ambang"].teks() if "ambang" in peta else "")


def _ambang(simpul: Simpul, jenis: str | None) -> object:
    if jenis is None:
        simpul.gagal("tanpa ambang: syarat ini tidak membandingkan apa-apa", "Hapus kunci 'ambang'.")
    try:
        return PEMBACA[jenis](simpul.teks())
    except ValueError as e:
        simpul.gagal(str(e))


def bentuk_ambang(jenis: str) -> str:
    """Return how a threshold of that notation is written."""
    try:
        PEMBACA[jenis]("")
    except ValueError as e:
        return str(e)
    return "teks"  # pragma: no cover - no notation reads the empty text


def berlaku(
    simpul: Simpul, rujukan: Rujukan, jenis_ambang: str | None, *, wajib_ambang: bool = False, terbuka: bool = True
) -> tuple[Masa, ...]:
    """Read the periods of a dated value, oldest first; refuses overlaps, and (``terbuka``) gaps and a last period that ends."""
    butir = simpul.daftar()
    if not butir:
        simpul.gagal("paling sedikit satu masa berlaku", "Tambahkan {sejak: …, dasar: […]}.")
    hasil: list[Masa] = []
    for b in butir:
        satu = masa(b, rujukan, jenis_ambang)
        if wajib_ambang and satu.ambang is None:
            b.gagal(f"kunci 'ambang': {bentuk_ambang(jenis_ambang or '')}", "Tambahkan ambang bagi masa itu.")
        if hasil:
            _sambungan(b, hasil[-1], satu, tanpa_celah=terbuka)
        hasil.append(satu)
    if terbuka and hasil[-1].sampai is not None:
        butir[-1].gagal("masa terakhir tanpa 'sampai'", "Hapus 'sampai', atau tambahkan masa berikutnya.")
    return tuple(hasil)


def _sambungan(simpul: Simpul, lalu: Masa, kini: Masa, *, tanpa_celah: bool) -> None:
    if lalu.sampai is None or kini.sejak <= lalu.sampai:
        sampai = (kini.sejak - timedelta(days=1)).isoformat()
        simpul.gagal("masa yang tidak bertumpuk dengan masa sebelumnya", f"Akhiri masa sebelumnya: 'sampai: {sampai}', atau urutkan.")
    mulai = lalu.sampai + timedelta(days=1)
    if tanpa_celah and kini.sejak != mulai:
        simpul.gagal(f"masa tanpa celah: sejak {mulai.isoformat()}", "Sambung kedua masa itu.")


def bangun(kelas: type, peta: Mapping[str, Simpul], simpul: Simpul, rujukan: Rujukan) -> Any:  # noqa: ANN401 - any kind there is
    """Build a frozen dataclass from a map by its annotations: text, yes/no, lists, maps, chains of records.

    A new kind of requirement therefore needs no change here.
    """
    petunjuk = _petunjuk(kelas)
    isi: dict[str, Any] = {}
    for bidang in dataclasses.fields(kelas):
        if bidang.name in peta:
            isi[bidang.name] = _nilai(bidang.name, petunjuk[bidang.name], peta[bidang.name], rujukan)
        elif bidang.default is dataclasses.MISSING and bidang.default_factory is dataclasses.MISSING:
            simpul.gagal(f"kunci '{bidang.name}' bagi jenis ini", f"Tambahkan '{bidang.name}'.")
    return kelas(**isi)


@cache
def _petunjuk(kelas: type) -> dict[str, Any]:
    return typing.get_type_hints(kelas)


def kunci_jenis(kelas: type) -> Collection[str]:
    """Return the keys that a kind reads."""
    return [b.name for b in dataclasses.fields(kelas)]


def _nilai(nama: str, petunjuk: Any, simpul: Simpul, rujukan: Rujukan) -> Any:  # noqa: ANN401 - an annotation, and its value
    asal = typing.get_origin(petunjuk)
    if asal in (typing.Union, types.UnionType):
        petunjuk = next(a for a in typing.get_args(petunjuk) if a is not type(None))
        asal = typing.get_origin(petunjuk)
    if nama.startswith("dasar"):
        return dasar(simpul, rujukan)
    if petunjuk is bool:
        return simpul.ya_tidak()
    if petunjuk is str:
        return simpul.teks()
    if asal is not tuple:
        return {k: s.teks() for k, s in simpul.peta().items()}
    if typing.get_args(petunjuk)[0] is Mata:
        return tuple(bangun(Mata, s.peta(["bukti"], ["sama"]), s, rujukan) for s in simpul.daftar())
    return simpul.nama_daftar(sebutan="nilai", wajib=True)
