"""The report’s own texts and quotations."""

from __future__ import annotations

from audits.models import Audit, User
from checklists import results
from reports.actions import add_live, open_report, remove_block, save_text
from reports.live import QUOTE
from reports.models import Report
from reports.quotations import notes, quotable

from .. import story


def texts(audit: Audit, coordinator: User) -> None:
    report = open_report(audit=audit, language=audit.language)
    for section, texts in story.TEXTS.items():
        for slot, html in texts.items():
            block = report.blocks.get(section=section, slot=slot)
            save_text(block=block, html=html, version=block.version, by=coordinator)
    for block in report.blocks.filter(live__in=story.REMOVED):
        remove_block(block=block, version=block.version, by=coordinator)
    _quotes(audit, report, coordinator)


def _quotes(audit: Audit, report: Report, coordinator: User) -> None:
    """One quotation in each area of the story: the first of its remarks whose author agrees to be quoted; and one of
    the focus groups, under the same rule."""
    found = results.for_audit(audit)
    assert found is not None
    agreed = {score.comment: score.uuid for score in quotable(found)}
    for area in dict.fromkeys(area for area, _remark in story.QUOTES):
        wanted = [agreed[remark] for one, remark in story.QUOTES if one == area and remark in agreed]
        if wanted:
            place = report.blocks.get(section="city_tours", live=f"city_tours.{area}.findings")
            add_live(report=report, section="city_tours", key=f"{QUOTE}{wanted[0]}", after=place, by=coordinator)
    said = notes(audit).filter(text=story.GROUP_QUOTE).first()
    if said:
        place = report.blocks.get(section="focus_groups", live="focus_groups.areas")
        add_live(report=report, section="focus_groups", key=f"{QUOTE}{said.uuid}", after=place, by=coordinator)
