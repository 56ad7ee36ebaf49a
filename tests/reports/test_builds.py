import io
import os
import signal
import time
from datetime import timedelta
from pathlib import Path

import page as page_validation
import pikepdf
import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from audits.participation.actions import erase, give_consents
from audits.participation.enums import Purpose
from checklists.models import Score
from reports import actions, rendering
from reports.document import child
from reports.enums import BuildState
from reports.models import Build
from reports.tasks import make
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return factories.UserFactory()


def waited(build):
    """The build once its child has ended; the child tells by its progress file."""
    until = time.monotonic() + 120
    while build.is_open:
        assert time.monotonic() < until, build.message
        time.sleep(0.1)
        build = actions.refresh_build(build=build)
    return build


@pytest.fixture
def quick(monkeypatch):
    """Starts no child; the test plays it."""
    started = []
    monkeypatch.setattr(rendering.child, "start", lambda *args, **options: started.append(options["progress"]))
    return started


def told(progress, **words):
    child._write(Path(progress), child.Progress(**words))


def test_build_makes_an_accessible_file_with_page_facts(velmora, by, tmp_path, settings):
    build = actions.start_build(report=velmora, by=by)
    assert (build.state, build.requested_by) == (BuildState.RUNNING, by)
    build = waited(build)
    assert (build.state, build.message) == ("done", "Done")
    path = tmp_path / "report.pdf"
    path.write_bytes(build.file.read())
    build.file.close()
    checked = page_validation.validate_pdf(path, profile="ua1")
    assert checked.is_compliant, checked
    with pikepdf.open(path) as file:
        assert len(file.pages) == build.page_count
        assert str(file.docinfo.Title) == "City Audit Report: Velmora 2026"
    assert 4 <= build.pages_of("part_2") <= 8
    assert 0.5 <= build.pages_of("introduction") <= 1
    assert build.pages_of("executive_summary") <= 1.5
    assert list((Path(settings.SPOOL_ROOT) / "reports").iterdir()) == []


def test_unchanged_report_is_not_made_again_and_a_changed_one_is(velmora, by, quick):
    first = actions.start_build(report=velmora, by=by)
    assert actions.start_build(report=velmora, by=by) == first
    (Path(quick[0]).parent / rendering.TARGET).write_bytes(b"%PDF")
    told(quick[0], state="done", page_count=9, pages_by_section={"part_1": {"pages": 1.4}})
    done = actions.refresh_build(build=first)
    assert (done.state, done.page_count, done.pages_of("part_1")) == ("done", 9, 1.4)
    assert not Path(quick[0]).parent.exists()
    assert actions.start_build(report=velmora, by=by) == first
    Score.objects.filter(sheet__walk__audit=velmora.audit, item__key="U8").update(value=5)
    assert actions.start_build(report=velmora, by=by) != first
    assert len(quick) == 2


def test_progress_is_told_by_stage(bare, by, quick):
    build = actions.start_build(report=bare, by=by)
    told(quick[0], state="running", stage="laying out")
    assert actions.refresh_build(build=build).message == "Laying out the pages"
    build.refresh_from_db()
    assert build.progress == "laying out"


@pytest.mark.parametrize(
    ("reason", "words"), [("time", "took too long"), ("memory", "too much memory"), ("error", "went wrong")]
)
def test_failed_build_says_why_and_leaves_texts_and_old_file(velmora, by, quick, reason, words):
    old = velmora.builds.create(state="done")
    texts = list(velmora.blocks.values_list("html", flat=True))
    build = actions.start_build(report=velmora, by=by)
    told(quick[0], state="failed", reason=reason)
    build = actions.refresh_build(build=build)
    assert build.state == "failed"
    assert words in build.message
    assert list(velmora.blocks.values_list("html", flat=True)) == texts
    assert Build.objects.filter(pk=old.pk, state="done").exists()
    assert actions.start_build(report=velmora, by=by) != build


