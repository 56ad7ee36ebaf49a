"""A city tests itself against the anti-discrimination benchmark in the three ways of the toolkit: it judges itself, peers
of another city check it, and what is missing becomes a plan.
"""

import re
from datetime import timedelta
from io import BytesIO

import openpyxl
import pdfplumber
import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from playwright.sync_api import expect

from audits.enums import Role
from benchmarks import actions
from benchmarks.enums import Verdict
from benchmarks.models import Benchmark
from tests import factories

from .conftest import fits, follow, no_overflow, sign_in
from .test_journey import accept, invite

BENCHMARK = "anti-discrimination"
IN, PARTLY, NOT, BESIDE = "In place", "Partly in place", "Not in place", "Not relevant here"
JUDGED = {
    "01": IN,
    "02": IN,
    "03": PARTLY,
    "04": NOT,
    "05": PARTLY,
    "06": IN,
    "07": PARTLY,
    "08": NOT,
    "09": PARTLY,
    "10": BESIDE,
    "11": NOT,
}
REASONS = {code: f"Reason {code}: the minutes of the council say it." for code in JUDGED}


@pytest.fixture
def audit(transactional_db):
    call_command(
        "loaddata", "benchmark_methods", "benchmark_anti_discrimination", "charter", "charter_links", verbosity=0
    )
    return factories.AuditFactory(title="Velmora City Integration Audit", city__name="Velmora")


@pytest.fixture
def team(audit):
    """Coordinator and researcher."""
    people = ((Role.COORDINATOR, "Irena Vidal"), (Role.RESEARCHER, "Petra Ilieva"))
    return [factories.MembershipFactory(audit=audit, role=role, user__name=name).user for role, name in people]


def test_internal_assessment_from_the_choice_of_the_benchmark_to_the_closed_result(audit, team, new_page, console):
    factories.DocumentFactory(audit=audit, title="Annual report on equality 2025", from_year=2025, to_year=2025)
    irena, petra = new_page(), new_page()
    sign_in(irena, team[0])
    sign_in(petra, team[1])

    assessment = begin(irena, audit, "Anti-discrimination 2026", "Internal assessment")
    assign(irena, assessment, "Petra Ilieva")
    petra.goto(assessment)
    fits(petra, "bench-assessment")
    follow(petra.get_by_role("link", name="Judge key factor 01"))
    for code, verdict in JUDGED.items():
        expect(petra.get_by_text(f"Key factor {code}, {int(code)} of 11")).to_be_visible()
        if code == "01":
            answer_and_prove(petra)
        elif code == "04":
            add_interview(petra)
        judge(petra, verdict, REASONS[code])
        if code == "03":
            together(irena, petra, console)
        follow(petra.get_by_role("button", name="Save and go to factor" if code != "11" else "Save").first)
    read_result(petra, assessment)
    close(petra, assessment)


def test_peers_of_another_city_review_three_factors_and_release_what_they_hold(audit, team, new_page, console):
    host, peer = new_page(), new_page()
    sign_in(host, team[0])

    assessment = begin(host, audit, "Peer review 2026", "Self-assessment for a peer review")
    narrow(host, assessment, ("01", "04", "08"))
    host.goto(assessment)
    follow(host.get_by_role("link", name="Judge key factor 01"))
    for code in ("01", "04", "08"):
        judge(host, JUDGED[code], REASONS[code])
        follow(host.get_by_role("button", name="Save and go to factor" if code != "08" else "Save").first)
    review = plan_review(host, assessment)
    link = invite(host, f"/audits/{audit.slug}/", "jan@brno.example", role="Peer reviewer")
    accept(peer, link, factories.UserFactory(name="Jan Novotny", organisation="City of Brno"), role="Peer reviewer")
    for address in (f"/audits/{audit.slug}/", assessment, review, f"/audits/{audit.slug}/benchmarks/"):
        assert peer.goto(address).status == 404
    console.clear()  # The browser complains of the status 404.

    shared = share(host, review, "Jan Novotny")
    peer.goto(shared)
    fits(peer, "peer-review")
    assert peer.goto(f"/audits/{audit.slug}/").status == 404
    assert peer.goto(assessment).status == 404
    console.clear()
    peer.goto(review)
    follow(peer.get_by_role("link", name=re.compile("^01 ")))
    judge_as_peer(peer)
    conclude(peer, review)
    assert_hidden(host, review, console)
    release(peer, review)
    read_difference(host, review)
    hold_feedback(host, review)
    print_review(host, review)


