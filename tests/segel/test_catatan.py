"""Signed notes, checkpoints and keys: what is written is read back, whatever comes from outside is read strictly."""

from __future__ import annotations

import base64
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zi_workflow.domain import merkle
from zi_workflow.domain.errors import MasukanSalah
from zi_workflow.seal import note
from zi_workflow.seal.checkpoint import Checkpoint, buka, tandatangani, urai_teks
from zi_workflow.seal.keys import KunciSegel, baca_kunci, buat_kunci
from zi_workflow.seal.note import CatatanSalah, TandaSalah

NAMA = "zi/binjai"
ISI = Checkpoint(NAMA, 7, bytes(range(32)))


@pytest.fixture
def kunci() -> KunciSegel:
    """Give a new key."""
    return buat_kunci(Path("segel.kunci"), NAMA)


def test_ditulis_lalu_dibaca(kunci: KunciSegel) -> None:
    """A checkpoint comes back as it was, with who signed it; unknown keys are passed over."""
    lain = buat_kunci(Path("lain.kunci"), "lain.example/é")
    isi = tandatangani(ISI, [lain, kunci])
    assert isi.startswith(f"{NAMA}\n7\n{base64.b64encode(ISI.akar).decode()}\n\n\u2014 lain.example/é ")
    hasil = buka(isi.encode(), [kunci.pemeriksa], wajib=True)
    assert (hasil.checkpoint, hasil.catatan, hasil.penanda) == (ISI, isi, (kunci.pemeriksa,))
    assert buka(isi.encode(), [kunci.pemeriksa, lain.pemeriksa]).penanda == (lain.pemeriksa, kunci.pemeriksa)
    assert buka(isi.encode()).penanda == ()
    with pytest.raises(TandaSalah, match="kunci yang dikenal"):
        buka(tandatangani(ISI, [lain]).encode(), [kunci.pemeriksa], wajib=True)


def test_tanda_yang_salah_menolak_seluruhnya(kunci: KunciSegel) -> None:
    """One wrong signature of a known key outweighs any number of right ones."""
    benar = tandatangani(ISI, [kunci])
    salah = tandatangani(Checkpoint(NAMA, 8, ISI.akar), [kunci])
    for isi in (benar + salah.partition("\n\n")[2], benar.replace("\n7\n", "\n8\n")):
        with pytest.raises(TandaSalah, match="bukan atas isi ini"):
            buka(isi.encode(), [kunci.pemeriksa])


def test_baris_tambahan_orang_lain_diterima(kunci: KunciSegel) -> None:
    """Extension lines of somebody else's checkpoint are kept and covered by the signature."""
    lain = Checkpoint(NAMA, 0, merkle.KOSONG, ("waktu 2026", "lagi"))
    assert buka(tandatangani(lain, [kunci]).encode(), [kunci.pemeriksa], wajib=True).checkpoint == lain


TANDA = "\u2014 a AAAAAAAA\n"
ISI_TEKS = ISI.teks


@pytest.mark.parametrize(
    "isi",
    [
        b"",
        b"\n\n",
        ISI_TEKS.encode(),
        f"{ISI_TEKS}\n".encode(),
        f"{ISI_TEKS}\n{TANDA}"[:-1].encode(),
        f"{ISI_TEKS}\n{TANDA}".replace("\n", "\r\n").encode(),
        f"{ISI_TEKS}\n{TANDA}\n".encode(),
        f"{ISI_TEKS}\n\u2014 a b AAAAAAAA\n".encode(),
        f"{ISI_TEKS}\n\u2014  AAAAAAAA\n".encode(),
        f"{ISI_TEKS}\n\u2014 a+b AAAAAAAA\n".encode(),
        f"{ISI_TEKS}\n\u2014 a\u00a0b AAAAAAAA\n".encode(),
        f"{ISI_TEKS}\n- a AAAAAAAA\n".encode(),
        f"{ISI_TEKS}\n\u2014 a AAAA\n".encode(),
        f"{ISI_TEKS}\n\u2014 a AAAAAA==\n".encode(),
        f"{ISI_TEKS}\n\u2014 a AAAAAAA\n".encode(),
        f"{ISI_TEKS}\n\u2014 a AAAAAAB=\n".encode(),
        f"{ISI_TEKS}\n\u2014 a !!!!!!!!\n".encode(),
        f"{ISI_TEKS}\x00\n{TANDA}".encode(),
        f"{ISI_TEKS}\x1b[31m\n{TANDA}".encode(),
        f"{ISI_TEKS}\x9b31m\n{TANDA}".encode(),
        ISI_TEKS.encode() + b"\xff\n" + TANDA.encode(),
        (ISI_TEKS + "\n" + TANDA * (note.TANDA_MAKS + 1)).encode(),
        f"{ISI_TEKS}\n{TANDA}".encode() + b"x" * note.UKURAN_MAKS,
    ],
)
def test_catatan_rusak_ditolak(isi: bytes) -> None:
    """Whatever the format of notes does not allow is refused, with a reason that quotes nothing of it."""
    with pytest.raises(CatatanSalah) as galat:
        note.urai(isi)
    assert galat.value.args[0].isprintable()


