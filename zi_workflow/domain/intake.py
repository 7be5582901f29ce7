"""Decisions that are not moves: registering a unit (M0), recording evidence, appointing and ending officials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date

from zi_workflow.domain.checklist import DaftarPeriksa, susun
from zi_workflow.domain.commands import AKHIRI, ANGKAT, CATAT, DAFTARKAN, AkhiriPejabat, AngkatPejabat, Catat, DaftarkanUnit, Perintah
from zi_workflow.domain.definition import DISEGEL, Definisi, JenisBukti
from zi_workflow.domain.editions import periksa_baru, pilih_instrumen
from zi_workflow.domain.errors import Konflik, MasukanSalah, TidakDitemukan
from zi_workflow.domain.events import Berkas, BuktiDicatat, PejabatDiakhiri, PejabatDiangkat, PetaPolos, Polos, UnitDidaftarkan
from zi_workflow.domain.fields import baca_isi, baca_nip, baca_teks
from zi_workflow.domain.guards.konteks import Konteks
from zi_workflow.domain.personal import Pribadi
from zi_workflow.domain.registration import keadaan_awal, periksa_kode
from zi_workflow.domain.related import kabar, periksa_induk
from zi_workflow.domain.scoring import periksa_jawaban
from zi_workflow.domain.state import Bukti, Instansi, Jabatan, Unit
from zi_workflow.domain.suggest import mirip
from zi_workflow.domain.verdict import FAKTA, PEJABAT, UNIT, Putusan, Terbitan, gabung_dasar, harus_ada, tolak

ADMIN = "admin"
"""The role that registers units and appoints; every definition has it."""


def daftarkan(
    definisi: Definisi, unit: Unit | None, instansi: Instansi, perintah: DaftarkanUnit, hari_ini: date, induk: Unit | None = None
) -> Putusan:
    """Open a unit's file; raises Konflik where it is open already, MasukanSalah for what cannot be."""
    kode = periksa_kode(perintah.kode)
    if unit is not None:
        raise Konflik(
            f"{definisi.sebutan} {kode} sudah terdaftar",
            f"Terdaftar {unit.terdaftar.isoformat()} sebagai {unit.nama}.",
            f"Lihat: {definisi.perintah('lihat')} {kode}",
        )
    periksa_induk(definisi, perintah.induk, induk)
    nama = baca_teks(perintah.nama, "nama", 200)
    jenis = baca_teks(perintah.jenis, "jenis", 60) if perintah.jenis else None
    afirmasi = perintah.afirmasi or None
    if afirmasi is not None and afirmasi not in definisi.afirmasi:
        raise MasukanSalah(
            f"Jenis afirmasi '{afirmasi[:40]}' tidak dikenal",
            f"Yang dikenal: {', '.join(definisi.afirmasi)}",
            mirip(afirmasi, definisi.afirmasi) or "Kosongkan bila unit bukan unit afirmasi.",
        )
    keadaan, awal = keadaan_awal(definisi, perintah)
    konteks = konteks_umum(definisi, instansi, DAFTARKAN, perintah, hari_ini, kode, definisi.pendaftar, induk)
    daftar = DaftarPeriksa(kode, DAFTARKAN, perintah.tanggal, susun(konteks))
    if not daftar.terpenuhi:
        return tolak(
            daftar,
            kode,
            isi_ditolak(perintah.berkas, nama=nama, jenis=jenis, afirmasi=afirmasi, keadaan_awal=awal, induk=perintah.induk),
            perintah.oleh,
            hari_ini,
        )
    dasar = gabung_dasar((), daftar)
    peristiwa = UnitDidaftarkan(kode, nama, jenis, afirmasi, keadaan.polos(), awal, perintah.berkas, perintah.induk)
    return Putusan(
        True, (Terbitan(UNIT, kode, peristiwa, dasar), *kabar(definisi, kode, perintah.induk, keadaan, perintah.tanggal, dasar)), daftar
    )