def test_plan_of_five_measures_is_written_from_factors_watched_and_taken_along(audit, team, new_page):
    coordinator = new_page()
    sign_in(coordinator, team[0])
    assessment = judged_already(audit, team[0])
    factors = {one.factor.key: f"{one.get_absolute_url()}" for one in assessment.factors.in_order()}
    today = timezone.localdate()

    coordinator.goto(factors["04"])
    follow(coordinator.get_by_role("link", name=re.compile("^Use for our plan")).first)
    fits(coordinator, "plan-measure")
    assert coordinator.get_by_role("group", name="Steps that the benchmark proposes").get_by_role("checkbox").count()
    coordinator.get_by_role("group", name="Steps that the benchmark proposes").get_by_role("checkbox").first.check()
    write_measure(coordinator, "Ask the migrant council twice a year", today - timedelta(days=12), "Quick win")
    later = {"08": "Train the front desks", "09": "Print rights in six languages", "11": "Count complaints by service"}
    for weeks, (code, title) in enumerate(later.items(), 10):
        coordinator.goto(factors[code])
        follow(coordinator.get_by_role("link", name="Make a measure for this key factor"))
        write_measure(coordinator, title, today + timedelta(weeks=weeks), "Longer term")
    coordinator.goto(factors["05"])
    follow(coordinator.get_by_role("link", name="Make a measure for this key factor"))
    write_measure(coordinator, "Win the employers", None, "Longer term", complete=False)

    measures = f"/audits/{audit.slug}/measures/"
    coordinator.goto(measures)
    expect(coordinator.get_by_text("1 measure is overdue")).to_be_visible()
    expect(coordinator.get_by_text("1 measure is not complete yet")).to_be_visible()
    row = coordinator.get_by_role("row", name="Win the employers")
    expect(row).to_contain_text("Not complete yet:")
    fits(coordinator, "plan-list")
    coordinator.goto(f"{measures}time-line/")
    expect(coordinator.locator(".time-lane .under")).to_have_count(4)
    expect(coordinator.get_by_role("region", name="Without a day")).to_contain_text("Win the employers")
    fits(coordinator, "plan-time-line")
    review_progress(coordinator, measures)
    take_along(coordinator, measures, later)
    coordinator.goto(f"/audits/{audit.slug}/")
    expect(coordinator.get_by_text("1 measure is overdue")).to_be_visible()
    fits(coordinator, "plan-home")


# The assessment ------------------------------------------------------------------------------------------------------


def begin(page, audit, title, kind):
    """Chooses the benchmark and begins an assessment; gives its page."""
    page.goto(f"/audits/{audit.slug}/benchmarks/")
    follow(page.get_by_role("link", name="Begin the first assessment"))
    follow(page.get_by_role("link", name=re.compile("^Choose")).first)
    page.get_by_label("Title").fill(title)
    page.get_by_role("radio", name=kind).check()
    page.get_by_label("Who is meant by “migrant”?").fill("Whoever was born abroad and lives here for a year or more.")
    page.get_by_label("Who judges?").fill("Directorate for Integration, ombudsman")
    follow(page.get_by_role("button", name="Begin the assessment"))
    expect(page.get_by_text(f"“{title}” has begun.")).to_be_visible()
    return page.url.partition("scope/")[0]


def assign(page, assessment, name):
    expect(page.get_by_role("heading", name="Factors, people and days")).to_be_visible()
    page.get_by_label("Who judges them").select_option(name)
    page.get_by_label("By when", exact=False).first.fill(f"{timezone.localdate() + timedelta(days=30)}")
    fits(page, "bench-scope")
    follow(page.get_by_role("button", name="Save"))
    expect(page.get_by_text("11 key factors are changed.")).to_be_visible()


