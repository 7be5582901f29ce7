"""The two time axes against a naive second fold: nothing recorded later, nothing that happened later, whatever else is on file."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.alat.dunia import ADMIN, HARI, UNIT_UJI, definisi
from tests.alat.toko import Toko
from tests.cli.alat_cli import panggil
from tests.cli.register import muat_sekali
from tests.lke.alat import nilai_naif
from tests.property import lipatan_naif as naif
from tests.property.alat_kehidupan import KINI, UNIT_ARSIP, UNIT_DUA, UNIT_NANTI, Aksi, Pelaku, kehidupan, salin
from tests.property.lipatan_naif import Pengetahuan, hari_wib
from zi_workflow import bootstrap
from zi_workflow.cli.tampilan import json_teks
from zi_workflow.cli.tenggat_bacaan import polos
from zi_workflow.cli.tenggat_daftar import STATUS
from zi_workflow.clock import hari_di
from zi_workflow.domain.commands import Catat
from zi_workflow.domain.deadlines import tenggat
from zi_workflow.domain.decide import periksa
from zi_workflow.domain.duties import TIDAK_SEBELUM
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.service import Layanan
from zi_workflow.store import Amplop
from zi_workflow.vantage import KINI as SEKARANG
from zi_workflow.vantage import ArsipPada, Sudut

UNIT = (UNIT_UJI, UNIT_DUA, UNIT_ARSIP)
SEMUA = (*UNIT, *UNIT_NANTI)
SESAAT = timedelta(microseconds=1)
_sifat = settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
"""Without shrinking, which takes minutes here: each example is a register on disk."""


@pytest.fixture(autouse=True)
def jam_tetap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program believe that it is noon of the day on which the story is asked about."""
    muat_sekali(monkeypatch)
    saat = datetime.combine(KINI, time(5), UTC)
    monkeypatch.setattr(bootstrap, "rakit", partial(bootstrap.rakit, jam=lambda: saat))


@pytest.fixture
def cerita(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Toko]:
    """Give the story in a file of its own, which the command line reads too."""
    dunia = salin(tmp_path / "zi.db")
    monkeypatch.setenv("ZI_BASIS", f"sqlite:///{tmp_path / 'zi.db'}")
    yield dunia
    dunia.tutup()


def _layanan(dunia: Toko, sudut: Sudut) -> Layanan:
    return Layanan(dunia.aturan, ArsipPada(dunia.store, sudut), dunia.jam, lambda i: hari_di("Asia/Jakarta", i))


def _hari_penting(log: Sequence[Amplop]) -> list[date]:
    """Return every day on which something happened, and the day before each."""
    sendiri = {HARI(v) for a in log for nama in ("sejak", "sampai", "hari") if isinstance(v := getattr(a.peristiwa, nama, None), str)}
    return sorted({h - timedelta(days=n) for h in {a.tanggal for a in log} | sendiri for n in (0, 1)})


def _saat_penting(log: Sequence[Amplop]) -> list[datetime]:
    """Return every instant at which something was recorded, and the moment before each."""
    return sorted({a.waktu_catat - n * SESAAT for a in log for n in (0, 1)})


def _sudut(log: Sequence[Amplop]) -> list[Sudut]:
    hari, saat = _hari_penting(log), _saat_penting(log)
    return [*(Sudut(h) for h in hari), *(Sudut(None, s) for s in saat), *(Sudut(h, s) for h, s in product(hari[::7], saat[::9]))]


def _sama(dunia: Toko, log: Sequence[Amplop], sudut: Sudut) -> list[object]:
    """Compare the files of all units and of the instansi with the naive fold; return the files that there are."""
    layanan, tahu = _layanan(dunia, sudut), Pengetahuan(log, sudut.diketahui)
    ada: list[object] = []
    for kode in SEMUA:
        unit = layanan.unit(kode)
        if unit is not None:
            unit = replace(unit, bukti={k: v for k, v in unit.bukti.items() if v})
            ada.append(unit)
        assert unit == naif.unit(tahu, kode, sudut.per), (sudut, kode)
    instansi = naif.tanpa_versi(layanan.instansi())
    assert instansi == naif.instansi(tahu, sudut.per), sudut
    assert naif.tanpa_versi(layanan.instansi()) == instansi  # asked again, of what it keeps between questions
    return [*ada, instansi]


