from .charter import StanceForm

__all__ = ["StanceForm"]