def narrow(page, assessment, codes):
    page.goto(f"{assessment}scope/")
    for code in JUDGED:
        page.get_by_label(f"In scope: {code}").set_checked(code in codes)
    follow(page.get_by_role("button", name="Save"))
    expect(page.get_by_text("8 key factors out of scope")).to_be_visible()


def judge(page, verdict, reason):
    """Judges the factor of the page, which saves itself."""
    page.get_by_role("radio", name=re.compile(f"^{verdict}")).check()
    page.get_by_role("textbox", name="Reasons").fill(reason)
    expect(page.locator("[data-savestate]")).to_have_attribute("data-state", "saved")


def answer_and_prove(page):
    """Answers the first guide question, and adds a document of the audit as evidence for it."""
    question = page.get_by_role("region", name="Guide questions").get_by_role("textbox").first
    question.fill("The mayor said so in the council.")
    expect(page.locator("[data-savestate]")).to_have_attribute("data-state", "saved")
    fits(page, "bench-factor")
    follow(page.get_by_role("link", name="Add evidence to question 1", exact=True))
    page.get_by_label("Source in this audit").select_option("Annual report on equality 2025")
    page.get_by_label("What it shows").fill("Page 4 names the commitment.")
    fits(page, "bench-evidence")
    follow(page.get_by_role("button", name="Add evidence"))
    expect(page.get_by_role("link", name="Annual report on equality 2025", exact=True)).to_be_visible()
    expect(question).to_have_value("The mayor said so in the council.")


def add_interview(page):
    follow(page.get_by_role("link", name="Add evidence", exact=True))
    page.get_by_role("radio", name=re.compile("^Interview")).check()
    page.get_by_label("What it is").fill("Head of the migrant council")
    page.get_by_label("What it shows").fill("“Nobody has asked us for two years.”")
    follow(page.get_by_role("button", name="Add evidence"))
    expect(page.get_by_text("Head of the migrant council").first).to_be_visible()


def together(irena, petra, console):
    """Irena saves the reasons that Petra is changing; Petra sees both texts and keeps her own."""
    irena.goto(petra.url)
    judge(irena, PARTLY, "The unit was closed in March.")
    page, own = petra, "The unit was moved to the mayor in March."
    page.get_by_role("textbox", name="Reasons").fill(own)
    expect(page.get_by_text("Somebody else has saved meanwhile.")).to_be_visible()
    follow(page.get_by_role("button", name="Save", exact=True))
    expect(page.get_by_role("heading", name="Irena Vidal saved at")).to_be_visible()
    expect(page.get_by_role("region", name="saved at")).to_contain_text("The unit was closed in March.")
    expect(page.get_by_role("region", name="Yours").get_by_role("textbox", name="Reasons")).to_have_value(own)
    console.clear()  # The browser complains of the status 409.
    fits(page, "bench-conflict")
    follow(page.get_by_role("button", name="Save mine"))
    expect(page.get_by_role("radio", name=re.compile("^Partly in place"))).to_be_checked()
    expect(page.get_by_role("textbox", name="Reasons")).to_have_value(own)


def read_result(page, assessment):
    page.goto(f"{assessment}result/")
    expect(page.get_by_text("11 of 11 key factors judged")).to_be_visible()
    expect(page.locator(".wheel-figure svg").first).to_be_visible()
    table = page.get_by_role("table", name="Key factors with their judgement")
    for code, verdict in JUDGED.items():
        expect(table.get_by_role("row", name=f"{code} ")).to_contain_text(verdict)
    expect(page.get_by_role("region", name="Strengths: in place").get_by_role("listitem")).to_have_count(3)
    unproven = page.get_by_role("heading", name="Judged without evidence").locator("xpath=following-sibling::ul[1]/li")
    assert [text[:2] for text in unproven.all_inner_texts()] == ["02", "06", "08", "11"]
    fits(page, "bench-result")


