"""The same short words as ``dunia``, over a real store: every command goes through the service, the clock is scripted."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from projections import SEMUA
from tests.alat.brankas import kunci_uji
from tests.alat.dunia import Dunia, definisi
from zi_workflow.answers import Jawaban
from zi_workflow.clock import hari_di
from zi_workflow.domain.commands import Perintah
from zi_workflow.domain.definition import Definisi
from zi_workflow.service import Layanan
from zi_workflow.store import Store, buka

if TYPE_CHECKING:
    from zi_workflow.domain.verdict import Putusan

WIB = ZoneInfo("Asia/Jakarta")


class JamPanggung:
    """A clock that stands at noon WIB of the day that a test sets, and moves a second at each look."""

    def __init__(self) -> None:
        """Start on the day the regulation came into force."""
        self.kini = datetime(2024, 2, 19, 12, tzinfo=WIB)

    def pada(self, hari: date) -> None:
        """Go to noon of a later day; an earlier one does not turn the clock back."""
        self.kini = max(self.kini, datetime.combine(hari, time(12), WIB))

    def __call__(self) -> datetime:
        """Return the instant in UTC."""
        self.kini += timedelta(seconds=1)
        return self.kini.astimezone(UTC)


class Toko(Dunia):
    """A world whose streams are in a store."""

    def __init__(self, url: str, aturan: Definisi | None = None) -> None:
        """Open (and prepare) the store at ``url``."""
        super().__init__(aturan)
        self.jam = JamPanggung()
        self.store: Store = buka(url, jam=self.jam, pencatat="sistem:uji", proyeksi=SEMUA, buat=True, kunci_data=kunci_uji(url))
        self.store.siapkan()
        self.layanan = Layanan(self.aturan, self.store, self.jam, lambda i: hari_di("Asia/Jakarta", i))
        self.jawaban: list[Jawaban] = []

    def jalankan(self, perintah: Perintah, dicatat: date | None = None) -> Putusan:
        """Run a command recorded on ``dicatat`` (default: its own date); the answer is kept in ``jawaban``."""
        self.jam.pada(dicatat or perintah.tanggal)
        jawaban = self.layanan.jalankan([perintah])
        self.jawaban.append(jawaban)
        kode = getattr(perintah, "kode", None)
        if isinstance(kode, str) and (unit := self.layanan.unit(kode)) is not None:
            self.unit[kode] = unit
        return jawaban  # type: ignore[return-value]  # tests read ``diterima`` of either

    def tutup(self) -> None:
        """Close the store."""
        self.store.tutup()


def toko(url: str) -> Toko:
    """Return an empty register at ``url``."""
    return Toko(url, definisi())
