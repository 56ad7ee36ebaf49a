from reports.document import checks


def test_missing_pango_is_one_line_with_the_command(monkeypatch):
    monkeypatch.setattr(checks, "pango_version", lambda: None)
    [message] = checks.check_pango()
    assert "Pango is missing" in message.msg
    assert "apt-get install libpango-1.0-0" in message.hint


def test_old_pango_is_named(monkeypatch):
    monkeypatch.setattr(checks, "pango_version", lambda: (1, 42))
    assert "1.42" in checks.check_pango()[0].msg


def test_installed_pango_passes():
    assert checks.pango_version() >= checks.NEEDED
    assert checks.check_pango() == []
