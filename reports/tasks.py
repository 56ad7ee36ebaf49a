"""Work for Celery; without a broker nothing here is used."""

from celery import shared_task

from .actions import run_build
from .models import Build


@shared_task(acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def make(build: int) -> None:
    """Makes the file of a build. Delivered again after a worker's death, it begins anew; a finished build is left alone."""
    found = (
        Build.objects.open().select_related("report__audit__city", "report__audit__previous").filter(pk=build).first()
    )
    if found is not None:
        run_build(build=found)
