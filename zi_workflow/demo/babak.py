"""Episodes of single units, beyond the road that all share: refusals, awards, a revocation, an undo, a merger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from zi_workflow.demo.adegan import AKHIR, Adegan, adegan, berkala, mulai_evaluasi, mulai_pantau, realisasi
from zi_workflow.demo.bekal import PERAGAAN, Bekal, Nilai, Usulan, maju, mundur, nomor_surat
from zi_workflow.demo.pemeran import ADMIN, WALI_KOTA, kepala, penilai
from zi_workflow.domain.commands import AmbilLangkah, Catat, DaftarkanUnit, Koreksi

SURAT_2025 = date(2025, 5, 20)
SURAT_DITOLAK = date(2025, 5, 19)
SURAT_RSUD = date(2026, 5, 20)
SURAT_DISDIK = date(2026, 5, 26)
DISDIK_DICATAT = date(2026, 6, 4)
SURAT_PUTR = date(2026, 6, 2)


def babak(bekal: Bekal) -> tuple[Iterable[Adegan], ...]:
    """Return every episode; the scenes of each are in order."""
    return (
        _bapenda(bekal),
        _dlh(),
        _bpkad(bekal),
        _dpmptsp(bekal),
        _dishub(bekal),
        _binjai_timur(bekal),
        _usulan_2025(bekal),
        _hasil_2025(bekal),
        _disdukcapil(bekal),
        _dinsos(bekal),
        _usulan_2026(bekal),
        _hasil_2026(bekal),
        _disbud(),
        _pengaduan(),
        _koreksi(),
    )


def _bapenda(bekal: Bekal) -> Iterator[Adegan]:
    """Refuse the first declaration: 24 of 60 signatures."""
    hari = date(2025, 2, 10)
    yield adegan(bekal.pencanangan("BAPENDA", mundur(hari, 4), tanda_tangan=24))
    yield Adegan(hari, (maju("canangkan", "BAPENDA", hari, kepala("BAPENDA", hari)),), {"BAPENDA": frozenset({"R2"})})


def _dlh() -> Iterator[Adegan]:
    """Start monitoring too early and undo it; the unit's row starts it again a month later."""
    yield adegan([mulai_pantau("DLH", date(2024, 9, 2))])
    hari = date(2024, 9, 9)
    alasan = "Jadwal pemantauan belum ditandatangani (rekaan)"
    yield adegan([maju("batalkan-langkah", "DLH", hari, ADMIN, alasan=alasan, nomor=nomor_surat("DLH", hari, "BA"))])


def _bpkad(bekal: Bekal) -> Iterator[Adegan]:
    """One monitoring, entered six weeks late, and no other since."""
    yield adegan(bekal.pemantauan("BPKAD", date(2025, 7, 14)), date(2025, 8, 25))


def _dpmptsp(bekal: Bekal) -> Iterator[Adegan]:
    """Lead an older WBK from the archive towards WBBM."""
    kode, bangun, pantau, evaluasi = "DPMPTSP", date(2024, 3, 25), date(2024, 5, 20), date(2025, 2, 27)
    rencana = mundur(bangun, 5)
    yield adegan(bekal.pembangunan(kode, rencana, "Perizinan berusaha dan nonberusaha"))
    yield from realisasi(bekal, kode, rencana, evaluasi, {})
    yield from _dilaporkan(bekal, kode, date(2024, 4, 16), date(2025, 4, 14))
    yield adegan([maju("bangun-wbbm", kode, bangun, kepala(kode, bangun))])
    yield adegan([mulai_pantau(kode, pantau)])
    yield from berkala(bekal, kode, bangun, SURAT_2025)
    yield adegan(_laporan(kode, date(2024, 11, 25)))
    yield adegan(_survei(kode, date(2024, 4, 23)))
    yield adegan(_survei(kode, date(2025, 4, 15)))
    yield adegan([mulai_evaluasi(kode, evaluasi)])


