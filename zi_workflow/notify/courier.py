r"""Couriers: the one home of ``apprise``. One courier serves one channel; the library is loaded when the first letter needs it.

The library is told to work in the thread that calls it: its own threads are ones that a program waits for at its end. It sends
plain text, in which it turns neither ``:smile:`` into pictures nor ``\n`` into line breaks, and which it escapes for services
that know only markup. What it logs never leaves this module but as a redacted reason.
"""

from __future__ import annotations

import logging
import re
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any, Final
from urllib.parse import quote

from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.notify.addresses import periksa_alamat
from zi_workflow.notify.letters import Kiriman
from zi_workflow.notify.reasons import Catatan, sebab_gagal
from zi_workflow.notify.redact import ISIAN, Sensor
from zi_workflow.notify.settings import skema

NOMOR_SURAT: Final = "Nomor surat: "
KEPALA_NOMOR: Final = "X-ZI-Surat"
PASANG: Final = "pip install 'zi-workflow[kanal]'"
CONTOH_ALAMAT: Final = ("zi@contoh.invalid", "+6281234567890", "6281234567890", "@zi_contoh", "zi")
"""Addresses of nobody, one of each kind, to see whether a template can be used at all."""
_PENCATAT: Final = ("urllib3", "requests")
_TIDAK_PERNAH: Final = logging.CRITICAL + 1
_KUNCI: Final = threading.Lock()
_KENDALI: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class _Penyadap(logging.Filter):
    """Takes what the library logs, for the thread that listens, and lets nothing of it through to any handler."""

    def __init__(self) -> None:
        super().__init__()
        self._utas = threading.local()

    @contextmanager
    def rekam(self) -> Iterator[list[Catatan]]:
        """Collect the lines that this thread causes."""
        daftar: list[Catatan] = []
        self._utas.daftar = daftar
        try:
            yield daftar
        finally:
            del self._utas.daftar

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep one line, and stop it here; one that cannot be written is not worth a failed letter."""
        daftar: list[Catatan] | None = getattr(self._utas, "daftar", None)
        if daftar is not None:
            with suppress(TypeError, ValueError):
                daftar.append((record.levelno, record.getMessage()))
        return False


_PENYADAP: Final = _Penyadap()


def muat() -> Any:  # noqa: ANN401 - a library without types
    """Return ``apprise``, silenced and with its services loaded. Raises MasukanSalah where it is not installed."""
    _bungkam()
    try:
        import apprise  # noqa: PLC0415 - an optional extra, and slow to load
    except ImportError:
        pass
    else:
        with _KUNCI:
            _siapkan()
        return apprise
    raise MasukanSalah(
        "Kanal selain berkas memerlukan pustaka apprise, yang belum terpasang",
        "Pustaka itu pilihan; tanpanya surat hanya ditulis ke berkas.",
        f"Pasang: {PASANG}",
    )


@cache
def _siapkan() -> None:
    """Load the services of the library: it does so at the first question, and not safely between threads."""
    import apprise  # noqa: PLC0415 - as above

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of old modules that one of its services reads
        apprise.Apprise.instantiate("json://localhost")


def _bungkam() -> None:
    """Keep what the libraries log from everybody: URLs stand in it, and so secrets. Doing so twice changes nothing."""
    for nama in _PENCATAT:
        pencatat = logging.getLogger(nama)
        pencatat.propagate = False
        pencatat.setLevel(_TIDAK_PERNAH)
    pencatat = logging.getLogger("apprise")
    pencatat.propagate = False
    pencatat.addFilter(_PENYADAP)
    pencatat.setLevel(logging.DEBUG)


class Kurir:
    """Serves one channel of ``kanal.toml``."""

    def __init__(self, nama: str, templat: str, batas_detik: float) -> None:
        """Take the channel's name, its template, and how long a letter may take."""
        self.nama = nama
        self.skema = skema(templat)
        self._templat = templat
        self._batas = batas_detik
        self._sensor = Sensor(templat)

    def __repr__(self) -> str:
        """Say which channel this is, never how it is opened."""
        return f"Kurir({self.nama!r}, {self.skema}://…)"

    def periksa_templat(self) -> None:
        """Refuse a template that the library cannot use with any kind of address. Raises MasukanSalah."""
        pustaka = muat()
        if any(self._coba(pustaka, alamat)[0] for alamat in CONTOH_ALAMAT):
            return
        raise MasukanSalah(
            f"Templat kanal '{self.nama}' ({self.skema}://…) tidak dapat dipakai",
            "Bentuk URL itu tidak dikenal apprise, ada bagian yang kurang, atau pustaka tambahannya belum terpasang.",
            f"Cocokkan dengan petunjuk {self.skema}:// di dokumentasi apprise, lalu perbaiki kanal.toml.",
        )

    def periksa(self, alamat: str) -> None:
        """Refuse an address to which this channel cannot send. Raises MasukanSalah."""
        periksa_alamat(self.nama, self.skema, alamat)
        pustaka = muat()
        layanan, teguran = self._coba(pustaka, alamat)
        # A service drops a recipient that it cannot reach with a warning. Those that the template itself earns come with any address.
        if layanan is None or (teguran and teguran > min(self._coba(pustaka, contoh)[1] for contoh in CONTOH_ALAMAT)):
            raise MasukanSalah(
                f"Alamat {self.nama} tidak dapat dituju melalui {self.skema}://…",
                "Alamat itu bukan alamat yang dikenal layanan kanal ini.",
                "Perbaiki alamatnya, atau templat kanal itu di kanal.toml.",
            )

    def kirim(self, kiriman: Kiriman) -> str:
        """Send a letter; return nothing once the service has taken it, else why it has not."""
        try:
            periksa_alamat(self.nama, self.skema, kiriman.alamat)
            pustaka = muat()
        except MasukanSalah as salah:
            return f"{salah.pesan}. {salah.lanjut}"
        with _PENYADAP.rekam() as catatan:
            try:
                if self._serahkan(pustaka, kiriman):
                    return ""
            except Exception as e:  # noqa: BLE001 - over a hundred services, each with its own; their words may hold a secret
                catatan[:0] = [(logging.WARNING, type(e).__name__), (logging.DEBUG, f"Exception: {e}")]
        return sebab_gagal(catatan, self._sensor)

    def _serahkan(self, pustaka: Any, kiriman: Kiriman) -> bool:  # noqa: ANN401 - a library without types
        layanan = self._bangun(pustaka, kiriman.alamat)
        if layanan is None:
            return False
        surat = kiriman.surat
        nomor = satu_baris(surat.id)
        if "headers" in type(layanan).template_kwargs and isinstance(getattr(layanan, "headers", None), dict):
            layanan.headers[KEPALA_NOMOR] = nomor
        isi = f"{bersih(surat.isi).rstrip()}\n\n{NOMOR_SURAT}{nomor}"
        pengirim = pustaka.Apprise(asset=layanan.asset)
        pengirim.add(layanan)
        return bool(pengirim.notify(body=isi, title=satu_baris(surat.judul), body_format=pustaka.NotifyFormat.TEXT))

    def _coba(self, pustaka: Any, alamat: str) -> tuple[Any, int]:  # noqa: ANN401 - a library without types
        """Return the service for an address, None where there is none, and how often the library warned."""
        with _PENYADAP.rekam() as catatan:
            layanan = self._bangun(pustaka, alamat)
        return layanan, sum(tingkat >= logging.WARNING for tingkat, _ in catatan)

    def _bangun(self, pustaka: Any, alamat: str) -> Any:  # noqa: ANN401 - a library without types
        """Return the service that sends to one address; nothing is sent yet."""
        bekal = pustaka.AppriseAsset(
            app_id="zi-workflow",
            app_desc="Pengingat tenggat Zona Integritas",
            http_redirects=False,  # a redirected POST arrives as an empty GET and counts as delivered
            image_url_mask="",
            image_url_logo="",
            interpret_emojis=False,
            interpret_escapes=False,
            async_mode=False,
            service_timeout=0,
            storage_mode=pustaka.PersistentStoreMode.MEMORY,
        )
        layanan = pustaka.Apprise.instantiate(self._templat.replace(ISIAN, quote(alamat, safe="")), asset=bekal)
        if layanan is None:
            return None
        jenis = type(layanan)
        for isian in ("socket_read_timeout", "socket_connect_timeout"):
            if getattr(layanan, isian) == getattr(jenis, isian):  # else the template says how long
                setattr(layanan, isian, self._batas + 1)  # so that the queue is the one to tell what takes too long
        layanan.retry, layanan.optional = 0, False  # trying again is the outbox's business, and no letter is lost with a shrug
        if layanan.overflow_mode == jenis.overflow_mode:
            layanan.overflow_mode = pustaka.OverflowMode.SPLIT
        return layanan


def satu_baris(teks: str) -> str:
    """Return ``teks`` on one line without control characters, so that no header can follow it."""
    return " ".join(_KENDALI.sub(" ", teks).split())


def bersih(teks: str) -> str:
    """Return ``teks`` with its lines, without what no letter can carry."""
    return _KENDALI.sub("", teks.replace("\r\n", "\n").replace("\r", "\n"))
