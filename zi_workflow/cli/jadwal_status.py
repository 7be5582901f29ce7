"""``zi jadwal status``: how far the sweeps have come, what waits, and who holds the turns."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from zi_workflow.cli.bacaan import baca
from zi_workflow.cli.dasar import Konteks
from zi_workflow.cli.dasar import perintah as verba
from zi_workflow.cli.tampilan import pasangan, tanggal, waktu

if TYPE_CHECKING:
    from zi_workflow.cli.tampilan import Gaya


@verba("status", "Tampilkan sapuan terakhir dan berikutnya, tunggakan, surat, dan pemegang giliran.", contoh="zi jadwal status")
def perintah(konteks: Konteks) -> None:
    """Look; nothing is written."""
    from projections import jadwal, kotak_keluar, sapuan, surat
    from zi_workflow.domain.reminders import TAK_ADA

    aplikasi = konteks.aplikasi()
    aliran, aturan, hari = aplikasi.layanan.aliran, aplikasi.penyapu.aturan(), aplikasi.hari_ini().isoformat()
    milik = (aliran.instansi, aliran.alur)
    akhir = baca(konteks, lambda k: sapuan.satu(k, *milik))
    berikut = baca(konteks, lambda k: jadwal.berikut(k, *milik, aturan))
    data: dict[str, Any] = {
        "skema": 1,
        "pada": hari,
        "sapuan_terakhir": {"pada": akhir["pada"], "waktu_catat": akhir["waktu_catat"]} if akhir else None,
        "tunggakan_unit": baca(konteks, lambda k: jadwal.tunggakan(k, *milik, aturan, hari)),
        "langkah_berikut": berikut if berikut not in (None, TAK_ADA.isoformat(), "") else None,
        "pengingat_menunggu": baca(konteks, lambda k: kotak_keluar.banyak_menunggu(k, aliran.instansi)),
        "surat": baca(konteks, lambda k: surat.ringkas(k, aliran.instansi)),
        "giliran": [_giliran(g) for g in aplikasi.store.giliran()],
    }
    konteks.keluarkan(data, layar=partial(_layar, data))


def _giliran(satu: Any) -> dict[str, Any]:  # noqa: ANN401 - a record of the store, which is loaded lazily
    return {k: getattr(satu, k) for k in ("nama", "pemegang", "sampai", "mulai", "selesai", "hasil", "berikut")}


def _layar(data: dict[str, Any], gaya: Gaya) -> str:
    akhir, berikut, surat = data["sapuan_terakhir"], data["langkah_berikut"], data["surat"]
    tunggakan = data["tunggakan_unit"]
    butir: list[tuple[str, object]] = [
        ("Sapuan terakhir", f"hari {tanggal(akhir['pada'])}, dicatat {waktu(akhir['waktu_catat'])}" if akhir else "belum pernah"),
        ("Tunggakan", f"{tunggakan} unit perlu dilihat: zi jadwal sapu" if tunggakan else "tidak ada"),
        ("Langkah berikutnya", tanggal(berikut) if berikut else "belum dihitung" if tunggakan else "tidak ada"),
        ("Pengingat belum disurati", data["pengingat_menunggu"]),
        ("Surat", ", ".join(f"{n} {k}" for k, n in sorted(surat.items())) or "belum ada"),
    ]
    butir += [(f"Giliran {satu['nama']}", _sebut(satu)) for satu in data["giliran"]]
    if not data["giliran"]:
        butir.append(("Penjadwal", "belum pernah berjalan: zi jadwal jalan"))
    return pasangan(butir, gaya)


def _sebut(satu: dict[str, Any]) -> str:
    bagian = [f"dipegang {satu['pemegang']} sampai {waktu(satu['sampai'])}" if satu["pemegang"] else "bebas"]
    if satu["selesai"]:
        bagian.append(f"selesai terakhir {waktu(satu['selesai'])}")
    if satu["berikut"]:
        bagian.append(f"bangun berikutnya {waktu(satu['berikut'])}")
    return "; ".join(bagian)