@pytest.mark.parametrize(
    "teks",
    [
        "\n",
        "a\n",
        "a\n1\n",
        f"\n1\n{'A' * 43}=\n",
        f"a\n\n{'A' * 43}=\n",
        f"a\n01\n{'A' * 43}=\n",
        f"a\n-1\n{'A' * 43}=\n",
        f"a\n+1\n{'A' * 43}=\n",
        f"a\n1 \n{'A' * 43}=\n",
        f"a\n\u0661\n{'A' * 43}=\n",
        f"a\n{2**63}\n{'A' * 43}=\n",
        f"a\n{'9' * 5000}\n{'A' * 43}=\n",
        "a\n1\nAAAA\n",
        f"a\n1\n{'A' * 43}\n",
        f"a\n1\n{'A' * 42}B=\n",
        f"a\n1\n{'A' * 43}=\n\nlagi\n",
    ],
)
def test_checkpoint_rusak_ditolak(teks: str) -> None:
    """A note's text that is no checkpoint is refused."""
    with pytest.raises(CatatanSalah):
        urai_teks(teks)


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda t: f"{ISI_TEKS}\n{TANDA}{t}".encode(errors="replace")))
def test_apa_pun_dibaca_atau_ditolak(isi: bytes) -> None:
    """No bytes at all do anything but parse or be refused."""
    with suppress(CatatanSalah):
        assert buka(isi).catatan.encode() == isi


@pytest.mark.parametrize(
    "ubah",
    [
        lambda k: k[:0],
        lambda k: k.replace("+", " "),
        lambda k: k.replace(NAMA, "zi/lain"),
        lambda k: k.replace(NAMA, ""),
        lambda k: k.replace(NAMA, "zi binjai"),
        lambda k: k[:-4],
        lambda k: k + "AAAA",
        lambda k: k.upper(),
        lambda k: k.replace("+A", "+B", 1),
    ],
)
def test_kunci_publik_rusak_ditolak(kunci: KunciSegel, ubah: object) -> None:
    """A verifier key of which anything was changed is refused: its id is over name and key."""
    assert callable(ubah)
    assert note.urai_pemeriksa(kunci.pemeriksa.teks) == kunci.pemeriksa
    with pytest.raises(CatatanSalah):
        note.urai_pemeriksa(ubah(kunci.pemeriksa.teks))


def test_kunci_yang_bukan_titik_kurva() -> None:
    """A public key that is no point of the curve verifies nothing, and does not crash."""
    palsu = note.Pemeriksa("a", b"\xff" * 32)
    assert palsu.cocok("x", note.Tanda("a", palsu.pengenal, bytes(64))) is False


def test_berkas_kunci(kunci: KunciSegel) -> None:
    """The file is its owner's alone, comes back as the same key, and shows its secret nowhere."""
    jalan = Path("segel.kunci")
    rahasia = jalan.read_text().strip().split("+", 4)[4]
    assert jalan.stat().st_mode & 0o777 == 0o600
    assert baca_kunci(jalan).pemeriksa == kunci.pemeriksa
    assert rahasia not in repr(kunci) + str(vars(kunci))
    assert kunci.pemeriksa.teks in repr(kunci)
    with pytest.raises(MasukanSalah, match="sudah ada"):
        buat_kunci(jalan, NAMA)


@pytest.mark.parametrize("hak", [0o640, 0o604, 0o660, 0o644, 0o610])
def test_kunci_yang_terbaca_orang_lain_ditolak(kunci: KunciSegel, hak: int) -> None:  # noqa: ARG001 - makes the file
    """A key that a group or everybody can reach is refused, with the way to mend it."""
    Path("segel.kunci").chmod(hak)
    with pytest.raises(MasukanSalah, match="dapat dibaca orang lain") as galat:
        baca_kunci(Path("segel.kunci"))
    assert galat.value.lanjut == "chmod 600 segel.kunci"


@pytest.mark.parametrize("rusak", ["", "x", "PRIVATE+KEY+", "\ud7ff", "satu\ndua", "lain", "tambah"])
def test_isi_kunci_rusak_tidak_diulang(kunci: KunciSegel, rusak: str) -> None:  # noqa: ARG001 - makes the file
    """A file that holds no key is refused; nothing of it is repeated, for it may be half of one."""
    jalan = Path("segel.kunci")
    asli = jalan.read_text()
    isi = {"lain": asli.replace(NAMA, "zi/lain"), "tambah": asli.replace("\n", "AAAA\n")}.get(rusak, rusak)
    jalan.write_text(isi)
    with pytest.raises(MasukanSalah, match="tidak memuat kunci") as galat:
        baca_kunci(jalan)
    assert asli.strip().split("+", 4)[4] not in f"{galat.value.pesan}{galat.value.sebab}{galat.value.lanjut}{galat.value.__cause__}"


@pytest.mark.parametrize("nama", ["", "a b", "a+b", "a\n", "a\u00a0b", "\x1b[1m"])
def test_nama_kunci_yang_tidak_sah(nama: str) -> None:
    """A name that no signature line could carry makes no key and no file."""
    with pytest.raises(MasukanSalah, match="Nama asal"):
        buat_kunci(Path("baru.kunci"), nama)
    assert not Path("baru.kunci").exists()


@pytest.mark.parametrize("jalan", ["tidak/ada/kunci", "a\0b"])
def test_kunci_tidak_dapat_ditulis(jalan: str) -> None:
    """A place where no file can be made is told."""
    with pytest.raises(MasukanSalah, match="tidak dapat ditulis"):
        buat_kunci(Path(jalan), NAMA)
