import fcntl
import json
import os
import subprocess
import sys

import pikepdf
import pytest

from reports.document import blocks as b
from reports.document import child
from tests.reports.document import sample


@pytest.fixture
def job(tmp_path):
    """Gives a function that writes a document down and returns the paths of its rendering, an old file in place."""

    def write(document):
        pictures = {}
        for key in (sample.PHOTO, sample.PLAN, sample.LOGO):
            (tmp_path / key).write_bytes(sample.picture(key))
            pictures[key] = str(tmp_path / key)
        (tmp_path / "tree.json").write_text(json.dumps(blocks_of(document)))
        (tmp_path / "media.json").write_text(json.dumps(pictures))
        (tmp_path / "out.pdf").write_bytes(b"old")
        return {
            "tree": tmp_path / "tree.json",
            "target": tmp_path / "out.pdf",
            "media": tmp_path / "media.json",
            "progress": tmp_path / "progress.json",
        }

    return write


def blocks_of(document):
    return b.to_dict(document) if isinstance(document, b.Document) else document


def small(*parts):
    return b.Document("Title", "bg", "City", "Running", chapters=(b.Section("one", "One", blocks=parts),))


def leftovers(paths):
    return [path.name for path in paths["target"].parent.iterdir() if "part" in path.name]


def test_child_replaces_the_file_and_tells_the_page_facts(job):
    paths = job(small(b.Paragraph("Текст"), b.Figure(sample.PLAN, "A plan", "Plan")))
    progress = child.run(**paths)
    assert (progress.state, progress.stage, progress.page_count, progress.message) == ("done", "done", 1, "Done")
    assert progress.pages_by_section["one"]["first"] == 1
    assert child.read_progress(paths["progress"]) == progress
    with pikepdf.open(paths["target"]) as file:
        assert str(file.Root.Lang) == "bg"
    assert leftovers(paths) == []


@pytest.mark.parametrize(("limit", "reason"), [({"seconds": 1}, "time"), ({"megabytes": 50}, "memory")])
def test_child_that_hits_a_limit_says_so_and_leaves_the_old_file(job, limit, reason):
    paths = job(sample.pack(sheets=200))
    progress = child.run(**paths, **limit)
    assert (progress.state, progress.reason) == ("failed", reason)
    assert "stopped" in progress.message
    assert paths["target"].read_bytes() == b"old"
    assert leftovers(paths) == []


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({"version": 1, "document": {"is": "Nothing"}}, "tree"),
        (small(b.Figure("00000000-0000-0000-0000-0000000000ff", "A plan", "Plan")), "picture"),
        (small(b.Finding("f", "Idea", "a"), b.Finding("f", "Idea", "b")), "error"),
    ],
    ids=["tree", "picture", "error"],
)
def test_child_that_cannot_render_gives_the_reason(job, document, reason):
    paths = job(document)
    progress = child.run(**paths)
    assert (progress.state, progress.reason) == ("failed", reason)
    assert paths["target"].read_bytes() == b"old"


def test_child_sees_no_secret_of_the_parent(job, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "planted-secret")
    assert "SECRET_KEY" not in child._surroundings()["env"]


def test_start_returns_before_the_end_and_the_child_goes_on(job):
    paths = job(small(b.Paragraph("a")))
    arguments = {name: str(path) for name, path in paths.items()}
    script = (
        "import json, sys; from pathlib import Path; from reports.document import child;"
        "paths = {k: Path(v) for k, v in json.loads(sys.argv[1]).items()}; child.start(**paths);"
        "print(child.read_progress(paths['progress']).state)"
    )
    # The output stays open as long as the detached child lives, so this waits for its end.
    said = subprocess.run(
        [sys.executable, "-c", script, json.dumps(arguments)],
        cwd=child.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() in ("queued", "running")
    assert child.read_progress(paths["progress"]).state == "done"
    assert paths["target"].read_bytes().startswith(b"%PDF")


def test_rendering_waits_while_all_places_are_taken_and_holds_its_own(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    taken = [place.open("w") for place in child.places()]
    for file in taken:
        fcntl.flock(file, fcntl.LOCK_EX)
    # While it waits, another one ends.
    monkeypatch.setattr(child.time, "sleep", lambda seconds: taken.pop(0).close())
    turn = child._wait_for_turn()
    assert len(taken) == child.PARALLEL - 1
    with child.places()[0].open("w") as other, pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(turn)
    for file in taken:
        file.close()


def test_rendering_that_has_not_begun_is_queued(tmp_path):
    progress = child.read_progress(tmp_path / "nothing.json")
    assert (progress.state, progress.message) == ("queued", "Waiting for its turn")
