"""From PortalRB's official master of questions to the record of an edition.

The master is a tree of numbered names with weights; formulas are not in it, and are carried over from the instrument in
force by soal_id. Everything that does not fit is named, all in one go.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from zi_workflow.domain.edition_record import BERAREA, SERATUS, desimal, gagal, kutip, periksa_isi
from zi_workflow.domain.events import Polos
from zi_workflow.domain.fields import DAFTAR_MAKS
from zi_workflow.domain.instrument import INDEKS, JUMLAH, NOMOR_AREA, PILIHAN, SUSUNAN, Instrumen, Rumus, Skala
from zi_workflow.domain.master_tree import TANPA_ID, Bacaan, Cabang, Tanya

_SEBUTAN = {
    "pengungkit": "PENGUNGKIT",
    "hasil": "HASIL",
    "pemenuhan": "PEMENUHAN",
    "reform": "REFORM",
    "bersih": "BERSIH",
    "prima": "PRIMA",
}
"""The word by which the master's name of a component or an aspect is known."""

_HASIL = {("bersih", INDEKS): "bersih.spak", ("bersih", PILIHAN): "bersih.kinerja", ("prima", INDEKS): "prima.spkp"}
_URUT = re.compile(r"\s*([0-9]{1,2}|[ivxIVX]{1,6}|[A-Za-z])\s*[.)]\s*(\S.*)", re.DOTALL)
_TAHUN = (2000, 2100)
_NAMA_MAKS = 200


def isi_dari_master(master: object, berlaku: Instrumen) -> dict[str, Polos]:
    """Return the fields of the edition that a master (parsed JSON, numbers exact or as text) describes.

    ``berlaku`` gives the scales, the formulas and the short names that the master does not have. Raises MasukanSalah
    naming what does not add up or cannot be placed.
    """
    ubah = _Pengubah(berlaku)
    isi = ubah.isi(master)
    if ubah.masalah:
        lanjut = "Minta master yang benar, atau sesuaikan lke.yaml lebih dahulu. Tidak ada yang ditulis."
        raise gagal("Master instrumen tidak dapat dipakai", ubah.masalah, lanjut)
    periksa_isi(isi, berlaku)
    return isi