# --- the answers of the verbs ----------------------------------------------------------------------------------------


def _opsi(sudut: Sudut) -> list[str]:
    per = [] if sudut.per is None else ["--per", sudut.per.isoformat()]
    return per if sudut.diketahui is None else [*per, "--diketahui", sudut.diketahui.isoformat()]


def _tanya(*argumen: str, sudut: Sudut) -> tuple[int, str]:
    """Return the exit code and the bytes of an answer; an error has its own."""
    hasil = panggil(*argumen, *_opsi(sudut), "--json")
    assert hasil.exit_code in (0, 3), hasil.stderr
    return hasil.exit_code, hasil.stdout


PERTANYAAN: tuple[tuple[str, ...], ...] = (
    ("unit", "daftar"),
    ("tenggat", "daftar", "--semua"),
    *(("unit", "lihat", kode) for kode in SEMUA),
    *(("periksa", kode) for kode in UNIT),
    ("lke", "nilai", UNIT_UJI, "--tahun", "2025"),
)


YANG_LAIN: tuple[tuple[str, ...], ...] = (
    ("tenggat", "jelaskan", UNIT_ARSIP),
    ("lke", "jalan", UNIT_UJI, "--tahun", "2025", "--predikat", "WBK"),
    ("pengaduan", "daftar"),
    ("pengaduan", "lihat", "P-1"),
)
"""Questions that may look back too, and are compared with themselves only."""


def _semua_jawaban(sudut: Sudut, semua: Sequence[tuple[str, ...]] = PERTANYAAN) -> list[tuple[int, str]]:
    return [_tanya(*satu, sudut=sudut) for satu in semua]


def _harap(log: Sequence[Amplop], sudut: Sudut) -> list[dict[str, Any] | None]:
    """Return what the naive fold answers to the same questions, None where a unit or an LKE is not there."""
    tahu, per = Pengetahuan(log, sudut.diketahui), sudut.per
    hari = per or hari_wib(sudut.diketahui or datetime.combine(KINI, time(5), UTC))
    return [
        naif.daftar(tahu, per),
        _tenggat(tahu, per, hari),
        *(naif.lihat(tahu, kode, per) for kode in SEMUA),
        *(_periksa(tahu, kode, per, hari) for kode in UNIT),
        _lke(tahu, per),
    ]


def _tenggat(tahu: Pengetahuan, per: date | None, hari: date) -> dict[str, Any]:
    aturan, instansi = definisi(), naif.instansi(tahu, per)
    ada = [u for kode in tahu.unit if naif.unit(tahu, kode, per) is not None and (u := naif.unit(tahu, kode, hari)) is not None]
    semua = [t for u in ada for t in tenggat(aturan, u, instansi, hari)]
    urutan = [k.id for k in aturan.kewajiban]
    semua.sort(key=lambda t: (t.jatuh_tempo, t.unit, urutan.index(t.id), t.kejadian.butir))
    batas = [t.status for t in semua if t.sifat != TIDAK_SEBELUM]
    jumlah = {s: batas.count(s) for s in STATUS} | {TIDAK_SEBELUM: len(semua) - len(batas)}
    return {"pada": hari, "jumlah": jumlah, "tenggat": [polos(t) for t in semua]}


def _periksa(tahu: Pengetahuan, kode: str, per: date | None, hari: date) -> dict[str, Any] | None:
    aturan, unit = definisi(), naif.unit(tahu, kode, per)
    if unit is None:
        return None
    utama = next((x.nama for x in aturan.langkah_dari(unit.keadaan.tahap) if x.utama), None)
    if utama is None:
        kosong: dict[str, Any] = {"perintah": None, "terpenuhi": False, "syarat": []}
        return {"unit": kode, "pada": hari, "tahap": unit.keadaan.tahap, **kosong}
    return dict(periksa(aturan, unit, naif.instansi(tahu, per), utama, {}, hari, hari).polos())


