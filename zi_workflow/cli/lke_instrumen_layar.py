"""How editions of the instrument are shown: to people in lines, to programs as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from zi_workflow.cli.blok import lipat
from zi_workflow.cli.tampilan import Kolom, tabel

if TYPE_CHECKING:
    from zi_workflow.cli.tampilan import Gaya
    from zi_workflow.domain.instrument import Indikator, Instrumen, Soal
    from zi_workflow.domain.revisions import Beda

_JUDUL = {
    "soal_hilang": "Soal yang hilang",
    "soal_baru": "Soal baru",
    "soal_id": "Soal yang nomornya berubah",
    "skala": "Skala yang berubah",
    "pindah": "Soal yang pindah indikator",
    "teks": "Teks yang berubah",
    "rumus": "Rumus yang berubah",
    "bobot": "Bobot yang berubah",
}
_SEBUT_MAKS = 12
_LEKUK = 2


def data_beda(perbedaan: Sequence[Beda]) -> list[dict[str, Any]]:
    """Return the differences for programs."""
    return [{"apa": b.apa, "id": b.id, "dari": b.dari, "ke": b.ke, "uraian": b.uraian or None} for b in perbedaan]


def layar_beda(lama: str, baru: str, perbedaan: Sequence[Beda], gaya: Gaya, *, ringkas: bool = False) -> str:
    """Return the differences for people, kind by kind; ``ringkas`` only names the questions whose texts changed."""
    if not perbedaan:
        return lipat(f"Tidak ada perbedaan antara edisi {lama} dan {baru}.", gaya)
    hasil = [lipat(f"Perbedaan edisi {baru} dari edisi {lama}:", gaya)]
    for apa, judul in _JUDUL.items():
        semua = [b for b in perbedaan if b.apa == apa]
        if apa == "teks" and ringkas and semua:
            sebut = ", ".join(b.id for b in semua[:_SEBUT_MAKS]) + (" …" if len(semua) > _SEBUT_MAKS else "")
            hasil.append(lipat(f"{judul}: {len(semua)} soal ({sebut})", gaya, lekuk=_LEKUK, lanjut=_LEKUK * 2))
        elif semua:
            hasil.append(lipat(f"{judul}: {len(semua)}", gaya, lekuk=_LEKUK))
            hasil += [lipat(_kalimat(b), gaya, lekuk=_LEKUK * 2, lanjut=_LEKUK * 3) for b in semua]
    return "".join(hasil)


def _kalimat(beda: Beda) -> str:
    uraian = f" ({beda.uraian})" if beda.uraian else ""
    if beda.apa in ("soal_baru", "soal_hilang"):
        return f"{beda.id}{uraian}"
    if beda.apa == "teks":
        return f"{beda.id}: '{beda.dari}' menjadi '{beda.ke}'" if beda.dari != beda.ke else f"{beda.id}: kriteria atau pilihannya{uraian}"
    dari, ke = (_angka(beda, n) for n in (beda.dari, beda.ke))
    if beda.apa == "soal_id":
        return f"{dari} menjadi {ke}{uraian}"
    return f"{beda.id}: {dari} menjadi {ke}{uraian}"


def _angka(beda: Beda, nilai: str | None) -> str:
    if nilai is None:
        return "tidak ada"
    return nilai.replace(".", ",") if beda.apa == "bobot" else nilai


def layar_daftar(semua: Sequence[dict[str, Any]], gaya: Gaya) -> str:
    """Return the list of editions as a table."""
    kolom = [Kolom("Edisi", tetap=True), Kolom("Tahun", kanan=True), "Judul", Kolom("Sejak"), Kolom("Soal", kanan=True), "Asal"]
    baris = [(e["edisi"], e["tahun"], e["judul"], e["sejak"], e["jumlah_soal"], _asal(e)) for e in semua]
    return tabel(kolom, baris, gaya, kosong="Belum ada edisi instrumen.")


def _asal(edisi: dict[str, Any]) -> str:
    return edisi["asal"] if edisi["nomor"] is None else f"master, nomor {edisi['nomor']}"


def layar_edisi(instrumen: Instrumen, gaya: Gaya) -> str:
    """Return the tree of an edition."""
    hasil = [lipat(f"{instrumen.judul} (edisi {instrumen.versi}, {len(instrumen.soal)} soal)", gaya)]
    for komponen in instrumen.komponen:
        for aspek in komponen.aspek:
            hasil.append(lipat(f"{komponen.nama}, {aspek.nama}: bobot {_bobot(aspek.bobot)}", gaya))
            for bagian in aspek.bagian:
                if bagian.nomor is not None:
                    nama = instrumen.area[bagian.nomor]
                    hasil.append(lipat(f"Area {bagian.nomor} {nama}: bobot {_bobot(bagian.bobot)}", gaya, lekuk=_LEKUK))
                hasil += [_indikator(i, gaya) for i in bagian.indikator]
    return "".join(hasil)


def _indikator(indikator: Indikator, gaya: Gaya) -> str:
    judul = lipat(f"{indikator.id} {indikator.nama}: bobot {_bobot(indikator.bobot)}", gaya, lekuk=_LEKUK * 2, lanjut=_LEKUK * 4)
    soal = [lipat(f"{s.id:>4} {s.skala.id:<9} {s.uraian}", gaya, lekuk=_LEKUK * 3, lanjut=_LEKUK * 3 + 15) for s in indikator.soal]
    return judul + "".join(soal)


def layar_soal(soal: Soal, gaya: Gaya) -> str:
    """Return one question with what earns which answer."""
    hasil = [lipat(f"Soal {soal.id} ({soal.skala.id}): {soal.uraian}", gaya, lanjut=_LEKUK)]
    hasil += [lipat(b, gaya, lekuk=_LEKUK, lanjut=_LEKUK * 2) for b in soal.kriteria.splitlines() if b.strip()]
    hasil += [lipat(f"{huruf}: {label}", gaya, lekuk=_LEKUK, lanjut=_LEKUK * 2) for huruf, label in soal.pilihan.items()]
    if not soal.kriteria and not soal.pilihan:
        hasil.append(lipat("Kriteria dan pilihannya ada di edisi yang dimuat dari master resmi.", gaya, lekuk=_LEKUK))
    return "".join(hasil)


def data_edisi(instrumen: Instrumen) -> dict[str, Any]:
    """Return an edition for programs: the tree with all texts, weights as decimal text."""
    return {
        "edisi": instrumen.versi,
        "judul": instrumen.judul,
        "sejak": instrumen.sejak,
        "jumlah_soal": len(instrumen.soal),
        "jumlah_dinilai": len(instrumen.butir),
        "area": {str(n): nama for n, nama in instrumen.area.items()},
        "skala": {s.id: {"jenis": s.jenis, "tertinggi": s.tertinggi or None, "nilai": _nilai(s.nilai)} for s in instrumen.skala.values()},
        "komponen": [
            {
                "id": k.id,
                "nama": k.nama,
                "bobot": _desimal(k.bobot),
                "aspek": [{"id": a.id, "nama": a.nama, "bobot": _desimal(a.bobot), "indikator": _semua(instrumen, a.id)} for a in k.aspek],
            }
            for k in instrumen.komponen
        ],
    }


def _semua(instrumen: Instrumen, aspek: str) -> list[dict[str, Any]]:
    from zi_workflow.domain.instrument import Rumus

    return [
        {
            "id": i.id,
            "nama": i.nama,
            "bobot": _desimal(i.bobot),
            "area": i.area,
            "soal": [_soal(s) for s in i.soal],
            "rumus": [
                {"jenis": b.jenis, "uraian": b.uraian, "peran": {p: list(ids) for p, ids in b.peran.items()}, "perlu": list(b.perlu)}
                for b in i.butir
                if isinstance(b, Rumus)
            ],
        }
        for i in instrumen.indikator
        if i.aspek == aspek
    ]


def _soal(soal: Soal) -> dict[str, Any]:
    return {
        "id": soal.id,
        "skala": soal.skala.id,
        "uraian": soal.uraian,
        "kriteria": soal.kriteria or None,
        "pilihan": dict(soal.pilihan),
    }


def data_soal(instrumen: Instrumen, soal: Soal) -> dict[str, Any]:
    """Return one question of an edition for programs."""
    return {"edisi": instrumen.versi, "soal": _soal(soal)}


def _nilai(nilai: Mapping[str, Fraction]) -> dict[str, str]:
    return {huruf: _desimal(n) for huruf, n in nilai.items()}


def _bobot(bobot: Fraction) -> str:
    return _desimal(bobot).replace(".", ",")


def _desimal(bobot: Fraction) -> str:
    from zi_workflow.domain.edition_record import desimal

    return desimal(bobot)