def close(page, assessment):
    page.goto(assessment)
    follow(page.get_by_role("link", name="Close …"))
    follow(page.get_by_role("button", name="Close the assessment"))
    page.goto(assessment)
    expect(page.get_by_text("Closed", exact=True).first).to_be_visible()
    follow(page.get_by_role("link", name=re.compile("^01 ")).first)
    expect(page.get_by_text("it is read only")).to_be_visible()
    expect(page.get_by_text(REASONS["01"]).first).to_be_visible()
    expect(page.get_by_role("textbox", name="Reasons")).to_have_count(0)


def judged_already(audit, by):
    """A closed assessment in which every factor is judged."""
    benchmark = Benchmark.objects.get(code="anti_discrimination")
    assessment = actions.create_assessment(audit=audit, benchmark=benchmark, by=by, title="Anti-discrimination 2026")
    for one in assessment.factors.all():
        verdict = next(value for value, label in Verdict.choices if label == JUDGED[one.factor.key])
        one.judgements.update(verdict=verdict, reasoning=REASONS[one.factor.key])
    actions.close(assessment=assessment, by=by)
    return assessment


# The peer review -----------------------------------------------------------------------------------------------------


def plan_review(page, assessment):
    page.goto(assessment)
    follow(page.get_by_role("link", name="Plan the peer review"))
    page.get_by_label("Expert who leads").fill("Dr. Lena Marsh, University of Ghent")
    first = timezone.localdate() + timedelta(days=40)
    page.get_by_label("First day of the visit").fill(f"{first}")
    page.get_by_label("Last day of the visit").fill(f"{first + timedelta(days=2)}")
    page.get_by_label("What the peers should look at").fill("Look at how we consult migrants.")
    follow(page.get_by_role("button", name="Save the plan"))
    review = re.split("[?#]", page.url)[0]
    follow(page.get_by_role("link", name="Add a meeting"))
    page.get_by_role("radio", name="Interview").check()
    page.get_by_label("With whom?").fill("Head of the migrant council")
    page.get_by_label("Day", exact=False).first.fill(f"{first}")
    follow(page.get_by_role("button", name="Save the meeting"))
    expect(page.get_by_role("rowheader", name="Head of the migrant council")).to_be_visible()
    follow(page.get_by_role("link", name="Add a meeting"))
    expect(page.get_by_label("With whom?")).to_be_visible()
    expect(page.locator("[data-draft-note]:visible")).to_have_count(0)
    return review


def share(page, review, name):
    """Chooses the peer and shares the self-assessment; gives the link of the letter."""
    page.goto(review)
    follow(page.get_by_role("link", name="Choose peers").first)
    page.get_by_label(name).check()
    follow(page.get_by_role("button", name="Add as peers"))
    page.goto(review)
    follow(page.get_by_role("link", name="Look at what is shared"))
    expect(page.get_by_text("8 key factors are out of scope; they do not see them.")).to_be_visible()
    fits(page, "peer-share")
    follow(page.get_by_role("button", name="Close and share it"))
    expect(page.get_by_text("The self-assessment is closed and shared.")).to_be_visible()
    return re.search(r"/audits/\S+/reviews/[^/\s]+/", mail.outbox[-1].body)[0]


def judge_as_peer(page):
    """Reads what the city says, records what was said, judges the three factors."""
    held = {"01": (IN, "01"), "04": (PARTLY, "04"), "08": (NOT, "08")}
    for place, (code, (verdict, _code)) in enumerate(held.items()):
        expect(page.get_by_text(f"Key factor {code}").first).to_be_visible()
        expect(page.get_by_role("region", name="What the city says")).to_contain_text(REASONS[code])
        if code == "04":
            record_as_peer(page)
        page.get_by_role("radio", name=re.compile(f"^{verdict}")).check()
        page.get_by_role("textbox", name="Reasons").fill(f"The peers on {code}.")
        expect(page.locator("[data-savestate]")).to_have_attribute("data-state", "saved")
        if code == "04":
            fits(page, "peer-factor")
        follow(page.get_by_role("button", name="Save and go to the next factor" if place < 2 else "Save").first)


