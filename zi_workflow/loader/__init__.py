"""The law as data: strict reading of ``workflows/<alur>/*.yaml`` into the plain dataclasses of ``domain.definition``."""
