"""--per and --diketahui: read into a vantage, and said again in every answer that is given from there."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from zi_workflow.cli.teks import tanggal, waktu
from zi_workflow.domain.errors import MasukanSalah

if TYPE_CHECKING:
    from zi_workflow.bootstrap import Aplikasi
    from zi_workflow.cli.tipe import Instan
    from zi_workflow.vantage import Sudut

TAHUN_TERAKHIR = 2199
"""The last year that is asked about; a calendar goes through every year until then."""


def baca_sudut(aplikasi: Aplikasi, per: date | None, saat: Instan | None) -> Sudut:
    """Return from where to look; raises MasukanSalah for a year that is too far, or an instant of a day that has not come yet.

    A day to come may be asked about (what will have happened by then is what has), but not what will be known on it.
    """
    from zi_workflow.clock import hari_di
    from zi_workflow.vantage import Sudut

    for opsi, hari in (("--per", per), ("--diketahui", None if saat is None else saat.saat)):
        if hari is not None and hari.year > TAHUN_TERAKHIR:
            raise MasukanSalah(
                f"{opsi} {hari.isoformat()} terlalu jauh",
                f"Register ditanyai sampai tahun {TAHUN_TERAKHIR}.",
                "Pakai tahun yang lebih awal.",
            )
    if saat is None:
        return Sudut(per)
    zona, hari_ini = aplikasi.definisi.zona, aplikasi.hari_ini()
    diketahui = saat.di(zona)
    if hari_di(zona, diketahui) > hari_ini:
        raise MasukanSalah(
            f"--diketahui {waktu(diketahui, zona)} belum tiba",
            f"Hari ini {tanggal(hari_ini)}; yang akan diketahui register sesudahnya belum ada.",
            "Hapus --diketahui; hari yang akan datang ditanyakan dengan --per.",
        )
    return Sudut(per, diketahui)


def data_sudut(sudut: Sudut) -> dict[str, date | str]:
    """Return what was asked, for programs: the day, and the instant in UTC as `waktu_catat` is given."""
    hasil: dict[str, date | str] = {} if sudut.per is None else {"per": sudut.per}
    if sudut.diketahui is not None:
        hasil["diketahui"] = _utc(sudut.diketahui)
    return hasil


def _utc(instan: datetime) -> str:
    return instan.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def sebut_sudut(sudut: Sudut, zona: str) -> str:
    """Return what was asked, for people: the beginning of a sentence without its full stop."""
    per = [] if sudut.per is None else [f"keadaan per {tanggal(sudut.per)}"]
    tahu = [] if sudut.diketahui is None else [f"menurut yang diketahui register sampai {waktu(sudut.diketahui, zona)}"]
    kata = ", ".join(per + tahu)
    return kata[:1].upper() + kata[1:]
