"""A register with everything in it that the two time axes must tell apart, and random lives that go on from there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import strategies as st

from tests.alat.dunia import (
    ADMIN,
    HARI,
    KEPALA,
    PENILAI,
    PENILAI_LAIN,
    UNIT_UJI,
    WALI_KOTA,
    Dunia,
    arsip,
    bekal_evaluasi,
    bekal_pembangunan,
    bekal_pencanangan,
    bekal_penetapan,
    bekal_predikat,
    bekal_usulan,
    cabut,
    jawaban_semua,
)
from tests.alat.toko import Toko, toko
from tests.pengaduan.alat import ALUR, ISI, definisi_aduan
from zi_workflow.clock import hari_di
from zi_workflow.domain.commands import AkhiriPejabat, Akui, AmbilLangkah, AngkatPejabat, AturKontak, Catat, DaftarkanUnit, Koreksi, Tarik
from zi_workflow.domain.errors import Galat
from zi_workflow.domain.events import BuktiDicatat, PutusanDitinjau
from zi_workflow.domain.verdict import Putusan
from zi_workflow.service import Layanan
from zi_workflow.store import Amplop

UNIT_DUA, UNIT_ARSIP = "DINSOS", "RSUD"
UNIT_NANTI = ("DISHUB", "DISDIK")
"""Units that only random lives register."""
TPI_NANTI, TPI_SUSULAN = "198501012009011005", "198601012010012006"
SALAH = "salah ketik"
KINI = date(2026, 9, 30)
"""The day on which the register is asked; nothing of the story is recorded after 30 June 2026."""


def salin(tujuan: Path) -> Toko:
    """Write the story to a new file and open it, the clock standing at the day after its last entry."""
    tujuan.write_bytes(_berkas())
    dunia = _buka(tujuan)
    dunia.jam.pada(date(2026, 7, 1))
    return dunia


def _buka(jalan: Path) -> Toko:
    """Open a register that knows both workflows."""
    dunia = toko(f"sqlite:///{jalan}")
    dunia.layanan = Layanan(dunia.aturan, dunia.store, dunia.jam, lambda i: hari_di("Asia/Jakarta", i), lambda _: definisi_aduan())
    return dunia


@cache
def _berkas() -> bytes:
    with TemporaryDirectory() as folder:
        jalan = Path(folder) / "zi.db"
        dunia = _buka(jalan)
        _mainkan(dunia)
        dunia.tutup()
        return jalan.read_bytes()


def _mainkan(u: Toko) -> None:
    """Live the story: late entries, moves undone, corrections, retractions, a bar inherited and taken back, changing officials."""
    _awal(u)
    _membangun(u)
    _mengusulkan(u)
    _diadukan(u)
    _berakhir(u)


def _ya(u: Toko, langkah: str, tanggal: str, isi: dict[str, Any] | None = None, dicatat: str | None = None) -> None:
    assert u.maju(langkah, tanggal, isi, dicatat=HARI(dicatat) if dicatat else None).diterima, langkah


def _awal(u: Toko) -> None:
    u.jalankan(AngkatPejabat(ADMIN, "Admin Uji", "admin", "800/1/2024", HARI("2024-02-19"), HARI("2024-02-19"), ADMIN))
    u.jalankan(DaftarkanUnit(UNIT_UJI, "Dinas Pemuda dan Olahraga", HARI("2024-03-01"), ADMIN, "dinas"))
    u.angkat(KEPALA, "kepala_pd", UNIT_UJI)
    for nip in (PENILAI, PENILAI_LAIN):
        u.angkat(nip, "tpi")
    u.angkat(WALI_KOTA, "wali_kota")
    u.catat("keputusan_tpi", "2024-03-01", {"nomor": "188/10/2024", "anggota": [{"nip": PENILAI, "apip": "ya"}]}, None)
    u.jalankan(DaftarkanUnit(UNIT_DUA, "Dinas Sosial", HARI("2024-03-01"), ADMIN, "dinas"), HARI("2024-03-05"))
    u.angkat(KEPALA, "kepala_pd", UNIT_DUA)
    _fakta(u, 2023)
    bekal_pencanangan(u, "2024-03-08")
    _ya(u, "canangkan", "2024-03-11")
    _ya(u, "batalkan-langkah", "2024-03-15", {"alasan": SALAH, "nomor": "1"})
    u.jalankan(AturKontak(PENILAI, "surel", HARI("2024-03-16"), ADMIN, "tpi@contoh.example"))


def _fakta(u: Toko, tahun: int) -> None:
    hari = f"{tahun + 1}-03-02"
    for jenis, isi in (
        ("opini_bpk", {"opini": "WTP"}),
        ("sakip_instansi", {"peringkat": "BB"}),
        ("indeks_rb", {"peringkat": "B"}),
        ("spip", {"level": 3}),
    ):
        u.catat(jenis, hari, {"tahun": tahun, **isi}, None)


def _membangun(u: Toko) -> None:
    _ya(u, "canangkan", "2024-03-12", dicatat="2024-03-20")
    bekal_penetapan(u, "2024-04-01")
    _ya(u, "tetapkan", "2024-04-02", dicatat="2024-04-12")
    bekal_pembangunan(u, "2024-04-13")
    _ya(u, "mulai-bangun", "2024-04-14")
    u.catat("pemantauan", "2024-05-20", {"hasil": "salah unit"}, oleh=PENILAI, dicatat=HARI("2024-06-01"))
    _tarik(u, "pemantauan", "2024-06-05")
    _ya(u, "mulai-pantau", "2024-06-10", {"jadwal_bulan": 3})
    bekal_evaluasi(u, "2024-07-10")
    arsip(
        u,
        UNIT_ARSIP,
        {"tahap": "pemantauan_predikat", "predikat": "WBK", "sejak": "2024-01-15", "tanggal_predikat": "2023-12-10"},
        "2024-08-01",
    )
    u.jalankan(AkhiriPejabat(PENILAI_LAIN, "tpi", HARI("2024-11-30"), HARI("2024-11-04"), ADMIN))
    u.angkat(TPI_NANTI, "tpi", sejak="2025-03-01")
    u.jam.pada(HARI("2025-01-15"))
    u.angkat(TPI_SUSULAN, "tpi", sejak="2024-09-01", sampai="2024-12-31")
    _fakta(u, 2024)
    u.catat("pengumuman_tpn", "2025-03-20", {"nomor": "B/5", "tahun": 2025, "batas": "2025-06-15"}, None)
    _koreksi(u, "pengumuman_tpn", "2025-04-02", {"nomor": "B/5", "tahun": 2025, "batas": "2025-06-16"}, None)
    _ya(u, "mulai-evaluasi", "2025-04-20", {"evaluator": PENILAI})


def _mengusulkan(u: Toko) -> None:
    assert not u.maju("usulkan", "2025-05-01", {"predikat": "WBK"}, dicatat=HARI("2025-05-03")).diterima
    bekal_usulan(u, 2025, "WBK", tanggal="2025-05-04")
    _koreksi(u, "lke", "2025-05-09", {"tahun": 2025, "penilai": "tpi", "jawaban": {**jawaban_semua(), "2": "B"}})
    _ya(u, "usulkan", "2025-05-20", {"predikat": "WBK", "surat": "900/1/2025"}, dicatat="2025-05-25")
    _koreksi(u, "lhkpn", "2025-06-10", {"tahun": 2024, "wajib": 5, "lapor": 4}, oleh=ADMIN)
    _akui(u, "2025-06-20")
    bekal_predikat(u, 2025, "WBK", "2025-11-10")
    _ya(u, "tetapkan-predikat", "2025-12-01", {"predikat": "WBK"})
    _ya(u, "pantau-predikat", "2026-01-05")


def _diadukan(u: Toko) -> None:
    """Receive a complaint late, move it, undo the move, and move it again; a second one about another unit stays where it is."""
    for kode, unit, hari in (("P-1", UNIT_UJI, "2026-01-06"), ("P-2", UNIT_ARSIP, "2026-01-25")):
        u.jam.pada(HARI(hari) + timedelta(days=3))
        terima = DaftarkanUnit(kode, "Antrean dilewati", HARI(hari), PENILAI, induk=unit, alur=ALUR)
        assert u.layanan.jalankan([terima, _aduan("penerimaan", kode, hari)]).diterima
        assert u.layanan.jalankan([_aduan("identifikasi", kode, hari), _gerak("identifikasi", kode, hari)]).diterima
        if kode == "P-1":
            u.jam.pada(HARI("2026-01-15"))
            batal = {"alasan": SALAH, "nomor": "7"}
            assert u.layanan.jalankan([_gerak("batalkan-langkah", kode, "2026-01-14", ADMIN, batal)]).diterima
            assert u.layanan.jalankan([_gerak("identifikasi", kode, "2026-01-15")]).diterima
    _segarkan(u)


def _aduan(jenis: str, kode: str, hari: str) -> Catat:
    return Catat(jenis, kode, ISI[jenis], HARI(hari), PENILAI, alur=ALUR)


def _gerak(nama: str, kode: str, hari: str, oleh: str = PENILAI, isi: Mapping[str, Any] | None = None) -> AmbilLangkah:
    return AmbilLangkah(nama, kode, isi or {}, HARI(hari), oleh, alur=ALUR)


def _berakhir(u: Toko) -> None:
    assert cabut(u, "2026-02-10").diterima
    bubar = {"alasan": "digabung", "nomor": "5", "pengganti": UNIT_DUA}
    _ya(u, "nonaktifkan", "2026-03-02", bubar, dicatat="2026-03-09")
    _ya(u, "batalkan-langkah", "2026-03-20", {"alasan": SALAH, "nomor": "6"})
    u.catat("pemantauan", "2026-03-25", {"hasil": "masih ada"}, oleh=PENILAI)
    _koreksi(u, "lhkpn", "2026-04-01", {"tahun": 2024, "wajib": 6, "lapor": 6}, oleh=ADMIN)
    _ya(u, "nonaktifkan", "2026-05-02", bubar)
    _koreksi(u, "sakip_instansi", "2026-06-30", {"tahun": 2024, "peringkat": "A"}, None)


def _terakhir(u: Toko, jenis: str, kode: str | None) -> int:
    fakta = u.layanan.instansi().fakta if kode is None else u.unit[kode].bukti
    return fakta[jenis][-1].nomor


def _koreksi(u: Toko, jenis: str, hari: str, isi: dict[str, Any], kode: str | None = UNIT_UJI, oleh: str = ADMIN) -> None:
    assert u.jalankan(Koreksi(_terakhir(u, jenis, kode), isi, SALAH, HARI(hari), oleh)).diterima
    _segarkan(u)


def _tarik(u: Toko, jenis: str, hari: str) -> None:
    assert u.jalankan(Tarik(_terakhir(u, jenis, UNIT_UJI), SALAH, HARI(hari), ADMIN)).diterima
    _segarkan(u)


def _akui(u: Toko, hari: str) -> None:
    assert u.jalankan(Akui(u.unit[UNIT_UJI].tinjauan[0].nomor, "diketahui", HARI(hari), ADMIN)).diterima
    _segarkan(u)


def _segarkan(u: Toko) -> None:
    """Read the unit again, which the tool does only where a command names it."""
    unit = u.layanan.unit(UNIT_UJI)
    assert unit is not None
    u.unit[UNIT_UJI] = unit


# --- lives that go on ------------------------------------------------------------------------------------------------

LANGKAH = ("usulkan", "kembalikan", "tidak-lulus", "tarik-usulan", "hentikan-wbbm", "cabut", "canangkan", "tetapkan-predikat")
ISI_LANGKAH: dict[str, dict[str, Any]] = {
    "kembalikan": {"rekomendasi": ["lengkapi"]},
    "tidak-lulus": {"sebab": "tidak_memenuhi"},
    "hentikan-wbbm": {"alasan": SALAH},
    "tetapkan-predikat": {"predikat": "WBK"},
}
ISI_BARU: dict[str, Callable[[int], dict[str, Any]]] = {
    "pemantauan": lambda n: {"hasil": f"hasil {n}"},
    "pendampingan": lambda n: {"bentuk": "konsultasi", "hasil": f"hasil {n}"},
    "lhkpn": lambda n: {"tahun": 2024, "wajib": n + 4, "lapor": n},
    "lke": lambda n: {"tahun": 2025, "penilai": "tpi", "jawaban": {**jawaban_semua(), "2": "ABC"[n % 3]}},
    "opini_bpk": lambda n: {"tahun": 2024, "opini": ("WTP", "WDP")[n % 2]},
    "pengumuman_tpn": lambda n: {"nomor": f"B/{n}", "tahun": 2025 + n % 2, "batas": f"{2025 + n % 2}-06-{10 + n % 20}"},
}
TERLAMA = date(2024, 3, 1)


@dataclass(frozen=True, slots=True)
class Aksi:
    """One attempt: what, of which unit, so many days later, dated so many days back; ``pilih`` decides the rest."""

    apa: str
    unit: str
    maju: int
    mundur: int
    pilih: int


@dataclass
class Pelaku:
    """Acts in a register. ``sesudah``: nothing is dated on or before that day, and no earlier record, move or term is touched."""

    u: Toko
    sesudah: date = TERLAMA

    def jalani(self, semua: Sequence[Aksi]) -> None:
        """Try everything in turn; what is a mistake or refused changes nothing but the log of refusals."""
        for satu in semua:
            kini = min(self.u.jam.kini.date() + timedelta(days=satu.maju), KINI - timedelta(days=1))
            self.u.jam.pada(kini)
            hari = max(kini - timedelta(days=satu.mundur), self.sesudah + timedelta(days=1))
            try:
                TINDAKAN[satu.apa](self, satu, min(hari, kini))
            except Galat:
                continue

    def jalankan(self, perintah: Any) -> None:  # noqa: ANN401 - any command
        """Run a command, recorded now."""
        self.u.jalankan(perintah, self.u.jam.kini.date())

    def catatan(self, aksi: Aksi) -> Amplop | None:
        """Return a record of the unit or of the instansi that may be touched."""
        semua = [a for a in self.u.store.telusuri(jenis="BuktiDicatat") if a.alur == "instansi" or a.kode == aksi.unit]
        boleh = [a for a in semua if a.tanggal > self.sesudah]
        return boleh[-1 - aksi.pilih % len(boleh)] if boleh else None


def _bekal(p: Pelaku, aksi: Aksi, hari: date) -> None:
    """Record what the unit's next move asks for."""
    unit = p.u.layanan.unit(aksi.unit)
    if unit is None:
        return
    t, dunia = hari.isoformat(), _Untuk(p.u, aksi.unit)
    k = unit.keadaan
    match k.tahap:
        case "terdaftar":
            bekal_pencanangan(dunia, t)
        case "pencanangan" | "dicabut":
            bekal_penetapan(dunia, t)
        case "penetapan":
            bekal_pembangunan(dunia, t)
        case "pembangunan" | "pemantauan":
            bekal_evaluasi(dunia, t)
        case "evaluasi_tpi":
            bekal_usulan(dunia, hari.year, k.sasaran or "WBK", tanggal=t)
        case "usulan_tpn":
            bekal_predikat(dunia, hari.year, k.sasaran or "WBK", t)
        case _:
            p.jalankan(
                Catat("survei_internal", aksi.unit, {"tahun": hari.year, "survei": "SKM", "skor": "3.7", "responden": 40}, hari, ADMIN)
            )


