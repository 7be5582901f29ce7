"""Contacts are checked before they are recorded: the channel exists, the address is one person's, and no secret is in it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.notify import KANAL_BERKAS, Kanal

TOKEN = "AbCdEfGhIjKlMnOpQrStUvWxYz"  # noqa: S105 - opens nothing
TEMPLAT = {
    "surel": f"mailtos://zi:{TOKEN}@surel.contoh.invalid?to={{alamat}}",
    "telegram": f"tgram://123456789:{TOKEN}/{{alamat}}",
    "kait": f"jsons://kait.contoh.invalid/{TOKEN}/{{alamat}}",
}


@pytest.fixture
def kanal(tmp_path: Path) -> Kanal:
    """Give the channels of a machine."""
    return Kanal(TEMPLAT, tmp_path / "surat.jsonl")


@pytest.mark.parametrize(
    ("nama", "alamat"),
    [
        (KANAL_BERKAS, "199001012020121001"),
        ("surel", "budi.s+zi@surel.contoh.go.id"),
        ("telegram", "-1001234567890"),
        ("telegram", "@budi_contoh"),
        ("kait", "budi"),
    ],
)
def test_kontak_baik_diterima(kanal: Kanal, nama: str, alamat: str) -> None:
    """Addresses as people have them pass."""
    kanal.periksa(nama, alamat)


def test_nama_kanal_diurutkan_berkas_pertama(kanal: Kanal) -> None:
    """The names are told in a fixed order, the dry channel first."""
    assert kanal.nama == ("berkas", "kait", "surel", "telegram")


def test_kanal_tak_dikenal_menyebut_yang_mirip(kanal: Kanal) -> None:
    """An unknown channel is refused with the nearest name and the list."""
    with pytest.raises(MasukanSalah) as tertangkap:
        kanal.periksa("telegrm", "1")
    assert tertangkap.value.pesan == "Kanal 'telegrm' tidak dikenal. Maksud Anda: telegram?"
    assert tertangkap.value.sebab == "Kanal pada mesin ini: berkas, kait, surel, telegram."


@pytest.mark.parametrize("nama", [KANAL_BERKAS, *TEMPLAT])
def test_url_sebagai_alamat_ditolak_tanpa_diulang(kanal: Kanal, nama: str) -> None:
    """A whole URL would put its secret into the log for ever: refused, and not repeated in the message."""
    with pytest.raises(MasukanSalah, match="berupa URL") as tertangkap:
        kanal.periksa(nama, "tgram://987654:SangatRahasia/1")
    salah = tertangkap.value
    assert "kanal.toml" in salah.sebab
    assert "Rahasia" not in salah.pesan + salah.sebab + salah.lanjut


@pytest.mark.parametrize(
    ("alamat", "sebab"),
    [
        ("", "Alamat tidak boleh kosong."),
        ("x" * 201, "Alamat paling panjang 200 huruf; ini 201."),
        ("budi sari", "Alamat tidak memuat spasi atau karakter kendali."),
        ("budi\n", "Alamat tidak memuat spasi atau karakter kendali."),
        ("budi\u202esari", "Alamat tidak memuat spasi atau karakter kendali."),
        ("budi\u00a0", "Alamat tidak memuat spasi atau karakter kendali."),
        ("a,b", "Satu alamat untuk satu orang, tanpa tanda ,"),
        ("a/../b?c", "Satu alamat untuk satu orang, tanpa tanda / ?"),
        ("a%2Cb", "Satu alamat untuk satu orang, tanpa tanda %"),
        ("..", "Alamat memuat setidaknya satu huruf atau angka."),
    ],
)
@pytest.mark.parametrize("nama", [KANAL_BERKAS, *TEMPLAT])
def test_alamat_yang_tidak_mungkin(kanal: Kanal, nama: str, alamat: str, sebab: str) -> None:
    """What could be no address of one person is refused in every channel, with the rule that it breaks."""
    with pytest.raises(MasukanSalah) as tertangkap:
        kanal.periksa(nama, alamat)
    assert (tertangkap.value.pesan, tertangkap.value.sebab) == (f"Alamat {nama} tidak sah", sebab)


@pytest.mark.parametrize(
    "alamat",
    [
        "budi",
        "budi@",
        "@contoh.id",
        "budi@contoh",
        "a..b@contoh.id",
        ".a@contoh.id",
        "a@-x.id",
        "a@b@c.id",
        "é@contoh.id",
        "x" * 65 + "@c.id",
    ],
)
def test_surel_harus_alamat_surel(kanal: Kanal, alamat: str) -> None:
    """A channel of mail takes mail addresses only."""
    with pytest.raises(MasukanSalah) as tertangkap:
        kanal.periksa("surel", alamat)
    assert tertangkap.value.sebab == "Alamat surel berbentuk nama@domain, misalnya budi@contoh.go.id."


@pytest.mark.parametrize(("nama", "alamat"), [("telegram", "budi@contoh.go.id"), ("telegram", "+62")])
def test_alamat_yang_tidak_dikenal_layanan(kanal: Kanal, nama: str, alamat: str, tersiar: Callable[[], str]) -> None:
    """An address that the service would drop in silence is refused now; no secret is told or logged."""
    with pytest.raises(MasukanSalah, match="tidak dapat dituju melalui tgram://…") as tertangkap:
        kanal.periksa(nama, alamat)
    assert TOKEN not in repr(tertangkap.value.__dict__) + tersiar()


def test_pagar_di_alamat_web_ditolak(kanal: Kanal) -> None:
    """In the path of a webhook a hash would cut the rest off."""
    with pytest.raises(MasukanSalah) as tertangkap:
        kanal.periksa("kait", "a#b")
    assert tertangkap.value.sebab == "Alamat pada kanal ini tanpa tanda #"


def test_teguran_templat_tidak_menyalahkan_alamat(tmp_path: Path) -> None:
    """A template that the library always warns of does not make every address wrong, nor a wrong one right."""
    kanal = Kanal({"telegram": f"{TEMPLAT['telegram']}?rto=lama"}, tmp_path / "s")
    kanal.periksa("telegram", "123456")
    with pytest.raises(MasukanSalah):
        kanal.periksa("telegram", "budi@contoh.go.id")


def test_tanpa_apprise_disebut_apa_yang_dipasang(kanal: Kanal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library a contact of its channels is refused with the command that installs it; the dry channel works."""
    monkeypatch.setitem(sys.modules, "apprise", None)
    kanal.periksa(KANAL_BERKAS, "1")
    with pytest.raises(MasukanSalah, match="apprise") as tertangkap:
        kanal.periksa("surel", "budi@contoh.go.id")
    assert tertangkap.value.lanjut == "Pasang: pip install 'zi-workflow[kanal]'"
