"""What people do with benchmarks."""

from .charter import begin_stance

__all__ = ["begin_stance"]
