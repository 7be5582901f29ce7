"""Lawful random histories: what the streams of an instansi may hold, with the domain's own fold of them beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from zi_workflow.domain.events import (
    Berkas,
    BuktiDicatat,
    LangkahDiambil,
    LangkahDibatalkan,
    LaranganDiwariskan,
    PejabatDiakhiri,
    PejabatDiangkat,
    PerintahDitolak,
    Peristiwa,
    PetaPolos,
    Tercatat,
    UnitDidaftarkan,
)
from zi_workflow.domain.state import Instansi, Keadaan, Unit, Usulan, evolve, evolve_instansi

AWAL = date(2024, 3, 1)
KODE = ("DISDUKCAPIL", "RSUD", "BINJAI-KOTA")
NIP = ("198001012005011001", "197505052000032002")
TAHAP = ("pencanangan", "pembangunan", "usulan_tpn", "predikat")
LANGKAH = ("canangkan", "mulai-bangun", "usulkan")
FAKTA = "binjai/instansi/fakta"
PEJABAT = "binjai/instansi/pejabat"


def aliran_unit(kode: str) -> str:
    """Return the name of a unit's stream."""
    return f"binjai/zi/{kode}"


@dataclass
class Riwayat:
    """A log as it grows, and what the domain makes of it."""

    log: list[Tercatat] = field(default_factory=list)
    versi: dict[str, int] = field(default_factory=dict)
    unit: dict[str, Unit] = field(default_factory=dict)
    instansi: Instansi = field(default_factory=Instansi)
    sekarang: date = AWAL

    def tambah(self, aliran: str, peristiwa: Peristiwa, *, oleh: str = NIP[0]) -> Tercatat:
        """Append an event to a stream, numbered as the store numbers it, and fold it as the domain does."""
        self.versi[aliran] = self.versi.get(aliran, 0) + 1
        nomor = len(self.log) + 1
        waktu = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=nomor)
        tercatat = Tercatat(peristiwa, nomor, self.versi[aliran], self.sekarang, oleh, waktu, aliran)
        self.log.append(tercatat)
        _, alur, kode = aliran.split("/", 2)
        if alur == "instansi":
            self.instansi = evolve_instansi(self.instansi, tercatat)
        elif alur == "zi":
            self.unit[kode] = evolve(self.unit.get(kode), tercatat)
        return tercatat


_predikat = st.sampled_from([None, "WBK", "WBBM"])
_hari = st.integers(0, 40).map(lambda n: AWAL + timedelta(days=n))
_usulan = st.none() | st.builds(Usulan, st.integers(2024, 2026), st.just("WBK"), st.sampled_from(["", '700/1/"2025"\nlampiran']))
_keadaan = st.builds(Keadaan, st.sampled_from(TAHAP), _hari, _predikat, _predikat, st.just({"bangun": AWAL}), _usulan)
_status = st.sampled_from(["terpenuhi", "tidak", "dibebaskan"])
_syarat: st.SearchStrategy[tuple[PetaPolos, ...]] = st.lists(
    st.builds(lambda i, s: {"status": s, "id": f"R{i}", "bukti": [i]}, st.integers(1, 35), _status), max_size=3
).map(tuple)
_berkas = st.integers(0, 2).map(lambda n: tuple(Berkas("0" * 64, 1, f"{i}.pdf") for i in range(n)))


def _daftarkan(draw: st.DrawFn, r: Riwayat, kode: str) -> None:
    awal: PetaPolos | None = draw(st.sampled_from([None, {"dasar": "SK 1"}]))
    afirmasi = draw(st.sampled_from([None, "disdukcapil"]))
    r.tambah(aliran_unit(kode), UnitDidaftarkan(kode, f"Unit [/{kode}]", None, afirmasi, draw(_keadaan).polos(), awal, draw(_berkas)))


def _catat(draw: st.DrawFn, r: Riwayat, kode: str) -> None:
    r.tambah(aliran_unit(kode), BuktiDicatat(draw(st.sampled_from(["lhe", "pemantauan"])), {}, draw(_berkas)))