def _survei(kode: str, hari: date) -> tuple[Catat, ...]:
    """Record the yearly survey of a unit that holds a predikat (P16(2)b)."""
    isi = {"tahun": hari.year, "survei": "SKM", "skor": "3.71", "responden": 212}
    return (Catat("survei_internal", kode, isi, hari, penilai(kode)),)


def _laporan(kode: str, hari: date) -> tuple[Catat, ...]:
    """Record the report that a unit with a predikat makes every two years (P16(2)c, d)."""
    return (
        Catat("laporan_berkala", kode, {"nomor": nomor_surat(kode, hari, "LAPORAN"), "simpulan": "masih_memenuhi"}, hari, penilai(kode)),
    )


def _dilaporkan(bekal: Bekal, kode: str, *hari: date) -> Iterator[Adegan]:
    """Record the yearly monitorings that are reported to the ministry (P10(5)d)."""
    return (adegan(bekal.pemantauan(kode, satu, laporan=nomor_surat(kode, satu, "PANTAU"))) for satu in hari)


def _binjai_timur(bekal: Bekal) -> Iterator[Adegan]:
    """Keep an older WBK from the archive; at the end a survey is overdue and the report is due within days."""
    kode = "BINJAI-TIMUR"
    yield from _dilaporkan(bekal, kode, date(2024, 5, 21), date(2025, 5, 14), date(2026, 5, 4))
    yield from (adegan(_survei(kode, hari)) for hari in (date(2024, 4, 30), date(2024, 10, 28), date(2025, 10, 20)))
    yield adegan(_laporan(kode, date(2024, 11, 28)))


def _dishub(bekal: Bekal) -> Iterator[Adegan]:
    """Revoke an old WBK: the event, TPI's recommendation, the decree, in that order."""
    yield adegan(_survei("DISHUB", date(2024, 4, 29)))
    yield from _dilaporkan(bekal, "DISHUB", date(2024, 5, 22))
    kode, kejadian, saran, keputusan = "DISHUB", date(2025, 3, 10), date(2025, 4, 14), date(2025, 5, 5)
    uraian = f"{PERAGAAN}: pungutan tidak resmi pada uji berkala kendaraan"
    isi = {"uraian": uraian, "indikator": "Birokrasi yang bersih dan akuntabel"}
    yield adegan([Catat("kejadian", kode, isi, kejadian, ADMIN)])
    nomor, alasan = nomor_surat(kode, saran, "REKOMENDASI"), f"{PERAGAAN}: indikator tidak lagi terpenuhi"
    yield adegan([Catat("rekomendasi_pencabutan", kode, {"nomor": nomor, "alasan": alasan}, saran, penilai(kode))])
    yield adegan([Catat("keputusan_pencabutan", kode, {"nomor": nomor_surat(kode, keputusan, "SK")}, keputusan, ADMIN)])
    yield adegan([maju("cabut", kode, keputusan, WALI_KOTA)])


def _usulan_2025(bekal: Bekal) -> Iterator[Adegan]:
    """One letter for four units is refused as a whole because of one of them; the next day's, for three, is accepted."""
    terima = date(2025, 5, 16)
    dinkes = Usulan("DINKES", "WBK", SURAT_DITOLAK, terima, Nilai(2, spak="3.598"))
    tiga = [
        Usulan("DISDUKCAPIL", "WBK", SURAT_2025, terima, Nilai(2, spak="3.82", spkp="3.77")),
        Usulan("DPMPTSP", "WBBM", SURAT_2025, terima, Nilai(4, spak="3.86", spkp="3.81")),
        Usulan("DISKOPPERINDAG", "WBK", SURAT_2025, terima, Nilai(1, spak="3.65", spkp="3.40")),
    ]
    for satu in (dinkes, *tiga):
        yield from map(adegan, bekal.usulan(satu))
    yield from _surat([dinkes, *tiga], SURAT_DITOLAK, {"DINKES": frozenset({"R20.spak"})})
    yield from _surat(tiga, SURAT_2025)


