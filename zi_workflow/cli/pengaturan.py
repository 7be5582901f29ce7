"""Settings: option > ZI_* > zi.toml in the working folder > user's config folder > default."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from zi_workflow.cli.rahasia import samarkan
from zi_workflow.cli.saran import maksud_anda
from zi_workflow.domain.errors import MasukanSalah

KUNCI = ("basis", "regulasi", "pelaku", "berkas", "warna", "instansi", "kanal", "surat", "kunci_segel", "segel", "kunci_data")
WARNA = ("auto", "ya", "tidak")
BAWAAN = "bawaan"
_JALUR = ("regulasi", "berkas", "kanal", "surat", "kunci_segel", "kunci_data")
_SQLITE = re.compile(r"(sqlite(?:\+\w+)?):///([^?]*)(\?.*)?")
_POLA_NIP = re.compile(r"[0-9]{18}|X-[A-Z0-9]{3,20}")


@dataclass(frozen=True, slots=True)
class Pengaturan:
    """The settings in force.

    ``basis``: SQLAlchemy URL. ``berkas``: folder of evidence files. ``regulasi``: folder of the definition, None for the
    one that ships. ``pelaku``: NIP of who acts, ``instansi``: code, None where not set. ``kanal``: the file of the channels
    and their secrets, None where there is none; ``surat``: the file that letters without a channel are appended to;
    ``kunci_data``: the folder of the keys of personal data.
    ``kunci_segel``: the file of the sealing key; ``segel``: the files that hold the last checkpoint, separated as in PATH.
    ``sumber``: where each value came from (``bawaan``, ``ZI_BASIS``, ``--basis``, or a file).
    """

    basis: str
    berkas: str
    regulasi: str | None = None
    pelaku: str | None = None
    warna: str = "auto"
    instansi: str | None = None
    kanal: str | None = None
    surat: str = ""
    kunci_segel: str = ""
    segel: str | None = None
    kunci_data: str | None = None
    sumber: Mapping[str, str] = field(default_factory=dict)

    @property
    def tempat_segel(self) -> tuple[str, ...]:
        """Return the files that hold the last checkpoint."""
        return tuple(satu for satu in (self.segel or "").split(os.pathsep) if satu)

    @property
    def basis_samar(self) -> str:
        """Return the URL as it may be shown."""
        return samarkan(self.basis)


def baca_pengaturan(opsi: Mapping[str, str | None], env: Mapping[str, str] | None = None, folder: Path | None = None) -> Pengaturan:
    """Gather the settings; ``opsi`` holds what was typed (key without dashes -> value or None). Raises MasukanSalah."""
    env = os.environ if env is None else env
    nilai: dict[str, str] = {}
    sumber = dict.fromkeys(KUNCI, BAWAAN)
    for tempat in (folder_konfigurasi(env) / "zi.toml", (folder or Path.cwd()) / "zi.toml"):
        dibaca = _baca_toml(tempat)
        nilai |= dibaca
        sumber |= dict.fromkeys(dibaca, str(tempat))
    for kunci in KUNCI:
        if dari_env := env.get(f"ZI_{kunci.upper()}"):
            nilai[kunci], sumber[kunci] = dari_env, f"ZI_{kunci.upper()}"
        if (dari_opsi := opsi.get(kunci)) is not None:
            nilai[kunci], sumber[kunci] = dari_opsi, "--oleh" if kunci == "pelaku" else f"--{kunci}"
    _periksa(nilai, sumber)
    basis = nilai.get("basis") or f"sqlite:///{folder_data(env) / 'zi.db'}"
    berkas = nilai.get("berkas") or str(_di_samping(basis, env, "berkas"))
    return Pengaturan(
        basis=basis,
        berkas=berkas,
        regulasi=nilai.get("regulasi"),
        pelaku=nilai.get("pelaku"),
        warna=nilai.get("warna", "auto"),
        instansi=nilai.get("instansi"),
        kanal=nilai.get("kanal") or _kanal_bawaan(env),
        surat=nilai.get("surat") or str(_di_samping(basis, env, "surat.jsonl")),
        kunci_segel=nilai.get("kunci_segel") or str(folder_konfigurasi(env) / "segel.kunci"),
        segel=nilai.get("segel"),
        kunci_data=nilai.get("kunci_data") or str(_di_samping(basis, env, "kunci-data")),
        sumber=sumber,
    )


def peringatan_lingkungan(env: Mapping[str, str] | None = None) -> list[str]:
    """Return a sentence for each ZI_* variable that is probably a misspelt setting (others are not ours to judge)."""
    env = os.environ if env is None else env
    dikenal = [f"ZI_{kunci.upper()}" for kunci in KUNCI]
    asing = sorted(nama for nama in env if nama.startswith("ZI_") and nama not in dikenal)
    return [f"Variabel {nama} tidak dikenal dan diabaikan. {dugaan}" for nama in asing if (dugaan := maksud_anda(nama[3:], KUNCI))]


def folder_data(env: Mapping[str, str]) -> Path:
    """Return the user's data folder of this program."""
    return _xdg(env, "XDG_DATA_HOME", ".local/share")


def folder_konfigurasi(env: Mapping[str, str]) -> Path:
    """Return the user's config folder of this program."""
    return _xdg(env, "XDG_CONFIG_HOME", ".config")


