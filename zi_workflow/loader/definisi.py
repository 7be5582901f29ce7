"""From a folder of YAML to a ``Definisi``: every file read strictly, every name resolved, every rule of the house checked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from zi_workflow.domain.calendar import Kalender
from zi_workflow.domain.definition import AturanPengingat, Definisi, Isian, KebijakanPribadi
from zi_workflow.domain.errors import DefinisiSalah
from zi_workflow.domain.instrument import Instrumen
from zi_workflow.domain.layout import Lembaran
from zi_workflow.domain.suggest import mirip
from zi_workflow.loader.bagian import Rujukan, dasar
from zi_workflow.loader.bukti import baca_bukti
from zi_workflow.loader.gabung import gabung, nama_bersama
from zi_workflow.loader.kalender import baca_kalender
from zi_workflow.loader.kepala import baca_cakupan, baca_keadaan_awal, baca_kepala, baca_norma, baca_tafsir
from zi_workflow.loader.lembar import baca_lembaran
from zi_workflow.loader.lke import baca_instrumen
from zi_workflow.loader.pohon import Simpul, dari_polos, urai, urai_json
from zi_workflow.loader.pribadi import KUNCI as KUNCI_PRIBADI
from zi_workflow.loader.pribadi import baca_kebijakan
from zi_workflow.loader.syarat import baca_pembebasan, baca_syarat
from zi_workflow.loader.tahap import baca_tahap, periksa_penanda
from zi_workflow.loader.tenggat import baca_tenggat

BERKAS_WAJIB = ("regulasi.yaml", "norma.yaml", "tafsir.yaml", "tahap.yaml", "bukti.yaml", "syarat.yaml", "cakupan.yaml")
BERKAS_BOLEH = ("lke.yaml", "lembar.yaml", "kalender.yaml", "tenggat.yaml")
KEPALA = "regulasi.yaml"
BERKAS_BERSAMA = (KEPALA, "norma.yaml", "tafsir.yaml")
BERKAS = (*BERKAS_WAJIB, *BERKAS_BOLEH)
UKURAN_MAKS = 2_000_000
TERSIMPAN = "definisi tersimpan"


def muat(folder: Path) -> Definisi:
    """Load the definition in ``folder``; raises DefinisiSalah naming file, key, what was expected and the next step."""
    ada = _isi_folder(folder)
    kepala = urai(_baca_berkas(folder / KEPALA), KEPALA)
    bersama = nama_bersama(kepala)
    lain = [n for n in BERKAS if n != KEPALA and (n in ada or (n in BERKAS_WAJIB and not (bersama and n in BERKAS_BERSAMA)))]
    sendiri = {KEPALA: kepala, **{n: urai(_baca_berkas(folder / n), n) for n in lain}}
    if bersama is None:
        return susun(sendiri)
    tempat = folder.resolve().parent / bersama
    return susun(gabung(sendiri, {n: urai(_baca_berkas(tempat / n), f"{bersama}/{n}") for n in BERKAS_BERSAMA}))


def muat_tersimpan(pohon: bytes) -> Definisi:
    """Load a definition back from the canonical bytes that the store keeps under its hash; raises DefinisiSalah."""
    try:
        teks = pohon.decode()
    except UnicodeDecodeError:
        raise DefinisiSalah(f"{TERSIMPAN}: bukan UTF-8", "Isi penyimpanan berubah atau rusak.", "Periksa: zi doktor") from None
    akar = urai_json(teks, TERSIMPAN).peta(BERKAS_WAJIB, BERKAS_BOLEH)
    return susun({nama: dari_polos(nama, isi.polos()) for nama, isi in akar.items()})


def _isi_folder(folder: Path) -> list[str]:
    """Return the names in a definition's folder; refuses a folder that is none, and YAML files of other names."""
    try:
        ada = sorted(f.name for f in folder.iterdir()) if folder.is_dir() else None
    except OSError as e:
        raise DefinisiSalah(
            f"Folder definisi {folder} tidak dapat dibaca", e.strerror or type(e).__name__, "Periksa izin folder itu."
        ) from None
    if ada is None:
        lanjut = "Periksa --regulasi atau ZI_REGULASI."
        raise DefinisiSalah(f"Folder definisi {folder} tidak ada", "Definisi adalah folder berisi berkas YAML.", lanjut)
    asing = [n for n in ada if n.lower().endswith((".yaml", ".yml")) and n not in BERKAS]
    if asing:
        lanjut = mirip(asing[0], BERKAS) or "Pindahkan berkas itu."
        raise DefinisiSalah(f"{asing[0]}: berkas tidak dikenal di {folder}", f"Yang diharapkan: {', '.join(BERKAS)}", lanjut)
    return ada


