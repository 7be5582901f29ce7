"""``zi audit kunci-segel``: the key that seals the log; its verifier key, to be handed out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zi_workflow.cli.dasar import Konteks
from zi_workflow.cli.dasar import perintah as verba
from zi_workflow.cli.segel_bacaan import UMUM, kunci_dikenal
from zi_workflow.cli.teks import aman
from zi_workflow.domain.errors import MasukanSalah

if TYPE_CHECKING:
    from zi_workflow.seal.note import Pemeriksa


@verba(
    "kunci-segel",
    "Tampilkan kunci publik segel, untuk dibagikan; --buat membuat kunci baru. Kunci rahasianya tidak pernah ditampilkan.",
    contoh="zi audit kunci-segel --buat",
)
@click.option("--buat", is_flag=True, help="Buat kunci baru dalam berkas kunci_segel; berkas yang ada tidak ditimpa.")
@click.option("--asal", metavar="NAMA", help="Nama log dalam segel, sebaiknya seperti alamat; bawaan yang sebelumnya, atau zi/INSTANSI.")
def perintah(konteks: Konteks, buat: bool, asal: str | None) -> None:
    """Make a key or show the verifier keys."""
    if asal is not None and not buat:
        raise MasukanSalah(
            "--asal hanya bersama --buat.", "Nama log ditetapkan ketika kunci dibuat.", "zi audit kunci-segel --buat --asal NAMA"
        )
    jalan = konteks.pengaturan.kunci_segel
    lama = kunci_dikenal(konteks, ())
    semua = _buat(konteks, Path(jalan), asal, lama) if buat else lama
    if not semua:
        raise MasukanSalah(
            "Kunci segel belum ada.", f"Kunci publiknya dicari di {aman(jalan + UMUM)}.", "zi audit kunci-segel --buat"
        )  # fmt: skip
    konteks.pesan(_pesan(jalan, semua, buat=buat))
    data = {
        "berkas": jalan,
        "dibuat": buat,
        "asal": semua[0].nama,
        "kunci_publik": semua[0].teks,
        "kunci_publik_lama": [satu.teks for satu in semua[1:]],
    }
    konteks.keluarkan(data, layar=lambda gaya: "".join(f"{gaya.teks(satu.teks)}\n" for satu in semua))


def _buat(konteks: Konteks, jalan: Path, asal: str | None, lama: list[Pemeriksa]) -> list[Pemeriksa]:
    """Make the key, and put its verifier key before the older ones."""
    from zi_workflow.files import tulis
    from zi_workflow.seal.keys import buat_kunci

    nama = asal or (lama[0].nama if lama else f"zi/{konteks.aplikasi(buat=True).instansi}")
    jalan.parent.mkdir(parents=True, exist_ok=True)
    semua = [buat_kunci(jalan, nama).pemeriksa, *lama]
    tulis(Path(f"{jalan}{UMUM}"), "".join(f"{satu.teks}\n" for satu in semua).encode(), "Berkas kunci publik")
    return semua


def _pesan(jalan: str, semua: list[Pemeriksa], *, buat: bool) -> str:
    if buat:
        return (
            f"Kunci baru ada di {aman(jalan)}. Simpan salinannya di tempat yang terkunci, dan bagikan kunci publik di bawah ini"
            " kepada siapa pun yang perlu memeriksa segel, lewat jalan yang dapat mereka percayai."
        )
    return "Baris pertama kunci yang kini berlaku." + (f" {len(semua) - 1} kunci lama masih dikenal." if len(semua) > 1 else "")