def test_child_that_was_killed_is_recognised_and_can_be_tried_again(bare, by, quick):
    build = actions.start_build(report=bare, by=by)
    told(quick[0], state="running", stage="laying out")
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        again = actions.start_build(report=bare, by=by)
    build.refresh_from_db()
    assert (build.state, build.reason) == ("failed", "stopped")
    assert again != build
    assert again.is_open


def test_build_that_waits_for_its_turn_is_not_given_up(bare, by, quick):
    build = actions.start_build(report=bare, by=by)
    told(quick[0], state="queued")
    with time_machine.travel(timezone.now() + timedelta(minutes=10)):
        assert actions.refresh_build(build=build).is_open
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        assert actions.refresh_build(build=build).state == "failed"


def test_killed_worker_ends_as_failed_and_leaves_nothing_half(velmora, by, settings):
    build = actions.start_build(report=velmora, by=by)
    folder = Path(settings.SPOOL_ROOT) / "reports" / str(build.uuid)
    until = time.monotonic() + 60
    while not (workers := _workers_in(folder)):
        assert time.monotonic() < until
        time.sleep(0.05)
    for process in workers:
        os.kill(process, signal.SIGKILL)
    build = waited(build)
    assert (build.state, build.reason, build.message) == ("failed", "stopped", "It was stopped from outside.")
    assert not build.file
    assert not folder.exists()


