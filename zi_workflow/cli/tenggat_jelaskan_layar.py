"""The explanation of due dates on the screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from zi_workflow.cli.blok import butir, lipat
from zi_workflow.cli.teks import tanggal, tanggal_singkat
from zi_workflow.domain.calendar import NAMA_HARI
from zi_workflow.domain.deadlines import AKAN_DATANG, DIPENUHI, JATUH_TEMPO, TERLAMBAT
from zi_workflow.domain.duties import TIDAK_SEBELUM

if TYPE_CHECKING:
    from zi_workflow.cli.tampilan import Gaya
    from zi_workflow.domain.calendar import Kalender

Peta = Mapping[str, Any]


def layar(data: Peta, kalender: Kalender, gaya: Gaya) -> str:
    """Return the letter: who is asked about, each duty that runs in full, and why the others do not."""
    berlaku = [k for k in data["kewajiban"] if k["berlaku"]]
    lain = [k for k in data["kewajiban"] if not k["berlaku"]]
    bagian = [_kepala(data, gaya), *(_kewajiban(k, kalender, gaya) for k in berlaku)]
    if lain:
        judul = "Tidak berlaku bagi unit ini sekarang\n" if berlaku or len(lain) > 1 else ""
        bagian.append(judul + "".join(_tidak_berlaku(k, gaya) for k in lain))
    return "\n".join([*bagian, _penutup(data, berlaku, gaya)])


def _kepala(data: Peta, gaya: Gaya) -> str:
    punya = "".join(f", {kata} {data[k]}" for k, kata in (("predikat", "predikat"), ("sasaran", "menuju")) if data[k])
    return lipat(f"{data['unit']} ({data['nama']}): tahap {data['tahap']}{punya}. Tenggat pada {tanggal(data['pada'])}", gaya)


def _kewajiban(k: Peta, kalender: Kalender, gaya: Gaya) -> str:
    """Return a duty: of one due date all in a row, of several what they share and then each."""
    semua = k["tenggat"]
    sama = {kunci: _sama(semua, kunci) for kunci in ("dasar", "tafsir")}
    umum = [
        ("Sekarang", "" if semua else "tidak ada yang terbuka; semuanya sudah dipenuhi"),
        ("Dasar", "; ".join(sama["dasar"] or ())),
        *(("Tafsir", f"{b['id']}: {b['bacaan']}") for b in k["bacaan"]),
        ("Dipenuhi oleh", k["pemenuhan"]),
        *(("Riwayat", _riwayat(r)) for r in k["riwayat"]),
        ("Diingatkan", _orang(k["diingatkan"])),
        ("Cadangan", _orang(k["cadangan"]) and f"tidak ada pemegang peran di atas, maka {_orang(k['cadangan'])}"),
        ("Eskalasi", _orang(k["bila_terlambat"]) and f"bila terlambat juga {_orang(k['bila_terlambat'])}"),
    ]
    judul = lipat(f"{k['id']}  {k['uraian']}", gaya, lanjut=4)
    if len(semua) == 1:
        return judul + butir([*_awal(semua[0], k, sama, kalender), *umum, *_akhir(semua[0])], gaya)
    return "\n".join([judul + butir(umum, gaya), *(butir([*_awal(s, k, sama, kalender), *_akhir(s)], gaya) for s in semua)])


def _sama(semua: Sequence[Peta], kunci: str) -> Sequence[str] | None:
    """Return what all due dates share under a name, None where they differ."""
    nilai = {tuple(s[kunci]) for s in semua}
    return nilai.pop() if len(nilai) == 1 else None


def _awal(satu: Peta, k: Peta, sama: Peta, kalender: Kalender) -> list[tuple[str, str]]:
    """Return the day and how it came about."""
    batas = satu["sifat"] != TIDAK_SEBELUM
    hitung = satu["perhitungan"].rsplit("; hari itu ", 1)[0] if batas and satu["alasan_libur"] else satu["perhitungan"]
    return [
        ("Butir", f"{satu['butir']}: {satu['uraian'].removeprefix(k['uraian'] + ': ')}" if satu["butir"] else ""),
        ("Jatuh tempo" if batas else "Paling cepat", f"{_hari(satu['jatuh_tempo'])} ({_status(satu)})"),
        ("Perhitungan", hitung),
        ("Hari itu", _hari_itu(satu, kalender) if batas else ""),
        ("Dasar", "; ".join(satu["dasar"]) if sama["dasar"] is None else ""),
        ("Tafsir", ", ".join(satu["tafsir"]) if sama["tafsir"] is None else ""),
        ("Bukti", ", ".join(f"nomor {n}" for n in satu["bukti"])),
    ]


def _akhir(satu: Peta) -> list[tuple[str, str]]:
    """Return what was recorded, what comes next, what to do."""
    nanti = ", ".join(f"{b['langkah']} pada {tanggal_singkat(b['tanggal'])}" for b in satu["berikutnya"])
    return [*(("Tercatat", _jejak(j)) for j in satu["pengingat"]), ("Berikutnya", nanti), ("Lanjut", satu["lanjut"])]


def _hari(hari: date) -> str:
    return f"{NAMA_HARI[hari.weekday()]}, {tanggal(hari)}"


def _status(satu: Peta) -> str:
    if satu["sifat"] == TIDAK_SEBELUM:
        return "sudah tiba" if satu["status"] == DIPENUHI else f"{satu['sisa_hari']} hari lagi; bukan batas waktu"
    return {
        TERLAMBAT: f"TERLAMBAT {-satu['sisa_hari']} hari",
        JATUH_TEMPO: "HARI INI",
        AKAN_DATANG: f"{satu['sisa_hari']} hari lagi",
    }[satu["status"]]


def _hari_itu(satu: Peta, kalender: Kalender) -> str:
    """Return whether offices are open on the day, and why it stays the due date where they are not."""
    batas = satu["jatuh_tempo"]
    kurang = "" if kalender.mencakup(batas) else f" Hari libur {batas.year} belum ada di kalender; hanya akhir pekan yang diketahui."
    if not satu["alasan_libur"]:
        return "hari kerja." + kurang
    kerja = _hari(satu["hari_kerja_terakhir"])
    return f"{satu['alasan_libur']}. Tidak ada aturan yang menggeser jatuh tempo; hari kerja terakhir sebelumnya {kerja}.{kurang}"


def _jejak(satu: Peta) -> str:
    hari = tanggal_singkat(satu["tanggal"])
    if satu["keterangan"] is not None:
        return f"{hari}: dicabut, {satu['keterangan']}"
    lambat = f" (seharusnya {tanggal_singkat(satu['seharusnya'])})" if satu["seharusnya"] else ""
    kepada = f" kepada {', '.join(satu['penerima'])}" if satu["penerima"] else ""
    return f"{hari}: {satu['langkah']}{lambat}{kepada}"


def _riwayat(satu: Peta) -> str:
    nama = f"{satu['butir']}, " if satu["butir"] else ""
    lambat = (satu["dipenuhi"] - satu["jatuh_tempo"]).days
    nomor = ", ".join(str(n) for n in satu["bukti"])
    teks = f"{nama}jatuh tempo {tanggal_singkat(satu['jatuh_tempo'])}: dipenuhi {tanggal_singkat(satu['dipenuhi'])} oleh {satu['oleh']}"
    return teks + (f", {lambat} hari terlambat" if lambat > 0 else "") + (f" (bukti nomor {nomor})" if nomor else "")


def _orang(semua: Iterable[Peta]) -> str:
    return "; ".join(f"{p['peran']} {', '.join(p['nip']) or '(tidak ada pemegang)'}" for p in semua)


def _tidak_berlaku(k: Peta, gaya: Gaya) -> str:
    teks = lipat(f"{k['id']}  {k['uraian']}: {k['alasan_tidak_berlaku']}.", gaya, lanjut=4)
    return teks + butir([("Riwayat", _riwayat(r)) for r in k["riwayat"]], gaya)


def _penutup(data: Peta, berlaku: Sequence[Peta], gaya: Gaya) -> str:
    lewat = sum(t["status"] == TERLAMBAT for k in berlaku for t in k["tenggat"])
    kata = f"{lewat} terlambat. " if lewat else ""
    return lipat(f"{kata}Semua tenggat unit: zi tenggat daftar --unit {data['unit']}", gaya)
