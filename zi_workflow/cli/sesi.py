"""One run of the command line: its arguments, the answer that waits for the end, the exit code."""

from __future__ import annotations

from zi_workflow.cli.keluaran import tulis


class Sesi:
    """What one run carries from the first argument to the exit code.

    ``argumen``: the arguments as typed. ``kode``: the exit code of an answer (not of an error). ``menulis``: the verb
    that ran was a writing one and has finished. ``warna``: the colour setting. ``rahasia``: what no message may repeat.
    The answer is kept until the verb is done: a failure leaves stdout empty.
    """

    def __init__(self, argumen: list[str]) -> None:
        """Start with an empty answer."""
        self.argumen = list(argumen)
        self.kode = 0
        self.menulis = False
        self.rahasia: set[str] = set()
        self.warna = self.nilai("--warna") or "auto"
        self._keluaran: list[str | bytes] = []

    def simpan(self, data: str | bytes) -> None:
        """Add to the answer."""
        self._keluaran.append(data)

    def kirim(self) -> None:
        """Write the answer to stdout. Raises KeluaranGagal."""
        for data in self._keluaran:
            tulis(data)
        self._keluaran.clear()

    def ada(self, *opsi: str) -> bool:
        """Say whether one of these flags was typed, also where the arguments could not be parsed."""
        return any(satu in opsi for satu in self._sebelum_akhir())

    def nilai(self, opsi: str) -> str | None:
        """Return the value typed for ``opsi`` (the last one), before any parsing: for options that shape the verb itself."""
        hasil = None
        argumen = self._sebelum_akhir()
        for i, satu in enumerate(argumen):
            if satu == opsi and i + 1 < len(argumen):
                hasil = argumen[i + 1]
            elif satu.startswith(opsi + "="):
                hasil = satu[len(opsi) + 1 :]
        return hasil

    @property
    def json(self) -> bool:
        """Say whether the caller is a program."""
        return self.ada("--json", "--jsonl")

    @property
    def debug(self) -> bool:
        """Say whether tracebacks are wanted on the screen."""
        return self.ada("--debug")

    def _sebelum_akhir(self) -> list[str]:
        return self.argumen[: self.argumen.index("--")] if "--" in self.argumen else self.argumen