class _Untuk(Dunia):
    """The short words of the tests' world, for a unit by name and recorded now."""

    def __init__(self, u: Toko, kode: str) -> None:
        super().__init__(u.aturan)
        self.u, self.kode = u, kode

    def catat(
        self,
        jenis: str,
        tanggal: str,
        isi: Mapping[str, Any],
        kode: str | None = None,
        oleh: str = ADMIN,
        **lain: Any,  # noqa: ANN401 - as in the world
    ) -> Putusan:
        return self.u.jalankan(Catat(jenis, kode or self.kode, isi, HARI(tanggal), oleh, lain.get("berkas", ())), self.u.jam.kini.date())


def _utama(p: Pelaku, aksi: Aksi, hari: date) -> None:
    unit = p.u.layanan.unit(aksi.unit)
    utama = [] if unit is None else [x.nama for x in p.u.aturan.langkah_dari(unit.keadaan.tahap) if x.utama]
    for nama in utama:
        p.u.maju(nama, hari.isoformat(), ISI_LANGKAH.get(nama, {}), aksi.unit, dicatat=p.u.jam.kini.date())


def _lain(p: Pelaku, aksi: Aksi, hari: date) -> None:
    nama = LANGKAH[aksi.pilih % len(LANGKAH)]
    p.u.maju(nama, hari.isoformat(), ISI_LANGKAH.get(nama, {}), aksi.unit, dicatat=p.u.jam.kini.date())


