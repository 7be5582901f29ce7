"""The log, from its first event to its last in one pass: numbers, versions, times, the chain of every stream, the tree.

Memory: the end of every stream, and a page of rows. After a broken link the check goes on from the stored hash, so that one
change is reported once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from sqlalchemy import Connection

from zi_workflow.domain.merkle import TINGGI, Pembangun, Simpul
from zi_workflow.store.chain import TEMPLAT
from zi_workflow.verify.envelope import HALAMAN, Baris, halaman
from zi_workflow.verify.findings import LOG, Kumpulan, Pantau

_PANGKAL = TEMPLAT + b"pangkal\n"


@dataclass(slots=True)
class RingkasanLog:
    """What the log is: how many events, the last one's hash and time, the tree's root, and its roots at the sizes asked for."""

    jumlah: int = 0
    nomor: int = 0
    kepala: str | None = None
    waktu: str = ""
    akar: bytes = b""
    akar_pada: dict[int, bytes] = field(default_factory=dict)


def periksa_log(
    koneksi: Connection, kumpulan: Kumpulan, pantau: Pantau, ukuran: Iterable[int] = (), salinan: Iterator[tuple[int, str]] | None = None
) -> RingkasanLog:
    """Go through the log; ``ukuran``: sizes of the tree whose roots are wanted, ``salinan``: (nomor, rantai) kept elsewhere."""
    jalan = _Jalan(koneksi, kumpulan, ukuran, salinan)
    akhir = koneksi.exec_driver_sql("SELECT max(nomor) FROM peristiwa").scalar() or 0
    for satu in pantau("Memeriksa rantai dan pohon", halaman(koneksi), -(-max(akhir, 0) // HALAMAN)):
        jalan.halaman(satu)
    return jalan.selesai()


class _Jalan:
    """One pass over the log."""

    def __init__(self, koneksi: Connection, kumpulan: Kumpulan, ukuran: Iterable[int], salinan: Iterator[tuple[int, str]] | None) -> None:
        self._koneksi = koneksi
        self._kursor = koneksi.connection.cursor()
        self._kumpulan = kumpulan
        self._hasil = RingkasanLog()
        self._ujung: dict[bytes, tuple[int, bytes]] = {}
        self._waktu = b""
        self._pohon = Pembangun()
        self._titik = sorted({u for u in ukuran if u > 0}, reverse=True)
        self._salinan = salinan
        self._rapat = True
        self._simpul_salah = False

    def halaman(self, baris: Sequence[Baris]) -> None:
        """Check a page of rows: the whole at once where all is right, row by row where something is not."""
        baru: dict[bytes, tuple[int, bytes]] = {}
        sidik = self._sidik(baris, baru)
        nomor, _, _, waktu, _, _, rantai = zip(*baris, strict=True)
        berikut = self._hasil.nomor + 1
        urut = nomor == tuple(range(berikut, berikut + len(baris))) and list(waktu) == sorted((self._waktu, *waktu))[1:]
        if sidik is not None and urut and self._waktu <= waktu[0] and b"".join(sidik).hex().encode() == b"".join(rantai):
            self._waktu = waktu[-1]
            self._ujung |= baru
            self._catat(baris, [sha256(b"\0" + satu).digest() for satu in sidik])
        else:
            self._teliti(baris)

    def _sidik(self, baris: Sequence[Baris], baru: dict[bytes, tuple[int, bytes]]) -> list[bytes] | None:
        """Return the hash of every row over the stored one before it; None where a version or a column is not right.

        ``baru`` takes the ends of the streams after this page.
        """
        ujung = self._ujung
        hasil: list[bytes] = []
        try:
            for _, aliran, versi, _, amplop, isi, rantai in baris:
                lama = baru.get(aliran) or ujung.get(aliran) or _awal(aliran)
                if versi != lama[0] + 1:
                    return None
                hasil.append(sha256(b"%b%b\n%b\n%b" % (TEMPLAT, lama[1], amplop, isi)).digest())
                baru[aliran] = versi, rantai
        except TypeError:  # no envelope, or content that is not bytes
            return None
        return hasil

    def _teliti(self, baris: Sequence[Baris]) -> None:
        """Check the rows of a page one by one, and say what is wrong with each."""
        daun: list[bytes] = []
        berikut, ujung = self._hasil.nomor + 1, self._ujung
        for satu in baris:
            nomor, aliran, versi, waktu, amplop, isi, rantai = satu
            lama = ujung.get(aliran) or _awal(aliran)
            try:
                ikat = sha256(b"%b%b\n%b\n%b" % (TEMPLAT, lama[1], amplop, isi))
            except TypeError:
                ikat = sha256()
            tepat = ikat.hexdigest().encode() == rantai
            self._selidiki(satu, lama, berikut, tepat=tepat)
            ujung[aliran] = (versi if isinstance(versi, int) else 0, rantai)
            self._waktu = waktu
            berikut = nomor + 1
            daun.append(sha256(b"\0" + (ikat.digest() if tepat else _isi_daun(rantai))).digest())
        self._catat(baris, daun)

    def _catat(self, baris: Sequence[Baris], daun: Sequence[bytes]) -> None:
        """Take the leaves of a page into the tree, and compare with what is kept elsewhere."""
        hasil = self._hasil
        hasil.jumlah += len(baris)
        hasil.nomor, hasil.kepala = baris[-1][0], baris[-1][6].decode("ascii", "replace")
        while self._titik and self._titik[-1] <= self._pohon.ukuran + len(daun):
            sampai = self._titik.pop()
            ambil = sampai - self._pohon.ukuran
            self._cocokkan(self._pohon.tambah(daun[:ambil]))
            daun = daun[ambil:]
            hasil.akar_pada[sampai] = self._pohon.akar()
        self._cocokkan(self._pohon.tambah(daun))
        if self._salinan is not None:
            self._bandingkan(baris, self._salinan)

    def _selidiki(self, baris: Baris, lama: tuple[int, bytes], berikut: int, *, tepat: bool) -> None:
        """Say what is wrong with a row, if anything is."""
        nomor, aliran, versi, waktu = baris[:4]
        nama = aliran.decode("utf-8", "backslashreplace")
        if nomor > berikut:
            self._rapat = False
            sampai = f" sampai {nomor - 1}" if nomor - 1 > berikut else ""
            self._kumpulan.temukan(LOG, f"nomor {berikut}{sampai} tidak ada: dihapus, atau dinomori ulang", berikut)
        elif nomor < berikut:
            self._rapat = False
            self._kumpulan.temukan(LOG, "nomor di luar urutan: disisipkan, atau dinomori ulang", nomor, nama)
        if versi != lama[0] + 1:
            apa = f"versi {versi} di tempat versi {lama[0] + 1}: ada yang dihapus, disisipkan, atau dipindah dalam alirannya"
            self._kumpulan.temukan(LOG, apa, nomor, nama)
        if not tepat:
            self._kumpulan.temukan(LOG, "sidik rantai tidak cocok: peristiwa ini, atau yang sebelumnya di alirannya, diubah", nomor, nama)
        if waktu < self._waktu:
            self._kumpulan.temukan(LOG, "waktu catat mundur terhadap peristiwa sebelumnya", nomor, nama)

    def _cocokkan(self, semua: Sequence[Simpul]) -> None:
        """Compare nodes that the leaves complete with those kept; the first that differs is named, as a range of events."""
        for tingkat, letak, sidik in semua if self._rapat else ():
            self._kursor.execute(f"SELECT sidik FROM simpul WHERE tingkat = {tingkat} AND letak = {letak}")  # noqa: S608 - two numbers
            baris = self._kursor.fetchall()
            ada = baris[0][0] if baris else None
            if ada != sidik.hex() and not self._simpul_salah:
                self._simpul_salah = True
                awal, akhir = (letak << tingkat) + 1, (letak + 1) << tingkat
                apa = "tidak ada" if ada is None else "tidak cocok"
                self._kumpulan.temukan(LOG, f"simpul pohon nomor {awal} sampai {akhir} {apa}: rantai atau pohonnya ditulis ulang", awal)

    def _bandingkan(self, baris: Sequence[Baris], salinan: Iterator[tuple[int, str]]) -> None:
        """Compare with a copy of the chain kept elsewhere, up to the first that differs or the end of either."""
        for satu in baris:
            lain = next(salinan, None)
            if lain is None or lain != (satu[0], satu[6].decode("ascii", "replace")):
                self._salinan = None
                if lain is not None:
                    nama = satu[1].decode("utf-8", "backslashreplace")
                    apa = f"berbeda dari salinan yang disimpan di luar (nomor {lain[0]} di sana)"
                    self._kumpulan.temukan(LOG, apa, min(satu[0], lain[0]), nama)
                return

    def selesai(self) -> RingkasanLog:
        """Return what the log is; what is left in the copy kept elsewhere, or too many nodes, is a problem."""
        hasil = self._hasil
        hasil.waktu = self._waktu.decode("ascii", "replace")
        hasil.akar = self._pohon.akar()
        if self._salinan is not None and (lain := next(self._salinan, None)) is not None:
            self._kumpulan.temukan(LOG, "tidak ada di log ini, tetapi ada dalam salinan yang disimpan di luar: ekornya dipotong", lain[0])
        harap = sum(self._pohon.ukuran >> t for t in range(TINGGI, self._pohon.ukuran.bit_length(), TINGGI))
        ada = self._koneksi.exec_driver_sql("SELECT count(*) FROM simpul").scalar()
        if self._rapat and ada != harap:
            self._kumpulan.temukan(LOG, f"ada {ada} simpul pohon, seharusnya {harap}")
        return hasil


def _awal(aliran: bytes) -> tuple[int, bytes]:
    """Return what the first event of a stream builds on."""
    return 0, sha256(_PANGKAL + aliran).hexdigest().encode()


def _isi_daun(rantai: bytes) -> bytes:
    """Return the leaf of an event whose stored hash is not its own."""
    try:
        return bytes.fromhex(rantai.decode("ascii"))
    except ValueError:
        return b""
