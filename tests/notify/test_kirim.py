"""Letters through real services on the loopback: they arrive as they were written, or the reason is told without a secret."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.notify.alat_server import SANDI, Pos, Web
from zi_workflow.notify import HasilKirim, Kanal, Kiriman, Surat

Pembuat = Callable[..., Kiriman]
TOKEN = "TokenAmatPanjang"  # noqa: S105 - opens nothing
AKHIR = "Nomor surat: binjai-20250531-abc-1"


def _kait(web: Web, jalan: str) -> str:
    return f"json://orang:{TOKEN}@127.0.0.1:{web.port}/{jalan}/{{alamat}}?+X-Kunci={TOKEN}2&-q={TOKEN}3"


def _surel(pos: Pos, sandi: str = SANDI) -> str:
    return f"mailto://zi:{quote(sandi, safe='')}@127.0.0.1:{pos.port}?from=zi@contoh.invalid&to={{alamat}}"


def test_webhook_menerima_surat_apa_adanya(web: Web, tmp_path: Path, kiriman: Pembuat) -> None:
    """A webhook gets subject and text untouched by any markup, with the letter's id in the header and as the last line."""
    hasil = Kanal({"kait": _kait(web, "terima")}, tmp_path / "s").kirim(kiriman("kait", "budi.s"))
    assert (hasil.terkirim, hasil.sebab) == (True, "")
    ((jalan, kepala, isi),) = web.datang
    assert jalan.startswith("/terima/budi.s?")
    assert kepala["X-ZI-Surat"] == "binjai-20250531-abc-1"
    assert isi["title"] == "Tenggat: 1 terlambat"
    assert isi["message"] == f"Yth. Sari\n\n*Dinas* <b>Contoh</b> & :smile: \\n_akhir_\n\n{AKHIR}"


def test_alamat_disandikan_dalam_url(web: Web, tmp_path: Path, kiriman: Pembuat) -> None:
    """An address with characters of its own reaches the service as one piece of the path."""
    assert Kanal({"kait": _kait(web, "terima")}, tmp_path / "s").kirim(kiriman("kait", "budi+zi@contoh.invalid")).terkirim
    assert web.datang[0][0].startswith("/terima/budi+zi@contoh.invalid?")


@pytest.mark.parametrize(
    ("jalan", "sebab"),
    [
        ("rusak", "server sedang bermasalah (500)"),
        ("salah", "server menolak (400): Failed to send JSON POST notification: Bad Request - Unsupported Parameters., error=400."),
        ("alih", "server mengalihkan ke tempat lain; perbaiki URL kanal itu (302)"),
    ],
)
def test_jawaban_server_menjadi_sebab(
    web: Web, tmp_path: Path, kiriman: Pembuat, tersiar: Callable[[], str], jalan: str, sebab: str
) -> None:
    """A refusal is told with its status; a redirect, which would arrive empty, counts as one."""
    hasil = Kanal({"kait": _kait(web, jalan)}, tmp_path / "s").kirim(kiriman("kait", "budi"))
    assert (hasil.terkirim, hasil.sebab) == (False, sebab)
    assert web.datang == []
    assert TOKEN not in tersiar()


def test_templat_tidak_dapat_menyepelekan_kegagalan(web: Web, tmp_path: Path, kiriman: Pembuat) -> None:
    """A template that calls its service optional, or wants it tried again, changes nothing: one attempt, told as it went."""
    hasil = Kanal({"kait": f"{_kait(web, 'rusak')}&optional=yes&retry=5"}, tmp_path / "s").kirim(kiriman("kait", "budi"))
    assert (hasil.terkirim, hasil.sebab) == (False, "server sedang bermasalah (500)")
    assert web.gagal == 1


def test_sambungan_ditolak(tmp_path: Path, kiriman: Pembuat, tersiar: Callable[[], str]) -> None:
    """Nobody at the other end is a failure that says so, and neither log nor screen shows the URL."""
    with socket.socket() as kosong:
        kosong.bind(("127.0.0.1", 0))
        port = kosong.getsockname()[1]
        kanal = Kanal({"kait": f"json://u:{TOKEN}@127.0.0.1:{port}/{TOKEN}/{{alamat}}"}, tmp_path / "s")
        hasil = kanal.kirim(kiriman("kait", "budi"))
    assert hasil.sebab == "sambungan ditolak server"
    assert TOKEN not in tersiar()
    assert TOKEN not in repr(vars(kanal))


def test_kanal_yang_diam_tidak_menahan_yang_lain(web: Web, tmp_path: Path, kiriman: Pembuat) -> None:
    """Letters of other channels come through while one channel never answers; that one fails at its limit."""
    kanal = Kanal({"diam": _kait(web, "diam"), "kait": _kait(web, "terima")}, tmp_path / "s", batas_detik=1)
    semua = [*(kiriman("diam", f"a{i}") for i in range(3)), *(kiriman("kait", f"b{i}") for i in range(5)), kiriman("berkas", "c")]
    hasil = list(kanal.kirim_semua(semua, berhenti=lambda: False))
    assert {h.kiriman.kanal for h in hasil[:6]} == {"kait", "berkas"}
    assert all(h.terkirim for h in hasil[:6])
    assert [(h.kiriman.kanal, h.sebab) for h in hasil[6:]] == [("diam", "tidak menjawab dalam 1 detik")] * 3
    assert len(web.datang) == 5


