"""The standalone verifier: it says what differs and where, trusts no name in a bundle, and imports nothing of this package."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.alat_cli import panggil
from tests.segel.alat import AKAR, kisah, segel
from tests.store.bahan import terbuka
from zi_workflow.domain import merkle
from zi_workflow.seal.checkpoint import Checkpoint, tandatangani
from zi_workflow.seal.keys import baca_kunci, buat_kunci
from zi_workflow.seal.mandiri import PROGRAM, verifikasi_mandiri
from zi_workflow.store import raw, tree

Baris = list[dict[str, object]]


@pytest.fixture(scope="module")
def bekal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with an export of 40 events, its seal, an older seal over 30, proofs, and the public key."""
    folder = tmp_path_factory.mktemp("bekal")
    url, buka = f"sqlite:///{folder / 'zi.db'}", folder / "kunci"
    with pytest.MonkeyPatch.context() as mp:
        mp.chdir(folder)
        mp.setenv("HOME", str(folder))
        mp.setenv("ZI_BASIS", url)
        mp.setenv("ZI_KUNCI_SEGEL", str(buka))
        kisah(url)
        panggil("audit", "kunci-segel", "--buat")
        segel("lama.txt")
        kisah(url, 10, 30)
        segel("titik-periksa.txt")
        for nama, *apa in (("12.tlog-proof", "12"), ("tumbuh", "--sejak", "lama.txt")):
            (folder / nama).write_text(panggil("audit", "bukti", *apa, "--terhadap", "titik-periksa.txt").stdout)
    with terbuka(url, siapkan=False) as store:
        (folder / "peristiwa.jsonl").write_bytes(b"".join(store.baca(lambda k: list(raw.baris_mentah(k, 40)))))
    return folder


@pytest.fixture(autouse=True)
def di_sini(bekal: Path, rumah: Path) -> None:
    """Copy what there is into the working folder, so that a test may change it."""
    shutil.copytree(bekal, rumah, dirs_exist_ok=True)


