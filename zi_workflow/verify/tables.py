"""The small tables beside the log: head, keys, definitions, turns, places of the read models; each row against the log or its checksum."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Connection, Table, and_, func, or_, select

from zi_workflow.domain.errors import PenyimpananGagal
from zi_workflow.readmodel import Proyeksi, ikatan, posisi
from zi_workflow.store.schema import SKEMA, definisi, giliran, kepala, kunci, meta, peristiwa
from zi_workflow.store.setup import periksa_skema
from zi_workflow.verify.findings import BATAS, TABEL, Kumpulan

_META: Final = {"skema": str(SKEMA)}
"""Rows that the table of settings has, beside `_BRANKAS`."""
_BRANKAS: Final = "brankas"
"""The id of the key store of personal data, which is another in every register."""

_TERSEGEL: Final = {
    "sqlite": "SELECT nomor, aliran FROM peristiwa WHERE instr(isi, CAST('\"$pribadi\"' AS BLOB)) > 0 ORDER BY nomor LIMIT 1",
    "postgresql": "SELECT nomor, aliran FROM peristiwa WHERE position('\"$pribadi\"'::bytea in isi) > 0 ORDER BY nomor LIMIT 1",
}


def wajib_siap(koneksi: Connection) -> None:
    """Raise `PenyimpananGagal` for a database that holds no store at all, or one that a newer program has written."""
    ada = set(koneksi.dialect.get_table_names(koneksi))
    if peristiwa.name not in ada and kepala.name not in ada and meta.name not in ada:
        raise PenyimpananGagal("Penyimpanan belum disiapkan.", "Tidak ada satu pun tabelnya.", "Jalankan `zi siapkan`, lalu ulangi.")
    if meta.name in ada:
        for nama, nilai, ikat in koneksi.exec_driver_sql("SELECT nama, nilai, ikatan FROM meta"):
            if nama == "skema" and ikat == ikatan(nama, nilai) and str(nilai).isdecimal() and int(nilai) > SKEMA:
                periksa_skema(nilai)


def periksa_tabel(koneksi: Connection, proyeksi: Sequence[Proyeksi], instansi: str, kumpulan: Kumpulan) -> None:
    """Check every row of the small tables."""
    p = peristiwa.c
    akhir = koneksi.execute(select(p.nomor, p.waktu_catat).order_by(p.nomor.desc()).limit(1)).first()
    ujung = (akhir.nomor, akhir.waktu_catat) if akhir is not None else (0, "")
    _kepala(koneksi, instansi, ujung, kumpulan)
    _nama(koneksi, instansi, kumpulan)
    for tabel in (meta, kunci, giliran):
        _ikatan(koneksi, tabel, kumpulan)
    isi = {b.nama: b.nilai for b in koneksi.execute(select(meta))}
    if {k: v for k, v in isi.items() if k != _BRANKAS} != _META:
        kumpulan.temukan(TABEL, f"tabel meta berisi {isi}, seharusnya {_META}")
    if _BRANKAS not in isi and (tersegel := koneksi.exec_driver_sql(_TERSEGEL[koneksi.dialect.name]).first()) is not None:
        kumpulan.temukan(TABEL, "tabel meta tidak lagi menyebut brankas, padahal peristiwa ini memuat data pribadi tersegel", *tersegel)
    _posisi(koneksi, proyeksi, ujung[0], kumpulan)
    _definisi(koneksi, kumpulan)
    _kunci(koneksi, ujung[0], kumpulan)


def _kepala(koneksi: Connection, instansi: str, ujung: tuple[int, str], kumpulan: Kumpulan) -> None:
    """Compare the head row with the end of the log."""
    baris = [tuple(b) for b in koneksi.execute(select(kepala.c.instansi, kepala.c.nomor, kepala.c.waktu))]
    if [b[0] for b in baris] != [instansi]:
        milik = koneksi.execute(select(peristiwa.c.instansi).order_by(peristiwa.c.nomor).limit(1)).scalar()
        if len(baris) == 1 and baris[0][0] == milik:
            raise PenyimpananGagal(f"Penyimpanan ini milik instansi {milik}.", f"Yang diminta: {instansi}.", "Periksa `--basis`.")
        kumpulan.temukan(TABEL, f"tabel kepala memuat {[b[0] for b in baris]}, seharusnya hanya {instansi}")
        return
    _, nomor, waktu = baris[0]
    if nomor > ujung[0]:
        sampai = f" sampai {nomor}" if nomor > ujung[0] + 1 else ""
        kumpulan.temukan(TABEL, f"nomor {ujung[0] + 1}{sampai} tidak ada: ekor log dipotong (kepala mencatat {nomor})", ujung[0] + 1)
    elif nomor != ujung[0]:
        kumpulan.temukan(TABEL, f"kepala mencatat nomor terakhir {nomor}, log berakhir pada {ujung[0]}", nomor + 1)
    elif waktu != ujung[1]:
        kumpulan.temukan(TABEL, f"kepala mencatat waktu {waktu}, peristiwa terakhir dicatat {ujung[1]}")


def _nama(koneksi: Connection, instansi: str, kumpulan: Kumpulan) -> None:
    """See that every event's stream is named after what it says it belongs to."""
    p = peristiwa.c
    salah = or_(p.instansi != instansi, p.aliran != p.instansi + "/" + p.alur + "/" + p.kode)
    for nomor, aliran in koneksi.execute(select(p.nomor, p.aliran).where(salah).order_by(p.nomor).limit(BATAS)):
        kumpulan.temukan(TABEL, "nama aliran tidak cocok dengan instansi, alur, dan kodenya", nomor, aliran)


