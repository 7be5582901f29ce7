"""Reading ``tahap.yaml``: stages, moves and their effects; the graph must hold together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from zi_workflow.domain.commands import PERINTAH_TETAP
from zi_workflow.domain.definition import Efek, Isian, Langkah, Tahap
from zi_workflow.domain.guards.konteks import PENANDA
from zi_workflow.loader.bagian import Rujukan, dasar
from zi_workflow.loader.isian import baca_isian
from zi_workflow.loader.kepala import ID_KUTIPAN
from zi_workflow.loader.simpul import Simpul, kumpulkan
from zi_workflow.topology import Topologi

SEMUA = "semua"
PUNYA = ("sasaran", "bangun", "predikat", "usulan", "pencabutan")
PENANDA_BAWAAN = frozenset({"pendaftaran", "tahap"})
"""Markers that the register keeps by itself; the others are set by a move."""

ID_TAHAP = re.compile(r"[a-z][a-z0-9_]{0,39}")
NAMA_LANGKAH = re.compile(r"[a-z][a-z0-9-]{0,39}")
TANGGAL = "tanggal"


def baca_tahap(simpul: Simpul, rujukan: Rujukan) -> tuple[dict[str, Tahap], dict[str, Langkah]]:
    """Read stages and moves; refuses what cannot be reached, leads nowhere, or leaves the end."""
    peta = simpul.peta(["tahap", "langkah"])
    tahap: dict[str, Tahap] = kumpulkan(peta["tahap"].daftar(), _tahap, lambda t: t.id)
    awal = [t.id for t in tahap.values() if t.awal]
    if len(awal) != 1:
        peta["tahap"].gagal(f"tepat satu tahap dengan 'awal: ya', bukan {len(awal)}", "Tandai hanya tahap tempat unit didaftarkan.")
    rujukan.pilihan["tahap"] = tuple(tahap)
    butir = peta["langkah"].daftar()
    kumpulkan(butir, lambda s: s.peta().get("id", s).isi, str)
    langkah: dict[str, Langkah] = kumpulkan(butir, partial(_langkah, tahap=tahap, rujukan=rujukan), lambda x: x.nama)
    _periksa_utama(peta["langkah"], langkah)
    for nama, masalah in Topologi(tahap, langkah).masalah().items():
        s = next(x for x in peta["tahap"].daftar() if x.peta()["id"].teks() == nama)
        s.gagal(masalah, f"Tambahkan langkah bagi '{nama}' di tahap.yaml, atau hapus tahap itu.")
    rujukan.langkah = langkah
    return tahap, langkah


def _tahap(simpul: Simpul) -> Tahap:
    peta = simpul.peta(["id", "nama", "uraian"], ["punya", "awal", "akhir"])
    punya = peta["punya"].nama_daftar(PUNYA, "yang dipunyai tahap") if "punya" in peta else ()
    awal, akhir = (peta[k].ya_tidak() if k in peta else False for k in ("awal", "akhir"))
    if awal and akhir:
        peta["akhir"].gagal("tidak, sebab tahap ini tahap awal", "Hapus 'awal' atau 'akhir'.")
    id_tahap = peta["id"].nama(ID_TAHAP, "huruf kecil, angka, garis bawah, diawali huruf")
    return Tahap(id_tahap, peta["nama"].teks(60), peta["uraian"].teks(200), punya, awal, akhir)


def _langkah(simpul: Simpul, tahap: Mapping[str, Tahap], rujukan: Rujukan) -> Langkah:
    wajib = ["id", "nama", "uraian", "dari", "pelaku", "dasar"]
    peta = simpul.peta(wajib, ["ke", "isian", "efek", "banyak", "utama", "konfirmasi"])
    bidang = baca_isian(peta["isian"], rujukan) if "isian" in peta else ()
    efek = _efek(peta["efek"], rujukan, bidang) if "efek" in peta else Efek()
    nama = peta["nama"].nama(NAMA_LANGKAH, "huruf kecil, angka, tanda hubung, diawali huruf")
    if nama in PERINTAH_TETAP or nama == SEMUA:
        peta["nama"].gagal("nama yang bukan perintah register", "Pilih nama lain.")
    if ("ke" in peta) == efek.membatalkan:
        simpul.gagal("kunci 'ke' (dan hanya langkah pembatalan yang tanpa 'ke')", "Hapus 'ke'." if efek.membatalkan else "Tambahkan 'ke'.")
    dari = peta["dari"].nama_daftar(tahap, "tahap", wajib=True)
    _periksa_dari(peta, dari, tahap, efek)
    banyak, utama, konfirmasi = (peta[k].ya_tidak() if k in peta else False for k in ("banyak", "utama", "konfirmasi"))
    return Langkah(
        id=peta["id"].nama(ID_KUTIPAN, "huruf dan angka, diawali huruf besar, misalnya M1"),
        nama=nama,
        uraian=peta["uraian"].teks(200),
        dari=dari,
        ke=peta["ke"].pilihan(tahap, "tahap") if "ke" in peta else None,
        pelaku=peta["pelaku"].pilihan(rujukan.peran, "peran"),
        dasar=dasar(peta["dasar"], rujukan),
        isian=bidang,
        efek=efek,
        banyak=banyak,
        utama=utama,
        konfirmasi=konfirmasi,
    )


def _periksa_dari(peta: Mapping[str, Simpul], dari: tuple[str, ...], tahap: Mapping[str, Tahap], efek: Efek) -> None:
    """Refuse a move (but undoing) that leaves the end, and one that uses the proposal where no unit has one."""
    for s, nama in zip(peta["dari"].daftar(), dari, strict=True):
        if tahap[nama].akhir and not efek.membatalkan:
            s.gagal("tahap yang bukan tahap akhir; dari tahap akhir hanya ada pembatalan", f"Hapus '{nama}' dari daftar ini.")
        if "usulan" in (efek.predikat, efek.sasaran) and "usulan" not in tahap[nama].punya:
            s.gagal("tahap dengan 'punya: [usulan]', sebab efek langkah ini memakai usulan", f"Hapus '{nama}', atau ubah efeknya.")


def _periksa_utama(simpul: Simpul, langkah: Mapping[str, Langkah]) -> None:
    """Refuse a second main move from the same stage: it is what ``zi periksa`` asks about when no move is named."""
    lalu: dict[str, str] = {}
    for s, satu in zip(simpul.daftar(), langkah.values(), strict=True):
        for dari in satu.dari if satu.utama else ():
            if dari in lalu:
                s.peta()["utama"].gagal(f"satu langkah utama dari tahap {dari}; {lalu[dari]} sudah", "Hapus 'utama' pada salah satunya.")
            lalu[dari] = satu.nama


def _efek(simpul: Simpul, rujukan: Rujukan, bidang: tuple[Isian, ...]) -> Efek:
    peta = simpul.peta([], ["predikat", "sasaran", "usulan", "menandai", "membatalkan", "mewariskan"])
    boleh = ("tetap", "hapus", "usulan", *rujukan.pilihan["predikat"])
    membatalkan = peta["membatalkan"].ya_tidak() if "membatalkan" in peta else False
    if membatalkan and len(peta) > 1:
        simpul.gagal("membatalkan saja; pembatalan mengembalikan semuanya ke keadaan sebelumnya", "Hapus efek yang lain.")
    usulan = peta["usulan"].pilihan(("tetap", "buat", "hapus"), "efek") if "usulan" in peta else "tetap"
    if usulan == "buat" and not rujukan.pilihan["predikat"]:
        peta["usulan"].gagal(
            "'predikat' di regulasi.yaml, sebab yang diusulkan adalah predikat", "Tambahkan 'predikat', atau hapus efek ini."
        )
    return Efek(
        predikat=peta["predikat"].pilihan(boleh, "efek") if "predikat" in peta else "tetap",
        sasaran=peta["sasaran"].pilihan(boleh, "efek") if "sasaran" in peta else "tetap",
        usulan=usulan,
        menandai=_menandai(peta["menandai"]) if "menandai" in peta else {},
        membatalkan=membatalkan,
        mewariskan=peta["mewariskan"].pilihan([i.nama for i in bidang if i.tipe == "teks"], "isian teks langkah ini")
        if "mewariskan" in peta
        else None,
    )


def _menandai(simpul: Simpul) -> dict[str, str]:
    boleh = PENANDA - PENANDA_BAWAAN
    peta = simpul.peta([], sorted(boleh))
    return {penanda: s.teks(60) for penanda, s in peta.items()}


def periksa_penanda(simpul: Simpul, rujukan: Rujukan) -> None:
    """Refuse a marker dated by something else than the act or a record of a unit (records are read after the moves)."""
    catatan = [b.id for b in rujukan.bukti.values() if b.lingkup == "unit"]
    for s in simpul.peta()["langkah"].daftar():
        efek = s.peta().get("efek")
        menandai = efek.peta().get("menandai") if efek else None
        for sumber in menandai.peta().values() if menandai else ():
            sumber.pilihan([TANGGAL, *catatan], "'tanggal' (perbuatan itu), atau jenis bukti unit")


def penanda_terpakai(rujukan: Rujukan) -> frozenset[str]:
    """Return the markers that a unit can have: those of the register, and those that some move sets."""
    return PENANDA_BAWAAN.union(*(x.efek.menandai for x in rujukan.langkah.values()))