def _batalkan(p: Pelaku, aksi: Aksi, hari: date) -> None:
    unit = p.u.layanan.unit(aksi.unit)
    if unit is not None and unit.lalu and unit.lalu[-1].tanggal > p.sesudah:
        p.u.maju("batalkan-langkah", hari.isoformat(), {"alasan": SALAH, "nomor": "9"}, aksi.unit, dicatat=p.u.jam.kini.date())


def _bubarkan(p: Pelaku, aksi: Aksi, hari: date) -> None:
    lain = [u for u in (UNIT_DUA, UNIT_ARSIP, *UNIT_NANTI) if u != aksi.unit]
    isi = {"alasan": SALAH, "nomor": "8", "pengganti": lain[aksi.pilih % len(lain)]}
    p.u.maju("nonaktifkan", hari.isoformat(), isi, aksi.unit, dicatat=p.u.jam.kini.date())


def _cabut(p: Pelaku, aksi: Aksi, hari: date) -> None:
    cabut(p.u, hari.isoformat(), aksi.unit)


def _perbaiki(p: Pelaku, aksi: Aksi, _hari: date) -> None:
    lama = p.catatan(aksi)
    if lama is not None and isinstance(lama.peristiwa, BuktiDicatat) and lama.peristiwa.jenis in ISI_BARU:
        p.jalankan(Koreksi(lama.nomor, ISI_BARU[lama.peristiwa.jenis](aksi.pilih), SALAH, p.u.jam.kini.date(), ADMIN))


