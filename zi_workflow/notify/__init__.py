"""Notices: the channels through which letters leave. Importing this loads no library; ``apprise`` is an optional extra."""

from __future__ import annotations

from zi_workflow.notify.channels import Kanal
from zi_workflow.notify.letters import KANAL_BERKAS, HasilKirim, Kiriman, Surat

__all__ = ["KANAL_BERKAS", "HasilKirim", "Kanal", "Kiriman", "Surat"]