def _surat(usulan: Sequence[Usulan], hari: date, ditolak: Mapping[str, frozenset[str]] | None = None) -> Iterator[Adegan]:
    """One letter, recorded for each unit, and the proposal of all of them together."""
    nomor = nomor_surat("KOTA", hari, "USULAN")
    yield adegan([Catat("surat_pengajuan", u.kode, {"nomor": nomor, "tahun": hari.year}, hari, ADMIN) for u in usulan])
    predikat = {u.kode: u.predikat for u in usulan}
    langkah = [maju("usulkan", u.kode, hari, WALI_KOTA, predikat=predikat, tahun=hari.year, surat=nomor) for u in usulan]
    yield Adegan(hari, tuple(langkah), ditolak or {})


def _hasil_2025(bekal: Bekal) -> Iterator[Adegan]:
    """TPN finds for two of the three."""
    hasil, menteri, keputusan = date(2025, 11, 10), date(2025, 11, 21), date(2025, 12, 1)
    for kode, predikat in (("DISDUKCAPIL", "WBK"), ("DPMPTSP", "WBBM")):
        yield from _predikat(bekal, kode, predikat, hasil, menteri, keputusan)
    gagal = date(2025, 11, 14)
    yield adegan(bekal.hasil_tpn("DISKOPPERINDAG", "WBK", 2025, hasil, "tidak_memenuhi"))
    yield adegan([maju("tidak-lulus", "DISKOPPERINDAG", gagal, ADMIN, sebab="tidak_memenuhi")])
    yield adegan(bekal.pemantauan("DISKOPPERINDAG", bekal.hari_kerja(gagal + timedelta(5))))
    yield from berkala(bekal, "DISKOPPERINDAG", gagal + timedelta(5), AKHIR)
    yield adegan([maju("pantau-predikat", "DPMPTSP", date(2026, 1, 12), penilai("DPMPTSP"))])
    yield adegan(_survei("DPMPTSP", date(2026, 6, 8)))


def _predikat(bekal: Bekal, kode: str, predikat: str, hasil: date, menteri: date, keputusan: date) -> Iterator[Adegan]:
    yield adegan(bekal.hasil_tpn(kode, predikat, hasil.year, hasil))
    yield from map(adegan, bekal.keputusan(kode, predikat, hasil.year, menteri, keputusan))
    yield adegan([maju("tetapkan-predikat", kode, keputusan, WALI_KOTA, predikat=predikat)])


def _disdukcapil(bekal: Bekal) -> Iterator[Adegan]:
    """After the award: monitored, then building towards WBBM under the new head, still holding WBK; its first survey is to come."""
    kode, pantau, bangun = "DISDUKCAPIL", date(2026, 1, 5), date(2026, 8, 3)
    hadiah = date(2025, 12, 15)
    yield adegan([Catat("penghargaan", kode, {"bentuk": "Piagam penghargaan Wali Kota (rekaan)"}, hadiah, ADMIN)])
    yield adegan([maju("pantau-predikat", kode, pantau, penilai(kode))])
    yield from _dilaporkan(bekal, kode, date(2026, 4, 13))
    yield adegan(bekal.pendampingan(kode, date(2026, 7, 6), "konsultasi_tpn"))
    yield adegan([maju("bangun-wbbm", kode, bangun, kepala(kode, bangun))])
    yield from berkala(bekal, kode, bangun, AKHIR)


def _dinsos(bekal: Bekal) -> Iterator[Adegan]:
    """Send the unit back with recommendations of the TPI."""
    kode, lhe, kembali = "DINSOS", date(2026, 4, 20), date(2026, 4, 27)
    saran = ["Tetapkan standar waktu layanan (rekaan)", "Ukur kepuasan penerima layanan setiap triwulan (rekaan)"]
    yield adegan(bekal.lhe(kode, "WBK", lhe, "belum_memenuhi", saran))
    yield adegan([maju("kembalikan", kode, kembali, penilai(kode), rekomendasi=saran)])