def _hapus(p: Pelaku, aksi: Aksi, _hari: date) -> None:
    lama = p.catatan(aksi)
    if lama is not None:
        p.jalankan(Tarik(lama.nomor, SALAH, p.u.jam.kini.date(), ADMIN))


def _terima(p: Pelaku, aksi: Aksi, hari: date) -> None:
    semua = [a.nomor for a in p.u.store.telusuri(jenis="PutusanDitinjau") if isinstance(a.peristiwa, PutusanDitinjau)]
    if semua:
        p.jalankan(Akui(semua[aksi.pilih % len(semua)], "dicatat", hari, ADMIN))


def _pejabat(p: Pelaku, aksi: Aksi, hari: date) -> None:
    sejak = hari + timedelta(days=aksi.pilih)
    sampai = sejak + timedelta(days=90) if aksi.pilih % 2 else None
    p.jalankan(AngkatPejabat(f"X-TPI{aksi.pilih % 4:03}", "Orang Lain", "tpi", "800/9", sejak, hari, ADMIN, sampai))


def _pensiun(p: Pelaku, aksi: Aksi, hari: date) -> None:
    nip = (PENILAI, KEPALA, f"X-TPI{aksi.pilih % 4:03}")[aksi.pilih % 3]
    p.u.jalankan(AkhiriPejabat(nip, "kepala_pd" if nip == KEPALA else "tpi", hari + timedelta(days=aksi.pilih), hari, ADMIN))


