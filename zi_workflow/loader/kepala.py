"""Reading ``regulasi.yaml``, ``norma.yaml``, ``tafsir.yaml`` and ``cakupan.yaml``: identity, norms, readings, coverage."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any

from zi_workflow.domain.definition import Cakupan, Impor, Isian, Norma, Tafsir
from zi_workflow.domain.reports import BOLEH, WAJIB
from zi_workflow.domain.suggest import mirip
from zi_workflow.domain.tables import rata
from zi_workflow.loader.bagian import HARAP_TEMPAT, TAFSIR, TEMPAT, Rujukan, dasar
from zi_workflow.loader.isian import HARAP_NAMA, NAMA_ISIAN, baca_isian
from zi_workflow.loader.simpul import Simpul, kumpulkan

ID_ALUR = re.compile(r"(?!instansi$)(?![a-z0-9-]*-penolakan$)[a-z][a-z0-9-]{0,39}")
ID_KUTIPAN = re.compile(r"[A-Z][A-Za-z0-9]{0,19}")
_SIDIK = re.compile(r"[0-9a-f]{64}")
_HARAP_ALUR = "huruf kecil, angka, tanda hubung, diawali huruf (dipakai dalam nama aliran; bukan 'instansi', tidak berakhir '-penolakan')"
_HARAP_KUTIPAN = "huruf dan angka, diawali huruf besar, misalnya N90 atau D2"
_POLA_KODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,12}\{tahun\}-\{nomor\}")
_BERKAS = ("sebutan", "induk", "terkait", "kode", "pendaftar", "impor")
_AWALAN = re.compile(r"[A-Z0-9][A-Z0-9-]{0,8}-")
ZONA_BAWAAN = "Asia/Jakarta"
ADMIN = "admin"
LAPISAN = ("kota", "nasional")
KEADAAN_WAJIB = {"tahap": "pilihan", "sejak": "tanggal", "dasar": "teks"}
KEADAAN_BOLEH = {
    "predikat": "pilihan",
    "sasaran": "pilihan",
    "mulai_bangun": "tanggal",
    "tanggal_predikat": "tanggal",
    "laporan_terakhir": "tanggal",
}
_DAFTAR_KEADAAN = {"tahap": "tahap", "predikat": "predikat", "sasaran": "predikat"}


def baca_kepala(simpul: Simpul, rujukan: Rujukan) -> dict[str, Any]:
    """Read the identity of the definition, its roles, predikat and afirmasi; ``keadaan_awal`` is read once stages are known."""
    wajib = ["id", "instansi", "judul", "zona", "sejak", "peran", "peran_unit"]
    peta = simpul.peta(wajib, ["predikat", "afirmasi", "keadaan_awal", "peninjau", "data_pribadi", *_BERKAS])
    peran = {k: s.teks(200) for k, s in peta["peran"].peta_nama(NAMA_ISIAN, HARAP_NAMA).items()}
    if ADMIN not in peran:
        peta["peran"].gagal(f"peran '{ADMIN}', yang mendaftarkan unit dan mengangkat pejabat", f"Tambahkan '{ADMIN}'.")
    rujukan.peran = set(peran)
    rujukan.sejak = peta["sejak"].tanggal()
    rujukan.pilihan["predikat"] = peta["predikat"].nama_daftar(sebutan="predikat") if "predikat" in peta else ()
    rujukan.peran_unit = peta["peran_unit"].nama_daftar(peran, "peran")
    return {
        "id": peta["id"].nama(ID_ALUR, _HARAP_ALUR),
        "instansi": peta["instansi"].nama(ID_ALUR, _HARAP_ALUR),
        "judul": peta["judul"].teks(300),
        "zona": _zona(peta["zona"]),
        "sejak": rujukan.sejak,
        "predikat": rujukan.pilihan["predikat"],
        "peran": peran,
        "peran_unit": rujukan.peran_unit,
        "peninjau": peta["peninjau"].nama_daftar(peran, "peran", wajib=True) if "peninjau" in peta else (ADMIN,),
        "afirmasi": {k: s.teks(200) for k, s in peta["afirmasi"].peta_nama(NAMA_ISIAN, HARAP_NAMA).items()} if "afirmasi" in peta else {},
        **_berkas(peta, rujukan),
    }


def _berkas(peta: Mapping[str, Simpul], rujukan: Rujukan) -> dict[str, Any]:
    """Read what a file of this workflow is: its name, the workflow that it belongs to, those that belong to it, codes, who opens one."""
    milik = peta["id"].teks()
    if "induk" in peta:
        rujukan.induk = peta["induk"].nama(ID_ALUR, _HARAP_ALUR)
        if rujukan.induk == milik:
            peta["induk"].gagal("alur lain, yang berkasnya disangkut berkas alur ini", "Sebut alur itu, atau hapus 'induk'.")
    if "terkait" in peta:
        rujukan.terkait = {k: s.teks(60) for k, s in peta["terkait"].peta_nama(ID_ALUR, _HARAP_ALUR).items()}
    return {
        "sebutan": peta["sebutan"].teks(40) if "sebutan" in peta else "Unit",
        "induk": rujukan.induk,
        "terkait": rujukan.terkait,
        "kode": peta["kode"].nama(_POLA_KODE, "huruf besar, angka, tanda hubung, lalu {tahun} dan {nomor}") if "kode" in peta else "",
        "pendaftar": peta["pendaftar"].nama_daftar(rujukan.peran, "peran", wajib=True) if "pendaftar" in peta else (ADMIN,),
        "impor": _impor(peta["impor"]) if "impor" in peta else None,
    }


def _impor(simpul: Simpul) -> Impor:
    """Read the names of an export's columns; the same name may mean one thing only."""
    peta = simpul.peta(["awalan", *WAJIB], BOLEH)
    arti: dict[str, str] = {}
    for nama in [n for n in peta if n != "awalan"]:
        for s, kata in zip(peta[nama].daftar(), peta[nama].nama_daftar(sebutan="nama kolom", wajib=True), strict=True):
            if rata(kata) in arti:
                s.gagal(f"nama kolom yang belum dipakai; '{kata}' sudah berarti {arti[rata(kata)]}", "Hapus salah satunya.")
            arti[rata(kata)] = nama
    awalan = peta["awalan"].nama(_AWALAN, "huruf besar, angka, tanda hubung, diakhiri tanda hubung, misalnya LAPOR-")
    return Impor(awalan, {n: peta[n].teks_daftar() for n in peta if n != "awalan"})


