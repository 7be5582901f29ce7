"""``zi pejabat hapus-data``: destroy the key of a person's data, on record and for good."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from zi_workflow.cli.dasar import Konteks, periksa_konfirmasi
from zi_workflow.cli.tulis import ditolak, kirim
from zi_workflow.domain.errors import MasukanSalah

if TYPE_CHECKING:
    from zi_workflow.cli.tampilan import Gaya

_ORANG = re.compile(r"O-[0-9A-F]{20}")


def hapus(konteks: Konteks, nip: str | None, orang: str | None, konfirmasi: str | None, *, alasan: str, dasar: str) -> None:
    """Decide, record, then destroy; the same again finishes what was cut short."""
    from zi_workflow.erasure import perintah_hapus

    siapa = _siapa(nip, orang)
    coba, app = konteks.penulisan.coba, konteks.aplikasi()
    if not coba:
        periksa_konfirmasi(konfirmasi, siapa)
    oleh, brankas = konteks.oleh(), app.store.brankas
    perintah = perintah_hapus(
        app.layanan.instansi(), brankas, siapa, alasan=alasan, dasar=dasar, tanggal=konteks.tanggal(), oleh=oleh
    )  # fmt: skip
    jawaban = kirim(konteks, [perintah], ())
    if not jawaban.diterima:
        raise ditolak(jawaban.penolakan, coba=coba, hari_ini=app.hari_ini())
    if not coba:
        brankas.musnahkan(siapa, perintah.kunci)
    isi: dict[str, Any] = {"orang": siapa, "kunci": perintah.kunci, "dimusnahkan": not coba}
    konteks.keluarkan({**jawaban.polos(), **isi}, layar=partial(_layar, isi))


def _siapa(nip: str | None, orang: str | None) -> str:
    """Return whose data are meant; raises MasukanSalah unless exactly one person is named."""
    if (nip is None) == (orang is None):
        raise MasukanSalah("Sebut satu orang.", "NIP, atau --orang ID bagi yang tidak ber-NIP.", "zi pejabat hapus-data --help")
    if orang is not None and not _ORANG.fullmatch(orang):
        raise MasukanSalah(
            f"ID orang {orang[:40]!r} tidak sah.",
            "ID itu O- dan 20 huruf atau angka, tertulis pada peristiwanya.",
            "zi audit lihat NOMOR --json",
        )
    return str(nip or orang)


def _layar(isi: dict[str, Any], _gaya: Gaya) -> str:
    if not isi["dimusnahkan"]:
        return f"Data pribadi {isi['orang']} dapat dihapus; percobaan, tidak ada yang ditulis dan kuncinya masih ada.\n"
    return (
        f"Data pribadi {isi['orang']} dihapus: kuncinya dimusnahkan. Setiap bukti tetap sah; namanya kini tertulis 'dihapus'.\n"
        "Hapus juga kunci itu dari setiap cadangan folder kunci.\n"
    )
