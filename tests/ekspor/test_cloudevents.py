"""CloudEvents: what the specification asks, by a reader that is not ours and by its own words."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from cloudevents.core.formats.json import JSONFormat

from tests.ekspor.alat import NIP, TERBUKA, TERTUTUP, TOKEN, TOKEN_HAPUS, TOKEN_TERTUTUP, baris
from zi_workflow.export.cloudevents import acara, cloudevents
from zi_workflow.export.content import Pembuka
from zi_workflow.store import Store
from zi_workflow.store.codec import KODEK
from zi_workflow.store.sealing import TERTAHAN

WIB = ZoneInfo("Asia/Jakarta")
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_WAJIB = {"id", "source", "specversion", "type"}
_TERLARANG = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def _periksa(acara: dict[str, Any]) -> None:
    """Hold an event against the rules of CloudEvents 1.0.2: names, types, times."""
    atribut = {k: v for k, v in acara.items() if k != "data"}
    assert atribut.keys() >= _WAJIB
    assert all(re.fullmatch("[a-z0-9]{1,20}", nama) for nama in atribut)
    assert all(isinstance(v, str) and v and not _TERLARANG.search(v) for v in atribut.values())
    assert atribut["specversion"] == "1.0"
    assert all(_RFC3339.fullmatch(atribut[k]) for k in ("time", "recordedtime"))
    assert re.fullmatch(r"[!-~]+", atribut["source"])
    assert re.fullmatch(r"[!-~]+", atribut["subject"])


def test_harus_sah_menurut_spesifikasi(register: Store) -> None:
    """Every event of a register keeps the rules and is read by the CloudEvents project's own library; source and id are unique."""
    semua = [(satu, json.loads(satu)) for satu in cloudevents(register.alirkan(), WIB)]
    assert len(semua) == register.ujung()
    for teks, satu in semua:
        _periksa(satu)
        dibaca = JSONFormat().read(None, teks)
        assert (dibaca.get_id(), dibaca.get_extension("recordedtime")) == (satu["id"], satu["recordedtime"])
        assert dibaca.get_data() == satu["data"]
    assert len({(satu["source"], satu["id"]) for _, satu in semua}) == len(semua)
    urut = [satu["sequence"] for _, satu in semua]
    assert urut == sorted(urut)


def test_seluruh_amplop(register: Store) -> None:
    """Nothing of an event is left out: envelope and content are in the data, as the register has them."""
    for satu, asal in zip(cloudevents(register.alirkan(), WIB), register.alirkan(), strict=True):
        data = json.loads(satu)["data"]
        polos = {**asal, "dibaca": json.loads(asal["dibaca"]), "dasar": json.loads(asal["dasar"])}
        polos["isi"] = KODEK.dengan(TERTAHAN).isi(asal["isi"])
        luar = {"instansi", "alur", "kode", "tanggal", "waktu_catat"}
        assert data == {k: v for k, v in polos.items() if k not in luar}


def test_satu_acara() -> None:
    """``time`` is the first instant of the day that it happened on, ``recordedtime`` when it was recorded."""
    satu = acara(baris(17, "BuktiDicatat", {"jenis": "lhe"}, kode="DINAS A"), WIB)
    _periksa(satu)
    assert satu["id"] == "17"
    assert satu["type"] == "zi.BuktiDicatat.v1"
    assert (satu["source"], satu["subject"]) == ("/zi/binjai", "zi/DINAS%20A")
    assert (satu["time"], satu["tanggal"]) == ("2026-05-20T00:00:00+07:00", "2026-05-20")
    assert satu["recordedtime"] == "2026-05-21T03:04:05.000000Z"
    assert acara(baris(1, "X", {}), WIB, sumber="https://contoh.invalid/zi")["source"] == "https://contoh.invalid/zi"


@pytest.mark.parametrize("tanggal", ["1900-01-01", "1923-12-31", "1924-01-01", "1942-03-24", "1963-12-31", "1964-01-01", "2026-05-20"])
def test_waktu_zona_lama(tanggal: str) -> None:
    """An offset with seconds, which no RFC 3339 time can have, becomes UTC; it is the same instant."""
    satu = acara(baris(1, "X", {}, tanggal=tanggal), WIB)
    _periksa(satu)
    instan = datetime.fromisoformat(satu["time"])
    assert instan == datetime.fromisoformat(tanggal).replace(tzinfo=WIB)
    assert instan.astimezone(UTC) - datetime.fromisoformat(tanggal).replace(tzinfo=UTC) < timedelta(0)


def test_data_pribadi_tetap_tersegel() -> None:
    """A sealed text reads ``disegel``, one whose key is destroyed ``dihapus``; opened when asked for, but never what is kept closed."""
    semua = {"nama": TOKEN, "pelapor": {"kontak": TOKEN_TERTUTUP}, "dulu": [TOKEN_HAPUS], "bukan": {"$pribadi": "teks"}}
    satu = baris(1, "PejabatDiangkat", semua)

    def isi(pembuka: Pembuka | None) -> object:
        return acara(satu, WIB, pembuka)["data"]["isi"]

    tetap = {"pelapor": {"kontak": "disegel"}, "bukan": {"$pribadi": "teks"}}
    assert isi(None) == {"nama": "disegel", "dulu": ["disegel"], **tetap}
    assert isi(TERTUTUP) == {"nama": "disegel", "dulu": ["dihapus"], **tetap}
    assert isi(TERBUKA) == {"nama": f"terbuka {NIP}", "dulu": ["dihapus"], **tetap}
    assert b"AAAA" not in b"".join(cloudevents([satu], WIB, TERBUKA))
