"""Indonesian for the texts of click itself, which all pass through gettext; independent of the user's LANG."""

from __future__ import annotations

import gettext
import os

BERKAS = os.path.join(os.path.dirname(os.path.dirname(__file__)), "locale", "id", "LC_MESSAGES", "messages.mo")  # noqa: PTH118, PTH120


def pasang() -> None:
    """Answer lookups in gettext's default domain from our catalogue, without asking the environment for a language.

    The catalogue is read once (the standard lookup searches the disk for every message) and nothing is written to
    ``os.environ``, so programs that we start keep the user's language. Without the file the texts stay English.
    """
    if getattr(gettext.dgettext, "zi", False):
        return
    try:
        with open(BERKAS, "rb") as berkas:  # noqa: PTH123 - pathlib is not otherwise needed to show help
            katalog = gettext.GNUTranslations(berkas)
    except OSError:
        return
    asal_satu, asal_banyak = gettext.dgettext, gettext.dngettext

    def dgettext(domain: str, message: str) -> str:
        return katalog.gettext(message) if domain == "messages" else asal_satu(domain, message)

    def dngettext(domain: str, msgid1: str, msgid2: str, n: int) -> str:
        return katalog.ngettext(msgid1, msgid2, n) if domain == "messages" else asal_banyak(domain, msgid1, msgid2, n)

    vars(dgettext)["zi"] = True
    vars(gettext).update(dgettext=dgettext, dngettext=dngettext)