def test_berhenti_tidak_menunggu_kanal_yang_diam(web: Web, tmp_path: Path, kiriman: Pembuat) -> None:
    """Told to stop while a service is silent, the round ends without that letter, far from its limit of an hour."""
    kanal = Kanal({"diam": _kait(web, "diam")}, tmp_path / "s", batas_detik=3600)
    assert list(kanal.kirim_semua([kiriman("diam", "a")], berhenti=web.masuk.is_set)) == []


def test_surel_sampai(pos: Pos, tmp_path: Path, kiriman: Pembuat, tersiar: Callable[[], str]) -> None:
    """A mail arrives at the one recipient as plain text, with the letter's id in a header and as the last line."""
    hasil = Kanal({"surel": _surel(pos)}, tmp_path / "s").kirim(kiriman("surel", "budi@contoh.invalid"))
    assert (hasil.terkirim, hasil.sebab) == (True, "")
    ((dari, tujuan, surat),) = pos.surat
    assert dari.startswith("mail FROM:<zi@contoh.invalid>")
    assert tujuan == ["budi@contoh.invalid"]
    assert surat["X-ZI-Surat"] == "binjai-20250531-abc-1"
    assert surat["Subject"] == "Tenggat: 1 terlambat"
    assert surat.get_content_type() == "text/plain"
    assert surat.get_content().splitlines()[2:] == ["*Dinas* <b>Contoh</b> & :smile: \\n_akhir_", "", AKHIR]
    assert SANDI not in tersiar()


@pytest.mark.parametrize("pemisah", ["\n", "\r\n", "\r", "\n ", "\x0b", "\x85", "\u2028", "\x00\n"])
def test_judul_tidak_dapat_menyisipkan_kepala(pos: Pos, tmp_path: Path, kiriman: Pembuat, pemisah: str) -> None:
    """No kind of line break in subject or id adds a header or a recipient to a mail."""
    kotor = f"Tenggat{pemisah}Bcc: lain@contoh.invalid{pemisah}{pemisah}isi palsu"
    hasil = Kanal({"surel": _surel(pos)}, tmp_path / "s").kirim(kiriman("surel", "budi@contoh.invalid", nomor=kotor, judul=kotor))
    assert hasil.terkirim
    ((_, tujuan, surat),) = pos.surat
    assert tujuan == ["budi@contoh.invalid"]
    assert surat["Bcc"] is None
    assert surat["Subject"] == surat["X-ZI-Surat"] == "Tenggat Bcc: lain@contoh.invalid isi palsu"
    assert surat.get_content().startswith("Yth. Sari")


def test_huruf_di_luar_ascii_dan_yang_tidak_terkirim(pos: Pos, tmp_path: Path, kiriman: Pembuat) -> None:
    """Letters beyond ASCII arrive; half a surrogate pair, which no mail can carry, does not keep the mail back."""
    assert Kanal({"surel": _surel(pos)}, tmp_path / "s").kirim(kiriman("surel", "budi@contoh.invalid", judul="Tenggat – é\ud800!")).terkirim
    assert pos.surat[0][2]["Subject"] == "Tenggat – é !"


def test_sandi_surel_salah(pos: Pos, tmp_path: Path, kiriman: Pembuat, tersiar: Callable[[], str]) -> None:
    """A refused login is told as that; the server's answer, which repeats the login in base64, is not."""
    hasil = Kanal({"surel": _surel(pos, "Keliru12345")}, tmp_path / "s").kirim(kiriman("surel", "budi@contoh.invalid"))
    assert hasil.sebab == "server surel tidak menerima pengguna atau sandi (535)"
    assert "Keliru12345" not in tersiar()


def test_alamat_surel_ditolak(pos: Pos, tmp_path: Path, kiriman: Pembuat) -> None:
    """A recipient that the server does not know is told as that."""
    hasil = Kanal({"surel": _surel(pos)}, tmp_path / "s").kirim(kiriman("surel", "tolak@contoh.invalid"))
    assert hasil.sebab == "alamat surel ditolak server (550)"


@pytest.mark.parametrize(
    ("kanal", "alamat", "sebab"),
    [
        ("kait", "a/../b", "Alamat kait tidak sah. Perbaiki alamatnya."),
        ("kait", "json://u:rahasia@x", "Alamat kait berupa URL, yang dapat memuat kata sandi atau token. "),
        ("lain", "budi", "kanal lain tidak ada di kanal.toml mesin ini"),
        ("rusak", "budi", "kanal tidak menerima surat"),
    ],
)
def test_yang_tidak_dapat_berangkat_menjadi_hasil(web: Web, tmp_path: Path, kiriman: Pembuat, kanal: str, alamat: str, sebab: str) -> None:
    """A bad address, an unknown channel or a template that nobody understands is an outcome, not an exception."""
    hasil = Kanal({"kait": _kait(web, "terima"), "rusak": f"tidakada://{TOKEN}/{{alamat}}"}, tmp_path / "s").kirim(kiriman(kanal, alamat))
    assert not hasil.terkirim
    assert hasil.sebab.startswith(sebab)
    assert TOKEN not in hasil.sebab
    assert "rahasia@" not in hasil.sebab
    assert web.datang == []