def catat(definisi: Definisi, unit: Unit | None, instansi: Instansi, perintah: Catat, hari_ini: date, induk: Unit | None = None) -> Putusan:
    """Record evidence in a unit's file or the instansi's."""
    jenis = cari_jenis(definisi, perintah.jenis)
    if (jenis.lingkup == "unit") != (perintah.kode is not None):
        harap = "memerlukan unit" if jenis.lingkup == "unit" else "dicatat bagi instansi, tanpa unit"
        raise MasukanSalah(f"Catatan {jenis.id} {harap}", "; ".join(jenis.dasar), f"Lihat: zi catat {jenis.id} --help")
    if perintah.kode is not None:
        harus_ada(unit, perintah.kode)
    isi = isi_catatan(definisi, jenis, perintah.isi, instansi, perintah.tanggal)
    pelaku = (*pencatat(jenis, isi), ADMIN)
    konteks = konteks_umum(definisi, instansi, CATAT, perintah, hari_ini, perintah.kode, tuple(dict.fromkeys(pelaku)), induk)
    daftar = DaftarPeriksa(perintah.kode, CATAT, perintah.tanggal, susun(konteks))
    if not daftar.terpenuhi:
        return tolak(daftar, perintah.kode or FAKTA, isi_ditolak(perintah.berkas, jenis=jenis.id, isi=isi), perintah.oleh, hari_ini)
    berkas = unit.bukti if unit is not None else instansi.fakta
    sudah = _sudah_tercatat(jenis, berkas.get(jenis.id, ()), perintah, isi)
    if sudah is not None:
        return Putusan(True, (), daftar, sudah)
    golongan = UNIT if perintah.kode is not None else FAKTA
    terbitan = Terbitan(golongan, perintah.kode or FAKTA, BuktiDicatat(jenis.id, isi, perintah.berkas), jenis.dasar)
    return Putusan(True, (terbitan,), daftar)


def _sudah_tercatat(jenis: JenisBukti, semua: Sequence[Bukti], perintah: Catat, isi: PetaPolos) -> int | None:
    """Return the number of the record that counts now for the same key and day, where it says the very same; else None."""
    if jenis.periksa == "instrumen":  # an edition is the same whenever and by whomever it is recorded again
        return next((b.nomor for b in semua if b.isi == isi), None)
    sekunci = [b for b in semua if b.tanggal == perintah.tanggal and all(b.isi.get(k) == isi.get(k) for k in jenis.kunci)]
    akhir = max(sekunci, key=lambda b: b.pertama, default=None)
    if akhir is None or (akhir.isi, akhir.berkas, akhir.oleh) != (isi, perintah.berkas, perintah.oleh):
        return None
    return akhir.nomor


def cari_jenis(definisi: Definisi, nama: str) -> JenisBukti:
    """Return the record kind of that name; raises MasukanSalah with a suggestion."""
    jenis = definisi.bukti.get(nama)
    if jenis is None:
        raise MasukanSalah(
            f"Jenis catatan '{nama[:60]}' tidak dikenal",
            "Jenis yang ada tertulis di bukti.yaml.",
            mirip(nama, definisi.bukti) or "Lihat: zi catat --help",
        )
    return jenis


def isi_catatan(definisi: Definisi, jenis: JenisBukti, mentah: Mapping[str, object], instansi: Instansi, tanggal: date) -> dict[str, Polos]:
    """Read a record's fields. Raises MasukanSalah naming every bad field.

    An LKE's answers are read by the edition of the instrument that it names, or else by the one in force, which it names
    from then on. An edition must be sound.
    """
    isi = baca_isi(jenis.isian, mentah, f"catatan {jenis.id}")
    if jenis.periksa == "lke" and (instrumen := pilih_instrumen(definisi, instansi, isi, tanggal)) is not None:
        isi.update(periksa_jawaban(instrumen, isi))
        isi["instrumen"] = instrumen.versi
    elif jenis.periksa == "instrumen":
        periksa_baru(definisi, instansi, isi)
    return isi


def pencatat(jenis: JenisBukti, isi: PetaPolos) -> tuple[str, ...]:
    """Return the roles that may record; an entry ``peran:nilai`` holds only for records whose ``penilai`` has that value."""
    penilai = isi.get("penilai")
    return tuple(p.split(":")[0] for p in jenis.pencatat if ":" not in p or p.split(":")[1] == penilai)


