"""What an implementation not written here says: Go's golang.org/x/mod/sumdb, packages note and tlog."""

from __future__ import annotations

import base64
import json
from hashlib import sha256
from pathlib import Path

from tests.cli.alat_cli import panggil
from tests.segel.alat import Go, baca, cakupan, catatan, kisah, segel, tumbuh
from zi_workflow.domain import merkle
from zi_workflow.seal.checkpoint import Checkpoint, tandatangani
from zi_workflow.seal.keys import buat_kunci


def test_harus_segel_diterima_go(go: Go) -> None:
    """Go opens our checkpoints with every key that signed them, and with none that did not; no changed one is opened."""
    kunci = [buat_kunci(Path(f"{i}.kunci"), nama) for i, nama in enumerate(("zi/binjai", "zi/binjai", "log.binjai.example/é", "zi/binjai"))]
    vkey = [k.pemeriksa.teks for k in kunci]
    isi = [tandatangani(Checkpoint("zi/binjai", n, merkle.akar(n, baca(n))), kunci[:3]) for n in (0, 1, 2, 255, 1000)]
    assert go.tanya([catatan(k, c) for c in isi for k in vkey]) == [True, True, True, False] * len(isi)
    palsu = [isi[3].replace("255", "256"), isi[3].replace("zi/binjai\n255", "zi/lain\n255"), isi[3].replace("\n\n", "\nlagi\n\n")]
    palsu += [isi[4].partition("\n\n")[0] + "\n\n" + isi[3].partition("\n\n")[2], isi[3].partition("\n\n")[0] + "\n"]
    assert go.tanya([catatan(vkey[0], c) for c in palsu]) == [False] * len(palsu)


def test_harus_bukti_diterima_go(go: Go) -> None:
    """Go accepts each of our inclusion and consistency proofs of small trees and some of large ones, and none that was changed."""
    soal, palsu = [], []
    for ukuran in [*range(1, 34), 255, 256, 257, 70_000]:
        pohon = baca(ukuran)
        akar = merkle.akar(ukuran, pohon)
        for i in range(ukuran) if ukuran < 34 else {0, 1, ukuran // 2, ukuran - 2, ukuran - 1}:
            jalur = merkle.cakupan(i, ukuran, pohon)
            soal.append(cakupan(ukuran, akar, i, pohon(0, i), jalur))
            palsu += [cakupan(ukuran, akar, i, bytes(32), jalur), cakupan(ukuran, akar, i, pohon(0, i), [*jalur, akar])]
            palsu += [cakupan(ukuran, bytes(32), i, pohon(0, i), jalur), cakupan(ukuran, akar, ukuran, pohon(0, i), jalur)]
        for dari in range(1, ukuran + 1) if ukuran < 34 else {1, ukuran // 3, ukuran // 2, ukuran - 1, ukuran}:
            jalur, lama = merkle.konsistensi(dari, ukuran, pohon), merkle.akar(dari, pohon)
            soal.append(tumbuh(ukuran, akar, dari, lama, jalur))
            palsu += [tumbuh(ukuran, akar, dari, bytes(32), jalur), tumbuh(ukuran, bytes(32), dari, lama, jalur)]
            palsu.append(tumbuh(ukuran, akar, dari, lama, [*jalur, lama]))
    assert go.tanya(soal) == [True] * len(soal)
    assert go.tanya(palsu) == [False] * len(palsu)


def test_harus_keluaran_zi_diterima_go(go: Go, register: str) -> None:
    """What `zi audit segel` and `zi audit bukti` print for a real store is accepted by Go; the leaf is made from the event's own bytes."""
    kunci = segel("lama.txt")
    kisah(register, 300, 30)
    segel("baru.txt")
    soal = [catatan(kunci, Path(nama).read_text()) for nama in ("lama.txt", "baru.txt")]
    for nomor in (1, 29, 256, 257, 330):
        data = json.loads(panggil("audit", "bukti", str(nomor), "--terhadap", "baru.txt", "--json").stdout)
        jalur = [base64.b64decode(s) for s in data["jalur"]]
        bahan = base64.b64decode(data["bukti"].splitlines()[1].removeprefix("extra "))
        assert bahan.decode() == data["bahan"]
        assert json.loads(bahan.split(b"\n")[2])["nomor"] == nomor
        sidik = merkle.daun(sha256(bahan).digest())
        soal.append(cakupan(330, base64.b64decode(data["akar"]), nomor - 1, sidik, jalur))
        soal.append(catatan(kunci, data["bukti"].partition("\n\n")[2]))
    data = json.loads(panggil("audit", "bukti", "--sejak", "lama.txt", "--terhadap", "baru.txt", "--json").stdout)
    lama, baru = (base64.b64decode(data[k]["akar"]) for k in ("dari", "ke"))
    soal.append(tumbuh(330, baru, 30, lama, [base64.b64decode(s) for s in data["jalur"]]))
    assert go.tanya(soal) == [True] * len(soal)
