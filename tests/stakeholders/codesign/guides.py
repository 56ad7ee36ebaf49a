"""A small co-design guide with a part of each kind, and its pages as they are read."""

import re

from django.urls import reverse

from audits.models import GenderPoint, PracticeExample
from tests import factories

STAGES = ("Needs assessment", "Action planning", "Implementation and monitoring", "Evaluation")


def a_guide(**guide):
    made = factories.CodesignGuideFactory(digital_tools="Surveys and apps.", outreach="Reach them.", **guide)
    for place, title in enumerate(STAGES, start=1):
        factories.CodesignStageFactory(guide=made, key=f"stage-{place}", position=place, title=title)
    factories.CodesignToolFactory(
        guide=made, key="mystery_shoppers", title="Mystery shoppers", when="In monitoring.", example="London did."
    )
    factories.CodesignToolFactory(guide=made, key="our_own", title="Kitchen table")
    gender = factories.OutreachBarrierFactory(guide=made, key="gender", title="Gender barriers")
    factories.OutreachBarrierFactory(guide=made, key="age", title="Age")
    factories.OutreachTipFactory(guide=made, key="go_there", title="Go to where people are")
    factories.OutreachTipFactory(guide=made, key="childcare", title="Provide childcare")
    cycle = factories.CodesignChecklistFactory(guide=made, key="cycle", title="Across the policy cycle")
    for place, text in enumerate(("Be clear why.", "Go deep.", "Meet once."), start=1):
        factories.CodesignChecklistItemFactory(checklist=cycle, key=f"item-{place}", text=text, position=place)
    bodies = factories.CodesignChecklistFactory(guide=made, key="bodies", title="A stakeholder body")
    factories.CodesignChecklistItemFactory(checklist=bodies, key="item-1", text="Find a moderator.", group="Running it")
    loaded(GenderPoint(barrier=gender, key="gender-1", text="Caring leaves less time."))
    for key, city, topic, text in (
        ("nantes", "Nantes", "Stage 1 Needs assessment", "A council mapped it."),
        ("london", "London", "Tool: Mystery shoppers", "London did."),
        ("oulu", "Oulu", "Outreach", "A worker went there."),
    ):
        loaded(PracticeExample(guide=made, key=key, city=city, title=f"How {city} did it", topic=topic, text=text))
    return made


def loaded(row):
    """Saved as a fixture is: an original refuses to be changed otherwise."""
    row.save_base(raw=True)
    return row


def page(audit, name, *args):
    return reverse(f"stakeholders:{name}", args=[audit.slug, *args])


def words_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))
