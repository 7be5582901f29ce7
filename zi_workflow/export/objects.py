"""Which objects an event touches, in the seven kinds of the OCEL export, and what it says about them.

Only the event's own row decides, and a memory of what must be put back when a move is undone; so one pass is enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from zi_workflow.domain.personal import DISEGEL
from zi_workflow.export.content import Baris, berkas, nama

UNIT, LKE, LHE, USULAN, KEPUTUSAN, ORANG, PENGADUAN = "unit", "lke", "lhe", "usulan", "keputusan", "pejabat", "pengaduan"
SIFAT: Final[Mapping[str, Mapping[str, str]]] = {
    UNIT: dict.fromkeys(("kode", "nama", "jenis", "afirmasi", "tahap", "predikat", "sasaran"), "string"),
    LKE: {"unit": "string", "tahun": "integer", "penilai": "string", "terjawab": "integer"},
    LHE: {"unit": "string", "nomor": "string", "tahun": "integer", "predikat": "string", "simpulan": "string"},
    USULAN: {"unit": "string", "tahun": "integer", "predikat": "string", "surat": "string", "status": "string", "hasil": "string"},
    KEPUTUSAN: {"jenis": "string", "nomor": "string"},
    ORANG: {"nip": "string", "nama": "string", "peran": "string"},
    PENGADUAN: {"kode": "string", "tahap": "string"},
}
"""Kind of object -> its attributes and their types, as OCEL names them."""
KOSONG: Final = "tidak ada"
"""What an attribute says that was taken away again: OCEL has no empty value."""
_NIP: Final = re.compile(r"[0-9]{18}|X-[A-Z0-9]{3,20}")
_BUKAN_ORANG: Final = ("nomor", "surat", "sk", "kode")
"""How fields of numbers begin that may look like a NIP."""
_LUAR: Final = frozenset({"syarat", "sebagai", "kanal", "alamat"})
"""Fields in which what looks like a NIP is somebody's address, or said elsewhere too."""
_KEADAAN: Final = ("tahap", "predikat", "sasaran")


@dataclass(frozen=True, slots=True)
class Objek:
    """An object: its kind and what names it within its kind."""

    jenis: str
    kunci: str

    @property
    def id(self) -> str:
        """Return the name that is unique in the file."""
        return f"{self.jenis}:{self.kunci}"


@dataclass(slots=True)
class Kaitan:
    """What one event says: objects and in which capacity, attributes of objects, and which objects belong to which."""

    objek: dict[Objek, list[str]] = field(default_factory=dict)
    sifat: list[tuple[Objek, str, str]] = field(default_factory=list)
    hubungan: list[tuple[Objek, Objek, str]] = field(default_factory=list)

    def kait(self, objek: Objek, sebagai: str) -> Objek:
        """Relate the event to an object."""
        peran = self.objek.setdefault(objek, [])
        if sebagai not in peran:
            peran.append(sebagai)
        return objek

    def kata(self, objek: Objek, **nilai: Any) -> None:  # noqa: ANN401 - plain data
        """Say what an object's attributes are from this event on; what is not known is left out."""
        self.sifat += [(objek, kunci, str(satu)) for kunci, satu in nilai.items() if satu not in (None, DISEGEL)]


@dataclass(slots=True)
class _Jejak:
    """What a file was before each of its standing moves."""

    keadaan: dict[str, Any] = field(default_factory=dict)
    lalu: list[dict[str, Any]] = field(default_factory=list)