def _workers_in(folder):
    """Of the processes that make this very file, the workers: those whose parent makes it too."""
    makers = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if str(folder) in (entry / "cmdline").read_text():
                    makers[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except OSError:
                continue
    return [pid for pid, parent in makers.items() if parent in makers]


def test_missing_logo_is_named(velmora, by):
    velmora.audit.partner_organisations.get(name="Open Door Velmora").logo.file.delete()
    build = actions.start_build(report=velmora, by=by)
    assert build.state == "failed"
    assert build.message == "A picture could not be read: Open Door Velmora"


def test_only_the_last_files_are_kept(bare, by, quick):
    for n in range(5):
        bare.audit.description = f"Version {n}"
        build = actions.start_build(report=bare, by=by)
        (Path(quick[-1]).parent / rendering.TARGET).write_bytes(b"%PDF")
        told(quick[-1], state="done", page_count=1)
        actions.refresh_build(build=build)
    assert bare.builds.done().count() == 3


def test_web_page_is_one_file_with_everything_inside(velmora, by):
    build = actions.start_build(report=velmora, format="html", by=by)
    assert build.state == "done"
    with build.file.open("rb") as file:
        html = file.read().decode()
    assert html.count("data:image/png;base64,") == 3
    assert '<link rel="stylesheet"' not in html
    assert "<script" not in html
    assert "http://" not in html.replace("http://www.w3.org", "")
    assert actions.start_build(report=velmora, format="html", by=by) == build


@pytest.mark.parametrize("how", ["erased", "not quoted"])
@pytest.mark.parametrize("where", ["quotation", "text"])
def test_file_with_words_that_were_taken_back_is_deleted(
    velmora, by, quick, how, where, django_capture_on_commit_callbacks
):
    said = Score.objects.get(comment__startswith="When they hear my name")
    author = said.sheet.participant
    if where == "text":
        velmora.blocks.filter(slot="project").update(html=f"<p>One: “{said.comment}”</p>")
    else:
        # However short they are.
        Score.objects.filter(pk=said.pk).update(comment="No.")
        velmora.blocks.create(section="city_tours", position=99, kind="live", live=f"quote:{said.uuid}")
    page = actions.start_build(report=velmora, format="html", by=by)
    kept, storage = page.file.name, page.file.storage
    making = actions.start_build(report=velmora, by=by)
    others = velmora.builds.create(state="done", facts={"pictures": [], "people": []})
    with django_capture_on_commit_callbacks(execute=True):
        if how == "erased":
            erase(author)
        else:
            give_consents(participant=author, decisions={Purpose.QUOTATION: False}, language="en")
    for build in (page, making):
        build.refresh_from_db()
        assert (build.state, bool(build.file)) == ("failed", False)
        assert build.message == "Words in it were taken back since, so the file was deleted. Make it anew."
    assert not storage.exists(kept)
    others.refresh_from_db()
    # Out of a text less goes than it takes to know whose words stand in a file.
    assert others.state == ("failed" if (where, how) == ("text", "erased") else "done")


def test_file_stays_when_somebody_takes_back_words_that_do_not_stand_in_it(velmora, by):
    page = actions.start_build(report=velmora, format="html", by=by)
    erase(Score.objects.get(comment__startswith="When they hear my name").sheet.participant)
    page.refresh_from_db()
    assert (page.state, bool(page.file)) == ("done", True)


@pytest.mark.parametrize("format", ["pdf", "html"])
def test_words_that_are_taken_back_while_the_report_is_read_stand_in_no_file(velmora, by, quick, format, monkeypatch):
    author = Score.objects.get(comment__startswith="When they hear my name").sheet.participant
    velmora.blocks.filter(slot="project").update(html="<p>When they hear my name, the flat is gone.</p>")
    read = actions.builds.assembly

    def read_slowly(report):
        made = read(report)
        give_consents(participant=author, decisions={Purpose.QUOTATION: False}, language="en")
        return made

    monkeypatch.setattr(actions.builds, "assembly", read_slowly)
    build = actions.start_build(report=velmora, format=format, by=by)
    assert (build.state, build.reason, bool(build.file)) == ("failed", "words", False)
    assert not quick


def test_worker_makes_what_was_queued_and_leaves_the_rest_alone(bare, by, settings, monkeypatch):
    settings.CELERY_BROKER_URL = "redis://localhost"
    sent = []
    monkeypatch.setattr("reports.actions.builds.current_app.send_task", lambda *args: sent.append(args))
    monkeypatch.setattr("reports.actions.builds.transaction.on_commit", lambda do: do())
    build = actions.start_build(report=bare, by=by)
    assert build.state == "queued"
    assert sent == [("reports.tasks.make", [build.pk])]
    assert make.name == sent[0][0]
    make(build.pk)
    build.refresh_from_db()
    assert build.state == "done"
    finished = build.finished_at
    make(build.pk)
    build.refresh_from_db()
    assert build.finished_at == finished


# The command -----------------------------------------------------------------------------------------------


def report(*args, **options):
    out = io.StringIO()
    call_command("report", *args, stdout=out, **options)
    return out.getvalue()


def test_command_writes_the_pdf_and_tells_how_it_goes(bare, tmp_path):
    target = tmp_path / "report.pdf"
    said = report("bare", output=target)
    assert target.read_bytes().startswith(b"%PDF")
    assert "Assembling the report of Bare 2026 (en)" in said
    assert "pages" in said
    assert "Introduction:" in said


def test_command_writes_the_page_in_a_language_of_the_audit(bare, tmp_path):
    bare.audit.other_languages = ["bg"]
    bare.audit.save()
    report("bare", "--format", "html", "--language", "bg", "--output", str(tmp_path / "x.html"))
    assert '<html lang="bg"' in (tmp_path / "x.html").read_text()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["nowhere"], "There is no audit 'nowhere'."),
        (["bare", "--language", "hr"], "no report in 'hr'"),
    ],
)
def test_command_says_what_is_wrong(bare, tmp_path, args, words):
    with pytest.raises(CommandError, match=words):
        report(*args, "--output", str(tmp_path / "x.pdf"))
    assert list(tmp_path.glob("x.pdf*")) == []


def test_command_that_fails_leaves_the_old_file(bare, tmp_path, settings):
    settings.RENDER_MEGABYTES = 20
    target = tmp_path / "report.pdf"
    target.write_bytes(b"old")
    with pytest.raises(CommandError, match="The PDF could not be made"):
        report("bare", output=target)
    assert target.read_bytes() == b"old"


def test_command_offers_no_format_that_is_not_there(bare, tmp_path):
    with pytest.raises(CommandError, match="docx"):
        report("bare", "--format", "docx", "--output", str(tmp_path / "x.docx"))