def record_as_peer(page):
    """Records what was said, at first without its words, in the middle of judging: neither comes back as unsaved."""
    page.get_by_label("Who said it?").fill("Head of the migrant council")
    page.get_by_role("textbox", name="Reasons").fill("Typed a moment before.")
    follow(page.get_by_role("button", name="Record it"))
    expect(page.get_by_label("Who said it?")).to_have_value("Head of the migrant council")
    page.get_by_label("What was said?").fill("We are asked, but never told what came of it.")
    follow(page.get_by_role("button", name="Save what was said"))
    expect(page.get_by_text("We are asked, but never told what came of it.").first).to_be_visible()
    expect(page.get_by_role("textbox", name="Reasons")).to_have_value("Typed a moment before.")
    expect(page.locator("[data-draft-note]:visible")).to_have_count(0)


def conclude(page, review):
    page.goto(review)
    expect(page.get_by_text("3 of 3 judged by the peers")).to_be_visible()
    follow(page.get_by_role("link", name="Write conclusions").first)
    page.get_by_role("textbox", name="Conclusions").fill("The city leads well and listens seldom.")
    page.get_by_role("textbox", name="Recommendations").fill("Tell people what came of it.")
    follow(page.get_by_role("button", name="Save"))


def assert_hidden(page, review, console):
    """The host sees nothing of the peers before they release it."""
    page.goto(review)
    expect(page.get_by_text("What the peers hold of them you see as soon as they release it.")).to_be_visible()
    for text in ("The peers on", "listens seldom", "never told what came of it"):
        assert text not in page.content()
    for part in ("conclusions/", "interviews/new/", "release/"):
        assert page.goto(f"{review}{part}").status == 404
    console.clear()  # The browser complains of the status 404.


def release(page, review):
    page.goto(review)
    follow(page.get_by_role("link", name="Release to the host"))
    expect(page.get_by_text("3 key factors, 0 of them not judged")).to_be_visible()
    # The visit is still to come.
    page.get_by_role("checkbox", name="Go on without what is missing").check()
    follow(page.get_by_role("button", name="Release it to the host"))
    expect(page.get_by_text("Released to the host").first).to_be_visible()


def read_difference(page, review):
    page.goto(review)
    expect(page.get_by_role("heading", name="Both judgements, what differs most first")).to_be_visible()
    rows = page.get_by_role("table", name="Key factors with the judgement of the city and of the peers").locator(
        "tbody tr"
    )
    expect(rows.first).to_contain_text("04 ")
    expect(rows.first).to_contain_text(PARTLY)
    expect(rows.first).to_contain_text(NOT)
    expect(rows.first.locator(".tag-warn")).to_be_visible()
    expect(page.get_by_text("The city leads well and listens seldom.")).to_be_visible()
    fits(page, "peer-released")
    follow(page.get_by_role("link", name=re.compile("^04 ")))
    expect(page.get_by_text("The peers on 04.")).to_be_visible()
    expect(page.get_by_text("We are asked, but never told what came of it.").first).to_be_visible()


def hold_feedback(page, review):
    page.goto(review)
    follow(page.get_by_role("link", name="Write up the session").first)
    page.get_by_label("Day of the feedback session").fill(f"{timezone.localdate()}")
    page.get_by_role("textbox", name="What was said").fill("The city council wants a report every spring.")
    follow(page.get_by_role("button", name="Save"))
    page.goto(review)
    follow(page.get_by_role("link", name="Finish the review"))
    follow(page.get_by_role("button", name="Finish the review"))
    expect(page.get_by_text("Finished", exact=True).first).to_be_visible()


def print_review(page, review):
    page.goto(review)
    follow(page.get_by_role("link", name="Print", exact=True))
    page.get_by_role("radio", name="The report of the peer review").check()
    text = printed(page)
    for said in (
        "Peer review 2026",
        REASONS["04"],
        "The peers on 04.",
        "We are asked, but never told what came of it.",
        "The city leads well and listens seldom.",
        "Tell people what came of it.",
        "The city council wants a report every spring.",
    ):
        assert said in text, said