def angkat(definisi: Definisi, instansi: Instansi, perintah: AngkatPejabat, hari_ini: date) -> Putusan:
    """Appoint an official; the first admin of an empty register may be appointed by anyone."""
    nip = baca_nip(perintah.nip)
    nama, sk = _nama(definisi, perintah, nip), baca_teks(perintah.sk, "sk", 200)
    _periksa_peran(definisi, perintah.peran, perintah.unit)
    if perintah.sampai is not None and perintah.sampai < perintah.sejak:
        raise MasukanSalah(
            f"Masa tugas berakhir {perintah.sampai} sebelum mulai {perintah.sejak}",
            "Sampai tidak boleh mendahului sejak.",
            "Perbaiki tanggalnya.",
        )
    bentrok = next((j for j in instansi.jabatan if _bertumpuk(j, perintah)), None)
    if bentrok is not None:
        sampai_lama = f" sampai {bentrok.sampai}" if bentrok.sampai else ""
        raise Konflik(
            f"{nip} sudah {perintah.peran} sejak {bentrok.sejak}{sampai_lama}",
            "Satu peran tidak diangkat dua kali untuk waktu yang sama.",
            f"Lihat: zi pejabat daftar --nip {nip}",
        )
    pertama = not instansi.jabatan and perintah.peran == ADMIN
    if pertama and not (perintah.sejak <= perintah.tanggal and perintah.sampai is None):
        raise MasukanSalah(
            "Admin pertama harus sudah bertugas dan tanpa batas waktu",
            "Tanpa admin yang bertugas, tidak ada yang dapat mengangkat pejabat lain.",
            f"Pakai --sejak {perintah.tanggal} atau lebih awal, tanpa --sampai.",
        )
    daftar = _periksa_pejabat(definisi, instansi, ANGKAT, perintah, hari_ini, bebas=pertama)
    sampai = perintah.sampai.isoformat() if perintah.sampai else None
    peristiwa = PejabatDiangkat(nip, nama, perintah.peran, sk, perintah.sejak.isoformat(), sampai, perintah.unit)
    if not daftar.terpenuhi:
        return tolak(daftar, PEJABAT, isi_ditolak((), **asdict(peristiwa)), perintah.oleh, hari_ini)
    return Putusan(True, (Terbitan(PEJABAT, PEJABAT, peristiwa, gabung_dasar((), daftar)),), daftar)


def _nama(definisi: Definisi, perintah: AngkatPejabat, nip: str) -> str:
    """Read an official's name, personal where the policy of that day says so; one that comes from the log stays what it is there."""
    if isinstance(perintah.nama, Pribadi):
        return perintah.nama
    nama = baca_teks(perintah.nama, "nama", 200)
    return Pribadi(nama, nip) if definisi.kebijakan_pribadi(perintah.tanggal).nama_pejabat == DISEGEL else nama


def akhiri(definisi: Definisi, instansi: Instansi, perintah: AkhiriPejabat, hari_ini: date) -> Putusan:
    """End an official's role; raises TidakDitemukan where it does not run."""
    nip = baca_nip(perintah.nip)
    berjalan = [
        j
        for j in instansi.jabatan
        if j.nip == nip
        and j.peran == perintah.peran
        and perintah.unit in (None, j.unit)
        and (j.sampai is None or j.sampai > perintah.sampai)
    ]
    if not berjalan:
        raise TidakDitemukan(
            f"{nip} tidak memegang peran {perintah.peran[:40]}", "Hanya peran yang berjalan dapat diakhiri.", "Lihat: zi pejabat daftar"
        )
    unit = perintah.unit or _satu_unit(definisi, perintah, {j.unit for j in berjalan})
    if all(j.sejak > perintah.sampai for j in berjalan):
        raise MasukanSalah(
            f"Hari terakhir {perintah.sampai} mendahului pengangkatan", f"Peran dimulai {berjalan[0].sejak}.", "Perbaiki --sampai."
        )
    if perintah.peran == ADMIN and not any(_admin_sesudah(j, perintah) for j in instansi.jabatan):
        raise MasukanSalah(
            f"{nip} adalah admin terakhir", "Tanpa admin, tidak ada yang dapat mengangkat pejabat lain.", "Angkat admin lain lebih dahulu."
        )
    daftar = _periksa_pejabat(definisi, instansi, AKHIRI, perintah, hari_ini)
    alasan = baca_teks(perintah.alasan, "alasan") if perintah.alasan else None
    peristiwa = PejabatDiakhiri(nip, perintah.peran, perintah.sampai.isoformat(), unit, alasan)
    if not daftar.terpenuhi:
        return tolak(daftar, PEJABAT, isi_ditolak((), **asdict(peristiwa)), perintah.oleh, hari_ini)
    return Putusan(True, (Terbitan(PEJABAT, PEJABAT, peristiwa, gabung_dasar((), daftar)),), daftar)