def _zona(simpul: Simpul) -> str:
    from zoneinfo import available_timezones  # noqa: PLC0415 - reads the time-zone folder; only the loader needs it

    zona = simpul.teks(60)
    if zona != ZONA_BAWAAN and zona not in available_timezones():
        simpul.gagal(f"zona waktu IANA, misalnya {ZONA_BAWAAN}", mirip(zona, available_timezones()))
    return zona


def baca_keadaan_awal(simpul: Simpul, rujukan: Rujukan) -> tuple[Isian, ...]:
    """Read the fields of an archive entry (M0): those that the register relies on must be there, of their own type."""
    semua = baca_isian(simpul, rujukan, puncak=False)
    ada = {i.nama: i for i in semua}
    for nama in KEADAAN_WAJIB:
        if nama not in ada:
            simpul.gagal(f"isian '{nama}'", f"Tambahkan '{nama}'.")
    for nama, satu in ada.items():
        tipe = KEADAAN_WAJIB.get(nama) or KEADAAN_BOLEH.get(nama)
        if tipe is None:
            continue
        daftar = _DAFTAR_KEADAAN.get(nama)
        wajib = nama in KEADAAN_WAJIB
        if satu.tipe != tipe or satu.wajib != wajib or (daftar and satu.pilihan != rujukan.pilihan[daftar]):
            rinci = f"pilihan: {daftar}, " if daftar else ""
            simpul.peta()[nama].gagal(f"{{tipe: {tipe}, {rinci}wajib: {'ya' if wajib else 'tidak'}}}, sebab register memakainya")
    return semua


