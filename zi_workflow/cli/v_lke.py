"""``zi lke``: workbooks in and out, scores, comparison, the way to pass, editions of the instrument. Each sub-verb has its module."""

from __future__ import annotations

from zi_workflow.cli.kerangka import KelompokMalas

_L = "zi_workflow.cli.lke_"
TABEL = (
    ("templat", _L + "ekspor", "templat", "Buat buku kerja LKE untuk diisi di luar jaringan."),
    ("impor", _L + "impor", "impor", "Catat jawaban dari buku kerja atau JSON; bentuknya dikenali sendiri."),
    ("impor-folder", _L + "folder", "impor_folder", "Catat semua buku kerja dalam satu folder; dapat dilanjutkan."),
    ("ekspor", _L + "ekspor", "ekspor", "Tulis jawaban ke tata letak kementerian, PortalRB, atau JSON."),
    ("nilai", _L + "nilai", "nilai", "Tampilkan nilai LKE sampai ke indikatornya."),
    ("banding", _L + "banding", "banding", "Bandingkan unit dengan TPI, atau tahun dengan tahun."),
    ("jalan", _L + "jalan", "jalan", "Tampilkan perbaikan terkecil agar ambang yang gagal terlampaui."),
    ("instrumen", _L + "instrumen", "perintah", "Muat dan lihat edisi instrumen resmi."),
)

perintah = KelompokMalas(
    "lke",
    "Lembar Kerja Evaluasi: isi, impor, periksa nilainya, bandingkan, dan cari jalan agar lulus.",
    tabel=TABEL,
    contoh="zi lke nilai DISDUKCAPIL --tahun 2026",
    subcommand_metavar="PERINTAH [ARGUMEN]...",
)