def _admin_sesudah(jabatan: Jabatan, perintah: AkhiriPejabat) -> bool:
    """Say whether somebody else is admin from the day after the term's last day on, for as long as one can tell."""
    lain = jabatan.peran == ADMIN and jabatan.nip != perintah.nip and jabatan.sampai is None
    return lain and (jabatan.sejak - perintah.sampai).days <= 1


def isi_ditolak(berkas: Sequence[Berkas], **isi: Polos) -> dict[str, Polos]:
    """Return everything that a refused command said, so that another one is never taken for its repetition."""
    if berkas:
        isi["berkas"] = [b.sha256 for b in berkas]
    return {nama: nilai for nama, nilai in isi.items() if nilai is not None}


def _bertumpuk(jabatan: Jabatan, perintah: AngkatPejabat) -> bool:
    """Say whether the same person already holds the role, in the same unit, on some day of the new term."""
    sama = (jabatan.nip, jabatan.peran, jabatan.unit) == (perintah.nip, perintah.peran, perintah.unit)
    return sama and jabatan.sejak <= (perintah.sampai or date.max) and perintah.sejak <= (jabatan.sampai or date.max)


def _satu_unit(definisi: Definisi, perintah: AkhiriPejabat, unit: set[str | None]) -> str | None:
    """Return the one unit whose role ends, None for a role of no unit; raises MasukanSalah where several are meant."""
    if perintah.peran not in definisi.peran_unit:
        return None
    if len(unit) > 1:
        semua = ", ".join(sorted(u for u in unit if u))
        raise MasukanSalah(f"{perintah.nip} {perintah.peran} di beberapa unit", f"Unitnya: {semua}.", "Tambahkan --unit KODE.")
    return next(iter(unit))


def _periksa_peran(definisi: Definisi, peran: str, unit: str | None) -> None:
    if peran not in definisi.peran:
        raise MasukanSalah(
            f"Peran '{peran[:40]}' tidak dikenal",
            f"Yang dikenal: {', '.join(definisi.peran)}",
            mirip(peran, definisi.peran) or "Pilih salah satunya.",
        )
    if peran in definisi.peran_unit and unit is None:
        raise MasukanSalah(f"Peran {peran} memerlukan unit", "Peran itu selalu pada satu unit.", "Tambahkan --unit KODE.")


def _periksa_pejabat(
    definisi: Definisi, instansi: Instansi, nama: str, perintah: AngkatPejabat | AkhiriPejabat, hari_ini: date, *, bebas: bool = False
) -> DaftarPeriksa:
    """Check an appointment; the first admin of an empty register may be appointed by anyone (interface.md §2)."""
    daftar = periksa_umum(definisi, instansi, nama, perintah, hari_ini, (ADMIN,))
    return replace(daftar, temuan=tuple(t for t in daftar.temuan if not (bebas and t.sifat == "wewenang")))


def periksa_umum(
    definisi: Definisi, instansi: Instansi, nama: str, perintah: Perintah, hari_ini: date, pelaku: tuple[str, ...]
) -> DaftarPeriksa:
    """Check a command on the instansi's files that one of the roles ``pelaku`` may give."""
    return DaftarPeriksa(None, nama, perintah.tanggal, susun(konteks_umum(definisi, instansi, nama, perintah, hari_ini, None, pelaku)))


def konteks_umum(
    definisi: Definisi,
    instansi: Instansi,
    nama: str,
    perintah: Perintah,
    hari_ini: date,
    kode: str | None,
    pelaku: tuple[str, ...],
    induk: Unit | None = None,
) -> Konteks:
    """Return what the checks of a command that is no move may look at; one of the roles ``pelaku`` may give it."""
    return Konteks(
        definisi=definisi,
        instansi=instansi,
        perintah=nama,
        tanggal=perintah.tanggal,
        hari_ini=hari_ini,
        oleh=perintah.oleh,
        tahun=perintah.tanggal.year,
        pelaku=pelaku,
        kode=kode,
        induk=induk,
        milik=induk.kode if induk is not None else None,
    )
