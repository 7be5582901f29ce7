"""An import on the screen and as data: what changes, which figures differ and why, and the scores that result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from zi_workflow.cli.blok import lipat
from zi_workflow.cli.tampilan import Gaya, Kolom, tabel
from zi_workflow.cli.teks import lokal
from zi_workflow.domain.scoring import bulatkan

if TYPE_CHECKING:
    from zi_workflow.cli.lke_impor import Impor
    from zi_workflow.domain.events import Polos
    from zi_workflow.domain.reconcile import Rekonsiliasi, Selisih

BENTUK = {
    "templat": "templat zi",
    "kementerian": "buku kerja kementerian",
    "portalrb": "lembar PortalRB",
    "json": "JSON PortalRB",
}
BIDANG = {"jawaban": "jawaban", "dinilai": "nilai TPI", "catatan": "catatan", "bukti_dukung": "bukti dukung"}
SEBUTAN = {"pengungkit": "Pengungkit", "hasil": "Hasil", "total": "Total"}
_PERUBAHAN_MAKS = 30
_ISI_MAKS = 24
_BELUM_MAKS = 20


def angka(nilai: Fraction) -> Decimal:
    """Return a score for the screen: two decimals, halves up."""
    return Decimal(bulatkan(nilai))


def data_perubahan(hasil: Impor) -> dict[str, Any]:
    """Return what would change, by map and question."""
    return {
        "butir": [{"bidang": p.bidang, "soal": p.soal, "lama": p.lama, "baru": p.baru} for p in hasil.rencana.perubahan],
        "dipertahankan": list(hasil.rencana.dipertahankan),
        "nilai_tpi_gugur": list(hasil.rencana.gugur),
    }


def data_rekonsiliasi(rekonsiliasi: Rekonsiliasi | None) -> dict[str, Any] | None:
    """Return the comparison of the workbook's figures with ours; None where the layout carries no figures."""
    if rekonsiliasi is None:
        return None
    return {
        "dihitung": rekonsiliasi.dihitung,
        "sama": rekonsiliasi.sama,
        "selisih": [_data_selisih(s) for s in rekonsiliasi.selisih],
    }


def _data_selisih(satu: Selisih) -> dict[str, Any]:
    return {
        "id": satu.id,
        "nama": satu.nama,
        "sel": satu.sel,
        "buku": bulatkan(satu.buku, 6) if isinstance(satu.buku, Fraction) else satu.buku,
        "resmi": bulatkan(satu.resmi, 6),
        "sementara": None if satu.sementara is None else bulatkan(satu.sementara, 6),
        "alasan": [{"kode": a.kode, "sel": list(a.sel), "kalimat": a.kalimat} for a in satu.alasan],
    }


def layar_impor(hasil: Impor, gaya: Gaya) -> str:
    """Return the preview: the file, the changes, the differing figures, the scores."""
    kepala = (
        f"LKE {hasil.unit.kode} tahun {hasil.tahun}, penilai {hasil.penilai}: {BENTUK[hasil.terbaca.bentuk]},"
        f" instrumen {hasil.instrumen.versi}, {len(_peta(hasil, 'jawaban'))} dari {len(hasil.instrumen.soal)} soal terisi."
    )
    bagian = [
        lipat(kepala, gaya) + _edisi(hasil, gaya),
        _perubahan(hasil, gaya),
        _rekonsiliasi(hasil.rekonsiliasi, gaya),
        _nilai(hasil, gaya),
    ]
    return "\n".join(b for b in bagian if b)


def _peta(hasil: Impor, nama: str) -> Mapping[str, Polos]:
    isi = hasil.rencana.isi.get(nama)
    return isi if isinstance(isi, Mapping) else {}


def _perubahan(hasil: Impor, gaya: Gaya) -> str:
    semua = hasil.rencana.perubahan
    if not semua:
        return ""
    hitung = Counter(p.bidang for p in semua)
    sebut = ", ".join(f"{n} {BIDANG[b]}" for b, n in hitung.items())
    asal = "belum ada LKE itu di register" if hasil.lama is None else f"dibandingkan nomor {hasil.lama.nomor}"
    teks = lipat(f"Yang berubah ({asal}): {sebut}.", gaya)
    if hasil.lama is not None:
        tampak = semua[:_PERUBAHAN_MAKS]
        kolom = [Kolom("Soal", kanan=True), "Bidang", "Semula", "Menjadi", "Uraian"]
        baris = [(p.soal, BIDANG[p.bidang], *(_isi(p.bidang, n) for n in (p.lama, p.baru)), _uraian(hasil, p.soal)) for p in tampak]
        teks += tabel(kolom, baris, gaya)
        if len(semua) > len(tampak):
            teks += lipat(f"dan {len(semua) - len(tampak)} perubahan lain (semuanya: --json).", gaya)
        teks += _hilang(hasil, gaya)
    for nama in hasil.rencana.dipertahankan:
        teks += lipat(f"{BIDANG[nama].capitalize()} dipertahankan: berkas ini tidak mempunyai tempatnya.", gaya)
    if hasil.rencana.gugur:
        teks += lipat(f"Nilai TPI soal {', '.join(hasil.rencana.gugur)} gugur: persentasenya kini dapat dihitung (tafsir D10).", gaya)
    return teks


