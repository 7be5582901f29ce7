"""``zi tenggat``: due dates listed, explained, taken into a calendar, foreseen. Each sub-verb has its module."""

from __future__ import annotations

from zi_workflow.cli.kerangka import KelompokMalas

_T = "zi_workflow.cli.tenggat_"
perintah = KelompokMalas(
    "tenggat",
    "Lihat tenggat setiap unit, penjelasannya, kalendernya, dan prakiraannya. Tidak menulis apa pun ke register.",
    tabel=(
        ("daftar", _T + "daftar", "perintah", "Daftar tenggat yang terbuka, yang terlambat lebih dahulu."),
        ("jelaskan", _T + "jelaskan", "perintah", "Terangkan tenggat satu unit: tanggalnya, hitungannya, dasarnya."),
        ("ics", _T + "ics", "perintah", "Tulis tenggat sebagai kalender (.ics) untuk Outlook, Google, dan lainnya."),
        ("prakiraan", _T + "prakiraan", "perintah", "Perkirakan batas pengusulan yang masih dapat dicapai setiap unit."),
    ),
    contoh="zi tenggat daftar --unit DISDUKCAPIL",
    subcommand_metavar="PERINTAH [ARGUMEN]...",
)
