"""Past decisions decided again: the command that an event answered, and whether today's machine answers the same.

Pure. The caller brings what the decision saw: the files as they were before it (every event with a smaller number), the definition that
decided (by its hash), and the day on which it was recorded. A decision that relied on a record corrected since may also be asked again
with the record as it is now (`tinjau`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from zi_workflow.domain.commands import nama_perintah
from zi_workflow.domain.decide import putuskan
from zi_workflow.domain.definition import Definisi
from zi_workflow.domain.errors import Galat
from zi_workflow.domain.events import PerintahDitolak, Peristiwa, PetaPolos, Polos, Tercatat
from zi_workflow.domain.retrace import perintah_dari
from zi_workflow.domain.state import Instansi, Unit
from zi_workflow.domain.verdict import Putusan


@dataclass(frozen=True, slots=True)
class Saksi:
    """What a decision saw: the unit's file (None where there was none), the instansi's, other units, and the day of recording.

    ``induk`` is the file that the unit's is about.
    """

    definisi: Definisi
    unit: Unit | None
    instansi: Instansi
    lain: Mapping[str, Unit]
    hari_ini: date
    induk: Unit | None = None


def ulang(saksi: Saksi, tercatat: Tercatat, dasar: Sequence[str], kode: str | None) -> tuple[str, ...]:
    """Decide a recorded decision again; return, in words, how the answer differs from the one on record: nothing where it is the same."""
    try:
        putusan = _putuskan(saksi, tercatat, kode)
    except Galat as e:
        return (f"kini tidak dapat diputus: {e.pesan}",)
    if not putusan.terbitan:
        return (f"kini tidak menulis apa pun: sudah tercatat sebagai nomor {putusan.sudah}",)
    kini = putusan.terbitan[0]
    beda = _banding(tercatat.peristiwa, kini.peristiwa)
    if kini.tanggal not in (None, tercatat.tanggal):
        beda.append(f"tanggal: {tercatat.tanggal} menjadi {kini.tanggal}")
    if tuple(dasar) != kini.dasar:
        beda.append(f"dasar: {'; '.join(dasar) or '-'} menjadi {'; '.join(kini.dasar) or '-'}")
    return tuple(beda)


def _putuskan(saksi: Saksi, tercatat: Tercatat, kode: str | None) -> Putusan:
    perintah = perintah_dari(tercatat, kode)
    return putuskan(saksi.definisi, saksi.unit, saksi.instansi, perintah, saksi.hari_ini, saksi.lain, induk=saksi.induk)


def _banding(dulu: Peristiwa, kini: Peristiwa) -> list[str]:
    """Name the fields in which two answers differ; a refusal's own hash identifies its request and is no part of the answer."""
    if type(dulu) is not type(kini):
        return [f"dahulu {_sebut(dulu)}, kini {_sebut(kini)}", *_banding_syarat(dulu, kini)]
    nama = [f.name for f in fields(dulu) if f.name not in ("sidik", "syarat")]
    beda = [f"{n}: {getattr(dulu, n)} menjadi {getattr(kini, n)}" for n in nama if getattr(dulu, n) != getattr(kini, n)]
    return beda + _banding_syarat(dulu, kini)


def _sebut(peristiwa: Peristiwa) -> str:
    return "ditolak" if isinstance(peristiwa, PerintahDitolak) else f"diterima ({type(peristiwa).__name__})"


def _banding_syarat(dulu: Peristiwa, kini: Peristiwa) -> list[str]:
    lama, baru = ({str(s["id"]): s for s in getattr(p, "syarat", ())} for p in (dulu, kini))
    beda = []
    for nama in dict.fromkeys((*lama, *baru)):
        satu, lain = lama.get(nama), baru.get(nama)
        if satu is None or lain is None:
            beda.append(f"syarat {nama}: {'tidak ada dahulu' if satu is None else 'tidak ada kini'}")
        elif any(satu.get(k) != lain.get(k) for k in satu.keys() & lain.keys()):
            beda.append(f"syarat {nama}: {_ringkas(satu)} menjadi {_ringkas(lain)}")
    return beda


def _ringkas(syarat: PetaPolos) -> str:
    status = syarat.get("status")
    return f"{'tidak terpenuhi' if status == 'tidak' else status}, ditemukan {syarat.get('ditemukan')}"


def tinjau(saksi: Saksi, tercatat: Tercatat, kode: str | None) -> dict[str, Polos]:
    """Decide a recorded decision again with files in which a record was corrected; return what `PutusanDitinjau.putusan` says of it."""
    p = tercatat.peristiwa
    nama = nama_perintah(perintah_dari(tercatat, kode))
    diterima = not isinstance(p, PerintahDitolak)
    try:
        putusan = _putuskan(saksi, tercatat, kode)
    except Galat as e:
        kini, beda = False, [{"id": "", "dulu": "", "kini": e.pesan}]
    else:
        kini, beda = putusan.diterima, _beda_syarat(getattr(p, "syarat", ()), [t.ringkas() for t in putusan.daftar.temuan])
    hasil: list[Polos] = [dict(b) for b in beda]
    return {
        "nomor": tercatat.nomor,
        "perintah": nama,
        "tanggal": tercatat.tanggal.isoformat(),
        "diterima": diterima,
        "kini": kini,
        "sama": kini == diterima and not _menentukan(beda),
        "beda": hasil,
    }


def _beda_syarat(dulu: Iterable[PetaPolos], kini: Iterable[PetaPolos]) -> list[dict[str, str]]:
    lama, baru = ({str(s["id"]): s for s in semua} for semua in (dulu, kini))
    pasang = ((nama, lama[nama], baru[nama]) for nama in lama if nama in baru)
    return [
        {"id": nama, "dulu": _ringkas(satu), "kini": _ringkas(lain)}
        for nama, satu, lain in pasang
        if any(satu.get(k) != lain.get(k) for k in ("status", "ditemukan"))
    ]


def _menentukan(beda: Iterable[Mapping[str, str]]) -> bool:
    """Say whether a requirement came out another way (a figure that changed without changing that is shown, and decides nothing)."""
    return any(b["dulu"].partition(",")[0] != b["kini"].partition(",")[0] for b in beda)
