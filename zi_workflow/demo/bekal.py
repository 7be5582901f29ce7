"""How a lawful file is built: the records that each move of the regulation asks for, as commands ready to be sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from zi_workflow.demo.pemeran import ADMIN, kepala, nama_kepala, nomor_kepala, pegawai, penilai, perangkat_daerah
from zi_workflow.domain.calendar import Kalender, tambah_bulan
from zi_workflow.domain.commands import AmbilLangkah, Catat
from zi_workflow.domain.events import Berkas
from zi_workflow.domain.instrument import INDEKS, JUMLAH, PILIHAN, Instrumen, Soal

PERAGAAN = "DATA PERAGAAN, REKAAN"
_SABTU = 5
AREA = range(1, 7)
_LEBIH_AWAL = (4, 9, 2, 6, 1, 12, 5, -5, 3, 8)
"""How many days before a due date it is met, in turn; once in a while it is too late."""
_PROGRAM = (
    "Agen perubahan",
    "SOP dan layanan elektronik",
    "Kinerja individu",
    "Perjanjian kinerja",
    "Penanganan pengaduan",
    "Standar pelayanan",
)
_INDEKS_SPAK, _INDEKS_SPKP = "125", "127"
_JUMLAH = {
    "88": 6, "89": 6, "90": 6, "91": 6, "102": 0, "103": 0, "104": 0, "105": 8, "106": 8, "110": 24, "111": 0, "112": 24,
    "113": 1, "114": 4, "115": 0, "116": 5, "117": 3, "118": 9, "119": 43, "120": 55, "122": 12, "123": 12,
}  # fmt: skip
"""Counts of the LKE, in step with the figures that `Bekal.angka_tahunan` records."""


def mundur(hari: date, banyak: int) -> date:
    """Return the day that many days earlier, a Friday where that is a weekend."""
    hasil = hari - timedelta(banyak)
    return hasil - timedelta(max(hasil.weekday() - _SABTU + 1, 0))


@dataclass(frozen=True, slots=True)
class Nilai:
    """How good an LKE is: every ``sela``-th choice is one below the best; indices 0–4 as text."""

    sela: int
    spak: str = "3.80"
    spkp: str = "3.75"


@dataclass(frozen=True, slots=True)
class Usulan:
    """One unit's part in a proposal: ``hari`` of the letter, ``terima`` of the receipt, the year's LKE."""

    kode: str
    predikat: str
    hari: date
    terima: date
    nilai: Nilai

    @property
    def tahun(self) -> int:
        """Return the year of the proposal."""
        return self.hari.year


class Bekal:
    """Builds records. ``simpan`` keeps an evidence file (name, text) and returns what the log knows of it."""

    def __init__(self, instrumen: Instrumen, kalender: Kalender, simpan: Callable[[str, str], Berkas]) -> None:
        """Keep the instrument of the LKE, the working days and the evidence folder."""
        self._instrumen = instrumen
        self._simpan = simpan
        self.hari_kerja = kalender.hari_kerja_terakhir

    def berkas(self, nama: str, isi: str) -> tuple[Berkas, ...]:
        """Keep a small text as an evidence file, marked as invented."""
        return (self._simpan(nama, f"{PERAGAAN}\n\n{isi}\n"),)

    def pencanangan(self, kode: str, hari: date, tanda_tangan: int = 58) -> tuple[Catat, ...]:
        """Pasal 6: pact, declaration, publication, charter with its witnesses; ``tanda_tangan`` of 60 employees."""
        nip = kepala(kode, hari)
        saksi = [
            {"nama": f"Saksi Contoh {i}", "unsur": unsur}
            for i, unsur in enumerate(("wali_kota", "inspektorat", "tim_pembangunan_zi", "perguruan_tinggi", "dunia_usaha"), 1)
        ]
        isi: Mapping[str, Mapping[str, Any]] = {
            "pakta_integritas": {"jumlah_pegawai": 60, "penandatangan": tanda_tangan, "pimpinan": "ya"},
            "naskah_deklarasi": {"penandatangan": nip},
            "publikasi": {"kanal": "Laman Perangkat Daerah", "alamat": f"https://{kode.lower()}.binjai.example/zona-integritas"},
            "piagam": {"nomor": nomor_surat(kode, hari, "PIAGAM"), "penandatangan": nip, "saksi": saksi},
        }
        return tuple(Catat(jenis, kode, satu, hari, nip) for jenis, satu in isi.items())

    def penetapan(self, kode: str, hari: date) -> tuple[Catat, ...]:
        """Pasal 7: the decree and the three judged criteria."""
        keputusan = {"nomor": nomor_surat(kode, hari, "SK"), "rencana": f"Rencana Wali Kota tentang Zona Integritas {hari.year} (rekaan)"}
        return (
            Catat("keputusan_penetapan", kode, keputusan, hari, ADMIN),
            *self.kriteria(kode, hari, ("layanan_utama", "risiko_tinggi", "dampak_luas")),
        )

    def kriteria(self, kode: str, hari: date, nama: Sequence[str]) -> tuple[Catat, ...]:
        """Judge criteria that cannot be computed, by name and with a reason."""
        isi = ({"kriteria": k, "terpenuhi": "ya", "alasan": f"Penilaian rekaan untuk peragaan: {k.replace('_', ' ')}"} for k in nama)
        return tuple(Catat("penilaian_kriteria", kode, satu, hari, penilai(kode)) for satu in isi)

    def pembangunan(self, kode: str, hari: date, layanan: str) -> tuple[Catat, ...]:
        """Pasal 8: services, issues and risks, six programmes, the team, the action plan."""
        nip = kepala(kode, hari)
        identifikasi = {"layanan_utama": [layanan], "isu_strategis": ["Waktu tunggu layanan"], "risiko": ["Pungutan di luar ketentuan"]}
        tim = [{"nip": nip, "nama": nama_kepala(nomor_kepala(kode, hari)), "area": 1, "unsur": "pejabat"}]
        for area in AREA:
            nip_pegawai, nama = pegawai(kode, area)
            tim.append({"nip": nip_pegawai, "nama": nama, "area": area, "unsur": "pegawai"})
        return (
            Catat("identifikasi", kode, identifikasi, hari, nip),
            *(Catat("program", kode, {"area": a, "nama": _PROGRAM[a - 1]}, hari, nip) for a in AREA),
            Catat("tim_kerja", kode, {"nomor_sk": nomor_surat(kode, hari, "TIM"), "anggota": tim}, hari, nip),
            Catat("rencana_aksi", kode, {"butir": [_butir(kode, a, hari) for a in AREA]}, hari, nip),
        )

    def realisasi(self, kode: str, area: int, hari: date, capaian: str) -> tuple[Catat, ...]:
        """Report how far the item of the action plan for one area has come, in percent."""
        return (Catat("realisasi", kode, {"kode": f"A{area}", "capaian": capaian}, hari, kepala(kode, hari)),)

    def menjelang(self, kode: str, tempo: date, ke: int) -> date:
        """Return the working day on which a unit meets a due date: some days before, seldom after, by unit and turn."""
        return self.hari_kerja(tempo - timedelta(_LEBIH_AWAL[(perangkat_daerah()[kode].nomor + ke) % len(_LEBIH_AWAL)]))

    def pemantauan(self, kode: str, hari: date, *, laporan: str | None = None) -> tuple[Catat, ...]:
        """Pasal 9: one periodic monitoring, with the number of its report to the ministry where there is one."""
        isi = {"hasil": "Rencana aksi berjalan (rekaan)", **({"laporan": laporan} if laporan else {})}
        return (Catat("pemantauan", kode, isi, hari, penilai(kode)),)

    def pendampingan(self, kode: str, hari: date, bentuk: str = "asistensi") -> tuple[Catat, ...]:
        """Pasal 9: one mentoring."""
        return (Catat("pendampingan", kode, {"bentuk": bentuk, "hasil": "Dipahami dan ditindaklanjuti (rekaan)"}, hari, penilai(kode)),)

    def berkala(self, kode: str, dari: date, sampai: date) -> Iterator[tuple[Catat, ...]]:
        """Monitor within three months of ``dari`` and of each time before ``sampai``, with mentoring at the first and every other time."""
        hari, ke = dari, 0
        while (hari := self.menjelang(kode, tambah_bulan(hari, 3), ke)) < sampai:
            yield (*self.pemantauan(kode, hari), *(self.pendampingan(kode, hari) if ke % 2 == 0 else ()))
            ke += 1

    def angka_tahunan(self, kode: str, hari: date) -> tuple[Catat, ...]:
        """Figures of the year before: follow-up of findings, LHKPN, LHKASN, SAKIP."""
        isi: Mapping[str, Mapping[str, Any]] = {
            "tindak_lanjut_pengawasan": {"temuan": 12, "selesai": 12},
            "lhkpn": {"wajib": 5, "lapor": 5},
            "lhkasn": {"wajib": 55, "lapor": 55},
            "sakip": {"peringkat": "BB"},
        }
        return tuple(Catat(jenis, kode, {"tahun": hari.year - 1, **satu}, hari, penilai(kode)) for jenis, satu in isi.items())

    def lke(self, usulan: Usulan, hari: date, sebagai: str) -> tuple[Catat, ...]:
        """Record the LKE ``sebagai`` unit (by its head) or tpi."""
        isi = {"tahun": usulan.tahun, "penilai": sebagai, "jawaban": jawaban(self._instrumen, usulan.nilai)}
        return (Catat("lke", usulan.kode, isi, hari, penilai(usulan.kode) if sebagai == "tpi" else kepala(usulan.kode, hari)),)

    def lhe(self, kode: str, predikat: str, hari: date, simpulan: str = "memenuhi", rekomendasi: Sequence[str] = ()) -> tuple[Catat, ...]:
        """Record the TPI's report of the evaluation."""
        isi = {"nomor": nomor_surat(kode, hari, "LHE"), "tahun": hari.year, "predikat": predikat, "simpulan": simpulan}
        return (Catat("lhe", kode, {**isi, **({"rekomendasi": list(rekomendasi)} if rekomendasi else {})}, hari, penilai(kode)),)

    def usulan(self, usulan: Usulan) -> Iterator[tuple[Catat, ...]]:
        """Pasal 11–14: everything that a proposal needs, each day's records together, the receipt with its file last."""
        kode, hari = usulan.kode, usulan.hari
        isi = {"tahun": usulan.tahun, "predikat": usulan.predikat}
        yield self.lke(usulan, mundur(hari, 77), "unit")
        yield self.angka_tahunan(kode, mundur(hari, 40))
        yield self.lke(usulan, mundur(hari, 21), "tpi")
        lhe = mundur(hari, 14)
        yield (*self.lhe(kode, usulan.predikat, lhe), *self.kriteria(kode, lhe, ("layanan_utama", "dampak_signifikan")))
        serah, nyata = mundur(hari, 13), mundur(hari, 9)
        sampai = {**isi, "nomor": nomor_surat(kode, serah, "ND"), "rekomendasi": "layak"}
        yield (Catat("penyampaian_wali_kota", kode, sampai, serah, penilai(kode)),)
        sptjm = {**isi, "nomor": nomor_surat(kode, nyata, "SPTJM"), "penandatangan": kepala(kode, nyata)}
        yield (Catat("sptjm", kode, sptjm, nyata, kepala(kode, nyata)),)
        yield self._terima(usulan)

    def _terima(self, usulan: Usulan) -> tuple[Catat, ...]:
        kode, hari = usulan.kode, usulan.terima
        nomor = nomor_surat(kode, hari, "TT")
        isi = {"nomor": nomor, "tahun": usulan.tahun, "predikat": usulan.predikat, "sistem": "portalrb"}
        teks = f"Tanda terima pengajuan {usulan.predikat}\nUnit: {kode}\nNomor: {nomor}\nTanggal: {hari.isoformat()}"
        berkas = self.berkas(f"tanda-terima-{kode.lower()}-{usulan.tahun}.txt", teks)
        return (Catat("tanda_terima", kode, isi, hari, ADMIN, berkas),)

    def hasil_tpn(self, kode: str, predikat: str, tahun: int, hari: date, hasil: str = "memenuhi") -> tuple[Catat, ...]:
        """Record what TPN found."""
        isi = {"nomor": nomor_surat(kode, hari, "TPN"), "tahun": tahun, "predikat": predikat, "hasil": hasil, "penyelenggara": "tpn"}
        return (Catat("hasil_tpn", kode, isi, hari, ADMIN),)

    def keputusan(self, kode: str, predikat: str, tahun: int, menteri: date, hari: date) -> Iterator[tuple[Catat, ...]]:
        """Pasal 15 (1): the Minister's recommendation, then the Wali Kota's decree."""
        isi = {"tahun": tahun, "predikat": predikat}
        yield (Catat("rekomendasi_menteri", kode, {**isi, "nomor": nomor_surat(kode, menteri, "MENPANRB")}, menteri, ADMIN),)
        yield (Catat("keputusan_predikat", kode, {**isi, "nomor": nomor_surat(kode, hari, "SK")}, hari, ADMIN),)


