from .booklet import booklet, booklet_print, booklet_print_file
from .browse import benchmark_detail
from .charter import charter, commitment
from .home import home

__all__ = [
    "benchmark_detail",
    "booklet",
    "booklet_print",
    "booklet_print_file",
    "charter",
    "commitment",
    "home",
]
