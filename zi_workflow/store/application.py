"""The eventsourcing application: the library's `Application` on our recorder, our names and our environment.

It is imported on the first load or append only, so that verbs that just read tables do not pay for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Never

from eventsourcing.application import Application
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import ApplicationRecorder, InfrastructureFactory, JSONTranscoder, Mapper, StoredEvent, TrackingRecorder
from eventsourcing.utils import Environment, EnvType

from zi_workflow.domain.events import Tercatat
from zi_workflow.store.codec import Kodek
from zi_workflow.store.recorder import CoreRecorder, StoredFact
from zi_workflow.store.records import Naskah, Transaksi
from zi_workflow.store.statements import ke_tercatat


@dataclass(slots=True)
class Fact:
    """A domain event in the library's sense: stream, version, and our event on its way in or out."""

    originator_id: str
    originator_version: int
    naskah: Naskah | None = None
    tercatat: Tercatat | None = None


class FactMapper(Mapper[str]):
    """Turns facts into stored events by our own codec; no topic is a module path."""

    def __init__(self, kodek: Kodek) -> None:
        """Keep the codec; the library's transcoder is never used."""
        super().__init__(JSONTranscoder())
        self._kodek = kodek

    def to_stored_event(self, domain_event: DomainEventProtocol[str]) -> StoredEvent:
        """Encode a fact that carries a `Naskah`."""
        if not isinstance(domain_event, Fact) or domain_event.naskah is None:
            msg = f"not an event to append: {domain_event!r}"
            raise TypeError(msg)
        naskah = domain_event.naskah
        tersegel = self._kodek.segel(naskah.peristiwa)  # once, here: later the numbers in it are replaced and it is encoded again
        if tersegel is not naskah.peristiwa:
            naskah = replace(naskah, peristiwa=tersegel)
        jenis, isi = self._kodek.kodekan(tersegel)
        return StoredFact(domain_event.originator_id, domain_event.originator_version, jenis, isi, naskah)

    def to_domain_event(self, stored_event: StoredEvent) -> Fact:
        """Decode a stored event that the recorder has read."""
        if not isinstance(stored_event, StoredFact):
            msg = f"not read by our recorder: {stored_event!r}"
            raise TypeError(msg)
        baris = stored_event.baris
        return Fact(baris[7], baris[3], None, ke_tercatat(self._kodek, baris))


class FactInfrastructure(InfrastructureFactory[TrackingRecorder]):
    """Offers the one recorder; nothing else of the library's infrastructure is used."""

    recorder: CoreRecorder

    def application_recorder(self) -> ApplicationRecorder:
        """Return our recorder."""
        return self.recorder

    def aggregate_recorder(self, purpose: str = "events") -> Never:
        """Refuse: there are no snapshots."""
        raise NotImplementedError(purpose)

    def tracking_recorder(self, tracking_recorder_class: type[Any] | None = None) -> Never:
        """Refuse: projections are applied with their events."""
        raise NotImplementedError(str(tracking_recorder_class))

    def process_recorder(self) -> Never:
        """Refuse: projections are applied with their events."""
        raise NotImplementedError


class ZiApplication(Application[str]):
    """Loads and appends; configured by arguments alone, never by the process environment."""

    def __init__(self, perekam: CoreRecorder, kodek: Kodek) -> None:
        """Wire the library to our recorder and codec."""
        self._perekam = perekam
        self._kodek = kodek
        super().__init__({})

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:
        """Return an environment without the process's own."""
        return Environment(name, dict(env or {}))

    def construct_factory(self, env: Environment) -> FactInfrastructure:
        """Return the factory of our one recorder."""
        pabrik = FactInfrastructure(env)
        pabrik.recorder = self._perekam
        return pabrik

    def construct_mapper(self) -> FactMapper:
        """Return the mapper on our codec."""
        return FactMapper(self._kodek)

    def muat(self, aliran: str, setelah: int) -> list[Tercatat]:
        """Return the events of a stream after a version."""
        return [fakta.tercatat for fakta in self.events.get(aliran, gt=setelah)]  # type: ignore[attr-defined]

    def tambah(self, naskah: Sequence[Naskah], transaksi: Transaksi) -> list[Tercatat]:
        """Append and return what was recorded; raises as the recorder does."""
        self.events.put([Fact(n.aliran, n.versi, n) for n in naskah], transaksi=transaksi)
        return transaksi.tercatat