class Pemeta:
    """Maps the rows of a log, in order of number."""

    def __init__(self) -> None:
        """Begin before the first event."""
        self._jejak: dict[Objek, _Jejak] = {}
        self._peran: dict[str, set[str]] = {}

    def petakan(self, baris: Baris, isi: Mapping[str, Any]) -> Kaitan:
        """Return what an event says about objects; every event touches at least the one who acted."""
        kaitan = Kaitan()
        kaitan.kait(_orang(kaitan, baris["oleh"]), "oleh")
        milik = berkas(baris)
        induk = kaitan.kait(_berkas(kaitan, *milik), "berkas") if milik else None
        jenis = nama(baris)[0]
        if jenis in ("PejabatDiangkat", "PejabatDiakhiri"):
            self._pejabat(kaitan, isi, diangkat=jenis == "PejabatDiangkat")
        elif jenis == "JadwalDisapu":
            for kode in isi["unit"]:
                kaitan.kait(_unit(kaitan, kode), "disapu")
        else:
            if induk is not None:
                self._berkas(kaitan, induk, jenis, isi)
            for kunci, nip in _orang_dalam(isi):
                kaitan.kait(_orang(kaitan, nip), kunci)
        return kaitan

    def _berkas(self, kaitan: Kaitan, induk: Objek, jenis: str, isi: Mapping[str, Any]) -> None:
        """Read an event of a unit's or a complaint's file."""
        match jenis:
            case "UnitDidaftarkan":
                if induk.jenis == UNIT:
                    kaitan.kata(induk, nama=isi["nama"], jenis=isi["jenis"], afirmasi=isi["afirmasi"])
                if isi.get("induk"):
                    _tentang(kaitan, induk, _unit(kaitan, isi["induk"]))
                self._menjadi(kaitan, induk, isi["keadaan"])
            case "LangkahDiambil":
                jejak = self._jejak.setdefault(induk, _Jejak())
                jejak.lalu.append(jejak.keadaan)
                self._menjadi(kaitan, induk, isi["hasil"])
                if isi.get("pewaris"):
                    kaitan.kait(_unit(kaitan, isi["pewaris"]), "pewaris")
            case "LangkahDibatalkan":
                lalu = self._jejak.setdefault(induk, _Jejak()).lalu
                self._menjadi(kaitan, induk, lalu.pop() if lalu else {"tahap": isi["ke"]})
            case "BuktiDicatat" | "BuktiDikoreksi":
                _catatan(kaitan, induk, isi["jenis"], isi["isi"])
            case "LaranganDiwariskan":
                kaitan.kait(_unit(kaitan, isi["dari_unit"]), "pewaris dari")
            case "BerkasTerkait":
                _tentang(kaitan, induk, _berkas(kaitan, isi["alur"], isi["kode"]))

    def _menjadi(self, kaitan: Kaitan, induk: Objek, keadaan: Mapping[str, Any]) -> None:
        """Say where a file stands now; a proposal that runs, begins or ends with it is touched too."""
        jejak = self._jejak.setdefault(induk, _Jejak())
        dahulu, jejak.keadaan = jejak.keadaan, {k: keadaan[k] for k in (*_KEADAAN, "usulan") if keadaan.get(k)}
        sifat = SIFAT[induk.jenis]
        kaitan.kata(induk, **{k: keadaan.get(k) or (KOSONG if dahulu.get(k) else None) for k in _KEADAAN if k in sifat})
        kini, lama = (_usulan(kaitan, induk, k.get("usulan") or {}) for k in (keadaan, dahulu))
        if kini is not None:
            kaitan.kait(kini, "usulan")
            kaitan.kata(kini, surat=keadaan["usulan"].get("surat"), status="berjalan")
        if lama is not None and lama != kini:
            kaitan.kait(lama, "usulan")
            kaitan.kata(lama, status="selesai")

    def _pejabat(self, kaitan: Kaitan, isi: Mapping[str, Any], *, diangkat: bool) -> None:
        """Read an appointment or its end: who, in which role, by which decree, at which unit."""
        orang = kaitan.kait(_orang(kaitan, isi["nip"]), "diangkat" if diangkat else "diakhiri")
        peran = self._peran.setdefault(isi["nip"], set())
        (peran.add if diangkat else peran.discard)(isi["peran"])
        kaitan.kata(orang, nama=isi.get("nama"), peran=", ".join(sorted(peran)) or KOSONG)
        if isi.get("unit"):
            kaitan.hubungan.append((orang, kaitan.kait(_unit(kaitan, isi["unit"]), "tempat"), "bertugas di"))
        if isi.get("sk"):
            kaitan.hubungan.append((orang, _keputusan(kaitan, "sk_pejabat", isi["sk"]), "diangkat dengan"))


