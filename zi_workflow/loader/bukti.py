"""Reading ``bukti.yaml``: kinds of records, their fields, who may record them, and the key whose newest record counts."""

from __future__ import annotations

from functools import partial

from zi_workflow.domain.definition import Isian, JenisBukti, Sumber
from zi_workflow.domain.rosters import ISIAN_SUMBER, RESPONS, SKALA
from zi_workflow.domain.suggest import mirip
from zi_workflow.loader.bagian import Rujukan, dasar
from zi_workflow.loader.edisi import periksa_edisi
from zi_workflow.loader.isian import NAMA_ISIAN, baca_isian
from zi_workflow.loader.simpul import Simpul, kumpulkan
from zi_workflow.loader.tahap import TANGGAL

PENILAI = "penilai"
TPI = "tpi"
LKE = "lke"
INSTRUMEN = "instrumen"
UNIT = "unit"
OPSI_SUMBER = frozenset({"daftar", "nama_unit", "respons", "skala"})
"""Options by which a list is given; a field of that name could not be typed beside them."""
ISIAN_LKE = {"tahun": "bulat", PENILAI: "pilihan", INSTRUMEN: "teks", "jawaban": "peta_soal", "dinilai": "peta_soal"}


def baca_bukti(simpul: Simpul, rujukan: Rujukan) -> dict[str, JenisBukti]:
    """Read the kinds of records."""
    rujukan.bukti = kumpulkan(simpul.peta(["bukti"])["bukti"].daftar(), partial(_bukti, rujukan=rujukan), lambda b: b.id)
    return rujukan.bukti


def _bukti(simpul: Simpul, rujukan: Rujukan) -> JenisBukti:
    peta = simpul.peta(["id", "uraian", "pencatat", "dasar", "isian"], ["lingkup", "kunci", "periksa", "sumber"])
    id_bukti = peta["id"].nama(NAMA_ISIAN, "jenis bukti: huruf kecil, angka, garis bawah, diawali huruf")
    if id_bukti == TANGGAL:
        peta["id"].gagal(f"nama selain '{TANGGAL}', yang berarti tanggal perbuatan", "Pilih nama lain.")
    bidang = baca_isian(peta["isian"], rujukan)
    jenis = JenisBukti(
        id=id_bukti,
        uraian=peta["uraian"].teks(200),
        lingkup=peta["lingkup"].pilihan((UNIT, "instansi"), "lingkup") if "lingkup" in peta else UNIT,
        isian=bidang,
        pencatat=_pencatat(peta["pencatat"], rujukan, bidang),
        dasar=dasar(peta["dasar"], rujukan),
        kunci=peta["kunci"].nama_daftar([i.nama for i in bidang if i.wajib], "isian wajib jenis ini", wajib=True)
        if "kunci" in peta
        else (),
        periksa=peta["periksa"].pilihan((LKE, INSTRUMEN), "pemeriksaan") if "periksa" in peta else None,
        sumber=_sumber(peta, rujukan, {i.nama: i for i in bidang}) if "sumber" in peta else None,
    )
    if jenis.lingkup != UNIT and rujukan.induk is not None:
        peta["lingkup"].gagal("unit, sebab fakta instansi milik alur induknya", "Catat jenis ini di alur induknya.")
    if jenis.periksa is not None and rujukan.instrumen is None:
        peta["periksa"].gagal("berkas lke.yaml, yang memuat soalnya", "Tambahkan lke.yaml, atau hapus 'periksa'.")
    if jenis.periksa == LKE:
        _periksa_lke(peta, bidang)
    elif jenis.periksa == INSTRUMEN:
        periksa_edisi(peta, jenis)
    return jenis


def _pencatat(simpul: Simpul, rujukan: Rujukan, bidang: tuple[Isian, ...]) -> tuple[str, ...]:
    """Read who may record: a role, or ``peran:nilai`` for records whose ``penilai`` has that value."""
    nilai = next((i.pilihan for i in bidang if i.nama == PENILAI), ())
    boleh = {*rujukan.peran, *(f"{p}:{n}" for p in rujukan.peran for n in nilai)}
    rinci = f", atau peran:nilai dengan {PENILAI} {', '.join(nilai)}" if nilai else ""
    for s in simpul.daftar():
        if s.teks() not in boleh:
            s.gagal(f"peran: {', '.join(sorted(rujukan.peran))}{rinci}", mirip(s.teks(), boleh))
    return simpul.nama_daftar(boleh, "peran")


def _periksa_lke(peta: dict[str, Simpul], bidang: tuple[Isian, ...]) -> None:
    """Refuse a record of LKE answers without the fields that scoring reads."""
    ada = {i.nama: i for i in bidang}
    for nama, tipe in ISIAN_LKE.items():
        if nama not in ada or ada[nama].tipe != tipe:
            peta["isian"].gagal(f"isian '{nama}' bertipe {tipe}, sebab penilaian LKE membacanya", f"Tambahkan '{nama}'.")
    if TPI not in ada[PENILAI].pilihan:
        peta["isian"].gagal(f"'{PENILAI}' dengan pilihan '{TPI}', sebab nilai TPI yang dihitung", f"Tambahkan pilihan '{TPI}'.")


def _sumber(induk: dict[str, Simpul], rujukan: Rujukan, bidang: dict[str, Isian]) -> Sumber:
    """Read the list from which a record's figures may be computed; refuses a kind of record without the fields that it fills."""
    simpul = induk["sumber"]
    peta = simpul.peta(["jenis", "tafsir"], ["skala"])
    jenis = peta["jenis"].pilihan(ISIAN_SUMBER, "sumber angka")
    if "lingkup" in induk and induk["lingkup"].teks() != UNIT:
        simpul.gagal("hanya pada catatan berlingkup unit, sebab daftar dihitung bagi satu unit", "Hapus 'sumber'.")
    for nama, tipe in ISIAN_SUMBER[jenis].items():
        if nama not in bidang or bidang[nama].tipe != tipe:
            induk["isian"].gagal(f"isian '{nama}' bertipe {tipe}, sebab diisi dari {jenis}", f"Tambahkan '{nama}', atau hapus 'sumber'.")
    for nama in sorted(OPSI_SUMBER & set(bidang)):
        induk["isian"].gagal(f"nama selain opsi sumbernya: {', '.join(sorted(OPSI_SUMBER))}", f"Ganti nama '{nama}'.")
    if ("skala" in peta) != (jenis == RESPONS):
        simpul.gagal(f"kunci 'skala' tepat bila jenis {RESPONS}")
    skala = peta["skala"].peta(bidang["survei"].pilihan) if "skala" in peta else {}
    return Sumber(
        jenis=jenis,
        tafsir=peta["tafsir"].nama_daftar(rujukan.tafsir, "tafsir yang ada", wajib=True),
        skala={survei: tuple(int(t) for t in s.nama_daftar(SKALA, "jawaban tertinggi", wajib=True)) for survei, s in skala.items()},
    )
