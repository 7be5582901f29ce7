"""``zi audit``: the trail of events, searched, looked at, sealed, checked and handed on."""

from __future__ import annotations

from zi_workflow.cli.audit_bukti import perintah as bukti
from zi_workflow.cli.audit_cari import perintah as cari
from zi_workflow.cli.audit_ekspor import perintah as ekspor
from zi_workflow.cli.audit_kunci import perintah as kunci_segel
from zi_workflow.cli.audit_lihat import perintah as lihat
from zi_workflow.cli.audit_linimasa import perintah as linimasa
from zi_workflow.cli.audit_segel import perintah as segel
from zi_workflow.cli.audit_ulang import perintah as ulang
from zi_workflow.cli.audit_verifikasi import perintah as verifikasi
from zi_workflow.cli.dasar import Kelompok

perintah = Kelompok(
    "audit",
    "Cari, lihat, verifikasi, segel, dan ekspor jejak peristiwa; putuskan ulang yang lalu.",
    contoh="zi audit cari --unit DISDUKCAPIL",
)

for _anak in (cari, lihat, linimasa, verifikasi, ulang, segel, bukti, kunci_segel, ekspor):
    perintah.add_command(_anak)