def _langkah(draw: st.DrawFn, r: Riwayat, kode: str) -> None:
    baru = draw(_keadaan)
    telat: PetaPolos | None = draw(st.sampled_from([None, {"tanggal": "2025-05-31", "dicatat": "2025-06-02"}]))
    isi: PetaPolos = draw(st.sampled_from([{}, {"pengganti": "RSUD"}]))
    langkah, dari = draw(st.sampled_from(LANGKAH)), r.unit[kode].keadaan.tahap
    r.tambah(aliran_unit(kode), LangkahDiambil(langkah, dari, baru.tahap, isi, baru.polos(), draw(_syarat), telat))


def _batalkan(draw: st.DrawFn, r: Riwayat, kode: str) -> None:
    unit = r.unit[kode]
    if unit.lalu:
        akhir = unit.lalu[-1]
        isi: PetaPolos = {"alasan": "salah catat", "perintah": "batalkan-langkah"}
        peristiwa = LangkahDibatalkan(akhir.langkah, akhir.nomor, unit.keadaan.tahap, akhir.sebelum.tahap, isi, draw(_syarat))
        r.tambah(aliran_unit(kode), peristiwa)


def _wariskan(draw: st.DrawFn, r: Riwayat, kode: str) -> None:
    r.tambah(aliran_unit(kode), LaranganDiwariskan("LAMA", draw(st.sampled_from([None, "2024-05-01"]))))


def _tolak(draw: st.DrawFn, r: Riwayat, kode: str) -> None:
    kode = draw(st.sampled_from([kode, "fakta", "pejabat"]))
    perintah = draw(st.sampled_from([*LANGKAH, "catat"]))
    peristiwa = PerintahDitolak(perintah, {}, draw(_hari).isoformat(), r.sekarang.isoformat(), draw(_syarat), "sidik")
    r.tambah(f"binjai/zi-penolakan/{kode}", peristiwa)


def _fakta(draw: st.DrawFn, r: Riwayat, _kode: str) -> None:
    r.tambah(FAKTA, BuktiDicatat("opini_bpk", {}, draw(_berkas)), oleh=NIP[1])


def _angkat(draw: st.DrawFn, r: Riwayat, kode: str) -> None:
    sejak = draw(_hari)
    sampai = draw(st.none() | _hari.filter(lambda h: h >= sejak).map(date.isoformat))
    nip, peran, unit = draw(st.sampled_from(NIP)), draw(st.sampled_from(["tpi", "kepala_pd"])), draw(st.sampled_from([None, kode]))
    r.tambah(PEJABAT, PejabatDiangkat(nip, f"Contoh {nip}", peran, "800/1", sejak.isoformat(), sampai, unit))


def _akhiri(draw: st.DrawFn, r: Riwayat, kode: str) -> None:
    nip, peran, unit = draw(st.sampled_from(NIP)), draw(st.sampled_from(["tpi", "kepala_pd"])), draw(st.sampled_from([None, kode]))
    r.tambah(PEJABAT, PejabatDiakhiri(nip, peran, draw(_hari).isoformat(), unit))


_Tindakan = Callable[[st.DrawFn, Riwayat, str], None]
_BEBAS: tuple[_Tindakan, ...] = (_tolak, _fakta, _angkat, _akhiri)
_UNIT: tuple[_Tindakan, ...] = (_langkah, _langkah, _batalkan, _catat, _wariskan)


@st.composite
def riwayat(draw: st.DrawFn) -> Riwayat:
    """Draw a history of up to forty events over three units, in which every undo has a move to undo."""
    r = Riwayat()
    for _ in range(draw(st.integers(1, 40))):
        r.sekarang += timedelta(days=draw(st.integers(0, 2)))
        kode = draw(st.sampled_from(KODE))
        pilihan = (*_BEBAS, *_UNIT) if kode in r.unit else (_daftarkan, _daftarkan, _tolak, _angkat)
        draw(st.sampled_from(pilihan))(draw, r, kode)
    return r


@st.composite
def terbagi(draw: st.DrawFn) -> tuple[Riwayat, list[list[Tercatat]]]:
    """Draw a history and the transactions in which it was written (one to three events each)."""
    r = draw(riwayat())
    bagian: list[list[Tercatat]] = []
    sisa = r.log
    while sisa:
        n = draw(st.integers(1, 3))
        bagian.append(sisa[:n])
        sisa = sisa[n:]
    return r, bagian
