"""The scheduler: it wakes others, and holds no truth.

What is due is computed from the log by the work itself each time; nothing is stored here or in APScheduler, so a wake
that was missed, came late or came twice costs nothing but time.
"""

from __future__ import annotations

from zi_workflow.scheduler.runner import Pekerjaan, Penjadwal
from zi_workflow.scheduler.signals import Sinyal, pasang_sinyal

__all__ = ["Pekerjaan", "Penjadwal", "Sinyal", "pasang_sinyal"]
