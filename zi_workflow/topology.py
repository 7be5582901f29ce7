"""Topology on one shared ``transitions`` machine per definition: which moves leave a stage, reachability, the diagram.

Guards never live here: a failing condition of that library says only False, and the law needs every reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

from zi_workflow.domain.commands import DAFTARKAN
from zi_workflow.domain.definition import Langkah, Tahap
from zi_workflow.domain.errors import TidakDitemukan

if TYPE_CHECKING:
    from transitions import Machine


class Topologi:
    """The graph of stages and moves of one definition."""

    def __init__(self, tahap: Mapping[str, Tahap], langkah: Mapping[str, Langkah]) -> None:
        """Keep the stages and moves; the machine itself is built when it is first asked for."""
        self._tahap = tahap
        self._langkah = langkah
        self._mesin: Machine | None = None

    def mesin(self) -> Machine:
        """Return the shared machine: no model, no automatic transitions, the stages and moves of the definition only."""
        if self._mesin is None:
            from transitions import Machine  # noqa: PLC0415 - loaded only where the machine is used

            pindah = [{"trigger": x.nama, "source": list(x.dari), "dest": x.ke} for x in self._langkah.values() if x.ke is not None]
            awal = next(t.id for t in self._tahap.values() if t.awal)
            self._mesin = Machine(model=None, states=list(self._tahap), transitions=pindah, initial=awal, auto_transitions=False)
        return self._mesin

    def langkah_dari(self, tahap: str) -> tuple[str, ...]:
        """Return the moves that leave ``tahap``, in the definition's order: the machine's, and undoing, which has no one target.

        Raises TidakDitemukan for a stage that the definition does not have: the machine itself would answer with nothing.
        """
        if tahap not in self._tahap:
            mirip = get_close_matches(tahap, self._tahap, 1)
            lanjut = f"Maksud Anda: {mirip[0]}?" if mirip else "Lihat: zi regulasi diagram"
            raise TidakDitemukan(f"Tahap '{tahap[:60]}' tidak dikenal", f"Tahap yang ada: {', '.join(self._tahap)}", lanjut)
        pemicu = set(self.mesin().get_triggers(tahap))
        return tuple(x.nama for x in self._langkah.values() if x.nama in pemicu or (x.ke is None and tahap in x.dari))

    def masalah(self) -> dict[str, str]:
        """Return stages that cannot be reached, or from which no end can be reached: stage -> what is expected."""
        maju = {t: {x.ke for x in self._langkah.values() if t in x.dari and x.ke not in (None, t)} for t in self._tahap}
        mundur = {t: {dari for dari, ke in maju.items() if t in ke} for t in self._tahap}
        dicapai = _jelajah(maju, (t.id for t in self._tahap.values() if t.awal))
        akhir = [t.id for t in self._tahap.values() if t.akhir]
        berujung = _jelajah(mundur, akhir) if akhir else set(self._tahap)
        hasil = {t: "tahap yang dapat dicapai dari tahap awal" for t in self._tahap if t not in dicapai}
        for t in self._tahap.values():
            if not t.akhir and not maju[t.id]:
                hasil.setdefault(t.id, "tahap yang mempunyai langkah keluar (atau 'akhir: ya')")
            elif t.id not in berujung:
                hasil.setdefault(t.id, f"tahap yang dapat mencapai tahap akhir: {', '.join(akhir)}")
        return hasil

    def mermaid(self) -> str:
        """Return the state diagram as Mermaid text; it names every stage and every move."""
        baris = ["stateDiagram-v2", "  direction LR"]
        baris += [f'  state "{_label(t.nama)}" as {t.id}' for t in self._tahap.values()]
        baris += [f"  [*] --> {t.id}: {DAFTARKAN}" for t in self._tahap.values() if t.awal]
        for langkah in self._langkah.values():
            if langkah.ke is not None:
                baris += [f"  {dari} --> {langkah.ke}: {langkah.id} {langkah.nama}" for dari in langkah.dari]
            else:
                dari = ", ".join(langkah.dari)
                baris += [
                    f"  note right of {langkah.dari[0]}",
                    f"    {langkah.id} {langkah.nama}: kembali ke tahap sebelumnya, dari {dari}",
                    "  end note",
                ]
        baris += [f"  {t.id} --> [*]" for t in self._tahap.values() if t.akhir]
        return "\n".join(baris) + "\n"


def _jelajah(tepi: Mapping[str, Iterable[str | None]], awal: Iterable[str]) -> set[str]:
    """Return every stage that can be reached over ``tepi`` from ``awal``, those included."""
    dicapai: set[str] = set()
    antre = list(awal)
    while antre:
        tahap = antre.pop()
        if tahap not in dicapai:
            dicapai.add(tahap)
            antre.extend(ke for ke in tepi[tahap] if ke is not None)
    return dicapai


def _label(nama: str) -> str:
    """Write a name so that Mermaid reads it as text."""
    return " ".join(nama.replace("#", "#35;").replace('"', "#quot;").split())
