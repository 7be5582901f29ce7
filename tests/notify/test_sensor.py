"""Redaction as a property: whatever surrounds them, no part of a template's secrets survives."""

from __future__ import annotations

import json
import string
from base64 import b64encode
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from zi_workflow.notify.redact import Sensor, bentuk_rahasia

_BEBAS = string.ascii_letters + string.digits + "-._~!$'()*+é…"
_RAHASIA = st.text(_BEBAS, min_size=3, max_size=24)
_SANDI = st.text(_BEBAS + "@:/?#&%= ", min_size=3, max_size=24)
_SEKITAR = st.text(max_size=40) | st.text("abc…/:@", max_size=40)


@given(pengguna=_RAHASIA, sandi=_SANDI, jalan=_RAHASIA, nilai=_SANDI, sekitar=st.lists(_SEKITAR, min_size=13, max_size=13))
@example(pengguna="abc", sandi="a b c", jalan="def", nilai="ghi", sekitar=[""] * 13)
@example(pengguna="abc", sandi="bcdef", jalan="a…b", nilai="………", sekitar=["a", "", "ef", "ab", *[""] * 9])
def test_tidak_ada_rahasia_yang_bertahan(pengguna: str, sandi: str, jalan: str, nilai: str, sekitar: list[str]) -> None:
    """Plain, encoded, escaped, in base64, in any case, glued together: no part shows in what is left."""
    templat = f"mailtos://{quote(pengguna)}:{quote(sandi, safe='')}@tuan.invalid/{quote(jalan)}/{{alamat}}?x={quote(nilai, safe='')}"
    bentuk = [
        *(p for p in (pengguna, sandi, jalan, nilai)),
        *(f(sandi) for f in (lambda s: quote(s, safe=""), quote, quote_plus, repr, json.dumps, ascii, str.upper)),
        b64encode(sandi.encode()).decode(),
        f"{pengguna}{sandi}{jalan}",
    ]
    teks = "".join(a + b for a, b in zip(sekitar, bentuk, strict=True))
    hasil = Sensor(templat)(teks + templat)
    for rahasia in (
        pengguna,
        sandi,
        jalan,
        nilai,
        quote(sandi, safe=""),
        quote_plus(sandi),
        sandi.upper(),
        repr(sandi)[1:-1],
        b64encode(sandi.encode()).decode()[:-2],
    ):
        assert rahasia not in hasil
    assert "://" not in hasil


@given(_SANDI)
def test_bagian_rahasia_yang_tumpang_tindih_tidak_menyisakan_ekor(rahasia: str) -> None:
    """Two secrets that share letters where they meet are both gone, not only the one that was found first."""
    kiri, kanan = f"kiri{rahasia}", f"{rahasia}kanan"
    hasil = Sensor(f"json://{quote(kiri, safe='')}:{quote(kanan, safe='')}@tuan.invalid/{{alamat}}")(f"[kiri{rahasia}kanan]")
    assert hasil == "[…]"


@given(st.text())
def test_sensor_selesai_dan_tidak_berubah_lagi(teks: str) -> None:
    """Redacting ends for every text, and redacting the outcome changes nothing."""
    sensor = Sensor("json://abc:………@a…b.invalid/{alamat}")
    assert sensor(sensor(teks)) == sensor(teks)


@pytest.mark.parametrize(
    ("templat", "teks", "hasil"),
    [
        ("tgram://123456:AbCdEf/{alamat}", "POST /bot123456:AbCdEf/sendMessage ke budi", "POST /bot…sendMessage ke budi"),
        ("json://u:p@tuan.invalid/{alamat}", "HTTPConnectionPool(host='tuan.invalid', port=80)", "HTTPConnectionPool(host='…', port=80)"),
        ("surel://zi:sandi123@tuan.invalid?to={alamat}", "masuk zi sandi123 ke budi@contoh.invalid", "masuk zi … ke budi@contoh.invalid"),
        ("json://host.invalid/a/{alamat}", "lihat https://lain.invalid/x?y=1 dan http://z", "lihat … dan …"),
        ("ab://cd{alamat}", "dari cd ke budi", "dari cd ke budi"),
    ],
)
def test_sisa_teks_tetap_terbaca(templat: str, teks: str, hasil: str) -> None:
    """What is no secret stays: ordinary words, the address, parts too short to be told apart; every URL goes."""
    assert Sensor(templat)(teks) == hasil


def test_alamat_bukan_rahasia() -> None:
    """The place of the address, and what is shorter than three letters, are no secrets."""
    assert all("alamat" not in bentuk for bentuk in bentuk_rahasia("json://tuan.invalid/{alamat}/kait?to={alamat}"))
    assert bentuk_rahasia("ab://cd{alamat}ef") == frozenset()
