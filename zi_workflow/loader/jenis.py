"""What each kind of requirement may name in its parameters: records, fields, moves, windows, questions; all must exist."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from zi_workflow.domain.definition import JenisBukti
from zi_workflow.domain.instrument import INDEKS
from zi_workflow.domain.scoring import KOMPONEN
from zi_workflow.domain.suggest import mirip
from zi_workflow.loader.bukti import TPI
from zi_workflow.loader.periksa import Periksa, isian, nilai, salah_satu
from zi_workflow.loader.simpul import sebut

_LANGKAH = "langkah "
_TEKS = ("pilihan", "teks", "bulat")


def _dokumen(p: Periksa) -> None:
    salah_satu(p.di("sumber"), p.jenis.sumber, ("bukti", "isi"), "sumber")
    if p.jenis.sumber == "isi":
        _dari_isi(p)
    else:
        _dari_bukti(p)


def _dari_isi(p: Periksa) -> None:
    for kunci in ("bukti", "jendela", "tiada", "benar", "mutu", "penandatangan", "bukan"):
        if kunci in p.peta:
            p.peta[kunci].gagal("tanpa kunci itu, sebab 'sumber: isi' memeriksa isian langkah", f"Hapus '{kunci}' atau 'sumber'.")
    if "isian" not in p.peta:
        p.simpul.gagal("kunci 'isian': isian langkah yang wajib diisi", "Tambahkan 'isian'.")
    for s in p.peta["isian"].daftar():
        p.isian_langkah(s, s.teks())


def _dari_bukti(p: Periksa) -> None:
    if "bukti" not in p.peta:
        p.simpul.gagal("kunci 'bukti' (atau 'sumber: isi')", "Tambahkan 'bukti'.")
    bukti = p.bukti()
    p.jendela()
    for kunci in ("isian", "benar", "mutu", "penandatangan", "bukan") if p.jenis.tiada else ():
        if kunci in p.peta:
            p.peta[kunci].gagal("tanpa kunci itu, sebab 'tiada: ya' meminta catatan itu tidak ada", f"Hapus '{kunci}' atau 'tiada'.")
    for s in p.peta["isian"].daftar() if "isian" in p.peta else ():
        isian(s, s.teks(), bukti.isian, bukti.id)
    for kunci, tipe in (("benar", ("ya_tidak",)), ("mutu", ("pilihan", "bulat"))):
        if kunci in p.peta:
            p.isian_bukti(kunci, bukti, *tipe)
    for nama, v in (p.peta["bukan"].peta() if "bukan" in p.peta else {}).items():
        nilai(v, isian(v, nama, bukti.isian, bukti.id, *_TEKS))
    if "penandatangan" in p.peta:
        p.peta["penandatangan"].pilihan(p.rujukan.peran_unit, "peran yang melekat pada unit")
        isian(p.peta["penandatangan"], "penandatangan", bukti.isian, bukti.id, "nip")


def _rasio(p: Periksa) -> None:
    bukti = p.bukti()
    p.jendela()
    for kunci in ("pembilang", "penyebut"):
        p.isian_bukti(kunci, bukti, "bulat")


def _kolom(p: Periksa, kunci_nilai: str) -> None:
    """Check kinds that look at one column: of the records, or of the items of a list in the newest one."""
    bukti = p.bukti()
    p.jendela()
    kolom = isian(p.di("kolom"), p.jenis.kolom, p.butir(bukti), f"{bukti.id}{'.' + p.jenis.daftar if p.jenis.daftar else ''}", *_TEKS)
    for s in p.peta[kunci_nilai].daftar():
        nilai(s, kolom)


def _penilaian(p: Periksa) -> None:
    bukti = p.bukti()
    p.jendela()
    kriteria = isian(p.di("bukti"), "kriteria", bukti.isian, bukti.id, "pilihan")
    isian(p.di("bukti"), "terpenuhi", bukti.isian, bukti.id, "ya_tidak")
    nilai(p.peta["kriteria"], kriteria)


def _butir(p: Periksa) -> None:
    bukti = p.bukti()
    p.jendela()
    bidang = p.butir(bukti)
    for s in p.peta["isian"].daftar():
        isian(s, s.teks(), bidang, f"{bukti.id}.{p.jenis.daftar}")


def _anggota(p: Periksa) -> None:
    p.isian_langkah(p.peta["orang"], p.jenis.orang, "nip")
    p.peta["peran"].pilihan(p.rujukan.peran, "peran")
    p.peta["cara"].pilihan(("anggota", "bukan_pegawai"), "cara")
    for kunci in ("bukti", "tim"):
        bukti = p.bukti(kunci)
        anggota = isian(p.peta[kunci], "anggota", bukti.isian, bukti.id, "daftar")
        isian(p.peta[kunci], "nip", anggota.butir.isian if anggota.butir else (), f"{bukti.id}.anggota", "nip")


def _lengkap(p: Periksa) -> None:
    p.lke()
    p.peta["penilai"].pilihan((TPI,), "penilai")


def _skor(p: Periksa) -> None:
    p.lke()
    p.peta["komponen"].pilihan(KOMPONEN, "komponen LKE")


def _skor_atau_survei(p: Periksa) -> None:
    _skor(p)
    bukti = p.bukti()
    survei = isian(p.di("bukti"), "survei", bukti.isian, bukti.id, "pilihan")
    isian(p.di("bukti"), "skor", bukti.isian, bukti.id, "desimal")
    nilai(p.peta["survei"], survei)
    soal = p.rujukan.instrumen.soal.values() if p.rujukan.instrumen else ()
    p.peta["indeks"].pilihan([s.id for s in soal if s.skala.jenis == INDEKS], "soal_id berskala indeks")


def _rangkaian(p: Periksa) -> None:
    mata = p.peta["urutan"].daftar()
    if not mata:
        p.peta["urutan"].gagal("paling sedikit satu mata rantai", "Tambahkan {bukti: …}.")
    p.jendela()
    for s in mata:
        peta = s.peta()
        bukti = p.rujukan.bukti[peta["bukti"].pilihan(p.rujukan.bukti, "jenis bukti")]
        for nama, v in (peta["sama"].peta() if "sama" in peta else {}).items():
            nilai(v, isian(v, nama, bukti.isian, bukti.id, *_TEKS))
        for nama in ("tahun", "predikat") if p.jenis.usulan else ():
            isian(peta["bukti"], nama, bukti.isian, bukti.id)
    _menurut_isi(p, p.rujukan.bukti[p.jenis.urutan[-1].bukti])


def _menurut_isi(p: Periksa, akhir: JenisBukti) -> None:
    """Check the fields of the command that the last record must equal, and the value that needs no record."""
    if "tanpa" in p.peta and "menurut_isi" not in p.peta:
        p.peta["tanpa"].gagal("kunci 'menurut_isi' bersama 'tanpa'", "Tambahkan 'menurut_isi', atau hapus 'tanpa'.")
    for nama, s in (p.peta["menurut_isi"].peta() if "menurut_isi" in p.peta else {}).items():
        catatan = isian(s, nama, akhir.isian, akhir.id, "pilihan")
        for bidang in p.isian_langkah(s, s.teks(), "pilihan"):
            if "tanpa" in p.peta:
                p.peta["tanpa"].pilihan(bidang.pilihan, f"pilihan {bidang.nama}")
            asing = [v for v in bidang.pilihan if v not in (*catatan.pilihan, p.jenis.tanpa)]
            if asing:
                s.gagal(f"isian langkah yang pilihannya ada pada {akhir.id}.{nama}; {', '.join(asing)} tidak ada", "Samakan pilihannya.")


def _lama(p: Periksa) -> None:
    sejak = p.peta["sejak"]
    nama = sejak.teks()
    if nama.startswith(_LANGKAH):
        salah = nama.removeprefix(_LANGKAH)
        if salah not in p.rujukan.langkah:
            sejak.gagal(f"'langkah' lalu nama langkah: {sebut(p.rujukan.langkah)}", mirip(salah, p.rujukan.langkah))
    else:
        p.penanda(sejak, nama)
    if "tanpa" in p.peta:
        p.peta["tanpa"].pilihan(("terpenuhi", "tidak"), "arti bila tanggal itu tidak ada")


def _batas(p: Periksa) -> None:
    pengumuman = p.bukti("pengumuman")
    isian(p.peta["pengumuman"], "tahun", pengumuman.isian, pengumuman.id, "bulat")
    if not isian(p.peta["pengumuman"], "batas", pengumuman.isian, pengumuman.id, "tanggal").wajib:
        p.peta["pengumuman"].gagal(f"isian 'batas' yang wajib pada {pengumuman.id}", "Hapus 'wajib: tidak' di bukti.yaml.")
    p.bukti("tanda_terima")


def _keadaan(p: Periksa) -> None:
    p.peta["memegang"].nama_daftar(p.rujukan.pilihan["predikat"], "predikat")


def _induk(p: Periksa) -> None:
    if p.rujukan.induk is None:
        p.simpul.gagal(
            "kunci 'induk' di regulasi.yaml, sebab syarat ini memeriksa berkas induk", "Tambahkan 'induk', atau hapus syarat ini."
        )


def _tuntas(p: Periksa) -> None:
    p.peta["alur"].pilihan(p.rujukan.terkait, "alur di 'terkait' regulasi.yaml")


_PEMERIKSA: Mapping[str, Callable[[Periksa], None]] = {
    "dokumen": _dokumen,
    "rasio": _rasio,
    "unsur": lambda p: _kolom(p, "boleh"),
    "penilaian": _penilaian,
    "cakupan": lambda p: _kolom(p, "semua"),
    "butir": _butir,
    "anggota": _anggota,
    "lengkap": _lengkap,
    "rangkaian": _rangkaian,
    "skor": _skor,
    "skor_atau_survei": _skor_atau_survei,
    "lama": _lama,
    "batas": _batas,
    "keadaan": _keadaan,
    "induk": _induk,
    "tuntas": _tuntas,
}


def periksa_jenis(nama: str, p: Periksa) -> None:
    """Refuse names that the kind's parameters use and nothing defines."""
    if nama in _PEMERIKSA:
        _PEMERIKSA[nama](p)
