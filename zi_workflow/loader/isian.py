"""Typed fields of records, moves and the opening condition."""

from __future__ import annotations

import re
from decimal import Decimal

from zi_workflow.domain.definition import Isian
from zi_workflow.domain.fields import DAFTAR_MAKS, TEKS_MAKS, TIPE
from zi_workflow.domain.personal import BIASA, TERTUTUP
from zi_workflow.domain.suggest import mirip
from zi_workflow.loader.bagian import Rujukan
from zi_workflow.loader.simpul import Simpul

NAMA_ISIAN = re.compile(r"[a-z][a-z0-9_]{0,39}")
HARAP_NAMA = "nama isian: huruf kecil, angka, garis bawah, diawali huruf"
TERPAKAI = frozenset(
    {"tanggal", "oleh", "kunci", "versi", "coba", "isi", "berkas", "json", "jsonl", "basis", "regulasi", "debug", "warna", "help"}
)
"""Options that every writing verb has (interface.md §1); a field of that name could never be typed."""

_PRIBADI = {"ya": BIASA, "tertutup": TERTUTUP, "tidak": ""}
_BERPILIHAN = ("pilihan", "predikat_usulan")
_BERBATAS = {"minimal": ("bulat", "desimal", "daftar"), "maksimal": ("bulat", "desimal", "teks")}
_PANJANG = {"teks": TEKS_MAKS, "daftar": DAFTAR_MAKS}


def baca_isian(simpul: Simpul, rujukan: Rujukan, *, puncak: bool = True) -> tuple[Isian, ...]:
    """Read the fields of a record or a move (``puncak``), or of an item inside one; at least one."""
    peta = simpul.peta_nama(NAMA_ISIAN, HARAP_NAMA)
    if not peta:
        simpul.gagal("paling sedikit satu isian", "Tambahkan isian, misalnya {nomor: {tipe: teks}}.")
    for nama, s in peta.items():
        if puncak and nama in TERPAKAI:
            s.gagal(f"nama selain milik setiap perintah: {', '.join(sorted(TERPAKAI))}", f"Ganti nama '{nama}'.")
    semua = tuple(_isian(nama, s, rujukan) for nama, s in peta.items())
    bulat = [i.nama for i in semua if i.tipe == "bulat"]
    for satu in semua:
        if satu.paling_banyak is not None and (satu.tipe != "bulat" or satu.paling_banyak not in bulat):
            batas = peta[satu.nama].peta()["paling_banyak"]
            batas.gagal(f"isian bulat di sini, bagi isian bulat: {', '.join(bulat)}", mirip(satu.paling_banyak, bulat))
    nip = [i.nama for i in semua if i.tipe == "nip"]
    for satu in semua:
        if satu.orang is not None and satu.orang not in nip:
            harap = f"isian nip di objek yang sama: {', '.join(nip) or 'tidak ada'}"
            peta[satu.nama].peta()["orang"].gagal(harap, mirip(satu.orang, nip) or "Hapus 'orang', atau tambahkan isian nip itu.")
    return semua


def _isian(nama: str, simpul: Simpul, rujukan: Rujukan, *, butir: bool = False) -> Isian:
    """Read one field; an item of a list (``butir``) has no ``wajib`` and no ``paling_banyak``."""
    boleh = ["pilihan", "minimal", "maksimal", "butir", "isian", "uraian", "pribadi"]
    peta = simpul.peta(["tipe"], boleh if butir else [*boleh, "wajib", "paling_banyak", "orang"])
    tipe = peta["tipe"].pilihan(TIPE, "tipe isian")
    for kunci, untuk in (("butir", ("daftar",)), ("isian", ("objek",)), ("pilihan", _BERPILIHAN)):
        if (kunci in peta) != (tipe in untuk):
            simpul.gagal(f"kunci '{kunci}' tepat bila tipe {' atau '.join(untuk)}")
    pribadi = _pribadi(peta["pribadi"], tipe) if "pribadi" in peta else ""
    if "orang" in peta and not pribadi:
        peta["orang"].gagal("'orang' hanya bersama 'pribadi'", "Tambahkan 'pribadi: ya', atau hapus 'orang'.")
    minimal, maksimal = (_batas(peta[k], k, tipe) if k in peta else None for k in _BERBATAS)
    if minimal is not None and maksimal is not None and minimal > maksimal:
        peta["minimal"].gagal(f"paling banyak {maksimal}, seperti 'maksimal'", "Tukar kedua batas itu.")
    return Isian(
        nama=nama,
        tipe=tipe,
        wajib=peta["wajib"].ya_tidak() if "wajib" in peta else True,
        pilihan=_pilihan(peta["pilihan"], rujukan) if "pilihan" in peta else (),
        minimal=minimal,
        maksimal=maksimal,
        paling_banyak=peta["paling_banyak"].teks() if "paling_banyak" in peta else None,
        butir=_isian("butir", peta["butir"], rujukan, butir=True) if "butir" in peta else None,
        isian=baca_isian(peta["isian"], rujukan, puncak=False) if "isian" in peta else (),
        uraian=peta["uraian"].teks(200) if "uraian" in peta else "",
        pribadi=pribadi,
        orang=peta["orang"].teks() if "orang" in peta else None,
    )


def _pribadi(simpul: Simpul, tipe: str) -> str:
    """Read how personal a field is; only texts are sealed, for nobody is told by a number or a choice."""
    if tipe != "teks":
        simpul.gagal("'pribadi' hanya pada tipe teks", "Hapus 'pribadi', atau ganti tipenya.")
    return _PRIBADI[simpul.pilihan(_PRIBADI, "tingkat")]


def _pilihan(simpul: Simpul, rujukan: Rujukan) -> tuple[str, ...]:
    """Read choices: a list, or the name of one that the definition keeps (predikat, tahap)."""
    if isinstance(simpul.isi, str):
        return rujukan.pilihan[simpul.pilihan(rujukan.pilihan, "daftar, atau nama daftar")]
    return simpul.nama_daftar(sebutan="pilihan", wajib=True)


def _batas(simpul: Simpul, kunci: str, tipe: str) -> Decimal:
    if tipe not in _BERBATAS[kunci]:
        simpul.gagal(f"'{kunci}' hanya pada tipe {', '.join(_BERBATAS[kunci])}", f"Hapus '{kunci}'.")
    batas = simpul.desimal()
    if tipe in _PANJANG and not (1 <= batas <= _PANJANG[tipe] and batas == int(batas)):
        simpul.gagal(f"bilangan bulat 1 sampai {_PANJANG[tipe]} ({'huruf' if tipe == 'teks' else 'butir'})")
    return batas
