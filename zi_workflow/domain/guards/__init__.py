"""The closed kinds of requirement. A new kind is one class here (or in a file beside) and one line in ``JENIS``."""

from __future__ import annotations

from collections.abc import Mapping

from zi_workflow.domain.definition import Jenis
from zi_workflow.domain.guards.angka import Lengkap, Nilai, NilaiAtauSurvei, Rasio
from zi_workflow.domain.guards.dokumen import Dokumen, Rangkaian
from zi_workflow.domain.guards.isi import Butir, Cakupan, Penilaian, Unsur
from zi_workflow.domain.guards.orang import Anggota, Memegang, Peran
from zi_workflow.domain.guards.terkait import Induk, Tuntas
from zi_workflow.domain.guards.waktu import Batas, Lama, Tanggal

JENIS: Mapping[str, type[Jenis]] = {
    "dokumen": Dokumen,
    "rasio": Rasio,
    "unsur": Unsur,
    "penilaian": Penilaian,
    "cakupan": Cakupan,
    "butir": Butir,
    "anggota": Anggota,
    "lengkap": Lengkap,
    "rangkaian": Rangkaian,
    "skor": Nilai,
    "skor_atau_survei": NilaiAtauSurvei,
    "lama": Lama,
    "batas": Batas,
    "keadaan": Memegang,
    "tanggal": Tanggal,
    "peran": Peran,
    "induk": Induk,
    "tuntas": Tuntas,
}
