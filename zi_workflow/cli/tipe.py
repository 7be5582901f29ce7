"""Types of options and arguments: strict, and their complaints name the value and the way to write it."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple, NoReturn

import click

from zi_workflow.cli.teks import BULAN

if TYPE_CHECKING:
    Tipe = click.ParamType[object]
else:
    Tipe = click.ParamType

_TAHUN_TERAWAL = 1900


class _Tanggal(Tipe):
    """A calendar date, exactly YYYY-MM-DD; becomes ``datetime.date``."""

    name = "tanggal"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002 - click's signature
        """Show the form."""
        return "YYYY-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the date; a day that does not exist is named."""
        if isinstance(value, date):
            return value
        cocok = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", str(value))
        if not cocok:
            self._tolak(f"{value!r} bukan tanggal; tulis YYYY-MM-DD, misalnya 2026-05-31.", param, ctx)
        tahun, bulan, hari = (int(angka) for angka in cocok.groups())
        if tahun < _TAHUN_TERAWAL:
            self._tolak(f"{value!r}: tahun paling awal {_TAHUN_TERAWAL}.", param, ctx)
        if not 1 <= bulan <= len(BULAN):
            self._tolak(f"tanggal {value} tidak ada: bulan {bulan:02d} tidak ada.", param, ctx)
        banyak = monthrange(tahun, bulan)[1]
        if not 1 <= hari <= banyak:
            self._tolak(f"tanggal {value} tidak ada: {BULAN[bulan - 1]} {tahun} berakhir pada tanggal {banyak}.", param, ctx)
        return date(tahun, bulan, hari)

    def _tolak(self, pesan: str, param: click.Parameter | None, ctx: click.Context | None) -> NoReturn:
        self.fail(pesan, param, ctx)


class Instan(NamedTuple):
    """An instant as it was typed: with its offset, or as the wall clock of a zone that is not known yet, or a whole day."""

    saat: datetime | date

    def mulai(self, zona: str) -> datetime:
        """Return the instant as `di` does, but of a day its first microsecond."""
        from zi_workflow.clock import akhir_hari

        if isinstance(self.saat, datetime):
            return self.di(zona)
        return akhir_hari(zona, self.saat - timedelta(days=1)) + timedelta(microseconds=1)

    def di(self, zona: str) -> datetime:
        """Return the instant, read in that zone where no offset was typed; of a day its last microsecond."""
        from zoneinfo import ZoneInfo

        from zi_workflow.clock import akhir_hari

        if not isinstance(self.saat, datetime):
            return akhir_hari(zona, self.saat)
        return self.saat if self.saat.tzinfo is not None else self.saat.replace(tzinfo=ZoneInfo(zona))


class _Instan(Tipe):
    """An instant: YYYY-MM-DD (that day included), YYYY-MM-DDTHH:MM[:SS[.ffffff]], with Z or an offset if wanted."""

    name = "instan"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002 - click's signature
        """Show the form."""
        return "YYYY-MM-DD[THH:MM]"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Instan:
        """Read the instant."""
        if isinstance(value, Instan):
            return value
        teks = str(value)
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", teks):
            return Instan(TANGGAL.convert(value, param, ctx))
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-5][0-9])?", teks):
            self.fail(f"{value!r} bukan saat; tulis misalnya 2026-05-31 atau 2026-05-31T14:30 (WIB), atau dengan +07:00.", param, ctx)
        TANGGAL.convert(teks[:10], param, ctx)
        try:
            return Instan(datetime.fromisoformat(teks))
        except ValueError:
            self.fail(f"{value!r}: jam atau selisih zona itu tidak ada.", param, ctx)


class _Nip(Tipe):
    """18 digits, or ``X-`` and 3-20 capitals or digits for a person without a NIP."""

    name = "NIP"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check the form."""
        if not re.fullmatch(r"[0-9]{18}|X-[A-Z0-9]{3,20}", str(value)):
            self.fail(f"{value!r} bukan NIP: 18 angka, atau X- diikuti 3-20 huruf besar atau angka.", param, ctx)
        return str(value)


class Bilangan(Tipe):
    """A whole number in plain digits, within ``terkecil`` and ``terbesar`` (both included)."""

    name = "bilangan"

    def __init__(self, terkecil: int | None = None, terbesar: int | None = None) -> None:
        """Keep the range."""
        self.terkecil, self.terbesar = terkecil, terbesar

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read the number and check the range."""
        if isinstance(value, int):
            return value
        if not re.fullmatch(r"-?[0-9]{1,18}", str(value)):
            self.fail(f"{value!r} bukan bilangan bulat.", param, ctx)
        angka = int(str(value))
        if self.terkecil is not None and angka < self.terkecil:
            self.fail(f"{angka} kurang dari {self.terkecil}.", param, ctx)
        if self.terbesar is not None and angka > self.terbesar:
            self.fail(f"{angka} lebih dari {self.terbesar}.", param, ctx)
        return angka


class _Desimal(Tipe):
    """An exact decimal with a point, as in JSON; becomes ``Decimal``."""

    name = "desimal"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """Read the number; a comma is refused, for it may also separate thousands."""
        if isinstance(value, Decimal):
            return value
        if not re.fullmatch(r"-?[0-9]{1,18}(\.[0-9]{1,18})?", str(value)):
            self.fail(f"{value!r} bukan bilangan desimal; tulis dengan titik, misalnya 3.60.", param, ctx)
        return Decimal(str(value))


class _YaTidak(Tipe):
    """``ya`` or ``tidak``; becomes a bool."""

    name = "ya|tidak"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002 - click's signature
        """Show both words."""
        return "[ya|tidak]"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> bool:
        """Read the word."""
        if isinstance(value, bool):
            return value
        if value not in {"ya", "tidak"}:
            self.fail(f"{value!r} bukan ya atau tidak.", param, ctx)
        return value == "ya"


class Teks(Tipe):
    """Text that is not empty and at most ``terpanjang`` characters, without line feeds or control characters."""

    name = "teks"

    def __init__(self, terpanjang: int = 200) -> None:
        """Keep the length."""
        self.terpanjang = terpanjang

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check the text."""
        teks = str(value)
        if not teks.strip():
            self.fail("teks ini tidak boleh kosong.", param, ctx)
        if len(teks) > self.terpanjang:
            self.fail(f"teks ini paling panjang {self.terpanjang} huruf, tertulis {len(teks)}.", param, ctx)
        if re.search("[\x00-\x1f\x7f\ud800-\udfff]", teks):
            self.fail(f"{teks!r} memuat huruf kendali.", param, ctx)
        return teks


TANGGAL = _Tanggal()
INSTAN = _Instan()
NIP = _Nip()
DESIMAL = _Desimal()
YA_TIDAK = _YaTidak()
