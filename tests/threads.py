"""Many writers at once, each in a thread and on a connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections


def at_once(work, arguments):
    """Calls `work` with each argument, all at the same moment, and returns the results in order; errors are raised."""
    arguments = list(arguments)
    start = Barrier(len(arguments))

    def one(argument):
        try:
            start.wait()
            return work(argument)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(one, arguments))
