"""Log lines without addresses: a path may hold a personal code."""

import logging
import re


class RouteNotPath(logging.Filter):
    """Puts the route (`/join/<str:code>/`) in the place of the path in records that carry a request.

    The development server's lines carry no request but its socket; there is no route then, and none is guessed.
    """

    def filter(self, record):
        request = getattr(record, "request", None)
        if request is None or not isinstance(record.args, tuple):
            return True
        if not hasattr(request, "path"):
            record.args = tuple(
                re.sub(r" /\S*", " (address)", argument) if isinstance(argument, str) else argument
                for argument in record.args
            )
            return True
        match = getattr(request, "resolver_match", None)
        route = f"/{match.route}" if match else "(no such address)"
        paths = {request.path, request.get_full_path()}
        record.args = tuple(route if argument in paths else argument for argument in record.args)
        return True