def periksa(*argumen: str, kunci: str = "kunci.pub", capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Run the verifier in this process; return its exit code and what it says."""
    with pytest.MonkeyPatch.context() as mp:
        mp.setattr(sys, "argv", ["verifikasi_mandiri.py", *argumen, "--kunci-publik", kunci])
        kode = verifikasi_mandiri.main()
    hasil = capsys.readouterr()
    return kode, hasil.out, hasil.err


def _tulis(semua: Baris) -> None:
    Path("peristiwa.jsonl").write_text("".join(json.dumps(b, ensure_ascii=False) + "\n" for b in semua))


def _baca() -> Baris:
    return [json.loads(b) for b in Path("peristiwa.jsonl").read_text().splitlines()]


def test_harus_berjalan_tanpa_paket_ini(bekal: Path) -> None:
    """The one file runs by itself, isolated from this package, and finds the bundle whole: folder and ZIP alike."""
    impor = {n.split(".")[0] for s in ast.walk(ast.parse(PROGRAM.read_bytes())) for n in _nama(s)}
    assert impor - sys.stdlib_module_names == {"cryptography"}
    assert (AKAR / "scripts" / "verifikasi_mandiri.py").read_bytes() == PROGRAM.read_bytes()
    shutil.copy(PROGRAM, "sendiri.py")
    with zipfile.ZipFile("paket.zip", "w") as arsip:
        for nama in ("peristiwa.jsonl", "titik-periksa.txt"):
            arsip.write(nama)
    for paket in (str(bekal), "paket.zip"):
        perintah = [sys.executable, "-I", "sendiri.py", paket, "--kunci-publik", "kunci.pub", "--terhadap", "lama.txt"]
        hasil = subprocess.run(perintah, capture_output=True, text=True, check=False, timeout=60)
        assert (hasil.returncode, hasil.stderr, hasil.stdout.splitlines()[-1]) == (0, "", "UTUH")


def _nama(simpul: ast.AST) -> list[str]:
    if isinstance(simpul, ast.Import):
        return [satu.name for satu in simpul.names]
    return [simpul.module or ""] if isinstance(simpul, ast.ImportFrom) else []


def _ubah(letak: int, **isi: object) -> Callable[[Baris], None]:
    return lambda semua: semua[letak - 1].update(isi)


def _tukar(semua: Baris) -> None:
    semua[4], semua[5] = semua[5], semua[4]


def _sisip(semua: Baris) -> None:
    semua.insert(6, dict(semua[5]))


def _hapus(semua: Baris) -> None:
    del semua[20]


@pytest.mark.parametrize(
    ("rusak", "nomor"),
    [
        (_ubah(7, isi='{"palsu":1}'), 7),
        (_ubah(1, oleh="X-LAIN"), 1),
        (_ubah(40, tanggal="2020-01-01"), 40),
        (_ubah(9, rantai="0" * 64), 9),
        (_ubah(9, nomor=10), 9),
        (_ubah(9, versi=99), 9),
        (_ubah(9, kode="LAIN"), 9),
        (_ubah(9, dibaca="{}", dasar="[]"), 9),
        (_ubah(9, nomor="9"), 9),
        (_ubah(9, nomor=True), 9),
        (_ubah(9, oleh=None), 9),
        (_ubah(9, isi={"a": 1}), 9),
        (_ubah(9, tambahan="x"), 9),
        (_ubah(9, isi="\ud800"), 9),
        (_hapus, 21),
        (_tukar, 5),
        (_sisip, 7),
    ],
)
def test_yang_pertama_rusak_disebut(rusak: Callable[[Baris], None], nomor: int, capsys: pytest.CaptureFixture[str]) -> None:
    """Any change of an event is told with exit code 7 and the number of the first one."""
    semua = _baca()
    rusak(semua)
    Path("peristiwa.jsonl").write_text("".join(json.dumps(b) + "\n" for b in semua))
    kode, keluar, galat = periksa(".", capsys=capsys)
    assert (kode, keluar, f"peristiwa nomor {nomor}:" in galat) == (7, "", True), galat


def _rantai_ulang(semua: Baris) -> Baris:
    """Return the events with every hash computed anew, as the owner of a database could."""
    ujung: dict[str, str] = {}
    for satu in semua:
        aliran = str(satu["aliran"])
        amplop = {k: satu[k] for k in verifikasi_mandiri.KOLOM}
        pangkal = raw.sidik(b"zi/rantai/1\npangkal\n" + aliran.encode()).hex()
        sebelum = ujung.get(aliran, pangkal)
        bahan = f"zi/rantai/1\n{sebelum}\n".encode() + verifikasi_mandiri.kanonik(amplop) + b"\n" + str(satu["isi"]).encode()
        satu["rantai"] = ujung[aliran] = raw.sidik(bahan).hex()
    return semua


def test_rantai_yang_dihitung_ulang_ketahuan_dari_segel(capsys: pytest.CaptureFixture[str]) -> None:
    """A history that was rewritten with all its hashes is consistent in itself, and differs from each seal."""
    semua = _baca()
    semua[11]["oleh"] = "X-LAIN"
    _tulis(_rantai_ulang(semua))
    kode, _, galat = periksa(".", capsys=capsys)
    assert (kode, "segel paket: akarnya berbeda" in galat, "1 sampai 40" in galat) == (7, True, True)
    kode, _, galat = periksa("--peristiwa", "peristiwa.jsonl", "--terhadap", "lama.txt", capsys=capsys)
    assert (kode, "lama.txt: akarnya berbeda" in galat) == (7, True)
    kode, keluar, _ = periksa("--peristiwa", "peristiwa.jsonl", capsys=capsys)
    assert (kode, "PERHATIAN: peristiwa 1 sampai 40" in keluar) == (0, True)


def test_ekor_yang_dipotong_ketahuan_dari_segel(capsys: pytest.CaptureFixture[str]) -> None:
    """The newest events cut off are missed by the seal over them, and only by it."""
    _tulis(_baca()[:30])
    kode, _, galat = periksa(".", capsys=capsys)
    assert (kode, "nomor 31 dan seterusnya" in galat) == (7, True)
    assert periksa("--peristiwa", "peristiwa.jsonl", "--segel", "lama.txt", capsys=capsys)[0] == 0


def test_bukti(capsys: pytest.CaptureFixture[str]) -> None:
    """Proof files are checked by themselves; growth needs the older seal."""
    kode, keluar, _ = periksa("--bukti", "12.tlog-proof", capsys=capsys)
    assert (kode, "peristiwa nomor 12 tercakup" in keluar) == (0, True)
    kode, keluar, _ = periksa("--bukti", "tumbuh", "--terhadap", "lama.txt", capsys=capsys)
    assert (kode, "30 peristiwa yang dulu disegel" in keluar) == (0, True)
    assert periksa("--bukti", "tumbuh", capsys=capsys)[0] == 2
    assert periksa("--terhadap", "lama.txt", capsys=capsys)[1].endswith("UTUH\n")


@pytest.mark.parametrize("ukuran", [*range(1, 20), 33])
def test_semua_bukti_kecil(ukuran: int) -> None:
    """Its own walk through the tree agrees with ours for every place and every older size, and with nothing else."""
    daun = [merkle.daun(b"%d" % i) for i in range(ukuran)]
    tingkat = [daun]
    while len(tingkat[-1]) > 1:
        tingkat.append(merkle.naik(tingkat[-1][: len(tingkat[-1]) // 2 * 2]))

    def baca(t: int, letak: int) -> bytes:
        return tingkat[t][letak]

    akar, pohon = merkle.akar(ukuran, baca), verifikasi_mandiri.Pohon()
    for i, sidik in enumerate(daun):
        jalur = merkle.cakupan(i, ukuran, baca)
        assert verifikasi_mandiri.akar_cakupan(sidik, 0, ukuran, i, jalur) == akar
        pohon.tambah(sidik)
        lama, jalur = merkle.akar(i + 1, baca), merkle.konsistensi(i + 1, ukuran, baca)
        assert (pohon.akar(), verifikasi_mandiri.akar_tumbuh(lama, 0, ukuran, i + 1, jalur)) == (lama, (lama, akar))
        for palsu in ([*jalur, akar], jalur[:-1]):
            if palsu != jalur:
                with pytest.raises(verifikasi_mandiri.BedaError):
                    verifikasi_mandiri.akar_tumbuh(lama, 0, ukuran, i + 1, palsu)


def test_tumbuh_dari_kosong(capsys: pytest.CaptureFixture[str]) -> None:
    """Every log grew from the empty one: no path is needed, and none is accepted; an empty log with another root is no beginning."""
    kunci = baca_kunci(Path("kunci"))
    segel_baru = Path("titik-periksa.txt").read_text()
    for nama, akar in (("kosong.txt", merkle.KOSONG), ("palsu.txt", bytes(32))):
        Path(nama).write_text(tandatangani(Checkpoint("zi/binjai", 0, akar), [kunci]))
    Path("tumbuh0").write_text(f"old 0\n\n{segel_baru}")
    Path("lebih").write_text(f"old 0\n{'A' * 43}=\n\n{segel_baru}")
    hasil = [periksa("--bukti", b, "--terhadap", s, capsys=capsys)[0] for b in ("tumbuh0", "lebih") for s in ("kosong.txt", "palsu.txt")]
    assert hasil == [0, 7, 7, 7]
    Path("mundur").write_text(f"old 40\n\n{Path('lama.txt').read_text()}")
    assert periksa("--bukti", "mundur", "--terhadap", "titik-periksa.txt", capsys=capsys)[0] == 7


def test_masukan_yang_terlalu_besar(capsys: pytest.CaptureFixture[str]) -> None:
    """A seal is read up to its limit and no further, wherever it comes from."""
    besar = Path("titik-periksa.txt").read_bytes() + b"x" * verifikasi_mandiri.CATATAN_MAKS
    Path("titik-periksa.txt").write_bytes(besar)
    assert periksa(".", capsys=capsys)[0] == 2
    assert "lebih dari" in periksa("--terhadap", "titik-periksa.txt", capsys=capsys)[2]


def _ganti(nama: str, lama: str, baru: str) -> None:
    isi = Path(nama).read_text()
    assert lama in isi
    Path(nama).write_text(isi.replace(lama, baru, 1))


@pytest.mark.parametrize(
    ("nama", "lama", "baru", "kode"),
    [
        ("12.tlog-proof", "index 11", "index 12", 7),
        ("12.tlog-proof", "index 11", "index 99", 7),
        ("12.tlog-proof", "extra ", "extra AAAA", 7),
        ("12.tlog-proof", "\n40\n", "\n41\n", 7),
        ("12.tlog-proof", "index 11\n", "index 11\nAAAA\n", 2),
        ("12.tlog-proof", "index 11\n", "index 11\n\u00e9\n", 2),
        ("12.tlog-proof", "c2sp", "c3sp", 2),
        ("12.tlog-proof", "index 11", "index 011x", 2),
        ("12.tlog-proof", "index 11\n", "index 11\n" + "A" * 43 + "=\n", 7),
        ("tumbuh", "old 30\n", "old 30\n" + "A" * 43 + "=\n", 7),
    ],
)
def test_bukti_palsu(nama: str, lama: str, baru: str, kode: int, capsys: pytest.CaptureFixture[str]) -> None:
    """A proof of which anything was changed proves nothing."""
    _ganti(nama, lama, baru)
    assert periksa("--bukti", nama, "--terhadap", "lama.txt", capsys=capsys)[0] == kode


@pytest.mark.parametrize(
    ("lama", "baru", "kode"),
    [
        ("\n40\n", "\n39\n", 7),
        ("\n40\n", "\n040\n", 2),
        ("\n40\n", "\n\u0664\u0660\n", 2),
        ("zi/binjai\n", "zi/lain\n", 7),
        ("\n\n", "\n", 2),
    ],
)
def test_segel_palsu(lama: str, baru: str, kode: int, capsys: pytest.CaptureFixture[str]) -> None:
    """A seal of which anything was changed is refused."""
    _ganti("titik-periksa.txt", lama, baru)
    assert periksa(".", capsys=capsys)[0] == kode


def test_kunci_lain_bukan_penanda(capsys: pytest.CaptureFixture[str]) -> None:
    """A seal that somebody else's key signed is none, even under the same name."""
    lain = buat_kunci(Path("lain.kunci"), "zi/binjai").pemeriksa.teks
    kode, _, galat = periksa(".", kunci=lain, capsys=capsys)
    assert (kode, "tidak ditandatangani" in galat) == (7, True)
    assert periksa(".", kunci="bukan+kunci", capsys=capsys)[0] == 2
    assert periksa(".", kunci=lain.replace("zi/binjai", "zi/lain"), capsys=capsys)[0] == 2


def test_paket_jahat(rumah: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Names inside a ZIP are never followed, a name that stands twice is refused, and what is no ZIP is told."""
    with zipfile.ZipFile("jahat.zip", "w") as arsip:
        arsip.writestr("../../peristiwa.jsonl", "x")
        arsip.writestr("titik-periksa.txt", Path("titik-periksa.txt").read_text())
    kode, _, galat = periksa("jahat.zip", capsys=capsys)
    assert (kode, "peristiwa.jsonl tidak ada" in galat) == (2, True)
    with zipfile.ZipFile("dua.zip", "w") as arsip:
        arsip.write("titik-periksa.txt")
        with pytest.warns(UserWarning, match="Duplicate"):
            arsip.write("titik-periksa.txt")
    assert periksa("dua.zip", capsys=capsys)[0] == 2
    for nama, isi in (("bukan.zip", b"x"), ("kosong.zip", b"")):
        Path(nama).write_bytes(isi)
        assert periksa(nama, capsys=capsys)[0] == 2
    assert periksa("tidak-ada", capsys=capsys)[0] == 2
    assert not (rumah.parent.parent / "peristiwa.jsonl").exists()


@pytest.mark.parametrize(
    "baris", [b"\xff\n", b"[]\n", b"{}\n", b"null\n", b'"x"\n', b"[" * 100_000 + b"\n", b'{"nomor":' + b"9" * 9999 + b"}\n", b"\n"]
)
def test_baris_yang_bukan_peristiwa(baris: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    """A line that is no event is the first bad entry, not a crash."""
    isi = Path("peristiwa.jsonl").read_bytes().splitlines(keepends=True)
    Path("peristiwa.jsonl").write_bytes(b"".join([*isi[:2], baris, *isi[2:]]))
    kode, _, galat = periksa(".", capsys=capsys)
    assert (kode, "peristiwa nomor 3:" in galat) == (7, True)


@pytest.fixture
def paket() -> Path:
    """Give the list of the evidence files that the events name, as a bundle has it."""
    isi = [json.dumps({"nomor": n, "aliran": a, **b}, separators=(",", ":")) + "\n" for n, a, b in _berkas()]
    assert len(isi) > 3
    Path("berkas.jsonl").write_text("".join(isi))
    return Path("berkas.jsonl")


def _berkas() -> list[tuple[object, object, dict[str, object]]]:
    semua = ((b["nomor"], b["aliran"], json.loads(str(b["isi"]))) for b in _baca())
    return [(n, a, satu) for n, a, isi in semua for satu in verifikasi_mandiri.sebutan(isi)]


@pytest.mark.parametrize(
    "rusak",
    [
        lambda isi: isi[1:],
        lambda isi: isi[:-1],
        lambda isi: [isi[1], isi[0], *isi[2:]],
        lambda isi: [*isi, isi[-1]],
        lambda isi: [isi[0].replace("a" * 64, "c" * 64), *isi[1:]],
        lambda isi: [isi[0].replace('{"nomor"', '{"sha256":"lain","nomor"'), *isi[1:]],
        lambda _: ["[" * 5000 + "\n"],
        lambda _: ["x\n"],
    ],
)
def test_daftar_berkas_bukti(paket: Path, rusak: Callable[[list[str]], list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    """The list of evidence files is exactly what the events name, in their order; any other is refused."""
    assert periksa(".", capsys=capsys)[0] == 0
    paket.write_text("".join(rusak(paket.read_text().splitlines(keepends=True))))
    kode, _, galat = periksa(".", capsys=capsys)
    assert (kode, "berkas.jsonl" in galat) == (7, True)


def test_definisi_dalam_paket(capsys: pytest.CaptureFixture[str]) -> None:
    """A definition in a bundle must have the hash that it is named by; one that is missing is said."""
    kode, keluar, _ = periksa(".", capsys=capsys)
    assert (kode, f"definisi sha256:{'0' * 64} tidak ada" in keluar) == (0, True)
    Path("definisi").mkdir()
    (Path("definisi") / f"{'0' * 64}.json").write_text("{}")
    kode, _, galat = periksa(".", capsys=capsys)
    assert (kode, "bukan definisi" in galat) == (7, True)


def test_tanpa_yang_diperiksa(capsys: pytest.CaptureFixture[str]) -> None:
    """Naming nothing to check is a mistake, never "whole"."""
    assert periksa(capsys=capsys)[:2] == (2, "")


def test_baris_mentah_sama_dengan_penyimpanan(bekal: Path) -> None:
    """The raw lines hold every column under the chain as it is stored, and lead to the store's own root."""
    with terbuka(f"sqlite:///{bekal / 'zi.db'}", siapkan=False) as store:
        akar = store.baca(lambda k: tree.akar(k, 40))
    pohon = merkle.Pembangun()
    pohon.tambah([tree.daun(str(b["rantai"])) for b in _baca()])
    assert pohon.akar() == akar
    assert all(list(b) == [*verifikasi_mandiri.KOLOM, "isi", "rantai"] for b in _baca())
