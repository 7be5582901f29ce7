"""Channels: the ways in which letters leave this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.domain.suggest import mirip
from zi_workflow.notify.addresses import periksa_alamat
from zi_workflow.notify.courier import Kurir, muat
from zi_workflow.notify.dry import KotakBerkas
from zi_workflow.notify.letters import BATAS_DETIK, KANAL_BERKAS, HasilKirim, Kiriman
from zi_workflow.notify.queue import Antrean
from zi_workflow.notify.settings import baca_templat, daftar_nama


class Kanal:
    """All channels of this machine: the dry one, and those of ``kanal.toml``."""

    def __init__(self, templat: Mapping[str, str], berkas: Path, batas_detik: int = BATAS_DETIK) -> None:
        """Take the templates by name, the file of the dry channel, and how many seconds a letter may take."""
        self._kurir = {nama: Kurir(nama, satu, batas_detik) for nama, satu in templat.items()}
        self._nama = daftar_nama(templat)
        self._kotak = KotakBerkas(berkas)
        self._batas = batas_detik

    @classmethod
    def baca(cls, jalan: Path | None, berkas: Path) -> Kanal:
        """Read the file of the channels; None for the dry channel alone. Raises MasukanSalah for a file that cannot be used."""
        kanal = cls(baca_templat(jalan) if jalan is not None else {}, berkas)
        kanal._periksa_templat()
        return kanal

    @property
    def nama(self) -> tuple[str, ...]:
        """The names of the channels, the dry one first."""
        return self._nama

    def periksa(self, kanal: str, alamat: str) -> None:
        """Refuse a contact to which this machine could not send. Raises MasukanSalah; nothing is sent."""
        if kanal == KANAL_BERKAS:
            periksa_alamat(kanal, "", alamat)
            return
        kurir = self._kurir.get(kanal)
        if kurir is None:
            raise MasukanSalah(
                f"Kanal '{kanal[:40]}' tidak dikenal. {mirip(kanal, self._nama)}".rstrip(),
                f"Kanal pada mesin ini: {', '.join(self._nama)}.",
                "Pilih salah satunya, atau tambahkan kanal itu di kanal.toml.",
            )
        kurir.periksa(alamat)

    def kirim(self, kiriman: Kiriman) -> HasilKirim:
        """Send one letter and wait for the outcome, at most as long as a letter may take."""
        return next(self.kirim_semua([kiriman], berhenti=lambda: False))

    def kirim_semua(self, kiriman: Sequence[Kiriman], *, berhenti: Callable[[], bool]) -> Iterator[HasilKirim]:
        """Send letters at once and yield what became of each as it becomes known, until done or told to stop.

        A letter may be left out: what was still under way when told to stop, and what waited in a channel that has not answered
        for long (`queue.SABAR`). Whoever keeps the letters sends those again.
        """
        return Antrean(kiriman, self._antar, batas_detik=self._batas, berhenti=berhenti).jalan()

    def _antar(self, kiriman: Kiriman) -> str:
        if kiriman.kanal == KANAL_BERKAS:
            return self._kotak.tambah(kiriman)
        kurir = self._kurir.get(kiriman.kanal)
        return f"kanal {kiriman.kanal[:40]} tidak ada di kanal.toml mesin ini" if kurir is None else kurir.kirim(kiriman)

    def _periksa_templat(self) -> None:
        """See whether the library can use each template; without the library that is told when a letter or a contact needs it."""
        if not self._kurir:
            return
        try:
            muat()
        except MasukanSalah:
            return
        for kurir in self._kurir.values():
            kurir.periksa_templat()
