"""Read models: one file per projection; each knows events and SQLAlchemy only, and never another projection."""

from __future__ import annotations

from projections.bukti import Bukti
from projections.daftar_periksa import DaftarPeriksa
from projections.jadwal import Jadwal
from projections.kotak_keluar import KotakKeluar
from projections.papan import Papan
from projections.pejabat import Pejabat
from projections.riwayat import Riwayat
from projections.sandaran import Sandaran
from projections.sapuan import Sapuan
from projections.surat import Surat

__all__ = ["SEMUA"]

SEMUA = (Papan(), Riwayat(), DaftarPeriksa(), Pejabat(), Bukti(), Jadwal(), Sapuan(), Sandaran(), KotakKeluar(), Surat())
"""Every projection of the program, in the order in which they are folded."""