def folder_keadaan(env: Mapping[str, str]) -> Path:
    """Return the user's state folder of this program (reports of bugs)."""
    return _xdg(env, "XDG_STATE_HOME", ".local/state")


def _xdg(env: Mapping[str, str], nama: str, bawaan: str) -> Path:
    """Return the folder that the variable names; a relative one is ignored, as the XDG standard says."""
    disebut = env.get(nama, "")
    return (Path(disebut) if disebut.startswith("/") else Path(env.get("HOME") or Path("~").expanduser()) / bawaan) / "zi"


def _baca_toml(tempat: Path) -> dict[str, str]:
    try:
        isi = tempat.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as salah:
        sebab = "bukan UTF-8" if isinstance(salah, UnicodeDecodeError) else salah.strerror or type(salah).__name__
        raise MasukanSalah(
            f"Berkas pengaturan {tempat} tidak dapat dibaca.", f"Isi atau hak bacanya: {sebab}.", "Perbaiki berkas itu."
        ) from None
    import tomllib

    try:
        tabel = tomllib.loads(isi)
    except tomllib.TOMLDecodeError as salah:
        raise MasukanSalah(f"Berkas pengaturan {tempat} bukan TOML yang sah.", samarkan(str(salah)), "Perbaiki berkas itu.") from None
    for kunci, nilai in tabel.items():
        if kunci not in KUNCI:
            dugaan = maksud_anda(kunci, KUNCI)
            raise MasukanSalah(
                f"Kunci {kunci!r} dalam {tempat} tidak dikenal. {dugaan}".strip(), _DIKENAL, f"Perbaiki kunci itu dalam {tempat}."
            )
        if not isinstance(nilai, str) or not nilai:
            raise MasukanSalah(
                f"Nilai {kunci} dalam {tempat} bukan teks.", 'Tulis di antara tanda petik: kunci = "nilai".', f"Perbaiki {tempat}."
            )
    return {kunci: _berakar(kunci, nilai, tempat.parent) for kunci, nilai in tabel.items()}


_DIKENAL = f"Kunci yang dikenal: {', '.join(KUNCI)}."


def _berakar(kunci: str, nilai: str, folder: Path) -> str:
    """Return a relative path of a settings file as seen from the file's own folder."""
    if kunci in _JALUR:
        return str(folder / Path(nilai).expanduser())
    if kunci == "segel":
        return os.pathsep.join(str(folder / Path(satu).expanduser()) for satu in nilai.split(os.pathsep) if satu)
    if kunci == "basis" and (cocok := _SQLITE.fullmatch(nilai)) and cocok[2] not in {"", ":memory:"} and not cocok[2].startswith("file:"):
        return f"{cocok[1]}:///{folder / cocok[2]}{cocok[3] or ''}"
    return nilai


def _periksa(nilai: Mapping[str, str], sumber: Mapping[str, str]) -> None:
    basis = nilai.get("basis")
    if basis is not None and not re.match(r"\w[\w+]*://", basis):
        raise MasukanSalah(
            f"Basis dari {sumber['basis']} bukan URL: {samarkan(basis)!r}.",
            "Basis ditulis sebagai URL SQLAlchemy.",
            "Contoh: --basis sqlite:///zi.db",
        )
    warna = nilai.get("warna", "auto")
    if warna not in WARNA:
        dugaan = maksud_anda(warna, WARNA)
        raise MasukanSalah(
            f"Warna {warna!r} dari {sumber['warna']} tidak dikenal. {dugaan}".strip(), f"Pilihan: {', '.join(WARNA)}.", "--warna=auto"
        )
    periksa_nip(nilai.get("pelaku"), sumber["pelaku"])
    for kunci in ("regulasi", "berkas", "instansi", "kanal", "surat", "kunci_segel", "segel", "kunci_data"):
        if nilai.get(kunci) == "":
            raise MasukanSalah(
                f"Nilai {kunci} dari {sumber[kunci]} kosong.", "Nilai ini tidak boleh kosong.", f"Isi atau hapus {sumber[kunci]}."
            )


def periksa_nip(nip: str | None, asal: str) -> None:
    """Refuse what is neither a NIP nor a code ``X-…`` (None passes). Raises MasukanSalah."""
    if nip is not None and not _POLA_NIP.fullmatch(nip):
        raise MasukanSalah(
            f"NIP {nip!r} dari {asal} tidak sah.",
            "NIP 18 angka; tanpa NIP: X- diikuti 3-20 huruf besar atau angka.",
            "Contoh: --oleh 198001012005011001",
        )


def _kanal_bawaan(env: Mapping[str, str]) -> str | None:
    """Return the file of the channels in the user's config folder, where there is one."""
    jalan = folder_konfigurasi(env) / "kanal.toml"
    return str(jalan) if jalan.exists() else None


def _di_samping(basis: str, env: Mapping[str, str], nama: str) -> Path:
    """Return where evidence files or letters go: beside the SQLite file, else in the user's data folder."""
    cocok = _SQLITE.fullmatch(basis)
    jalur = cocok[2] if cocok else ""
    if jalur.startswith("file:"):  # a URI of SQLite, the one form in which it decodes the path
        jalur = unquote(jalur.removeprefix("file:"))
    if not jalur or ":memory:" in jalur or "mode=memory" in basis:
        return folder_data(env) / nama
    return Path(f"{jalur}.{nama}").absolute()
