"""click's commands and groups as this program uses them: Indonesian, exact names only, help on stdout."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

from zi_workflow.cli.sesi import Sesi

BANTUAN = ("-h", "--help")
# click's own names of types, shown in help and in "is not a valid …".
click.STRING.name = "teks"
click.INT.name = "bilangan"
click.IntRange.name = "bilangan"
click.BOOL.name = "ya/tidak"


def kirim(ctx: click.Context, teks: str) -> None:
    """Put ``teks`` into the run's answer."""
    sesi: Sesi = ctx.find_root().obj
    sesi.simpan(teks.rstrip("\n") + "\n")


class _Bersama(click.Command):
    """What commands and groups share. ``contoh``: examples that run, one a line."""

    contoh: str = ""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:  # noqa: ARG002 - click's signature
        """Return the help option, whose text goes through the run's answer."""
        if self._help_option is None:
            self._help_option = click.Option(
                [*BANTUAN, "_bantuan"], is_flag=True, is_eager=True, expose_value=False, callback=_bantu, help="Tampilkan bantuan ini."
            )
        return self._help_option

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse, and let every usage error know in which command it happened."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as salah:
            if salah.ctx is None:
                salah.ctx = ctx
            raise

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the pieces of the usage line, the words of click in Indonesian."""
        return [_ISTILAH.get(satu, satu) for satu in super().collect_usage_pieces(ctx)]

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first sentence of the help, whole: the list of commands wraps it."""
        return super().get_short_help_str(max(limit, 400))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples unwrapped, so that they can be copied, then the closing words."""
        if self.contoh:
            with formatter.section("Contoh"):
                for baris in self.contoh.strip().splitlines():
                    formatter.write(f"{'':>{formatter.current_indent}}{baris.strip()}\n")
        super().format_epilog(ctx, formatter)


_ISTILAH = {"[OPTIONS]": "[OPSI]", "COMMAND [ARGS]...": "PERINTAH [ARGUMEN]..."}


def _bantu(ctx: click.Context, _opsi: click.Parameter, nilai: bool) -> None:
    if nilai and not ctx.resilient_parsing:
        kirim(ctx, ctx.get_help())
        ctx.exit()


class Perintah(_Bersama):
    """A verb, or a sub-verb. ``menulis``: it changes the store."""

    menulis: bool = False


class Kelompok(_Bersama, click.Group):
    """A verb with sub-verbs, named exactly; ``@kelompok.perintah(...)`` adds one (see ``dasar.perintah``)."""

    def __init__(self, nama: str, bantuan: str, *, contoh: str = "", **lain: Any) -> None:  # noqa: ANN401 - click's own arguments
        """Make the group; ``bantuan`` is its help, ``contoh`` its examples."""
        super().__init__(nama, help=bantuan, **lain)
        self.contoh = contoh

    def perintah(self, nama: str, bantuan: str, **lain: Any) -> Callable[[Callable[..., None]], Perintah]:  # noqa: ANN401 - as dasar.perintah
        """Like ``dasar.perintah``, and adds the sub-verb to this group."""
        from zi_workflow.cli.dasar import perintah

        def hias(fungsi: Callable[..., None]) -> Perintah:
            satu = perintah(nama, bantuan, **lain)(fungsi)
            self.add_command(satu)
            return satu

        return hias

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order of the source."""
        return list(self.commands)


class KelompokMalas(Kelompok):
    """A group whose sub-verbs are named in a table and imported when called.

    ``tabel``: rows of (name, module, attribute, one line of help). Help needs no import.
    """

    def __init__(self, nama: str, bantuan: str, *, tabel: Sequence[tuple[str, str, str, str]], **lain: Any) -> None:  # noqa: ANN401
        """Keep the table."""
        super().__init__(nama, bantuan, **lain)
        self.tabel = {baris[0]: baris for baris in tabel}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the table's names, then those that were added by hand."""
        return [*self.tabel, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the verb's module. Raises click.UsageError where this edition does not have it."""
        if cmd_name not in self.tabel or cmd_name in self.commands:
            return super().get_command(ctx, cmd_name)
        _, modul, atribut, _ = self.tabel[cmd_name]
        import importlib

        try:
            hasil = getattr(importlib.import_module(modul), atribut)
        except ModuleNotFoundError as salah:
            if salah.name != modul:
                raise
            raise click.UsageError(f"Perintah {cmd_name!r} belum tersedia pada versi ini.", ctx) from None
        if not isinstance(hasil, click.Command):
            raise TypeError(f"{modul}.{atribut} bukan perintah")
        return hasil

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs from the table."""
        baris = [
            (nama, self.tabel[nama][3] if nama in self.tabel else self.commands[nama].get_short_help_str(60)) for nama in self._tampak(ctx)
        ]
        with formatter.section("Perintah"):
            formatter.write_dl(baris)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        """Complete names from the table."""
        from click.shell_completion import CompletionItem

        hasil = [
            CompletionItem(nama, help=self.tabel[nama][3])
            for nama in self._tampak(ctx)
            if nama in self.tabel and nama.startswith(incomplete)
        ]
        return hasil + click.Command.shell_complete(self, ctx, incomplete)

    def _tampak(self, ctx: click.Context) -> list[str]:
        return [nama for nama in self.list_commands(ctx) if not (nama in self.commands and self.commands[nama].hidden)]
