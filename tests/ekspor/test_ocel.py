"""OCEL 2.0: read and validated by pm4py, which is not ours, and counted by hand."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

from tests.alat.dunia import UNIT_UJI
from tests.ekspor.alat import NIP, TERBUKA, TOKEN, baris
from tests.pengaduan.alat import Register
from zi_workflow.export.content import Pembuka
from zi_workflow.export.objects import SIFAT, Pemeta
from zi_workflow.export.ocel import ocel
from zi_workflow.store import Store

WIB = ZoneInfo("Asia/Jakarta")


def _larik(isi: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": isi}


def _wajib(*wajib: str, **bagian: Any) -> dict[str, Any]:  # noqa: ANN401 - pieces of a schema
    return {"type": "object", "properties": bagian, "required": list(wajib)}


_TEKS: Final = {"type": "string"}
_WAKTU: Final = {"type": "string", "format": "date-time"}
_JENIS = _larik(_wajib("name", "attributes", name=_TEKS, attributes=_larik(_wajib("name", "type", name=_TEKS, type=_TEKS))))
_HUBUNGAN = _larik(_wajib("objectId", "qualifier", objectId=_TEKS, qualifier=_TEKS))
_PERISTIWA = _wajib(
    "id", "type", "time", id=_TEKS, type=_TEKS, time=_WAKTU, relationships=_HUBUNGAN,
    attributes=_larik(_wajib("name", "value", name=_TEKS, value=_TEKS)),
)  # fmt: skip
_OBJEK = _wajib(
    "id", "type", id=_TEKS, type=_TEKS, relationships=_HUBUNGAN,
    attributes=_larik(_wajib("name", "value", "time", name=_TEKS, value=_TEKS, time=_WAKTU)),
)  # fmt: skip
SKEMA: Final = _wajib(
    "eventTypes", "objectTypes", "events", "objects",
    eventTypes=_JENIS, objectTypes=_JENIS, events=_larik(_PERISTIWA), objects=_larik(_OBJEK),
)  # fmt: skip
"""What the published schema of the JSON format asks (section 8 of the OCEL 2.0 specification), put together here."""


@pytest.fixture(scope="module")
def berkas(register: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the register's export."""
    jalan = tmp_path_factory.mktemp("ocel") / "zi.json"
    jalan.write_bytes(b"".join(ocel(register.alirkan(), WIB)))
    return jalan


@pytest.fixture(scope="module")
def isi(berkas: Path) -> dict[str, Any]:
    """Read it as JSON."""
    hasil: dict[str, Any] = json.loads(berkas.read_bytes())
    return hasil


def _pasang(isi: dict[str, Any], apa: str) -> list[tuple[str, str, str]]:
    return [(satu["id"], r["objectId"], r["qualifier"]) for satu in isi[apa] for r in satu["relationships"]]


@pytest.mark.filterwarnings("ignore")
def test_harus_lolos_validasi_pm4py(berkas: Path, isi: dict[str, Any], tmp_path: Path) -> None:
    """pm4py reads the file, finds in it exactly the events, objects, relations and changes that are there, and validates it twice.

    By its check of JSON against the format's schema, which a broken file fails; and, written out again by pm4py, by its rules for
    the relational format: all but those on keys, of which pm4py's writer declares none.
    """
    import pm4py  # noqa: PLC0415 - seconds
    from pm4py.objects.ocel.validation import jsonocel, ocel20_rel_validation  # noqa: PLC0415

    skema, rusak = tmp_path / "skema.json", tmp_path / "rusak.json"
    skema.write_text(json.dumps(SKEMA), encoding="utf-8")
    assert jsonocel.apply(str(berkas), str(skema)) is True
    for cacat in ({**isi, "events": [{**isi["events"][0], "time": 1}]}, {k: v for k, v in isi.items() if k != "objects"}):
        rusak.write_text(json.dumps(cacat), encoding="utf-8")
        assert jsonocel.apply(str(rusak), str(skema)) is False
    log = pm4py.read_ocel2_json(str(berkas))
    assert Counter(log.events["ocel:activity"]) == Counter(e["type"] for e in isi["events"])
    assert Counter(log.objects["ocel:type"]) == Counter(o["type"] for o in isi["objects"])
    relasi = log.relations[["ocel:eid", "ocel:oid", "ocel:qualifier"]].itertuples(index=False, name=None)
    assert sorted(relasi) == sorted(_pasang(isi, "events"))
    o2o = log.o2o[["ocel:oid", "ocel:oid_2", "ocel:qualifier"]].itertuples(index=False, name=None)
    assert sorted(o2o) == sorted(_pasang(isi, "objects"))
    ubah = sum(len(o["attributes"]) - len({a["name"] for a in o["attributes"]}) for o in isi["objects"])
    assert len(log.object_changes) == ubah > 5
    pm4py.write_ocel2_sqlite(log, str(tmp_path / "zi.sqlite"))
    lolos, gagal = ocel20_rel_validation.apply(str(tmp_path / "zi.sqlite"))
    assert len(lolos) == 13
    assert all("_key_" in satu for satu in gagal)
    with closing(sqlite3.connect(tmp_path / "zi.sqlite")) as tertulis:
        assert not [sql for (sql,) in tertulis.execute("SELECT sql FROM sqlite_master") if "PRIMARY KEY" in sql]