class _Pengubah:
    """Walks the tree and keeps a list of what is wrong."""

    def __init__(self, berlaku: Instrumen) -> None:
        self.berlaku = berlaku
        self.masalah: list[str] = []
        self.baca = Bacaan(self.masalah)
        self.sebutan: dict[str, Polos] = {}
        self.area: dict[int, str] = {}
        self.indikator: list[Polos] = []
        self.letak: list[Tanya] = []
        self.terpakai: set[str] = set()

    def isi(self, master: object) -> dict[str, Polos]:
        kepala = self.baca.peta(master, "master")
        tahun = self.baca.bulat(kepala, "tahun", "master", *_TAHUN)
        dibuat = self.baca.teks(kepala, "generated_at", "master")
        hari = re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", dibuat)
        if dibuat and hari is None:
            self.masalah.append(f"master: 'generated_at' {kutip(dibuat)} tidak diawali tanggal YYYY-MM-DD")
        cabang = self.baca.cabang(kepala, "data", "master")
        self.bobot("master", SERATUS, cabang)
        for id_, komponen in self.bernama(cabang, SUSUNAN, "master").items():
            self.hanya_anak(komponen)
            for aspek, satu in self.bernama(komponen.anak, SUSUNAN[id_], kutip(komponen.nama)).items():
                (self.aspek_berarea if aspek in BERAREA else self.aspek_hasil)(aspek, satu)
        self.jumlah_soal(kepala)
        tanggal = hari[0] if hari else ""
        isi: dict[str, Polos] = {
            "edisi": f"{tahun}@{tanggal}",
            "tahun": tahun,
            "judul": f"Lembar Kerja Evaluasi ZI {tahun}, master PortalRB {tanggal}",
            "dibuat": dibuat,
            "sebutan": self.sebutan,
            "area": [self.area.get(n, "") for n in NOMOR_AREA],
            "skala": [_isi_skala(s) for s in self.berlaku.skala.values()],
            "indikator": self.indikator,
        }
        return isi | self.portal()

    # ------------------------------------------------------------------------------------------------------ structure

    def bernama(self, cabang: Sequence[Cabang], wajib: Mapping[str, object] | Sequence[str], tempat: str) -> dict[str, Cabang]:
        """Return the branches by id, each found by its word; every one must be there once, and no other."""
        hasil: dict[str, Cabang] = {}
        for satu in cabang:
            id_ = next((i for i in wajib if _SEBUTAN[i] in satu.nama.upper() and i not in hasil), None)
            if id_ is None:
                self.masalah.append(f"{kutip(satu.nama)}: tidak dikenal, atau lebih dari sekali, di {tempat}")
                continue
            hasil[id_] = satu
            self.sebutan[id_] = self.nomor(satu)[1]
        self.masalah += [f"{tempat}: tidak ada cabang {_SEBUTAN[i]}" for i in wajib if i not in hasil]
        return hasil

    def nomor(self, cabang: Cabang) -> tuple[str, str]:
        """Return the number that a name begins with (in lower case) and the name itself."""
        cocok = _URUT.fullmatch(cabang.nama)
        if cocok is None:
            self.masalah.append(f"{kutip(cabang.nama)}: nama tidak diawali nomor, misalnya 'i. …'")
            return "", cabang.nama
        return cocok[1].lower(), " ".join(cocok[2].split())[:_NAMA_MAKS]

    def hanya_anak(self, cabang: Cabang) -> None:
        """Check a branch that holds branches."""
        self.bobot(kutip(cabang.nama), cabang.bobot, cabang.anak)
        if cabang.soal:
            self.masalah.append(f"{kutip(cabang.nama)}: memuat soal langsung, seharusnya di bawah indikatornya")

    def bobot(self, tempat: str, seluruhnya: Fraction | None, bagian: Sequence[Cabang | Tanya]) -> None:
        """Compare a weight with the sum of those below it; where one of them could not be read, that was said already."""
        per = [b.bobot for b in bagian if b.bobot is not None]
        if seluruhnya is not None and len(per) == len(bagian) and sum(per, Fraction()) != seluruhnya:
            self.masalah.append(f"{tempat}: bobot {desimal(seluruhnya)}, jumlah di bawahnya {desimal(sum(per, Fraction()))}")

    def aspek_berarea(self, aspek: str, cabang: Cabang) -> None:
        self.hanya_anak(cabang)
        ada: set[int] = set()
        for satu in cabang.anak:
            urut, nama = self.nomor(satu)
            nomor = next((n for n in NOMOR_AREA if str(n) == urut), 0)
            if nomor == 0 or nomor in ada:
                self.masalah.append(f"{kutip(satu.nama)}: bukan area 1 sampai 6, atau lebih dari sekali, di {aspek}")
                continue
            ada.add(nomor)
            self.area.setdefault(nomor, nama)
            self.hanya_anak(satu)
            for anak in satu.anak:
                self.cabang_indikator(anak, aspek, nomor, ())
        self.masalah += [f"{kutip(cabang.nama)}: tidak ada area {n}" for n in NOMOR_AREA if n not in ada]

    def cabang_indikator(self, cabang: Cabang, aspek: str, area: int, di_atas: tuple[str, ...]) -> None:
        """Take an indicator, or the indicators inside a branch that only groups them (iii with a and b)."""
        urut, nama = self.nomor(cabang)
        jalur = (*di_atas, urut)
        if cabang.anak:
            self.hanya_anak(cabang)
            for anak in cabang.anak:
                self.cabang_indikator(anak, aspek, area, jalur)
            return
        bobot = [s.bobot for s in cabang.soal]
        if cabang.bobot is not None and any(bobot) and any(b is not None and b * len(bobot) != cabang.bobot for b in bobot):
            self.masalah.append(f"{kutip(cabang.nama)}: bobot soalnya tidak sama besar, atau tidak berjumlah {desimal(cabang.bobot)}")
        self.tambah(f"{aspek}.{area}.{'.'.join(jalur)}", nama, cabang.bobot, aspek, area, cabang.soal, cabang.nama)

    def aspek_hasil(self, aspek: str, cabang: Cabang) -> None:
        """Take an aspect whose questions are indicators by themselves."""
        self.bobot(kutip(cabang.nama), cabang.bobot, cabang.soal)
        if cabang.anak:
            self.masalah.append(f"{kutip(cabang.nama)}: memuat cabang, seharusnya soal langsung")
        pendek = {i.id: i.nama for i in self.berlaku.indikator}
        perlu = [jenis for a, jenis in _HASIL if a == aspek]
        for satu in cabang.soal:
            skala = self.skala(satu)
            if skala is not None and skala.jenis in perlu:
                perlu.remove(skala.jenis)
                id_ = _HASIL[aspek, skala.jenis]
                self.tambah(id_, pendek.get(id_, satu.uraian[:_NAMA_MAKS]), satu.bobot, aspek, None, (satu,), f"soal {satu.id}")
            elif skala is not None:
                self.masalah.append(f"soal {satu.id}: tidak punya tempat di {kutip(cabang.nama)}")
        self.masalah += [f"{kutip(cabang.nama)}: tidak ada soal berjenis {jenis}" for jenis in perlu]

    # ------------------------------------------------------------------------------------------ indicators, questions

    def tambah(self, id_: str, nama: str, bobot: Fraction | None, aspek: str, area: int | None, soal: Sequence[Tanya], sebut: str) -> None:
        """Keep an indicator."""
        if not soal:
            self.masalah.append(f"{kutip(sebut)}: tidak memuat soal")
        if id_ in self.terpakai:
            self.masalah.append(f"{kutip(sebut)}: nomornya sama dengan indikator lain ({id_})")
        if bobot is not None and bobot <= 0:
            self.masalah.append(f"{kutip(sebut)}: bobot harus lebih dari 0")
        self.terpakai.add(id_)
        jumlah: list[str] = []
        isi_soal: list[Polos] = []
        for satu in soal:
            if satu.id != TANPA_ID and satu.id in self.terpakai:
                self.masalah.append(f"soal {satu.id}: soal_id itu lebih dari sekali")
            self.terpakai.add(satu.id)
            self.letak.append(satu)
            skala = self.skala(satu, diam=area is None)
            if skala is not None:
                isi_soal.append(_isi_soal(satu, skala))
                jumlah += [satu.id] if skala.jenis == JUMLAH else []
        isi: dict[str, Polos] = {"id": id_, "nama": nama, "bobot": desimal(bobot or Fraction()), "aspek": aspek}
        isi |= {} if area is None else {"area": area}
        rumus: list[Polos] = list(self.rumus(jumlah))
        self.indikator.append(isi | {"soal": isi_soal} | ({"rumus": rumus} if rumus else {}))

    def skala(self, soal: Tanya, *, diam: bool = False) -> Skala | None:
        """Return the known scale that a question names and has the multipliers of; None, and said so, where there is none."""
        jenis = soal.jenis.casefold()
        skala = next((s for s in self.berlaku.skala.values() if jenis in (s.id.casefold(), _rentang(s))), None)
        if skala is not None and {k: Fraction(v) for k, v in soal.pengali.items()} == skala.nilai:
            return skala
        if not diam and soal.jenis:
            tulis = ", ".join(f"{k} {desimal(v)}" for k, v in soal.pengali.items()) or "tanpa pilihan"
            self.masalah.append(f"soal {soal.id}: skala {kutip(soal.jenis)} ({tulis}) bukan skala yang dikenal")
        return None

    def rumus(self, jumlah: Sequence[str]) -> Iterator[Polos]:
        """Carry over the formulas whose counts all stand here; a count that none of them reads is a problem."""
        sisa = list(jumlah)
        for satu in self.berlaku.butir.values():
            if isinstance(satu, Rumus) and set(satu.ids) <= set(sisa):
                sisa = [s for s in sisa if s not in satu.ids]
                peran: list[Polos] = [{"nama": n, "soal": list(ids)} for n, ids in satu.peran.items()]
                yield {"jenis": satu.jenis, "uraian": satu.uraian, "peran": peran, "perlu": list(satu.perlu), "soal": list(satu.ids)}
        self.masalah += [f"soal {s}: jumlah yang rumusnya tidak dikenal" for s in sisa]

    # ---------------------------------------------------------------------------------------------------------- whole

    def jumlah_soal(self, kepala: Mapping[str, object]) -> None:
        seluruhnya = self.baca.bulat(kepala, "total_soal", "master", 1, 10**6)
        if self.baca.jumlah_soal > DAFTAR_MAKS:
            self.masalah.append(f"master: {self.baca.jumlah_soal} soal, paling banyak {DAFTAR_MAKS}")
        if seluruhnya and seluruhnya != self.baca.jumlah_soal:
            self.masalah.append(f"master: total_soal {seluruhnya}, yang ada {self.baca.jumlah_soal} soal")

    def portal(self) -> dict[str, Polos]:
        """Return PortalRB's sheet: one name, one set of columns, a row for every question; empty where the master has none."""
        ada = [s for s in self.letak if s.portal is not None]
        if not ada:
            return {}
        if len(ada) < len(self.letak):
            tanpa = [s.id for s in self.letak if s.portal is None]
            self.masalah.append(f"soal {', '.join(tanpa[:3])}: tanpa baris di lembar PortalRB, sedangkan soal lain punya")
        bentuk = [s.portal for s in ada if s.portal is not None]
        if any(b != bentuk[0] for b in bentuk):
            self.masalah.append("lembar atau kolom PortalRB tidak sama bagi semua soal")
        ganda = [str(b) for b, n in Counter(s.baris for s in ada).items() if n > 1]
        if ganda:
            self.masalah.append(f"baris {', '.join(ganda[:3])} lembar PortalRB dipakai lebih dari satu soal")
        return {"portal": bentuk[0]}


def _rentang(skala: Skala) -> str:
    """Return how the master calls an index: 0-4."""
    return f"0-{skala.tertinggi}" if skala.jenis == INDEKS else skala.id.casefold()


def _isi_skala(skala: Skala) -> Polos:
    isi: dict[str, Polos] = {"id": skala.id, "jenis": skala.jenis}
    if skala.jenis == INDEKS:
        return isi | {"tertinggi": skala.tertinggi}
    pilihan: list[Polos] = [{"huruf": h, "pengali": desimal(n)} for h, n in skala.nilai.items()]
    return isi | {"pilihan": pilihan} if pilihan else isi


def _isi_soal(soal: Tanya, skala: Skala) -> Polos:
    isi: dict[str, Polos] = {"id": soal.id, "skala": skala.id, "uraian": soal.uraian}
    pilihan: list[Polos] = [{"huruf": h, "uraian": teks} for h, teks in soal.label.items()]
    tambahan: dict[str, Polos] = {"kriteria": soal.kriteria, "pilihan": pilihan, "baris": soal.baris}
    return isi | {k: v for k, v in tambahan.items() if v}