def _hilang(hasil: Impor, gaya: Gaya) -> str:
    """Say plainly how much on file the file would empty: a blank or wrong workbook shows itself here."""
    kosong = Counter(p.bidang for p in hasil.rencana.perubahan if p.baru is None)
    sebut = ", ".join(f"{n} {BIDANG[b]}" for b, n in kosong.items())
    return lipat(f"Perhatian: {sebut} yang tercatat menjadi kosong.", gaya) if kosong else ""


def _edisi(hasil: Impor, gaya: Gaya) -> str:
    """Say that the file is read with another edition of the instrument than the record on file was made with."""
    if hasil.lama is None or not hasil.edisi_lain:
        return ""
    lama = hasil.lama.isi.get("instrumen")
    return lipat(f"Edisi instrumen: {hasil.instrumen.versi}, bukan {lama} seperti yang tercatat.", gaya)


def _isi(bidang: str, nilai: Polos) -> str:
    """Return a value for the table: answers with a decimal comma, notes as they were written."""
    if nilai is None:
        return "(kosong)"
    teks = lokal(str(nilai)) if bidang == "jawaban" else str(nilai)
    if isinstance(nilai, dict):
        teks = f"{lokal(str(nilai.get('nilai')))}: {nilai.get('alasan')}"
    return teks if len(teks) <= _ISI_MAKS else teks[: _ISI_MAKS - 1] + "…"


def _uraian(hasil: Impor, soal: str) -> str:
    ada = hasil.instrumen.soal.get(soal)
    return ada.uraian if ada else "soal edisi lama"


def _rekonsiliasi(rekonsiliasi: Rekonsiliasi | None, gaya: Gaya) -> str:
    if rekonsiliasi is None:
        return ""
    if not rekonsiliasi.dihitung:
        return lipat("Buku kerja ini belum pernah dihitung (tidak ada nilai tersimpan), jadi angkanya tidak dapat dicocokkan.", gaya)
    if not rekonsiliasi.selisih:
        return lipat(f"Angka buku kerja cocok: {rekonsiliasi.sama} indikator, area, dan jumlah sama dengan hitungan zi.", gaya)
    semua = rekonsiliasi.sama + len(rekonsiliasi.selisih)
    judul = f"{len(rekonsiliasi.selisih)} dari {semua} angka buku kerja berbeda dari hitungan zi (kosong dihitung 0, tafsir D10):"
    kolom = [Kolom("Sel", tetap=True), "Indikator atau jumlah", Kolom("Buku", kanan=True), Kolom("Resmi", kanan=True)]
    kolom.append(Kolom("Sementara", kanan=True))
    isi = [
        (s.sel, s.nama, angka(s.buku) if isinstance(s.buku, Fraction) else s.buku or "-", angka(s.resmi), _atau(s.sementara))
        for s in rekonsiliasi.selisih
    ]
    return lipat(judul, gaya) + tabel(kolom, isi, gaya) + "Sebabnya:\n" + _alasan(rekonsiliasi.selisih, gaya)


def _alasan(selisih: Sequence[Selisih], gaya: Gaya) -> str:
    """Return each reason once, the cells that inherit a difference left to the table."""
    kalimat = dict.fromkeys(a.kalimat for s in selisih for a in s.alasan if a.kode != "turunan")
    return "".join(lipat(f"- {k}", gaya, lekuk=2, lanjut=4) for k in kalimat)


def _atau(nilai: Fraction | None) -> Decimal | str:
    return "-" if nilai is None else angka(nilai)


def _nilai(hasil: Impor, gaya: Gaya) -> str:
    skor = hasil.skor
    baris = [
        (SEBUTAN[n], angka(getattr(skor, n)), angka(getattr(skor.sementara, n)), bobot)
        for n, bobot in (("pengungkit", 60), ("hasil", 40), ("total", 100))
    ]
    kolom = ["Nilai", Kolom("Resmi", kanan=True), Kolom("Sementara", kanan=True), Kolom("Bobot", kanan=True)]
    return tabel(kolom, baris, gaya) + _belum(skor.belum_dijawab, gaya)


def _belum(soal: Sequence[str], gaya: Gaya) -> str:
    """Name the questions without a value, the first of them where they are many."""
    if not soal:
        return ""
    lain = f", dan {len(soal) - _BELUM_MAKS} lain" if len(soal) > _BELUM_MAKS else ""
    return lipat(f"{len(soal)} soal belum mempunyai nilai: {', '.join(soal[:_BELUM_MAKS])}{lain}.", gaya)