def _kontak(p: Pelaku, aksi: Aksi, hari: date) -> None:
    p.jalankan(AturKontak(PENILAI, "surel", hari, ADMIN, f"{aksi.pilih}@contoh.example" if aksi.pilih % 3 else None))


def _pantau(p: Pelaku, aksi: Aksi, hari: date) -> None:
    p.jalankan(Catat("pemantauan", aksi.unit, {"hasil": f"ke-{aksi.pilih}"}, hari, PENILAI))


def _umumkan(p: Pelaku, aksi: Aksi, hari: date) -> None:
    p.jalankan(Catat("pengumuman_tpn", None, ISI_BARU["pengumuman_tpn"](aksi.pilih), hari, ADMIN))


def _adukan(p: Pelaku, aksi: Aksi, hari: date) -> None:
    """Receive a complaint about the unit, or go on with the last one that may be touched."""
    lama = [a for a in p.u.store.telusuri(jenis="UnitDidaftarkan") if a.alur == ALUR and a.tanggal > p.sesudah]
    if not lama or aksi.pilih % 3 == 0:
        kode = f"P-{len(p.u.store.telusuri(jenis='UnitDidaftarkan'))}"
        p.u.layanan.jalankan([DaftarkanUnit(kode, "Loket tutup", hari, PENILAI, induk=aksi.unit, alur=ALUR)])
    elif aksi.pilih % 3 == 1:
        t = hari.isoformat()
        p.u.layanan.jalankan([_aduan("penerimaan", lama[-1].kode, t), _aduan("identifikasi", lama[-1].kode, t)])
        p.u.layanan.jalankan([_gerak("identifikasi", lama[-1].kode, t)])
    else:
        p.u.layanan.jalankan([_gerak("batalkan-langkah", lama[-1].kode, hari.isoformat(), ADMIN, {"alasan": SALAH, "nomor": "4"})])


