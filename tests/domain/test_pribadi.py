"""Personal texts in the core: they read like text, know whose they are, and leave no guessable trace."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.alat.dunia import ADMIN, HARI, KEPALA, PENILAI, UNIT_UJI, Dunia, definisi, kosong
from zi_workflow.domain.commands import (
    AkhiriPejabat,
    AmbilLangkah,
    AngkatPejabat,
    AturKontak,
    Catat,
    DaftarkanUnit,
    HapusData,
    Koreksi,
    Perintah,
)
from zi_workflow.domain.definition import Definisi, Isian, KebijakanPribadi
from zi_workflow.domain.events import BuktiDicatat, KontakDiatur, PejabatDiangkat, PerintahDitolak, Tercatat
from zi_workflow.domain.fields import baca_isi
from zi_workflow.domain.personal import DIHAPUS, Pribadi, milik, pribadi_dalam, sandi_wajib, tanpa_pribadi, terbaca, terhapus
from zi_workflow.domain.privacy import memuat_pribadi
from zi_workflow.domain.retrace import perintah_dari
from zi_workflow.domain.verdict import Putusan

HARI_INI = HARI("2024-03-01")


def test_teks_pribadi_adalah_teksnya() -> None:
    """It equals, sorts and hashes as its words; copies of any depth stay personal, also inside a dataclass."""
    nama = Pribadi("Siti Contoh", KEPALA)
    assert (nama, hash(nama), len(nama)) == ("Siti Contoh", hash("Siti Contoh"), 11)
    for salinan in (deepcopy({"a": [nama]})["a"][0], asdict(PejabatDiangkat(KEPALA, nama, "tpi", "1", "2024-01-01"))["nama"]):
        assert isinstance(salinan, Pribadi)
        assert (salinan.orang, salinan.sandi, salinan.keadaan, salinan.tertutup) == (KEPALA, None, "", False)


def test_keadaan_menentukan_apakah_terbaca() -> None:
    """Plain text and an open text can be read; what is shown in the place of one cannot."""
    assert terbaca("a")
    assert terbaca(Pribadi("a"))
    assert not terbaca(Pribadi(DIHAPUS, keadaan=DIHAPUS))


def test_milik_seseorang() -> None:
    """Fresh text becomes the person's; what comes from the log stays what it was there."""
    lama = Pribadi("a", "X-LAIN", sandi="{}")
    assert milik(lama, KEPALA) is lama
    baru = milik("a", KEPALA)
    assert (baru, baru.orang, baru.sandi) == ("a", KEPALA, None)


def test_yang_belum_disegel_tidak_dapat_ditulis() -> None:
    """To ask an unsealed text for its token is a bug, not an empty token."""
    assert sandi_wajib(Pribadi("a", sandi="{}")) == "{}"
    with pytest.raises(TypeError):
        sandi_wajib(Pribadi("a"))


def test_mencari_dan_menyamarkan_di_dalam_isi() -> None:
    """Each text is found where it stands, and left out without touching the rest."""
    isi: dict[str, Any] = {"saksi": [{"nama": Pribadi("A"), "unsur": "x"}, {"nama": Pribadi("B")}], "n": 1, "t": (Pribadi("C"), None)}
    assert list(pribadi_dalam(isi)) == [("saksi[0].nama", "A"), ("saksi[1].nama", "B"), ("t[0]", "C")]
    assert tanpa_pribadi(isi) == {"saksi": [{"nama": "disegel", "unsur": "x"}, {"nama": "disegel"}], "n": 1, "t": ["disegel", None]}
    assert list(pribadi_dalam("biasa")) == []


_PELAPOR = (
    Isian("nip", "nip", wajib=False),
    Isian("nama", "teks", pribadi="biasa", orang="nip"),
    Isian("telepon", "teks", pribadi="tertutup"),
)


@pytest.mark.parametrize(("nip", "orang"), [(KEPALA, KEPALA), (None, "")])
def test_isian_pribadi_tahu_orangnya(nip: str | None, orang: str) -> None:
    """A field of the definition that is personal is read as such, owned by the NIP beside it, or by nobody known."""
    isi = baca_isi(_PELAPOR, {"nip": nip, "nama": " Budi ", "telepon": "08"}, "uji")
    nama, telepon = isi["nama"], isi["telepon"]
    assert isinstance(nama, Pribadi)
    assert isinstance(telepon, Pribadi)
    assert (nama, nama.orang, nama.tertutup) == ("Budi", orang, False)
    assert (telepon, telepon.orang, telepon.tertutup) == ("08", "", True)


def test_isian_dari_log_tetap_miliknya() -> None:
    """Content that was read from the log is read again as it stands: same token, same owner."""
    lama = Pribadi("Budi", "X-DULU", sandi="{}")
    assert baca_isi(_PELAPOR, {"nip": KEPALA, "nama": lama, "telepon": "08"}, "uji")["nama"] is lama


