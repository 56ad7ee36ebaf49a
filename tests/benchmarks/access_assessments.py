"""Access to assessments: the team reads, coordinator and researcher write, reviewers see what is shared elsewhere."""

import uuid

from benchmarks import actions
from tests import factories
from tests.access import row, slug


class Standing:
    """An assessment with all that one address needs: its arguments belong together."""

    def __init__(self):
        self.assessment = None

    def of_assessment(self, world):
        benchmark = factories.BenchmarkFactory()
        factories.KeyFactorFactory(benchmark=benchmark)
        self.assessment = actions.create_assessment(audit=world.audit, benchmark=benchmark, by=None, title="One")
        return self.assessment.uuid

    def of_factor(self, world):
        return self.assessment.factors.get().uuid

    def of_evidence(self, world):
        return factories.EvidenceFactory(judgement=self.assessment.factors.get().judgements.get()).uuid


one = Standing()
ASSESSMENT = {"audit": slug, "assessment": one.of_assessment}
FACTOR = {**ASSESSMENT, "factor": one.of_factor}
EVIDENCE = {**FACTOR, "evidence": one.of_evidence}
PRINT = {**ASSESSMENT, "key": uuid.UUID(int=7)}

READ = "  login login 200 200 200 200 404 200 404 404"
WRITE = " login login 200 403 200 403 404 403 404 404"
SENT = "  401   401   302 403 302 403 404 403 404 404"
REFUSED = "401  401   200 403 200 403 404 403 404 404"
MISSING = "login login 404 404 404 404 404 404 404 404"

ROWS = {
    # column:      anon part coor faci rese part revi view outs admin
    "benchmarks:assessment-create": row(WRITE, audit=slug),
    "benchmarks:assessment-create POST": row(REFUSED, audit=slug),
    "benchmarks:assessment-detail": row(READ, **ASSESSMENT),
    "benchmarks:assessment-edit": row(WRITE, **ASSESSMENT),
    "benchmarks:assessment-edit POST": row(SENT, **ASSESSMENT, data={"title": "One", "version": 1}),
    "benchmarks:assessment-scope": row(WRITE, **ASSESSMENT),
    "benchmarks:assessment-scope POST": row(REFUSED, **ASSESSMENT),
    "benchmarks:assessment-schemes": row(WRITE, **ASSESSMENT),
    "benchmarks:assessment-schemes POST": row(SENT, **ASSESSMENT, data={"name_new0": "Harbour"}),
    "benchmarks:assessment-close": row(WRITE, **ASSESSMENT),
    "benchmarks:assessment-close POST": row(SENT, **ASSESSMENT, data={"wanted": "close"}),
    "benchmarks:assessment-delete": row(WRITE, **ASSESSMENT),
    "benchmarks:assessment-delete POST": row(SENT, **ASSESSMENT),
    "benchmarks:assessment-move": row(WRITE, **ASSESSMENT),
    # There is no other version.
    "benchmarks:assessment-move POST": row("401 401 409 403 409 403 404 403 404 404", **ASSESSMENT),
    "benchmarks:assessment-repeat POST": row(SENT, **ASSESSMENT),
    "benchmarks:assessment-result": row(READ, **ASSESSMENT),
    "benchmarks:assessment-table": row(READ, **ASSESSMENT),
    "benchmarks:assessment-pdf POST": row("401 401 302 302 302 302 404 302 404 404", **ASSESSMENT),
    "benchmarks:assessment-print": row(READ, **PRINT),
    "benchmarks:assessment-print-file": row(MISSING, **PRINT),
    "benchmarks:assessment-plan": row(READ, **ASSESSMENT),
    "benchmarks:plan-pdf POST": row("401 401 302 302 302 302 404 302 404 404", **ASSESSMENT),
    "benchmarks:plan-print": row(READ, **PRINT),
    "benchmarks:plan-print-file": row(MISSING, **PRINT),
    "benchmarks:factor": row(READ, **FACTOR),
    "benchmarks:factor POST": row(SENT, **FACTOR, data={"verdict": "partly", "version": 1}),
    "benchmarks:evidence-create": row(WRITE, **FACTOR),
    "benchmarks:evidence-create POST": row(SENT, **FACTOR, data={"kind": "interview", "title": "Head of schools"}),
    "benchmarks:evidence-edit": row(WRITE, **EVIDENCE),
    "benchmarks:evidence-edit POST": row(
        SENT, **EVIDENCE, data={"kind": "interview", "title": "Head of schools", "version": 1}
    ),
    "benchmarks:evidence-delete": row(WRITE, **EVIDENCE),
    "benchmarks:evidence-delete POST": row(SENT, **EVIDENCE),
}
