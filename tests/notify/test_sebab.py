"""Reasons: what libraries and servers say is told in words that an administrator can act on."""

from __future__ import annotations

import logging

import pytest

from zi_workflow.notify.reasons import TERPANJANG, sebab_gagal


def _diam(teks: str) -> str:
    return teks


@pytest.mark.parametrize(
    ("kata", "sebab"),
    [
        ("Socket Exception: [Errno 111] Connection refused", "sambungan ditolak server"),
        ("Socket Exception: [Errno -2] Name or service not known", "nama server tidak ditemukan"),
        ("Socket Exception: [Errno 101] Network is unreachable", "jaringan ke server tidak terjangkau"),
        ("Socket Exception: HTTPSConnectionPool: Read timed out. (read timeout=4)", "server tidak menjawab pada waktunya"),
        ("Socket Exception: ('Connection aborted.', RemoteDisconnected('x'))", "sambungan diputus server"),
        ("Socket Exception: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed", "sambungan aman ke server gagal"),
        ("Socket Exception: STARTTLS extension not supported by server.", "server tidak menyediakan sambungan aman"),
        ("Socket Exception: SMTP AUTH extension not supported by server.", "server tidak menerima cara masuk"),
        ("Socket Exception: (535, b'no')", "server surel tidak menerima pengguna atau sandi (535)"),
        ("Socket Exception: {'a@b.id': (550, b'no')}", "alamat surel ditolak server (550)"),
        ("SMTP recipient a@b.id was refused: 552 b'full'", "kotak surel penuh (552)"),
        ("Socket Exception: (499, b'?')", "server surel menolak (499)"),
        ("Failed to send: error=503.", "server sedang bermasalah (503)"),
        ("Failed to send: error=401.", "server tidak menerima token atau sandi (401)"),
        ("Failed to send: error=429.", "server meminta pengiriman diperlambat (429)"),
        ("apa pun", "kanal tidak menerima surat"),
    ],
)
def test_kata_pustaka_menjadi_sebab(kata: str, sebab: str) -> None:
    """Each known failure has its own plain words."""
    assert sebab_gagal([(logging.DEBUG, kata)], _diam) == sebab


def test_tanpa_catatan_tetap_ada_sebab() -> None:
    """A service that fails without a word still gives a reason."""
    assert sebab_gagal([], _diam) == "kanal tidak menerima surat"


def test_petikan_disensor_sebelum_dipotong() -> None:
    """A quotation is redacted while it is whole: a secret that the cut would halve is gone, not shortened."""
    kata = "x" * (TERPANJANG - 5) + "RAHASIA12345"
    sebab = sebab_gagal(
        [(logging.WARNING, "lama"), (logging.ERROR, kata), (logging.DEBUG, "baru")], lambda t: t.replace("RAHASIA12345", "…")
    )
    assert sebab == f"kanal tidak menerima surat: {'x' * (TERPANJANG - 5)}…"


def test_petikan_satu_baris_dan_terbatas() -> None:
    """A quotation has no control characters and an end."""
    sebab = sebab_gagal([(logging.WARNING, "a\r\nb\x1b[0m\u202e" + "y" * 500)], _diam)
    assert sebab.startswith("kanal tidak menerima surat: a b [0m yyy")
    assert sebab.endswith("y…")
    assert len(sebab) == len("kanal tidak menerima surat: ") + TERPANJANG
