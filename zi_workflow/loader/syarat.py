"""Reading ``syarat.yaml``: requirements of the closed kinds, and waivers; every name in them must exist."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from functools import partial

from zi_workflow.domain.checklist import PLACEHOLDER
from zi_workflow.domain.commands import DAFTARKAN, PERINTAH_TETAP
from zi_workflow.domain.definition import MEMPERINGATKAN, MENOLAK, Isian, Jenis, Masa, Pembebasan, Syarat
from zi_workflow.domain.guards import JENIS
from zi_workflow.domain.guards.ambang import Banding, Mutu
from zi_workflow.loader.bagian import Rujukan, bangun, berlaku, kunci_jenis
from zi_workflow.loader.jenis import periksa_jenis
from zi_workflow.loader.kepala import LAPISAN
from zi_workflow.loader.periksa import Periksa
from zi_workflow.loader.simpul import Simpul, kumpulkan
from zi_workflow.loader.tahap import SEMUA

_UMUM_WAJIB = ("id", "langkah", "uraian", "jenis", "oleh", "lanjut", "berlaku")
_UMUM_BOLEH = ("predikat", "lapisan", "akibat")
_TANDA = re.compile(r"\{([^{}]*)\}")
_ID = re.compile(r"[A-Z][A-Za-z0-9]{0,9}(\.[a-z0-9_]{1,30})?")
_PERSEN = ("rasio", "skor")
_SERATUS = Decimal(100)
PELAKU = "pelaku"


def baca_syarat(simpul: Simpul, rujukan: Rujukan) -> tuple[Syarat, ...]:
    """Read all requirements; the same id may stand once per predikat."""
    butir = simpul.daftar()
    hasil: dict[str, Syarat] = kumpulkan(
        butir, partial(_syarat, rujukan=rujukan), lambda s: f"{s.id} bagi {s.predikat}" if s.predikat else s.id
    )
    umum = {s.id for s in hasil.values() if s.predikat is None}
    for s, satu in zip(butir, hasil.values(), strict=True):
        if satu.predikat is not None and satu.id in umum:
            s.gagal(f"id yang belum dipakai; '{satu.id}' sudah ada bagi semua predikat", "Beri id lain, atau batasi keduanya.")
    return tuple(hasil.values())


def _syarat(simpul: Simpul, rujukan: Rujukan) -> Syarat:
    mentah = simpul.peta()
    if "jenis" not in mentah:
        simpul.gagal("kunci 'jenis'", f"Tambahkan 'jenis': {', '.join(JENIS)}.")
    if "ambang" in mentah:
        mentah["ambang"].gagal(
            "ambang di dalam 'berlaku', bersama tanggal dan dasarnya", "Pindahkan: berlaku: [{sejak: …, dasar: […], ambang: …}]."
        )
    nama_jenis = mentah["jenis"].pilihan(JENIS, "jenis syarat")
    kelas = JENIS[nama_jenis]
    peta = simpul.peta(_UMUM_WAJIB, (*_UMUM_BOLEH, *kunci_jenis(kelas)))
    jenis = bangun(kelas, peta, simpul, rujukan)
    perintah = _perintah(peta["langkah"], rujukan)
    periksa_jenis(nama_jenis, Periksa(simpul, peta, jenis, rujukan, perintah))
    jenis_ambang = _jenis_ambang(jenis)
    masa = berlaku(peta["berlaku"], rujukan, jenis_ambang, wajib_ambang=jenis_ambang is not None)
    _periksa_masa(peta, nama_jenis, jenis, masa, rujukan)
    return Syarat(
        id=peta["id"].nama(_ID, "id seperti R6 atau R20.area_1"),
        langkah=perintah,
        uraian=peta["uraian"].teks(200),
        jenis=jenis,
        lapisan=peta["lapisan"].pilihan(LAPISAN, "lapisan") if "lapisan" in peta else LAPISAN[0],
        oleh=peta["oleh"].pilihan({*rujukan.peran, PELAKU}, "peran"),
        lanjut=_lanjut(peta["lanjut"]),
        berlaku=masa,
        predikat=_predikat(peta["predikat"], perintah, rujukan) if "predikat" in peta else None,
        akibat=peta["akibat"].pilihan((MENOLAK, MEMPERINGATKAN), "akibat") if "akibat" in peta else MENOLAK,
    )


def _lanjut(simpul: Simpul) -> str:
    teks = simpul.teks(300)
    for tanda in _TANDA.findall(teks):
        if tanda not in PLACEHOLDER:
            simpul.gagal(f"tanda pengganti: {', '.join('{' + p + '}' for p in sorted(PLACEHOLDER))}", f"Ganti '{{{tanda}}}'.")
    return teks


def _perintah(simpul: Simpul, rujukan: Rujukan) -> tuple[str, ...]:
    hasil: list[str] = []
    for nama in simpul.nama_daftar({*rujukan.langkah, *PERINTAH_TETAP, SEMUA}, "langkah", wajib=True):
        hasil.extend([*rujukan.langkah, DAFTARKAN] if nama == SEMUA else [nama])
    return tuple(dict.fromkeys(hasil))


def _predikat(simpul: Simpul, perintah: Sequence[str], rujukan: Rujukan) -> str:
    """Read the predikat that a requirement is limited to; its moves must know which predikat is asked for."""
    for nama in perintah:
        langkah = rujukan.langkah.get(nama)
        if langkah is None or (langkah.efek.usulan != "buat" and not any(i.nama == "predikat" for i in langkah.isian)):
            simpul.gagal(f"syarat tanpa 'predikat', sebab {nama} tidak menyebut predikat", "Hapus 'predikat', atau pindahkan syarat itu.")
    return simpul.pilihan(rujukan.pilihan["predikat"], "predikat")


def _jenis_ambang(jenis: Jenis) -> str | None:
    """Return the notation of the threshold that this requirement must have, None where it compares nothing."""
    if getattr(jenis, "mutu", "ada") is None or getattr(jenis, "hanya_masa_depan", False):
        return None
    return jenis.AMBANG


def _periksa_masa(peta: Mapping[str, Simpul], nama_jenis: str, jenis: Jenis, masa: Sequence[Masa], rujukan: Rujukan) -> None:
    """Refuse values that begin after the definition, and thresholds that nothing can ever reach."""
    if masa[0].sejak > rujukan.sejak:
        sejak = rujukan.sejak.isoformat()
        peta["berlaku"].gagal(f"masa pertama tidak sesudah {sejak}, mulai berlakunya definisi", "Tambahkan masa yang lebih awal.")
    for simpul, satu in zip(peta["berlaku"].daftar(), masa, strict=True):
        ambang = satu.ambang
        if isinstance(ambang, Mutu):
            bukti = rujukan.bukti[peta["bukti"].teks()]
            _mutu(simpul.peta()["ambang"], ambang, next(i for i in bukti.isian if i.nama == getattr(jenis, "mutu", None)))
        if isinstance(ambang, Banding) and nama_jenis in _PERSEN and ambang.angka > _SERATUS:
            simpul.peta()["ambang"].gagal("ambang paling tinggi 100", "Perbaiki angkanya.")


def _mutu(simpul: Simpul, ambang: Mutu, bidang: Isian) -> None:
    """Refuse a grade that the field's own scale does not have; a level is a number, compared with '>='."""
    if bidang.pilihan:
        if ambang.mutu not in bidang.pilihan:
            simpul.gagal(f"peringkat dari {bidang.nama}: {', '.join(bidang.pilihan)}", "Pakai peringkat yang ada.")
        return
    tinggi = bidang.maksimal
    if ambang.tanda != ">=" or not ambang.mutu.isdigit() or (tinggi is not None and int(ambang.mutu) > tinggi):
        simpul.gagal(f"level {bidang.nama}, misalnya '>= {bidang.maksimal or 3}'", "Tulis '>=' dan angka di dalam batas isian itu.")


