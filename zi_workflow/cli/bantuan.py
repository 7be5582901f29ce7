"""The topics of ``zi help``."""

from __future__ import annotations

KODE_KELUAR = """Kode keluar

   0  selesai
   1  kesalahan di dalam program: satu baris, dan letak laporannya
   2  perintah salah tulis, atau masukan tidak terbaca atau tidak sah
   3  unit, catatan, pejabat, atau dokumen tidak ditemukan
   5  ditolak: syarat tidak terpenuhi (daftar syarat ditampilkan)
   6  bentrok: ada tulisan lain lebih dahulu, atau kunci dipakai untuk isi lain
   7  keutuhan: rantai, titik periksa, atau berkas berbeda
   8  penyimpanan tidak tersedia, penuh, hanya baca, atau lebih baru dari zi
   9  hasil tidak diketahui (sambungan putus saat menyimpan): ulangi --kunci
  10  ada yang jatuh tempo atau terlambat (zi tenggat daftar --kode-keluar)
  11  langkah tidak dikenal, atau tidak tersedia pada tahap ini
  12  definisi aturan tidak sah
 130  dihentikan (Ctrl-C), atau pertanyaan tidak dijawab ya

zi periksa memberi 0 walaupun ada syarat yang kurang; dengan --kode-keluar
memberi 5. Kode 5 itu adalah jawaban: isinya tetap di keluaran baku. Pada
galat, keluaran baku kosong dan penjelasannya di keluaran galat.
Bila pembaca pipa pergi (| head -1), kode jawabannya tetap dipakai.
"""

LINGKUNGAN = """Pengaturan dan variabel lingkungan

Urutan: opsi, variabel ZI_*, zi.toml di folder kerja, zi.toml di folder
konfigurasi pengguna, lalu bawaan.

  kunci     opsi        variabel      bawaan
  basis     --basis     ZI_BASIS      sqlite: zi.db di folder data pengguna
  regulasi  --regulasi  ZI_REGULASI   definisi yang disertakan
  pelaku    --oleh      ZI_PELAKU     (tidak ada)
  berkas                ZI_BERKAS     di samping zi.db: zi.db.berkas
  warna     --warna     ZI_WARNA      auto (auto, ya, tidak)
  instansi              ZI_INSTANSI   menurut definisi
  kanal                 ZI_KANAL      kanal.toml di folder konfigurasi, bila ada
  surat                 ZI_SURAT      di samping zi.db: zi.db.surat.jsonl
  kunci_segel           ZI_KUNCI_SEGEL  segel.kunci di folder konfigurasi
  segel                 ZI_SEGEL      (tidak ada) berkas segel terakhir,
                                      dipisahkan titik dua
  kunci_data            ZI_KUNCI_DATA di samping zi.db: zi.db.kunci-data

zi.toml memuat kunci yang sama, misalnya:

  basis = "postgresql+psycopg://zi@localhost/zi"
  pelaku = "198001012005011001"

kanal.toml memuat rahasia pengiriman surat (chmod 600); isinya tidak pernah
ditampilkan. Tanpa berkas itu, surat ditulis ke berkas surat saja.

Folder kunci_data memuat kunci data pribadi: tanpa folder itu nama dan alamat
tidak terbaca lagi. Cadangkan terpisah dari penyimpanannya.

Kunci yang tidak dikenal dalam zi.toml adalah galat. Jalur nisbi dalam
zi.toml dihitung dari folder berkas itu.

  folder data         $XDG_DATA_HOME/zi    (~/.local/share/zi)
  folder konfigurasi  $XDG_CONFIG_HOME/zi  (~/.config/zi)
  folder laporan      $XDG_STATE_HOME/zi   (~/.local/state/zi)

NO_COLOR dan TERM=dumb mematikan warna; --warna=ya menyalakannya.
"""

FORMAT = """Format masukan dan keluaran

  --json    satu nilai JSON di keluaran baku, dengan "skema": 1
  --jsonl   pada daftar: satu nilai JSON per baris
  -         masukan atau keluaran baku, di tempat nama berkas

Masukan: tanggal YYYY-MM-DD; bilangan desimal dengan titik (3.60); NIP
18 angka, atau X- diikuti 3-20 huruf besar atau angka. Saat (--diketahui)
2026-05-31T14:30, jam WIB, atau dengan Z atau +07:00; sebuah tanggal saja
berarti sampai akhir hari itu.

Dalam JSON: nilai, persentase, dan ambang berupa teks desimal ("74.86"),
tanggal "2026-05-31", saat "2026-05-31T14:05:00+07:00". Kolom hanya pernah
ditambah. Galat dengan --json: {"skema":1,"galat":{"kode":2,"pesan":"...",
"sebab":"...","lanjut":"..."}} di keluaran galat; penolakan membawa pula
"penolakan": daftar syarat tiap unit.

Di layar: 31 Mei 2026 dan 18,25. Huruf kendali dan pengubah arah tulisan
tampak sebagai \\x1b atau \\u202e.
"""

PELENGKAPAN = """Pelengkapan perintah dengan tombol Tab

  bash:  eval "$(_ZI_COMPLETE=bash_source zi)"
  zsh:   eval "$(_ZI_COMPLETE=zsh_source zi)"
  fish:  _ZI_COMPLETE=fish_source zi | source

Taruh baris itu dalam ~/.bashrc, ~/.zshrc, atau ~/.config/fish/config.fish.
"""

TOPIK = {"kode-keluar": KODE_KELUAR, "lingkungan": LINGKUNGAN, "format": FORMAT, "pelengkapan": PELENGKAPAN}
