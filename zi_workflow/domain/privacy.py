"""Personal data among the rules: which commands carry any."""

from __future__ import annotations

from collections.abc import Sequence

from zi_workflow.domain.commands import AmbilLangkah, AngkatPejabat, AturKontak, Catat, DaftarkanUnit, Perintah
from zi_workflow.domain.definition import Definisi, Isian


def memuat_pribadi(definisi: Definisi, perintah: Perintah) -> bool:
    """Say whether a command may carry personal text, by the fields of its kind, filled in or not."""
    match perintah:
        case AngkatPejabat() | AturKontak():
            return True
        case Catat() if (jenis := definisi.bukti.get(perintah.jenis)) is not None:
            return _ada(jenis.isian)
        case AmbilLangkah() if (langkah := definisi.langkah.get(perintah.langkah)) is not None:
            return _ada(langkah.isian)
        case DaftarkanUnit():
            return _ada(definisi.keadaan_awal)
    return False


def _ada(isian: Sequence[Isian]) -> bool:
    return any(i.pribadi or _ada(i.isian) or (i.butir is not None and _ada((i.butir,))) for i in isian)