def _usulan_2026(bekal: Bekal) -> Iterator[Adegan]:
    """RSUD and DISDIK go under afirmasi while SPIP is at level 2 (DISDIK's act is recorded late); PUTR waits and is too late."""
    rsud = Usulan("RSUD", "WBK", SURAT_RSUD, date(2026, 5, 19), Nilai(2, spak="3.74", spkp="3.62"))
    disdik = Usulan("DISDIK", "WBK", SURAT_DISDIK, SURAT_DISDIK, Nilai(3, spak="3.78", spkp="3.58"))
    putr = Usulan("PUTR", "WBK", SURAT_PUTR, SURAT_PUTR, Nilai(2, spak="3.70", spkp="3.44"))
    for satu in (rsud, disdik, putr):
        for bagian in bekal.usulan(satu):
            nanti = satu is disdik and bagian[0].jenis == "tanda_terima"
            yield adegan(bagian, DISDIK_DICATAT if nanti else None)
    yield from _surat([rsud], SURAT_RSUD)
    yield from (Adegan(DISDIK_DICATAT, a.perintah) for a in _surat([disdik], SURAT_DISDIK))
    yield from _surat([putr], SURAT_PUTR, {"PUTR": frozenset({"R22"})})


def _hasil_2026(bekal: Bekal) -> Iterator[Adegan]:
    """TPN decides on DISDIK in November; RSUD still waits."""
    return _predikat(bekal, "DISDIK", "WBK", date(2026, 10, 26), date(2026, 11, 5), date(2026, 11, 16))


def _disbud() -> Iterator[Adegan]:
    """Merge the unit into DISPAR."""
    hari = date(2026, 7, 1)
    isi = {"alasan": f"{PERAGAAN}: digabung ke Dinas Pariwisata", "nomor": nomor_surat("KOTA", hari, "PERDA"), "pengganti": "DISPAR"}
    yield adegan([maju("nonaktifkan", "DISBUD", hari, ADMIN, **isi)])


def _pengaduan() -> Iterator[Adegan]:
    """Receive a complaint about a unit that holds WBK and identify it; it is still to be clarified."""
    hari, kode, alur = date(2026, 10, 12), "P-2026-0001", "pengaduan"
    oleh, identifikasi = penilai("DISDUKCAPIL"), date(2026, 10, 19)
    isi = {"saluran": "langsung", "uraian": "Antrean loket dilewati tanpa penjelasan (rekaan)"}
    buka = DaftarkanUnit(kode, "Antrean loket dilewati (rekaan)", hari, oleh, induk="DISDUKCAPIL", alur=alur)
    pelapor = {"nama": "Pelapor Contoh", "kontak": "pelapor@contoh.invalid"}
    yield adegan([buka, *(Catat(jenis, kode, satu, hari, oleh, alur=alur) for jenis, satu in (("penerimaan", isi), ("pelapor", pelapor)))])
    pokok = {"pokok": "Urutan antrean loket (rekaan)", "bentuk": "penyimpangan_prosedur"}
    yield adegan([Catat("identifikasi", kode, pokok, identifikasi, oleh, alur=alur)])
    yield adegan([AmbilLangkah("identifikasi", kode, {}, identifikasi, oleh, alur=alur)])


def _koreksi() -> Iterator[Adegan]:
    """Correct a figure on which a proposal of the year before relied: the decision is shown, nothing is moved."""
    hari = date(2026, 11, 9)
    isi = {"tahun": 2024, "wajib": 5, "lapor": 4}
    alasan = "Satu bukti lapor ternyata milik pegawai unit lain (rekaan)"
    yield adegan([Koreksi(0, isi, alasan, hari, ADMIN, kode="DISDUKCAPIL", jenis="lhkpn")])