def _daftar(p: Pelaku, aksi: Aksi, hari: date) -> None:
    p.jalankan(DaftarkanUnit(UNIT_NANTI[aksi.pilih % 2], "Dinas Baru", hari, ADMIN, "dinas"))


TINDAKAN: dict[str, Callable[[Pelaku, Aksi, date], None]] = {
    "bekal": _bekal,
    "utama": _utama,
    "lain": _lain,
    "batalkan": _batalkan,
    "bubarkan": _bubarkan,
    "cabut": _cabut,
    "perbaiki": _perbaiki,
    "hapus": _hapus,
    "terima": _terima,
    "pejabat": _pejabat,
    "pensiun": _pensiun,
    "kontak": _kontak,
    "pantau": _pantau,
    "umumkan": _umumkan,
    "adukan": _adukan,
    "daftar": _daftar,
}

_aksi = st.builds(
    Aksi,
    st.sampled_from([*TINDAKAN, "bekal", "bekal", "utama", "utama", "batalkan", "perbaiki", "hapus"]),
    st.sampled_from([UNIT_UJI, UNIT_DUA, UNIT_DUA, UNIT_ARSIP, UNIT_ARSIP, *UNIT_NANTI]),
    st.integers(0, 6),
    st.just(0) | st.integers(0, 500),
    st.integers(0, 20),
)
kehidupan = st.lists(_aksi, min_size=1, max_size=30)
"""What random lives do, in order."""