def _baca_berkas(jalan: Path) -> str:
    nama = jalan.name
    if not jalan.is_file():
        raise DefinisiSalah(f"{nama}: berkas tidak ada di {jalan.parent}", f"Yang diharapkan: {', '.join(BERKAS_WAJIB)}", f"Buat {nama}.")
    try:
        isi = jalan.read_bytes()
    except OSError as e:
        raise DefinisiSalah(f"{nama}: tidak dapat dibaca", e.strerror or type(e).__name__, "Periksa izin berkas itu.") from None
    if len(isi) > UKURAN_MAKS:
        raise DefinisiSalah(f"{nama}: terlalu besar", f"Yang diharapkan: paling besar {UKURAN_MAKS} bita", "Ringkas berkas itu.")
    try:
        return isi.decode("utf-8-sig")
    except UnicodeDecodeError as e:
        baris = isi.count(b"\n", 0, e.start) + 1
        raise DefinisiSalah(
            f"{nama} baris {baris}: bukan teks UTF-8", "Yang diharapkan: teks UTF-8", "Simpan ulang berkas itu sebagai UTF-8."
        ) from None


def susun(berkas: Mapping[str, Simpul]) -> Definisi:
    """Build and check a definition from parsed files (by file name)."""
    rujukan = Rujukan()
    kepala = baca_kepala(berkas[KEPALA], rujukan)
    norma = baca_norma(berkas["norma.yaml"], rujukan)
    tafsir = baca_tafsir(berkas["tafsir.yaml"], rujukan)
    tahap, langkah = baca_tahap(berkas["tahap.yaml"], rujukan)
    rujukan.instrumen = _instrumen(berkas["lke.yaml"], rujukan) if "lke.yaml" in berkas else None
    lembaran = _lembaran(berkas, rujukan)
    bukti = baca_bukti(berkas["bukti.yaml"], rujukan)
    periksa_penanda(berkas["tahap.yaml"], rujukan)
    akar = berkas["syarat.yaml"].peta(["syarat"], ["pembebasan"])
    syarat = baca_syarat(akar["syarat"], rujukan)
    pembebasan = baca_pembebasan(akar["pembebasan"], rujukan, syarat, kepala["afirmasi"]) if "pembebasan" in akar else ()
    kewajiban, pengingat = baca_tenggat(berkas["tenggat.yaml"], rujukan) if "tenggat.yaml" in berkas else ((), AturanPengingat())
    dikenal = {i for s in syarat for i in (s.id, s.id.split(".")[0])} | {p.id for p in pembebasan}
    dikenal |= {*bukti, *(x.id for x in langkah.values()), *tafsir, *tahap, *(k.id for k in kewajiban)}
    pohon = _kanonik(berkas)
    return Definisi(
        **kepala,
        norma=norma,
        tafsir=tafsir,
        tahap=tahap,
        langkah=langkah,
        bukti=bukti,
        syarat=syarat,
        pembebasan=pembebasan,
        cakupan=baca_cakupan(berkas["cakupan.yaml"], dikenal),
        instrumen=rujukan.instrumen,
        lembaran=lembaran,
        kewajiban=kewajiban,
        pengingat=pengingat,
        kalender=baca_kalender(berkas["kalender.yaml"]) if "kalender.yaml" in berkas else Kalender(),
        keadaan_awal=_keadaan_awal(berkas[KEPALA], rujukan),
        data_pribadi=_data_pribadi(berkas[KEPALA], rujukan),
        sidik="sha256:" + hashlib.sha256(pohon).hexdigest(),
        pohon=pohon,
    )


def _data_pribadi(simpul: Simpul, rujukan: Rujukan) -> tuple[KebijakanPribadi, ...]:
    """Read the policy on personal data; without one, everything is sealed and deleted only after the last role."""
    peta = simpul.peta()
    return baca_kebijakan(peta[KUNCI_PRIBADI], rujukan) if KUNCI_PRIBADI in peta else (KebijakanPribadi(),)


def _keadaan_awal(simpul: Simpul, rujukan: Rujukan) -> tuple[Isian, ...]:
    """Read the fields of an archive entry, where the definition takes files from an archive."""
    peta = simpul.peta()
    return baca_keadaan_awal(peta["keadaan_awal"], rujukan) if "keadaan_awal" in peta else ()


def _instrumen(simpul: Simpul, rujukan: Rujukan) -> Instrumen:
    """Read the LKE; its citations and readings are those of the definition, in force when it begins."""
    instrumen = baca_instrumen(simpul)
    peta = simpul.peta()
    dasar(peta["dasar"], rujukan, instrumen.sejak)
    peta["tafsir"].nama_daftar(rujukan.tafsir, "tafsir yang ada")
    if instrumen.sejak > rujukan.sejak:
        peta["sejak"].gagal(f"tanggal tidak sesudah {rujukan.sejak.isoformat()}, mulai berlakunya definisi", "Majukan tanggal itu.")
    return instrumen


def _lembaran(berkas: Mapping[str, Simpul], rujukan: Rujukan) -> Lembaran | None:
    """Read the layouts of the workbooks, where the definition knows any."""
    if "lembar.yaml" not in berkas:
        return None
    if rujukan.instrumen is None:
        berkas["lembar.yaml"].gagal("lke.yaml di samping lembar.yaml", "Tambahkan lke.yaml, atau hapus lembar.yaml.")
    return baca_lembaran(berkas["lembar.yaml"], rujukan.instrumen)


def _kanonik(berkas: Mapping[str, Simpul]) -> bytes:
    """Return the content that the hash covers: files by name, keys in the order written, which is part of the definition."""
    return json.dumps({n: berkas[n].polos() for n in sorted(berkas)}, ensure_ascii=False, separators=(",", ":")).encode()
