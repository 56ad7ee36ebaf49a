"""Gunicorn's settings: `gunicorn -c integra/gunicorn.py integra.wsgi`.

The access log holds time, method, route, status, size and duration: no network address, no browser, no referrer, and
no path, for paths may hold personal codes (`integra.middleware.Discretion` gives the route).
"""

import multiprocessing
import os

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_CONCURRENCY", min(2 * multiprocessing.cpu_count() + 1, 9)))
# Threads wait for the database and for rendering children without blocking the others of their process.
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", 4))
timeout = 60
max_requests = 2000
max_requests_jitter = 200

accesslog = "-"
access_log_format = "%(t)s %(m)s %({integra.route}e)s %(s)s %(B)s bytes %(M)s ms"