def test_isian_pribadi_dalam_daftar() -> None:
    """Also the items of a list may be personal."""
    isian = (Isian("semua", "daftar", butir=Isian("butir", "teks", pribadi="biasa")),)
    assert memuat_pribadi(replace(definisi(), keadaan_awal=isian), _perintah()["daftarkan"])
    semua = baca_isi(isian, {"semua": ["A", "B"]}, "uji")["semua"]
    assert isinstance(semua, list)
    assert [type(s) for s in semua] == [Pribadi, Pribadi]


def test_nama_pejabat_kontak_dan_saksi_adalah_pribadi() -> None:
    """The definition that ships: names of officials and of people in records, and contacts, are personal; names of units are not."""
    dunia = kosong()
    dunia.jalankan(AturKontak(PENILAI, "surel", HARI_INI, ADMIN, "tpi@contoh.invalid"))
    anggota = [{"nip": KEPALA, "nama": "Ketua", "area": 1, "unsur": "pejabat"}]
    dunia.catat("tim_kerja", "2024-03-02", {"nomor_sk": "1", "anggota": anggota})
    dunia.catat("piagam", "2024-03-02", {"penandatangan": KEPALA, "saksi": [{"nama": "Saksi", "unsur": "dunia_usaha"}]})
    semua = [(type(t.peristiwa), jalan, p.orang) for t in dunia.log for jalan, p in pribadi_dalam(_isi(t.peristiwa))]
    assert {s for s in semua if s[0] is not PejabatDiangkat} == {
        (KontakDiatur, "alamat", PENILAI),
        (BuktiDicatat, "isi.anggota[0].nama", KEPALA),
        (BuktiDicatat, "isi.saksi[0].nama", ""),
    }
    assert {s[1] for s in semua if s[0] is PejabatDiangkat} == {"nama"}
    assert not isinstance(dunia.unit[UNIT_UJI].nama, Pribadi)


def _isi(peristiwa: Any) -> dict[str, Any]:  # noqa: ANN401 - any event
    return {nama: getattr(peristiwa, nama) for nama in peristiwa.__slots__}


def _perintah() -> dict[str, Perintah]:
    return {
        "daftarkan": DaftarkanUnit("A", "B", HARI_INI, ADMIN),
        "angkat": AngkatPejabat(KEPALA, "N", "tpi", "1", HARI_INI, HARI_INI, ADMIN),
        "kontak": AturKontak(KEPALA, "surel", HARI_INI, ADMIN, "a@b"),
        "akhiri": AkhiriPejabat(KEPALA, "tpi", HARI_INI, HARI_INI, ADMIN),
        "tim": Catat("tim_kerja", UNIT_UJI, {}, HARI_INI, ADMIN),
        "pakta": Catat("pakta_integritas", UNIT_UJI, {}, HARI_INI, ADMIN),
        "tak dikenal": Catat("tak_ada", UNIT_UJI, {}, HARI_INI, ADMIN),
        "canangkan": AmbilLangkah("canangkan", UNIT_UJI, {}, HARI_INI, ADMIN),
        "langkah tak dikenal": AmbilLangkah("tak-ada", UNIT_UJI, {}, HARI_INI, ADMIN),
    }


def test_perintah_yang_memuat_data_pribadi() -> None:
    """What a command may carry follows from its kind, whatever is filled in."""
    ya = {nama for nama, satu in _perintah().items() if memuat_pribadi(definisi(), satu)}
    assert ya == {"angkat", "kontak", "tim"}


def _ditolak(dunia: Dunia, perintah: Perintah) -> PerintahDitolak:
    putusan = dunia.jalankan(perintah)
    (ditolak,) = [t.peristiwa for t in putusan.terbitan]
    assert isinstance(ditolak, PerintahDitolak)
    return ditolak


def test_sidik_penolakan_tidak_memuat_nama() -> None:
    """A refusal is recognised by everything but the personal texts, which stay in its content."""
    dunia = kosong()
    sama = AngkatPejabat("X-BARU", "Nama Satu", "auditor", "9/2024", HARI_INI, HARI_INI, PENILAI)
    satu, dua = (_ditolak(dunia, replace(sama, nama=nama)) for nama in ("Nama Satu", "Nama Dua"))
    lain = _ditolak(dunia, replace(sama, sk="10/2024"))
    assert satu.sidik == dua.sidik != lain.sidik
    assert satu.isi["nama"] == "Nama Satu"
    assert isinstance(satu.isi["nama"], Pribadi)