@pytest.mark.parametrize(
    ("tempat", "sebab"),
    [
        ("Apprise.notify", "kanal tidak menerima surat: RuntimeError"),
        ("plugins.custom_json.NotifyJSON.send", "kanal tidak menerima surat: Notification service 'JSON' raised an exception."),
        ("plugins.custom_json.requests.request", "kanal tidak menerima surat: Notification service 'JSON' raised an exception."),
    ],
)
def test_galat_pustaka_tidak_membocorkan_rahasia(
    tmp_path: Path, kiriman: Pembuat, monkeypatch: pytest.MonkeyPatch, tersiar: Callable[[], str], tempat: str, sebab: str
) -> None:
    """Whatever the library raises, wherever, its words are told nowhere."""

    def meledak(*_: object, **__: object) -> None:
        raise RuntimeError(f"http://orang:{TOKEN}@127.0.0.1/x {TOKEN}")

    monkeypatch.setattr(f"apprise.{tempat}", meledak)
    hasil = Kanal({"kait": f"json://orang:{TOKEN}@127.0.0.1/{{alamat}}"}, tmp_path / "s").kirim(kiriman("kait", "budi"))
    assert (hasil.terkirim, hasil.sebab) == (False, sebab)
    assert TOKEN not in tersiar()


def test_kata_pustaka_disensor(tmp_path: Path, kiriman: Pembuat, monkeypatch: pytest.MonkeyPatch, tersiar: Callable[[], str]) -> None:
    """What the library warns of is quoted without the secrets, on one line and not endlessly."""

    def menegur(layanan: Any, **_: object) -> bool:  # noqa: ANN401 - a library without types
        layanan.logger.warning("Gagal http://o:%s@h/x\n\x1b[31m dengan %s dan %s2 %s", TOKEN, TOKEN, f"%s{TOKEN}", "x" * 500)
        layanan.logger.warning("salah %d bentuk", TOKEN)
        return False

    monkeypatch.setattr("apprise.plugins.custom_json.NotifyJSON.send", menegur)
    hasil = Kanal({"kait": f"json://o:{TOKEN}@127.0.0.1/{TOKEN}2/{{alamat}}"}, tmp_path / "s").kirim(kiriman("kait", "budi"))
    assert hasil.sebab.startswith("kanal tidak menerima surat: Gagal … [31m dengan … dan %s… xxx")
    assert len(hasil.sebab) < 200
    assert TOKEN not in tersiar() + hasil.sebab


@pytest.mark.parametrize("isian", ["", "?rto=5&cto=5&overflow=truncate"])
def test_telegram_menerima_teks_bukan_markah(web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, isian: str) -> None:
    """A service that knows only HTML gets the text escaped, so that a name cannot become markup; a long letter is split or cut."""
    monkeypatch.setattr("apprise.plugins.telegram.NotifyTelegram.notify_url", f"http://127.0.0.1:{web.port}/bot")
    kanal = Kanal({"telegram": f"tgram://123456789:{TOKEN}{TOKEN}/{{alamat}}{isian}"}, tmp_path / "s")
    isi = "Dinas <b>Contoh</b> & *Rekan*\n" + "baris panjang\n" * 400
    hasil = kanal.kirim(Kiriman(Surat("nomor-1", "X", "Tenggat <i>kini</i>", isi), "telegram", "-100123"))
    assert hasil.sebab == ""
    assert {isi["chat_id"] for _, _, isi in web.datang} == {-100123}
    assert (len(web.datang) == 1) == bool(isian)
    teks = "".join(isi["text"] for _, _, isi in web.datang)
    assert "Dinas &lt;b&gt;Contoh&lt;/b&gt; &amp; *Rekan*" in teks
    assert "Tenggat &lt;i&gt;kini&lt;/i&gt;" in teks
    assert isian or teks.endswith("Nomor surat: nomor-1")


def test_tanpa_apprise_surat_tetap_ke_berkas(tmp_path: Path, kiriman: Pembuat, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library only the dry channel works, and the other says what to install."""
    monkeypatch.setitem(sys.modules, "apprise", None)
    kanal = Kanal({"kait": "json://127.0.0.1/{alamat}"}, tmp_path / "s")
    hasil = {h.kiriman.kanal: h for h in kanal.kirim_semua([kiriman("kait", "a"), kiriman("berkas", "b")], berhenti=lambda: False)}
    assert hasil["berkas"] == HasilKirim(kiriman("berkas", "b"), terkirim=True, sebab="")
    assert "pip install 'zi-workflow[kanal]'" in hasil["kait"].sebab