def test_jumlah_menurut_log(register: Store, isi: dict[str, Any]) -> None:
    """Each event of the log is there once, and related to the objects that its row touches."""
    pemeta = Pemeta()
    harap = {
        f"peristiwa:{b['nomor']}": {o.id for o in pemeta.petakan(b, json.loads(b["isi"])).objek} for b in register.alirkan()
    }  # fmt: skip
    assert {e["id"]: {r["objectId"] for r in e["relationships"]} for e in isi["events"]} == harap
    assert sorted(o["id"] for o in isi["objects"]) == sorted(set().union(*harap.values()))
    assert {"unit": 2, "lke": 1, "lhe": 1, "usulan": 1}.items() <= Counter(o["type"] for o in isi["objects"]).items()


def test_rujukan_utuh(isi: dict[str, Any]) -> None:
    """Every relation leads to an object of the file, every type and attribute is declared, ids are unique."""
    ada = {o["id"] for o in isi["objects"]}
    assert len(ada) == len(isi["objects"])
    assert {ke for _, ke, _ in _pasang(isi, "events") + _pasang(isi, "objects")} <= ada
    for apa, jenis in (("events", "eventTypes"), ("objects", "objectTypes")):
        tipe = {j["name"]: {a["name"]: a["type"] for a in j["attributes"]} for j in isi[jenis]}
        for satu in isi[apa]:
            assert {a["name"] for a in satu["attributes"]} <= tipe[satu["type"]].keys()
            assert all(int(a["value"]) >= 0 for a in satu["attributes"] if tipe[satu["type"]][a["name"]] == "integer")
        assert {t for sifat in tipe.values() for t in sifat.values()} <= {"string", "time", "integer", "float", "boolean"}
    assert [j["name"] for j in isi["objectTypes"]] == list(SIFAT)


def test_tahap_sepanjang_waktu(isi: dict[str, Any]) -> None:
    """A unit's stages are there with the days on which they began, in order; an undone move too."""
    (unit,) = [o for o in isi["objects"] if o["type"] == "unit" and o["id"] != "unit:JAHAT"]
    tahap = [(a["time"][:10], a["value"]) for a in unit["attributes"] if a["name"] == "tahap"]
    assert [t for _, t in tahap] == [
        "terdaftar", "pencanangan", "penetapan", "pembangunan", "pemantauan", "evaluasi_tpi", "usulan_tpn", "predikat",
        "pemantauan_predikat", "predikat", "usulan_tpn",
    ]  # fmt: skip
    assert [hari for hari, _ in tahap] == sorted(hari for hari, _ in tahap)
    assert [a["value"] for a in unit["attributes"] if a["name"] == "predikat"] == ["WBK", "tidak ada"]


def test_kosong() -> None:
    """A log without events is a valid file without events."""
    hasil = json.loads(b"".join(ocel([], WIB)))
    assert (hasil["events"], hasil["objects"], hasil["eventTypes"]) == ([], [], [])


def test_nama_tersegel_dan_terbuka() -> None:
    """A sealed name is no attribute; opened it is one."""
    satu = baris(
        1, "PejabatDiangkat", {"nip": NIP, "nama": TOKEN, "peran": "tpi", "sk": "1", "unit": None}, alur="instansi", kode="pejabat"
    )

    def nama(pembuka: Pembuka | None) -> list[str]:
        hasil = json.loads(b"".join(ocel([satu], WIB, pembuka)))
        return [a["value"] for o in hasil["objects"] for a in o["attributes"] if a["name"] == "nama"]

    assert nama(None) == []
    assert nama(TERBUKA) == [f"terbuka {NIP}"]


def test_pengaduan(basis_sqlite: str) -> None:
    """A complaint of a real register is an object with its stages, about its unit, and both files' events lead to it."""
    dunia = Register(basis_sqlite)
    try:
        dunia.sampai("selesai", "P-1")
        hasil = json.loads(b"".join(ocel(dunia.store.alirkan(), WIB)))
    finally:
        dunia.tutup()
    (aduan,) = [o for o in hasil["objects"] if o["type"] == "pengaduan"]
    assert (aduan["id"], aduan["relationships"]) == ("pengaduan:P-1", [{"objectId": f"unit:{UNIT_UJI}", "qualifier": "tentang"}])
    tahap = [a["value"] for a in aduan["attributes"] if a["name"] == "tahap"]
    assert (tahap[0], tahap[-1]) == ("diterima", "selesai")
    sebagai = {(e["type"], r["qualifier"]) for e in hasil["events"] for r in e["relationships"] if r["objectId"] == aduan["id"]}
    assert {("catat klarifikasi", "berkas"), ("langkah tindaklanjuti", "berkas"), ("BerkasTerkait", "terkait")} <= sebagai
