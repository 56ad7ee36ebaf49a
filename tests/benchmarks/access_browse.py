"""Access to the library, the booklet and the charter: the team reads, coordinator and researchers write."""

import uuid

from tests.access import row, slug
from tests.factories.benchmarks import CharterCommitmentFactory
from tests.factories.instruments import BenchmarkFactory


def a_benchmark(world):
    return BenchmarkFactory(version="own").code


def a_commitment(world):
    return CharterCommitmentFactory().key


#        anon  part  coor faci rese part revi view outs admin
READ = " login login 200  200  200  200  404  200  404  404"
ASKED = "401   401   302  302  302  302  404  302  404  404"
GONE = " login login 404  404  404  404  404  404  404  404"
WRITE = "login login 200  403  200  403  404  403  404  404"
SENT = " 401   401   302  403  302  403  404  403  404  404"

OF_A_BENCHMARK = {"audit": slug, "code": a_benchmark, "version": "own"}

ROWS = {
    "benchmarks:home": row(READ, audit=slug),
    "benchmarks:benchmark-detail": row(READ, **OF_A_BENCHMARK),
    # No identifier: nothing is printed.
    "benchmarks:booklet POST": row(ASKED, **OF_A_BENCHMARK, data={"uuid": "nothing"}),
    "benchmarks:booklet-print": row(READ, **OF_A_BENCHMARK, key=uuid.uuid4()),
    "benchmarks:booklet-print-file": row(GONE, **OF_A_BENCHMARK, key=uuid.uuid4()),
    "benchmarks:charter": row(READ, audit=slug),
    "benchmarks:commitment": row(WRITE, audit=slug, commitment=a_commitment),
    "benchmarks:commitment POST": row(
        SENT, audit=slug, commitment=a_commitment, data={"stance": "own", "text": "We do it.", "version": 1}
    ),
}
