"""One event on the screen: its envelope, its content, and the checklist that it carries."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from zi_workflow.cli.blok import bersarang, butir, lipat
from zi_workflow.cli.lembar import lembar
from zi_workflow.cli.tampilan import Gaya, Sel, lokal, tabel, tanda, tanggal, waktu

if TYPE_CHECKING:
    from zi_workflow.domain.checklist import DaftarPeriksa, Temuan
    from zi_workflow.domain.guards.konteks import Frasa
    from zi_workflow.store import Amplop

_SEBUTAN = {
    "UnitDidaftarkan": "unit didaftarkan",
    "BuktiDicatat": "",
    "BuktiDikoreksi": "koreksi",
    "BuktiDitarik": "ditarik:",
    "PutusanDitinjau": "putusan ditinjau:",
    "PeninjauanDiakui": "peninjauan diakui",
    "LangkahDiambil": "langkah",
    "LangkahDibatalkan": "langkah dibatalkan:",
    "LaranganDiwariskan": "larangan diwariskan",
    "BerkasTerkait": "berkas terkait",
    "PerintahDitolak": "ditolak:",
    "PejabatDiangkat": "pejabat diangkat:",
    "PejabatDiakhiri": "pejabat diakhiri:",
    "KontakDiatur": "kontak diatur:",
    "DataPribadiDihapus": "data pribadi dihapus:",
    "TenggatDiingatkan": "diingatkan:",
    "TenggatTerlewat": "terlewat:",
    "PengingatDicabut": "pengingat dicabut:",
    "PengingatDipulihkan": "pengingat dipulihkan:",
    "JadwalDisapu": "jadwal disapu",
    "PemberitahuanDisusun": "surat disusun",
    "PemberitahuanDicoba": "surat",
}
_RINCIAN = {
    "DataPribadiDihapus": ("orang",),
    "TenggatDiingatkan": ("butir", "langkah"),
    "TenggatTerlewat": ("butir", "langkah"),
    "PengingatDicabut": ("butir", "sebab"),
    "PengingatDipulihkan": ("butir",),
    "PemberitahuanDicoba": ("kanal",),
}
"""Fields that tell one event of its kind from another, beside what it is about."""
_ANGKA = re.compile(r"((?:>=|<=|>|<|=) )?(-?[0-9]+(?:\.[0-9]+)?)")
_PENOLAKAN = "PerintahDitolak"


def sebutan(a: Amplop) -> str:
    """Return in a few words what an event is: ``langkah canangkan``, ``bukti lhkpn``, ``ditolak: usulkan``."""
    nama = a.jenis.partition("@")[0]
    rincian = (str(a.isi.get(k) or "") for k in _RINCIAN.get(nama, ()))
    return " ".join(x for x in (_SEBUTAN.get(nama, nama), a.pokok or "", *rincian) if x)


def unit_dari(a: Amplop) -> str | None:
    """Return the unit that an event concerns, None for one of the instansi's own."""
    return unit_aliran(a.alur, a.kode)


def unit_aliran(alur: str, kode: str) -> str | None:
    """Return the unit that a stream concerns, None for one of the instansi's own."""
    from zi_workflow.domain.decide import FAKTA, PEJABAT
    from zi_workflow.session import JADWAL, SURAT

    return None if kode in (FAKTA, PEJABAT) or alur == SURAT or alur.endswith(f"-{JADWAL}") else kode


def lembar_peristiwa(a: Amplop, gaya: Gaya) -> str:
    """Return everything of one event."""
    dibaca = ", ".join(f"{aliran} versi {versi}" for aliran, versi in a.dibaca.items())
    kepala = [
        ("Jenis", a.jenis),
        ("Aliran", f"{a.aliran}, versi {a.versi}"),
        ("Tanggal", tanggal(a.tanggal)),
        ("Dicatat", waktu(a.waktu_catat)),
        ("Oleh", a.oleh),
        ("Pencatat", a.pencatat),
        ("Dasar", "; ".join(a.dasar)),
        ("Kunci", a.kunci or ""),
        ("Dibaca", dibaca),
    ]
    teks = lipat(f"Peristiwa nomor {a.nomor}: {sebutan(a)}", gaya) + butir(kepala, gaya)
    for label, sidik in (("Sidik regulasi", a.sidik_regulasi), ("Rantai", a.rantai)):
        teks += lipat(label, gaya, lekuk=4) + lipat(sidik, gaya, lekuk=6)
    syarat = a.isi.get("syarat")
    isi = {k: v for k, v in a.isi.items() if k != "syarat"}
    teks += "\nIsi\n" + bersarang(isi, gaya, 4)
    if isinstance(syarat, Sequence) and syarat:
        ditolak = a.jenis.startswith(f"{_PENOLAKAN}@")
        teks += "\n" + (lembar(_daftar(a, syarat), gaya) if ditolak else _ringkas(syarat, gaya))
    return teks


def _ringkas(syarat: Sequence[Mapping[str, Any]], gaya: Gaya) -> str:
    """Return what an accepted move keeps of its checklist."""
    baris = [(_tanda(s, gaya), s["id"], _lokal(s.get("ditemukan")), _lokal(s.get("dibutuhkan"))) for s in syarat]
    return f"Daftar periksa ({len(baris)} syarat)\n" + tabel(["", "Syarat", "Ditemukan", "Dibutuhkan"], baris, gaya)


def _tanda(syarat: Mapping[str, Any], gaya: Gaya) -> Sel:
    status = syarat.get("status")
    return tanda(status if status in ("terpenuhi", "dibebaskan") else "memperingatkan", gaya)


def _lokal(nilai: object) -> str:
    return "" if nilai is None else lokal(str(nilai))


def _daftar(a: Amplop, syarat: Sequence[Mapping[str, Any]]) -> DaftarPeriksa:
    """Read a refusal's checklist back from its plain data."""
    from zi_workflow.domain.checklist import DaftarPeriksa

    temuan = tuple(_temuan(s) for s in syarat)
    predikat = a.isi["isi"].get("predikat") if isinstance(a.isi.get("isi"), Mapping) else None
    pada = date.fromisoformat(str(a.isi["pada"]))
    return DaftarPeriksa(unit_dari(a), str(a.isi["perintah"]), pada, temuan, predikat if isinstance(predikat, str) else None)


def _temuan(s: Mapping[str, Any]) -> Temuan:
    from zi_workflow.domain.checklist import Temuan

    teks: dict[str, Any] = {k: str(s[k]) for k in ("id", "uraian", "lapisan", "status", "sifat", "akibat", "oleh", "lanjut")}
    daftar: dict[str, Any] = {k: tuple(s[k]) for k in ("dasar", "bukti", "tafsir")}
    return Temuan(
        **teks,
        **daftar,
        ditemukan=_frasa(s["ditemukan"]) or (),
        dibutuhkan=_frasa(s["dibutuhkan"]) or (),
        kurang=_frasa(s["kurang"]),
        peringatan=tuple(_frasa(p) or () for p in s.get("peringatan", ())),
        satuan=s["satuan"],
        pembebasan=tuple(s.get("pembebasan", {}).get("dasar", ())),
    )


def _frasa(teks: str | None) -> Frasa | None:
    """Read a phrase back from its text: a number keeps being one, other text has its decimals and dates written out."""
    if teks is None:
        return None
    cocok = _ANGKA.fullmatch(teks)
    return (lokal(teks),) if cocok is None else (cocok[1] or "", Decimal(cocok[2]))
