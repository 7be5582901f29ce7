"""Services on the loopback for the tests of channels: one that speaks HTTP, one that takes mail."""

from __future__ import annotations

import base64
import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SANDI = "Sandi/Rahasia:77"
"""The password that the mail service knows, with what a URL must encode."""


@dataclass
class Web:
    """What reached the HTTP service; ``lepas`` lets the requests that it keeps waiting go."""

    port: int = 0
    gagal: int = 0
    datang: list[tuple[str, dict[str, str], dict[str, Any]]] = field(default_factory=list)
    masuk: threading.Event = field(default_factory=threading.Event)
    lepas: threading.Event = field(default_factory=threading.Event)


@dataclass
class Pos:
    """What reached the mail service."""

    port: int = 0
    surat: list[tuple[str, list[str], EmailMessage]] = field(default_factory=list)


_STATUS = {"salah": 400, "rusak": 500, "alih": 302}


class _Penjawab(BaseHTTPRequestHandler):
    """Answers by path: ``/diam/`` never, ``/rusak/`` with 500, ``/salah/`` with 400, ``/alih/`` elsewhere, the rest with 200."""

    def __init__(self, web: Web, *lain: Any) -> None:  # noqa: ANN401 - what the server hands over
        self._web = web
        super().__init__(*lain)

    def do_POST(self) -> None:
        isi = self.rfile.read(int(self.headers["Content-Length"]))
        jenis = self.path.split("/")[1]
        if jenis == "diam":
            self._web.masuk.set()
            self._web.lepas.wait()
            self.close_connection = True
            return
        if jenis not in _STATUS:
            self._web.datang.append((self.path, dict(self.headers), json.loads(isi)))
        self._web.gagal += jenis in _STATUS
        self.send_response(_STATUS.get(jenis, 200))
        if jenis == "alih":
            self.send_header("Location", "/terima")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self) -> None:
        self._web.datang.append((self.path, dict(self.headers), {}))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that the base class gives it
        """Stay silent."""


class _Kurir(socketserver.StreamRequestHandler):
    """Takes mail from whoever knows the password; refuses recipients whose name starts with ``tolak``."""

    def __init__(self, pos: Pos, *lain: Any) -> None:  # noqa: ANN401 - what the server hands over
        self._pos = pos
        super().__init__(*lain)

    def handle(self) -> None:
        self._jawab("220 surel.contoh.invalid")
        dari, tujuan = "", []
        while baris := self.rfile.readline():
            perintah = baris.decode("ascii").rstrip("\r\n")
            match perintah[:4].upper():
                case "EHLO":
                    self._jawab("250-surel.contoh.invalid\r\n250 AUTH PLAIN")
                case "AUTH":
                    benar = base64.b64decode(perintah.split()[2]).decode().split("\0")[2] == SANDI
                    self._jawab("235 masuk" if benar else f"535 salah: {perintah.split()[2]}")
                case "MAIL":
                    dari = perintah
                    self._jawab("250 baik")
                case "RCPT":
                    tolak = perintah.upper().startswith("RCPT TO:<TOLAK")
                    tujuan += [] if tolak else [perintah[9:-1]]
                    self._jawab("550 tidak ada kotak itu" if tolak else "250 baik")
                case "DATA":
                    self._jawab("354 silakan")
                    self._pos.surat.append((dari, tujuan, self._baca()))
                    self._jawab("250 diterima")
                case "QUIT":
                    self._jawab("221 selesai")
                    return
                case _:
                    self._jawab("250 baik")

    def _baca(self) -> EmailMessage:
        isi = b""
        while (baris := self.rfile.readline()) != b".\r\n":
            isi += baris.removeprefix(b".")
        surat = message_from_bytes(isi, policy=policy.default)
        assert isinstance(surat, EmailMessage)
        return surat

    def _jawab(self, teks: str) -> None:
        self.wfile.write(f"{teks}\r\n".encode("ascii"))


class _Pos(socketserver.ThreadingTCPServer):
    daemon_threads = True


@contextmanager
def layani(server: socketserver.TCPServer) -> Iterator[int]:
    """Run a service in a thread and give its port."""
    benang = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    benang.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        benang.join()


@contextmanager
def web() -> Iterator[Web]:
    """Run the HTTP service."""
    keadaan = Web()
    with layani(ThreadingHTTPServer(("127.0.0.1", 0), partial(_Penjawab, keadaan))) as keadaan.port:
        try:
            yield keadaan
        finally:
            keadaan.lepas.set()
            tunggu_utas()


@contextmanager
def pos() -> Iterator[Pos]:
    """Run the mail service."""
    keadaan = Pos()
    with layani(_Pos(("127.0.0.1", 0), partial(_Kurir, keadaan))) as keadaan.port:
        yield keadaan


def tunggu_utas() -> None:
    """Wait until no letter is under way any more."""
    for benang in threading.enumerate():
        if benang.name.startswith("surat-"):
            benang.join()