def _lke(tahu: Pengetahuan, per: date | None) -> dict[str, Any] | None:
    unit = naif.unit(tahu, UNIT_UJI, per)
    semua = [] if unit is None else [b for b in unit.bukti.get("lke", ()) if (b.isi["tahun"], b.isi["penilai"]) == (2025, "tpi")]
    akhir = max(semua, key=lambda b: (b.tanggal, b.pertama), default=None)
    if akhir is None:
        return None
    jawaban = akhir.isi["jawaban"]
    assert isinstance(jawaban, Mapping)
    return {"nomor": akhir.nomor, "tanggal": akhir.tanggal, "total": nilai_naif(jawaban)["total"]}


def _cocok(jawaban: tuple[int, str], harap: dict[str, Any] | None, sudut: Sudut) -> None:
    """Compare an answer with what is expected of it; it says what was asked, and nothing about the vantage otherwise."""
    kode, teks = jawaban
    if harap is None:
        assert (kode, teks) == (3, "")
        return
    data = json.loads(teks)
    ditanya = {k: data.pop(k, None) for k in ("per", "diketahui")}
    assert ditanya["per"] == (sudut.per.isoformat() if sudut.per else None)
    assert (datetime.fromisoformat(ditanya["diketahui"]) if ditanya["diketahui"] else None) == sudut.diketahui
    if "total" in harap:
        isi = {"nomor": data["nomor"], "tanggal": data["tanggal"], "total": Fraction(data["eksak"]["total"])}
        assert isi == {**harap, "tanggal": harap["tanggal"].isoformat()}
        return
    assert data == json.loads(json_teks(harap)), sudut


# --- the promises ----------------------------------------------------------------------------------------------------


def test_cerita_memuat_semua_yang_harus_dibedakan(cerita: Toko) -> None:
    """The story has every kind of event that these streams may hold, late entries, three units, and a bar that was taken back."""
    log = cerita.store.telusuri()
    jenis = {a.jenis.partition("@")[0] for a in log}
    assert jenis == {
        "UnitDidaftarkan", "BuktiDicatat", "BuktiDikoreksi", "BuktiDitarik", "PutusanDitinjau", "PeninjauanDiakui", "LangkahDiambil",
        "LangkahDibatalkan", "LaranganDiwariskan", "BerkasTerkait", "PerintahDitolak", "PejabatDiangkat", "PejabatDiakhiri", "KontakDiatur",
    }  # fmt: skip
    assert sum(hari_wib(a.waktu_catat) > a.tanggal for a in log) > 5
    warisan = [getattr(a.peristiwa, "pencabutan", None) for a in log if a.jenis.startswith("LaranganDiwariskan")]
    assert [w is None for w in warisan] == [False, True, False]


def test_harus_berkas_pada_setiap_hari_dan_saat_sama_dengan_lipatan_naif(cerita: Toko) -> None:
    """On every day and at every instant that the story knows, and on many pairs, each file is what the naive fold cuts out."""
    log = cerita.store.telusuri()
    berbeda = {repr(_sama(cerita, log, sudut)) for sudut in _sudut(log)}
    assert len(berbeda) > len(log)


def test_harus_jawaban_kelima_perintah_sama_dengan_lipatan_naif(cerita: Toko) -> None:
    """List, unit, checklist, scores and deadlines answer from the naive fold's files, at days, instants and pairs of them."""
    log = cerita.store.telusuri()
    hari, saat = _hari_penting(log)[::9], _saat_penting(log)[::19]
    pasang = zip(hari, reversed(saat), strict=False)
    semua = [*(Sudut(h) for h in hari), *(Sudut(None, s) for s in saat), *(Sudut(h, s) for h, s in pasang), SEKARANG]
    for sudut in semua:
        for jawaban, harap in zip(_semua_jawaban(sudut), _harap(log, sudut), strict=True):
            _cocok(jawaban, harap, sudut)