def _hapus(dunia: Dunia, orang: str = "X-LAMA", **lain: Any) -> Putusan:  # noqa: ANN401 - fields of the command
    bawaan: dict[str, Any] = {"kunci": "k1", "alasan": "diminta", "dasar": "surat 1", "tanggal": HARI("2024-05-01"), "oleh": ADMIN}
    return dunia.jalankan(HapusData(orang, **{**bawaan, **lain}))


def _lama(aturan: Definisi | None = None) -> Dunia:
    """Return a register with somebody whose role ended, with a contact."""
    dunia = Dunia(aturan)
    dunia.angkat(ADMIN, "admin")
    dunia.angkat("X-LAMA", "auditor", sampai="2024-04-30")
    dunia.jalankan(AturKontak("X-LAMA", "surel", HARI_INI, ADMIN, "a@contoh.invalid"))
    dunia.jalankan(AturKontak(ADMIN, "surel", HARI_INI, ADMIN, "b@contoh.invalid"))
    return dunia


def test_dihapus_dari_lipatan_sebelum_kuncinya_hilang() -> None:
    """From the event on nobody is told the name or the address, whatever the key store still can; others keep theirs."""
    dunia = _lama()
    assert _hapus(dunia).diterima
    nama = {j.nip: j.nama for j in dunia.instansi.jabatan}
    assert nama == {ADMIN: "Orang admin", "X-LAMA": DIHAPUS}
    assert not terbaca(nama["X-LAMA"])
    assert dunia.instansi.kontak == {ADMIN: {"surel": "b@contoh.invalid"}}
    assert dunia.instansi.dihapus == {"X-LAMA": {"k1": len(dunia.log)}}
    assert terhapus("polos") == "polos"


def test_menghapus_lagi_tidak_mencatat_lagi() -> None:
    """The same key of the same person is deleted once; a later key is another deletion."""
    dunia = _lama()
    satu = _hapus(dunia)
    dua = _hapus(dunia, alasan="lain")
    assert (satu.sudah, dua.sudah, dua.terbitan) == (None, len(dunia.log), ())
    assert _hapus(dunia, kunci="k2").terbitan


@pytest.mark.parametrize("tanggal", ["2024-04-01", "2024-04-30"])
def test_ditolak_selama_menjabat(tanggal: str) -> None:
    """On the last day in a role it is still refused, with what to do; what is refused is decided again by the same words."""
    dunia = _lama()
    putusan = _hapus(dunia, tanggal=HARI(tanggal))
    (kurang,) = putusan.daftar.penghalang
    assert (kurang.id, kurang.tafsir, kurang.bukti) == ("data_pribadi.menjabat", ("D26",), (2,))
    assert kurang.dasar == ("Perwali Binjai 3/2024 Pasal 18",)
    assert "zi pejabat akhiri X-LAMA --peran auditor" in kurang.lanjut
    (ditolak,) = dunia.penolakan
    assert ditolak.isi == {"orang": "X-LAMA", "kunci": "k1", "alasan": "diminta", "dasar": "surat 1"}
    diterima = _hapus(dunia).terbitan[0].peristiwa
    for peristiwa in (ditolak, diterima):
        tercatat = Tercatat(peristiwa, 9, 1, HARI(tanggal), ADMIN, datetime(2024, 5, 1, tzinfo=UTC))
        assert perintah_dari(tercatat, None) == HapusData("X-LAMA", "k1", "diminta", "surat 1", HARI(tanggal), ADMIN)


def test_hanya_admin_yang_menghapus() -> None:
    """Somebody without the role is refused (R30)."""
    dunia = _lama()
    dunia.angkat(PENILAI, "tpi")
    assert {t.id.split(".")[0] for t in _hapus(dunia, oleh=PENILAI).daftar.penghalang} == {"R30"}


def test_kebijakan_lain() -> None:
    """Where the policy says so, names on decrees are open, and data are deleted at any time; before the first policy, that one holds."""
    nanti = KebijakanPribadi(HARI("2024-03-15"), "terbuka", "kapan_saja")
    dunia = _lama(replace(definisi(), data_pribadi=(KebijakanPribadi(HARI("2024-03-01")), nanti)))
    baru = AngkatPejabat("X-BARU", "Nama", "auditor", "1", HARI("2024-03-20"), HARI("2024-03-20"), ADMIN)
    dunia.jalankan(baru)
    assert [isinstance(j.nama, Pribadi) for j in dunia.instansi.jabatan] == [True, True, False]
    assert _hapus(dunia, "X-BARU").diterima
    assert dunia.instansi.jabatan[-1].nama == "Nama"


def test_koreksi_dapat_memuat_data_pribadi() -> None:
    """A correction brings content of any kind."""
    assert memuat_pribadi(definisi(), Koreksi(1, {}, "salah", HARI_INI, ADMIN))