def baca_pembebasan(simpul: Simpul, rujukan: Rujukan, syarat: Sequence[Syarat], afirmasi: Collection[str]) -> tuple[Pembebasan, ...]:
    """Read the waivers; each must name requirements that exist. A waiver, unlike a requirement, may end or pause."""
    id_syarat = {s.id for s in syarat} | {s.id.split(".")[0] for s in syarat}

    def satu(s: Simpul) -> Pembebasan:
        peta = s.peta(["id", "uraian", "afirmasi", "syarat", "berlaku"])
        return Pembebasan(
            id=peta["id"].nama(_ID, "id seperti R25"),
            uraian=peta["uraian"].teks(200),
            afirmasi=peta["afirmasi"].nama_daftar(afirmasi, "jenis afirmasi", wajib=True),
            syarat=peta["syarat"].nama_daftar(id_syarat, "id syarat", wajib=True),
            berlaku=berlaku(peta["berlaku"], rujukan, None, terbuka=False),
        )

    hasil: dict[str, Pembebasan] = kumpulkan(simpul.daftar(), satu, lambda p: p.id)
    for s, id_bebas in zip(simpul.daftar(), hasil, strict=True):
        if id_bebas in id_syarat:
            s.gagal(f"id yang belum dipakai; '{id_bebas}' id syarat", "Beri id lain.")
    return tuple(hasil.values())