def baca_norma(simpul: Simpul, rujukan: Rujukan) -> dict[str, Norma]:
    """Read the legal texts; what amends must name an older text that stands there too."""
    butir = simpul.peta(["norma"])["norma"].daftar()
    hasil: dict[str, Norma] = kumpulkan(butir, _norma, lambda n: n.id)
    for s, norma in zip(butir, hasil.values(), strict=True):
        if norma.mengubah is not None:
            lebih_awal = [n.id for n in hasil.values() if n.sejak <= norma.sejak and n is not norma]
            s.peta()["mengubah"].pilihan(lebih_awal, "norma lain yang tidak lebih baru")
    rujukan.norma = hasil
    return hasil


def _norma(simpul: Simpul) -> Norma:
    peta = simpul.peta(["id", "judul", "singkatan", "peringkat", "lapisan", "sejak", "sidik_teks"], ["mengubah"])
    peringkat = peta["peringkat"].bulat()
    if peringkat < 1:
        peta["peringkat"].gagal("peringkat 1 (tertinggi) atau lebih")
    return Norma(
        id=peta["id"].nama(ID_KUTIPAN, _HARAP_KUTIPAN),
        judul=peta["judul"].teks(300),
        singkatan=peta["singkatan"].teks(80),
        peringkat=peringkat,
        lapisan=peta["lapisan"].pilihan(LAPISAN, "lapisan"),
        sejak=peta["sejak"].tanggal(),
        sidik_teks=peta["sidik_teks"].nama(_SIDIK, "sha256 dari teks norma: 64 huruf heksadesimal kecil"),
        mengubah=peta["mengubah"].teks() if "mengubah" in peta else None,
    )


def baca_tafsir(simpul: Simpul, rujukan: Rujukan) -> dict[str, Tafsir]:
    """Read the readings of open points; each rests on a norm that was in force when it began."""

    def satu(s: Simpul) -> Tafsir:
        peta = s.peta(["id", "sejak", "dasar", "soal", "bacaan"], ["pilihan_lain"])
        sejak = peta["sejak"].tanggal()
        for b in peta["dasar"].daftar():
            if b.teks().startswith(TAFSIR):
                b.gagal("kutipan norma; tafsir tidak berdiri di atas tafsir lain", "Kutip norma yang ditafsirkan.")
        return Tafsir(
            id=peta["id"].nama(ID_KUTIPAN, _HARAP_KUTIPAN),
            soal=peta["soal"].teks(),
            bacaan=peta["bacaan"].teks(),
            sejak=sejak,
            dasar=dasar(peta["dasar"], rujukan, sejak),
            pilihan_lain=peta["pilihan_lain"].nama_daftar(sebutan="pilihan lain") if "pilihan_lain" in peta else (),
        )

    hasil: dict[str, Tafsir] = kumpulkan(simpul.peta(["tafsir"])["tafsir"].daftar(), satu, lambda t: t.id)
    rujukan.tafsir = hasil
    return hasil


def baca_cakupan(simpul: Simpul, dikenal: Collection[str]) -> tuple[Cakupan, ...]:
    """Read what carries each ayat; every name must exist, and an ayat stands once."""

    def satu(s: Simpul) -> Cakupan:
        peta = s.peta(["pasal", "isi"], ["oleh", "keterangan"])
        oleh = peta["oleh"].nama_daftar(dikenal, "syarat, bukti, langkah, tahap, tafsir, atau pembebasan") if "oleh" in peta else ()
        keterangan = peta["keterangan"].teks() if "keterangan" in peta else ""
        if not oleh and not keterangan:
            s.gagal("kunci 'oleh' atau 'keterangan'", "Sebut yang memikul ayat itu, atau alasan tidak perlu.")
        return Cakupan(peta["pasal"].nama(TEMPAT, HARAP_TEMPAT), peta["isi"].teks(300), oleh, keterangan)

    return tuple(kumpulkan(simpul.peta(["cakupan"])["cakupan"].daftar(), satu, lambda c: c.pasal).values())