@pytest.mark.usefixtures("cerita")
@_sifat
@given(kehidupan, st.data())
def test_harus_kehidupan_acak_sama_dengan_lipatan_naif(semua: list[Aksi], data: st.DataObject) -> None:
    """Whatever goes on from the story, drawn days and instants show what the naive fold shows."""
    folder = Path(tempfile.mkdtemp())
    dunia = salin(folder / "zi.db")
    try:
        Pelaku(dunia).jalani(semua)
        log = dunia.store.telusuri()
        hari, saat = st.sampled_from(_hari_penting(log)), st.sampled_from(_saat_penting(log))
        for sudut in data.draw(st.lists(st.builds(Sudut, st.none() | hari, st.none() | saat), min_size=6, max_size=12)):
            _sama(dunia, log, sudut)
        sudut = data.draw(st.builds(Sudut, hari, st.none() | saat))
        with pytest.MonkeyPatch.context() as lingkungan:
            lingkungan.setenv("ZI_BASIS", f"sqlite:///{folder / 'zi.db'}")
            for jawaban, harap in zip(_semua_jawaban(sudut), _harap(log, sudut), strict=True):
                _cocok(jawaban, harap, sudut)
    finally:
        dunia.tutup()
        shutil.rmtree(folder)


@_sifat
@given(kehidupan, st.integers(0, 99), st.integers(0, 400))
def test_harus_yang_dicatat_kemudian_tidak_mengubah_yang_diketahui(semua: list[Aksi], ke: int, mundur: int) -> None:
    """Whatever is appended after an instant, of whatever date, leaves the bytes of every answer about that instant as they were."""
    folder = Path(tempfile.mkdtemp())
    dunia = salin(folder / "zi.db")
    try:
        saat = dunia.store.telusuri()[ke].waktu_catat
        _tetap(folder, Pelaku(dunia), semua, [Sudut(None, saat), Sudut(hari_wib(saat) - timedelta(days=mundur), saat)])
    finally:
        dunia.tutup()
        shutil.rmtree(folder)


@_sifat
@given(kehidupan, st.dates(date(2024, 2, 18), date(2026, 6, 30)))
def test_harus_yang_terjadi_kemudian_tidak_mengubah_hari_itu(semua: list[Aksi], per: date) -> None:
    """Whatever happens after a day without touching what was earlier leaves the bytes of every answer about that day as they were."""
    folder = Path(tempfile.mkdtemp())
    dunia = salin(folder / "zi.db")
    try:
        _tetap(folder, Pelaku(dunia, per), semua, [Sudut(per)])
    finally:
        dunia.tutup()
        shutil.rmtree(folder)


def _tetap(folder: Path, pelaku: Pelaku, semua: Sequence[Aksi], sudut: Sequence[Sudut]) -> None:
    with pytest.MonkeyPatch.context() as lingkungan:
        lingkungan.setenv("ZI_BASIS", f"sqlite:///{folder / 'zi.db'}")
        sebelum = [_semua_jawaban(s, (*PERTANYAAN, *YANG_LAIN)) for s in sudut]
        pelaku.jalani(semua)
        assert [_semua_jawaban(s, (*PERTANYAAN, *YANG_LAIN)) for s in sudut] == sebelum


# --- the store that is looked through --------------------------------------------------------------------------------


def test_arsip_pada_hanya_dilihat_dan_hanya_yang_tampak(cerita: Toko) -> None:
    """Through a vantage single events are found only where they are seen, whole envelopes too, and nothing can be written."""
    log = cerita.store.telusuri()
    saat = log[40].waktu_catat
    arsip = ArsipPada(cerita.store, Sudut(None, saat))
    assert [a.nomor for a in log if arsip.lihat(a.nomor) is not None] == [a.nomor for a in log if a.waktu_catat <= saat]
    assert arsip.lihat(len(log) + 1) is None
    aliran = f"binjai/zi/{UNIT_UJI}"
    assert [a.nomor for a in arsip.muat_lengkap(aliran)] == [a.nomor for a in log if a.aliran == aliran and a.waktu_catat <= saat]
    with pytest.raises(MasukanSalah, match="Masa lalu hanya dapat dilihat"):
        _layanan(cerita, Sudut(None, saat)).jalankan([Catat("pemantauan", UNIT_DUA, {"hasil": "susulan"}, HARI("2024-06-01"), ADMIN)])
    assert cerita.store.telusuri() == log