def _catatan(kaitan: Kaitan, induk: Objek, jenis: str, isi: Mapping[str, Any]) -> None:
    """Read a record of a file: an LKE, an LHE, a decree, and the proposal that it is about."""
    usulan = None
    if jenis == LKE and isi.keys() >= {"tahun", "penilai"}:
        lke = kaitan.kait(Objek(LKE, f"{induk.kunci}:{isi['tahun']}:{isi['penilai']}"), "lke")
        kaitan.kata(lke, unit=induk.kunci, tahun=isi["tahun"], penilai=isi["penilai"], terjawab=len(isi.get("jawaban") or ()))
        kaitan.hubungan.append((lke, induk, "milik"))
    elif jenis == LHE and "nomor" in isi:
        lhe = kaitan.kait(Objek(LHE, f"{induk.kunci}:{isi['nomor']}"), "lhe")
        kaitan.kata(lhe, unit=induk.kunci, **{k: isi.get(k) for k in ("nomor", "tahun", "predikat", "simpulan")})
        kaitan.hubungan.append((lhe, induk, "milik"))
    else:
        usulan = _usulan(kaitan, induk, isi)
    if usulan is not None:
        kaitan.kait(usulan, "usulan")
        kaitan.kata(usulan, hasil=isi.get("hasil"))
    if jenis.startswith(f"{KEPUTUSAN}_") and isi.get("nomor"):
        keputusan = _keputusan(kaitan, jenis, isi["nomor"])
        kaitan.hubungan.append((keputusan, induk, "tentang"))
        if usulan is not None:
            kaitan.hubungan.append((keputusan, usulan, "atas"))


def _berkas(kaitan: Kaitan, alur: str, kode: str) -> Objek:
    """Return the object of a file: a complaint where the workflow is theirs, else a unit."""
    if alur != PENGADUAN:
        return _unit(kaitan, kode)
    objek = Objek(PENGADUAN, kode)
    kaitan.kata(objek, kode=kode)
    return objek


def _unit(kaitan: Kaitan, kode: str) -> Objek:
    objek = Objek(UNIT, kode)
    kaitan.kata(objek, kode=kode)
    return objek


def _orang(kaitan: Kaitan, nip: str) -> Objek:
    objek = Objek(ORANG, nip)
    kaitan.kata(objek, nip=nip)
    return objek


def _keputusan(kaitan: Kaitan, jenis: str, nomor: str) -> Objek:
    """Return a decree: one object however many units it names."""
    objek = kaitan.kait(Objek(KEPUTUSAN, f"{jenis}:{nomor}"), KEPUTUSAN)
    kaitan.kata(objek, jenis=jenis, nomor=nomor)
    return objek


def _usulan(kaitan: Kaitan, induk: Objek, isi: Mapping[str, Any]) -> Objek | None:
    """Return the proposal of a unit for a year and a predikat; None where the content names none."""
    tahun, predikat = isi.get("tahun"), isi.get("predikat")
    if induk.jenis != UNIT or not isinstance(tahun, int) or not isinstance(predikat, str):
        return None
    objek = Objek(USULAN, f"{induk.kunci}:{tahun}:{predikat}")
    kaitan.kata(objek, unit=induk.kunci, tahun=tahun, predikat=predikat)
    kaitan.hubungan.append((objek, induk, "milik"))
    return objek


def _tentang(kaitan: Kaitan, induk: Objek, lain: Objek) -> None:
    """Relate a file to one of another workflow; the complaint is about the unit, whichever of them the event is in."""
    kaitan.kait(lain, "terkait")
    dari, ke = (induk, lain) if induk.jenis == PENGADUAN else (lain, induk)
    kaitan.hubungan.append((dari, ke, "tentang"))


def _orang_dalam(isi: Any, kunci: str = "isi") -> Iterator[tuple[str, str]]:  # noqa: ANN401 - plain data of any shape
    """Yield every NIP in a content and the field that it stands in; a document's number is none."""
    if isinstance(isi, Mapping):
        for nama_isian, satu in isi.items():
            if nama_isian not in _LUAR:
                yield from _orang_dalam(satu, kunci if nama_isian == "nip" else nama_isian)
    elif isinstance(isi, list):
        for satu in isi:
            yield from _orang_dalam(satu, kunci)
    elif isinstance(isi, str) and not kunci.startswith(_BUKAN_ORANG) and _NIP.fullmatch(isi):
        yield "orang" if kunci == "isi" else kunci, isi
