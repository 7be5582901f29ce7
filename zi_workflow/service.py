"""Load, decide, append: the one path on which every command travels, whoever sent it.

All commands of a request are decided against the files as they are, later ones seeing what earlier ones did, and are
appended in one transaction or not at all. A lost race is retried once from the start (reload, decide again).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from zi_workflow.answers import Hasil, ItemGagal, Jawaban, bernomor, daftar_tercatat, tanpa_sementara
from zi_workflow.domain.asof import peristiwa_pada
from zi_workflow.domain.checklist import DaftarPeriksa
from zi_workflow.domain.commands import Catat, DaftarkanUnit, Koreksi, Perintah, Tarik
from zi_workflow.domain.corrections import Peninjauan
from zi_workflow.domain.deadlines import Tenggat, tenggat
from zi_workflow.domain.decide import FAKTA, INDUK, PEJABAT, PENOLAKAN, UNIT, Putusan, periksa
from zi_workflow.domain.definition import Definisi
from zi_workflow.domain.errors import Galat, Konflik, MasukanSalah
from zi_workflow.domain.events import PejabatDiangkat, Polos, PutusanDitinjau, Tercatat
from zi_workflow.domain.privacy import memuat_pribadi
from zi_workflow.domain.state import Instansi, Unit, evolve_instansi, lipat
from zi_workflow.domain.verdict import harus_ada
from zi_workflow.retrospect import Lampau
from zi_workflow.review import Tinjauan, dirujuk, peninjauan
from zi_workflow.session import Aliran, Gudang, Sesi, alur_perintah, kode_unit

if TYPE_CHECKING:
    from zi_workflow.store import Kunci

PERCOBAAN = 2


class Layanan:
    """Commands and questions over one instansi's register."""

    def __init__(
        self,
        definisi: Definisi,
        gudang: Gudang,
        jam: Callable[[], datetime],
        hari: Callable[[datetime], date],
        lain: Callable[[str], Definisi] | None = None,
    ) -> None:
        """Wire the parts; ``hari`` gives the calendar day of an instant in the definition's time zone.

        ``lain`` gives the definition of another workflow by its id, and raises for one that there is not.
        """
        self.definisi = definisi
        self._lain = lain
        self.gudang = gudang
        self.aliran = Aliran(definisi.instansi, definisi.id)
        self._jam = jam
        self._hari = hari
        self._instansi = Instansi()

    def jalankan(
        self,
        perintah: Sequence[Perintah],
        *,
        coba: bool = False,
        kunci: str | None = None,
        versi: int | None = None,
        berkas_batch: bool = False,
    ) -> Jawaban:
        """Decide and append commands, all or none.

        ``berkas_batch``: stop at the first item that fails, raising ItemGagal, and write nothing at all; otherwise every
        command is decided, and a request that is refused writes its refusals. ``versi``: the version that the one unit
        concerned must have. Raises Konflik where the race was lost twice, MasukanSalah for ``versi`` with several units.
        """
        pengenal = self._pengenal(perintah, kunci)
        perintah = [dirujuk(self.gudang, self.aliran, p) for p in perintah]
        if versi is not None and len({(alur_perintah(p), kode_unit(p)) for p in perintah if kode_unit(p) is not None}) != 1:
            raise MasukanSalah("--versi berlaku bagi satu unit", "Setiap unit mempunyai versinya sendiri.", "Hapus --versi.")
        for sisa in reversed(range(PERCOBAAN)):
            try:
                return self._sekali(perintah, coba=coba, kunci=pengenal, versi=versi, berkas_batch=berkas_batch)
            except _Kalah as e:
                if sisa == 0:
                    raise e.asal from None
        raise AssertionError  # pragma: no cover - the loop returns or raises

    def aturan(self, alur: str | None = None) -> Definisi:
        """Return the definition of a workflow (None: the main one); raises MasukanSalah where there is no such workflow."""
        if alur is None or alur == self.definisi.id:
            return self.definisi
        if self._lain is None:
            raise MasukanSalah(f"Alur '{alur[:40]}' tidak dikenal", f"Yang dikenal: {self.definisi.id}.", "Perbaiki nama alurnya.")
        return self._lain(alur)

    def periksa(
        self,
        kode: str,
        langkah: str | None,
        isi: Mapping[str, Polos],
        pada: date | None,
        oleh: str | None,
        *,
        alur: str | None = None,
    ) -> DaftarPeriksa | None:
        """Return the checklist of a move (default: the main one from the unit's stage; None where there is none), writing nothing."""
        sesi, aturan = self._sesi(), self.aturan(alur)
        aliran = Aliran(aturan.instansi, aturan.id, aturan.induk)
        unit = harus_ada(sesi.muat(aliran.untuk(UNIT, kode)), kode)
        induk = sesi.muat(aliran.untuk(INDUK, unit.induk)) if unit.induk is not None else None
        if langkah is None:
            utama = [x.nama for x in aturan.langkah_dari(unit.keadaan.tahap) if x.utama]
            if not utama:
                return None
            langkah = utama[0]
        return periksa(aturan, unit, sesi.instansi, langkah, isi, pada or sesi.hari_ini, sesi.hari_ini, oleh, induk)

    def unit(self, kode: str, alur: str | None = None) -> Unit | None:
        """Return a unit's file, or that of another workflow; None where there is none."""
        aturan = self.aturan(alur)
        return lipat(self.gudang.muat(Aliran(aturan.instansi, aturan.id).untuk(UNIT, kode)))

    def tenggat(self, kode: str, pada: date | None = None) -> tuple[Tenggat, ...]:
        """Return every duty of a unit as it stood on a day (default: today); raises UnitTidakDitemukan.

        On an earlier day only what had happened by then counts. A later day is asked of the file as it is.
        """
        hari = pada or self.hari_ini()
        return tenggat(self.definisi, self.unit_pada(kode, hari), self._muat_instansi(), hari)

    def unit_pada(self, kode: str, pada: date) -> Unit:
        """Return a unit's file as it was on a day, by the dates of what was recorded; raises UnitTidakDitemukan."""
        return harus_ada(lipat(peristiwa_pada(self.gudang.muat(self.aliran.untuk(UNIT, kode)), pada)), kode)

    def instansi(self) -> Instansi:
        """Return the facts that all units share, as they are now."""
        return self._muat_instansi()

    def hari_ini(self) -> date:
        """Return the current day in the definition's time zone."""
        return self._hari(self._jam())

    def _sesi(self) -> Sesi:
        instan = self._jam().astimezone(UTC)
        instansi = self._muat_instansi()
        dibaca = {a: instansi.versi.get(a, 0) for a in (self.aliran.untuk(g, g) for g in (FAKTA, PEJABAT))}
        return Sesi(self.aturan, self.gudang, self._hari(instan), instan, instansi, self._tinjau, dibaca=dibaca)

    def _tinjau(self, perintah: Koreksi | Tarik, koreksi: Sequence[Tercatat]) -> Tinjauan:
        return peninjauan(Lampau(self.gudang, self.aliran_alur(perintah.alur), self._hari, koreksi), perintah)

    def aliran_alur(self, alur: str | None = None) -> Aliran:
        """Return how the streams of a workflow are named (None: of the main one)."""
        aturan = self.aturan(alur)
        return Aliran(aturan.instansi, aturan.id, aturan.induk)

    def berkas(self, alur: str | None = None) -> list[str]:
        """Return the codes of all files of the workflow in the log, those included that never got beyond a refusal."""
        milik = self.aliran_alur(alur)
        awal = (f"{milik.instansi}/{milik.alur}/", f"{milik.instansi}/{milik.alur}-{PENOLAKAN}/")
        kode = {a.rpartition("/")[2] for awalan in awal for a in self.gudang.aliran(awalan)}
        return sorted(kode - {FAKTA, PEJABAT})

    def lampau(self, alur: str | None = None) -> Lampau:
        """Return the register as it was before any event, for deciding again what was decided."""
        return Lampau(self.gudang, self.aliran_alur(alur), self._hari)

    def _muat_instansi(self) -> Instansi:
        """Return the shared facts; only what came since the last look is read (threads may read the same news, each for itself)."""
        instansi = self._instansi
        for golongan in (FAKTA, PEJABAT):
            aliran = self.aliran.untuk(golongan, golongan)
            for tercatat in self.gudang.muat(aliran, instansi.versi.get(aliran, 0)):
                instansi = evolve_instansi(instansi, tercatat)
        self._instansi = instansi
        return instansi

    def _sekali(self, perintah: Sequence[Perintah], *, coba: bool, kunci: Kunci | None, versi: int | None, berkas_batch: bool) -> Jawaban:
        sesi = self._sesi()
        perintah = sesi.beri_kode(perintah)
        sesi.muat_semua(perintah)
        # Asked after loading: where the key is still unknown, nothing of the request that it may come to stand for was loaded.
        if kunci is not None and (lama := self._terjawab(kunci)) is not None:
            return lama
        self._cocokkan_versi(sesi, perintah, versi)
        putusan: list[tuple[Perintah, Putusan]] = []
        hasil: list[Hasil] = []
        tak_dibuka: set[tuple[str | None, str | None]] = set()  # files that were to be opened and were refused
        for i, satu in enumerate(perintah):
            berkas = alur_perintah(satu), kode_unit(satu)
            if berkas in tak_dibuka:
                continue
            keputusan = self._putuskan(sesi, i, satu, berkas_batch=berkas_batch)
            putusan.append((satu, keputusan))
            if isinstance(satu, DaftarkanUnit) and not keputusan.diterima:
                tak_dibuka.add(berkas)
            nomor = sesi.terapkan(satu, keputusan.terbitan) if keputusan.diterima else ()
            nomor = nomor if keputusan.sudah is None else (keputusan.sudah,)
            hasil.append(self._hasil(sesi, satu, keputusan, nomor))
        diterima = all(p.diterima for _, p in putusan)
        if diterima and not coba:
            return self._catat(sesi, kunci, hasil)
        if not diterima and not coba:
            self._catat_penolakan(sesi, putusan)
        return Jawaban(diterima, tuple(tanpa_sementara(h) for h in hasil), coba=coba)

    def _putuskan(self, sesi: Sesi, i: int, perintah: Perintah, *, berkas_batch: bool) -> Putusan:
        try:
            putusan = sesi.putuskan(perintah)
        except Galat as e:
            if berkas_batch:
                raise ItemGagal(i, e) from e
            raise
        if berkas_batch and not putusan.diterima:
            raise ItemGagal(i, None, daftar_tercatat(putusan.daftar))
        return putusan

    def _cocokkan_versi(self, sesi: Sesi, perintah: Sequence[Perintah], versi: int | None) -> None:
        satu = next((p for p in perintah if kode_unit(p) is not None), None)
        if versi is None or satu is None:
            return
        unit, kode, aturan = sesi.berkas(satu), kode_unit(satu), self.aturan(alur_perintah(satu))
        ada = unit.versi if unit else 0
        if ada != versi:
            raise Konflik(
                f"{aturan.sebutan} {kode} sekarang pada versi {ada}, bukan {versi}",
                "Orang lain sudah menulis lebih dahulu.",
                f"Lihat keadaannya: {aturan.perintah('lihat')} {kode}",
            )

    def _terjawab(self, kunci: Kunci) -> Jawaban | None:
        """Return the first answer that was given under the key; raises Konflik where it came with other content."""
        lama = self.gudang.jawaban_kunci(kunci)
        return None if lama is None else Jawaban(diterima=True, hasil=(), ulangan=True, tersimpan=json.loads(lama))

    def _catat(self, sesi: Sesi, kunci: Kunci | None, hasil: Sequence[Hasil]) -> Jawaban:
        """Append what was decided; where the same request was recorded meanwhile, return its answer."""
        baru: list[Jawaban] = []

        def jawaban(tercatat: Sequence[Tercatat]) -> bytes:
            baru.append(Jawaban(diterima=True, hasil=bernomor(hasil, tercatat)))
            return json.dumps(baru[-1].polos(), ensure_ascii=False, separators=(",", ":")).encode()

        tercatat = self._tambah(sesi, kunci, jawaban if kunci else None)
        lama = self._terjawab(kunci) if kunci is not None and not baru else None
        return lama or Jawaban(diterima=True, hasil=bernomor(hasil, tercatat))

    def _catat_penolakan(self, sesi: Sesi, putusan: Sequence[tuple[Perintah, Putusan]]) -> None:
        """Append the refusals of a request and nothing else of it.

        What saw something of the request that is not written is decided once more as if it had come alone; a refusal that then
        is none leaves nothing.
        """
        sendiri = any(p.diterima for _, p in putusan)
        sesi = self._sesi() if sendiri else sesi
        for perintah, satu in putusan:
            with suppress(Galat):
                kini = sesi.putuskan(perintah) if sendiri and not satu.diterima else satu
                if not kini.diterima:
                    sesi.terapkan(perintah, kini.terbitan)
        self._tambah(sesi, None, None)

    def _tambah(self, sesi: Sesi, kunci: Kunci | None, jawaban: Callable[[Sequence[Tercatat]], bytes] | None) -> list[Tercatat]:
        # The drafts' own versions guard the streams that are written; the others were only read.
        ditulis = {n.aliran for n in sesi.naskah}
        for satu in sesi.naskah:
            if isinstance(satu.peristiwa, PejabatDiangkat):  # nothing new is sealed by a key that was to be destroyed
                for terhapus in sesi.instansi.dihapus.get(satu.peristiwa.nip, ()):
                    self.gudang.brankas.musnahkan(satu.peristiwa.nip, terhapus)
        lain = {a: v for a, v in sesi.dibaca.items() if a not in ditulis}
        try:
            return self.gudang.tambah(
                sesi.naskah, dibaca=lain, definisi=sesi.definisi, kunci=kunci, jawaban=jawaban, pastikan=sesi.pastikan
            )
        except Konflik as e:
            raise _Kalah(e) from e

    def _hasil(self, sesi: Sesi, perintah: Perintah, putusan: Putusan, nomor: tuple[int, ...]) -> Hasil:
        kode = kode_unit(perintah)
        unit = sesi.berkas(perintah)
        nama = perintah.jenis if isinstance(perintah, Catat) else putusan.daftar.perintah
        return Hasil(
            perintah=nama,
            unit=kode,
            diterima=putusan.diterima,
            daftar=putusan.daftar,
            nomor=nomor,
            sudah=putusan.sudah is not None,
            versi=unit.versi if unit else None,
            tahap=unit.keadaan.tahap if unit else None,
            predikat=unit.keadaan.predikat if unit else None,
            tinjauan=tuple(Peninjauan(t.kode, t.peristiwa.putusan) for t in putusan.terbitan if isinstance(t.peristiwa, PutusanDitinjau)),
        )

    def _pengenal(self, perintah: Sequence[Perintah], kunci: str | None) -> Kunci | None:
        if kunci is None:
            return None
        from zi_workflow.store import Kunci  # noqa: PLC0415 - the store is loaded when something is written

        bahan = [[type(p).__name__, asdict(p)] for p in perintah]
        teks = json.dumps(bahan, sort_keys=True, ensure_ascii=True, default=str).encode()
        # A plain hash of a request with a name is as good as the name to whoever can guess it.
        pribadi = any(memuat_pribadi(self.aturan(alur_perintah(p)), p) for p in perintah)
        return Kunci(kunci, self.gudang.brankas.sidik(teks) if pribadi else hashlib.sha256(teks).hexdigest())


class _Kalah(Exception):
    """A race was lost; ``asal`` is what the store said."""

    def __init__(self, asal: Konflik) -> None:
        super().__init__(asal.pesan)
        self.asal = asal
