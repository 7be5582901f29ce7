"""``zi jadwal``: sweep the deadlines once, run the scheduler, deliver letters, look how it stands."""

from __future__ import annotations

from zi_workflow.cli.kerangka import KelompokMalas

_J = "zi_workflow.cli.jadwal_"
perintah = KelompokMalas(
    "jadwal",
    "Sapu tenggat, jalankan penjadwal, antar surat, dan lihat keadaannya.",
    tabel=(
        ("sapu", _J + "sapu", "sapu", "Catat pengingat dan tenggat terlewat yang jatuh pada hari ini, sekali saja."),
        ("kirim", _J + "sapu", "kirim", "Susun dan kirim surat yang menunggu, sekali saja."),
        ("jalan", _J + "jalan", "perintah", "Jalankan penjadwal sampai dihentikan: menyapu dan mengantar surat."),
        ("status", _J + "status", "perintah", "Sapuan terakhir dan berikutnya, tunggakan, surat, dan pemegang giliran."),
    ),
    contoh="zi jadwal sapu",
)