def _ikatan(koneksi: Connection, tabel: Table, kumpulan: Kumpulan) -> None:
    for baris in koneksi.execute(select(tabel)):
        *nilai, ada = baris
        if ada != ikatan(*nilai):
            kumpulan.temukan(TABEL, f"baris {nilai[0]} dalam tabel {tabel.name} berubah")


def _posisi(koneksi: Connection, proyeksi: Sequence[Proyeksi], akhir: int, kumpulan: Kumpulan) -> None:
    """See that every read model has folded the log to its end; raises `PenyimpananGagal` for one that a newer program folds."""
    ada: dict[str, tuple[Any, ...]] = {b[0]: tuple(b) for b in koneksi.execute(select(posisi))}
    kini = {p.nama: p.versi for p in proyeksi}
    for nama in sorted({*ada, *kini}):
        if nama not in ada:
            kumpulan.temukan(TABEL, f"tampilan {nama} tidak ada dalam tabel posisi (bila program baru dipasang: `zi siapkan`)")
            continue
        _, versi, nomor, ikat = ada[nama]
        if ikat != ikatan(nama, versi):
            kumpulan.temukan(TABEL, f"baris {nama} dalam tabel posisi berubah")
        elif nama not in kini or versi > kini[nama]:
            raise PenyimpananGagal(f"Tampilan {nama} ditulis program yang lebih baru.", f"Versinya {versi}.", "Pasang zi terbaru.")
        elif versi < kini[nama] or nomor != akhir:
            kumpulan.temukan(TABEL, f"tampilan {nama} berhenti pada nomor {nomor}, log berakhir pada {akhir} (`zi siapkan` melanjutkannya)")


def _definisi(koneksi: Connection, kumpulan: Kumpulan) -> None:
    """See that every definition is what its hash says, and that the log's definitions, and no other, are kept."""
    p = peristiwa.c
    pakai = select(p.sidik_regulasi, func.min(p.nomor)).group_by(p.sidik_regulasi)
    dipakai: dict[str, int] = {sidik: nomor for sidik, nomor in koneksi.execute(pakai)}  # noqa: C416 - rows are no pairs to the type checker
    ada = set()
    for sidik, isi in koneksi.execute(select(definisi.c.sidik, definisi.c.isi)):
        ada.add(sidik)
        if sidik != f"sha256:{sha256(isi).hexdigest()}":
            kumpulan.temukan(TABEL, f"definisi {sidik} tidak cocok dengan sidiknya", dipakai.get(sidik))
        elif sidik not in dipakai:
            kumpulan.temukan(TABEL, f"definisi {sidik} tidak dipakai peristiwa mana pun: disisipkan")
    for sidik, nomor in sorted(dipakai.items(), key=lambda satu: satu[1]):
        if sidik not in ada:
            kumpulan.temukan(TABEL, f"definisi {sidik}, yang memutuskan peristiwa ini, tidak disimpan", nomor)


def _kunci(koneksi: Connection, akhir: int, kumpulan: Kumpulan) -> None:
    """See that the keys and the events that were recorded with them agree, both ways."""
    p, k = peristiwa.c, kunci.c
    di_dalam = and_(p.nomor > k.nomor - k.jumlah, p.nomor <= k.nomor)
    milik = select(func.count()).select_from(peristiwa).where(di_dalam, p.kunci == k.kunci).correlate(kunci).scalar_subquery()
    for nama, nomor, jumlah, cocok in koneksi.execute(select(k.kunci, k.nomor, k.jumlah, milik)):
        if not 0 <= jumlah <= nomor <= akhir or cocok != jumlah:
            kumpulan.temukan(TABEL, f"kunci {nama} menunjuk {jumlah} peristiwa sampai nomor {nomor}; yang cocok {cocok}")
    sambung = peristiwa.outerjoin(kunci, and_(p.kunci == k.kunci, di_dalam))
    lepas = select(p.nomor, p.aliran, p.kunci).select_from(sambung).where(p.kunci.is_not(None), k.kunci.is_(None))
    for nomor, aliran, nama in koneksi.execute(lepas.order_by(p.nomor).limit(BATAS)):
        kumpulan.temukan(TABEL, f"kunci {nama} dari peristiwa ini tidak ada dalam tabel kunci", nomor, aliran)