def maju(langkah: str, kode: str, hari: date, oleh: str, **isi: Any) -> AmbilLangkah:  # noqa: ANN401 - each move has fields of its own
    """Return a move."""
    return AmbilLangkah(langkah, kode, isi, hari, oleh)


def nomor_surat(kode: str, hari: date, jenis: str) -> str:
    """Return the number of an invented document, which says that it is one."""
    return f"PERAGAAN/{jenis}/{kode}/{hari:%m%d}/{hari.year}"


def jawaban(instrumen: Instrumen, nilai: Nilai) -> dict[str, str | int]:
    """Return answers to every question of the LKE, as good as ``nilai`` says."""
    pilihan = [s.id for s in instrumen.soal.values() if s.skala.jenis == PILIHAN and len(s.skala.nilai) > 2]  # noqa: PLR2004 - not Ya/Tidak
    turun = set(pilihan[nilai.sela - 1 :: nilai.sela])
    return {s.id: _jawab(s, nilai, turun=s.id in turun) for s in instrumen.soal.values()}


def _jawab(soal: Soal, nilai: Nilai, *, turun: bool) -> str | int:
    if soal.skala.jenis == JUMLAH:
        return _JUMLAH.get(soal.id, 0)
    if soal.skala.jenis == INDEKS:
        return {_INDEKS_SPAK: nilai.spak, _INDEKS_SPKP: nilai.spkp}.get(soal.id, nilai.spkp)
    return sorted(soal.skala.nilai, key=lambda j: soal.skala.nilai[j], reverse=True)[1 if turun else 0]


def _butir(kode: str, area: int, hari: date) -> dict[str, Any]:
    """Return one item of the action plan of that day."""
    return {
        "kode": f"A{area}",
        "area": area,
        "kegiatan": _PROGRAM[area - 1],
        "indikator": f"Kegiatan area {area} terlaksana",
        "target": "100",
        "satuan": "persen",
        "tenggat": tenggat_butir(hari, area).isoformat(),
        "penanggung_jawab": pegawai(kode, area)[0],
    }


def tenggat_butir(rencana: date, area: int) -> date:
    """Return when the item for one area of the action plan of that day is due."""
    return tambah_bulan(rencana, 7 + area)
