"""`zi`: an event-sourced workflow engine for the Zona Integritas life cycle of a local government."""

__version__ = "0.1.0"