def printed(page):
    """Makes the PDF by its button and gives the text of its pages."""
    follow(page.get_by_role("button", name="Make the PDF"))
    link = page.get_by_role("link", name="Download the PDF")
    expect(link).to_be_visible(timeout=120_000)
    with page.expect_download() as download:
        link.click()
    with pdfplumber.open(download.value.path()) as pdf:
        return " ".join("\n".join(sheet.extract_text() for sheet in pdf.pages).split())


# The plan ------------------------------------------------------------------------------------------------------------


def write_measure(page, title, due, pace, complete=True):
    """Writes the measure of the page: its objective comes from the factor."""
    page.get_by_label("What will be done?").fill(title)
    page.get_by_role("radio", name="Civic participation").check()
    page.get_by_role("radio", name=re.compile(f"^{pace}")).check()
    expect(page.get_by_label("Which objective does it serve?")).not_to_be_empty()
    if complete:
        page.get_by_label("Who is responsible?").fill("Directorate for Integration")
        page.get_by_label("By when?").fill(f"{due}")
        page.get_by_label("With which resources?").fill("10 000 euros, one officer")
    follow(page.get_by_role("button", name="Save measure"))
    expect(page.get_by_role("heading", name=title)).to_be_visible()


def review_progress(page, measures):
    page.goto(f"{measures}progress/")
    expect(page.locator("ol.review > li")).to_have_count(5)
    page.locator("#id_m1-state").select_option("Under way")
    page.locator("#id_m1-note").fill("The first meeting is invited.")
    page.locator("#id_m3-note").fill("The texts are translated.")
    fits(page, "plan-review")
    page.get_by_role("button", name="Save the review").click()
    expect(page.get_by_text("2 measures are saved.")).to_be_visible()
    page.goto(f"{measures}1/")
    expect(page.get_by_role("region", name="Progress")).to_contain_text("The first meeting is invited.")
    fits(page, "plan-detail")


def take_along(page, measures, later):
    """The calendar, the table and the printed plan."""
    page.goto(measures)
    page.get_by_text("Take along").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Due days for a calendar (ICS)").click()
    events = Calendar.from_ical(download.value.path().read_bytes()).walk("VEVENT")
    assert len(events) == 4
    assert "Ask the migrant council twice a year" in " ".join(str(one["summary"]) for one in events)

    with page.expect_download() as download:
        page.get_by_role("link", name="Table with history (XLSX)").click()
    book = openpyxl.load_workbook(BytesIO(download.value.path().read_bytes()))
    head, *rows = book["Measures"].iter_rows(values_only=True)
    rows = {row[1]: dict(zip(head, row, strict=True)) for row in rows}
    assert set(rows) == {"Ask the migrant council twice a year", "Win the employers", *later.values()}
    assert rows["Ask the migrant council twice a year"]["Overdue"] == "yes"
    assert "resources" in rows["Win the employers"]["Not complete yet"]
    assert {row[4] for row in book["Progress"].iter_rows(min_row=2, values_only=True)} >= {"The texts are translated."}

    follow(page.get_by_role("link", name="Development plan (PDF)"))
    text = printed(page)
    assert "The plan has 5 measures." in text
    assert "1 measure is overdue. 1 measure is not complete yet." in text
    assert "Not complete yet: M5 (responsible, resources, due)." in text


def test_title_of_one_long_word_widens_no_page(audit, team, new_page):
    irena, word = team[0], ("Donaudampfschiff" * 13)[:200]
    assessment = actions.create_assessment(audit=audit, benchmark=Benchmark.objects.first(), by=irena, title=word)
    document = factories.DocumentFactory(audit=audit, title=word)
    page = new_page()
    sign_in(page, irena)
    listed = reverse("benchmarks:home", args=[audit.slug])
    own = assessment.get_absolute_url()
    for address in (listed, own, f"{own}result/", document.get_absolute_url()):
        page.goto(address)
        expect(page.get_by_text(word).first).to_be_visible()
        for width in (360, 1280):
            no_overflow(page, width)
