"""What the server writes down about requests: routes, never addresses with personal codes in them."""

import logging

import pytest

from integra.logs import RouteNotPath

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.integra.urls")]


def written(caplog) -> str:
    wanted = [record for record in caplog.records if RouteNotPath().filter(record)]
    return "\n".join(logging.Formatter().format(record) for record in wanted)


def test_log_names_the_route_in_the_place_of_the_code(client, caplog):
    with caplog.at_level(logging.INFO, logger="django.request"):
        client.put("/join/7KPM3XWD/")
        client.get("/join/7KPM3XWD/nowhere/")
        client.get("/fails/forbidden/?code=7KPM3XWD")
    text = written(caplog)
    assert "7KPM3XWD" not in text
    assert "Not Found: (no such address)" in text
    assert "Method Not Allowed (PUT): /join/<str:code>/" in text
    assert "Forbidden (Permission denied): /fails/forbidden/" in text


@pytest.mark.parametrize("name", ["django.request", "django.security.csrf"])
def test_lines_about_requests_go_through_the_filter_alone(name):
    handlers, logger = [], logging.getLogger(name)
    while logger:
        handlers += [handler for handler in logger.handlers if type(handler) is logging.StreamHandler]
        logger = logger.parent if logger.propagate else None
    assert len(handlers) == 1
    assert any(isinstance(one, RouteNotPath) for one in handlers[0].filters)


def test_lines_of_the_development_server_keep_their_code_to_themselves():
    record = logging.LogRecord(
        "django.server", 20, "", 0, '"%s" %s %s', ("GET /join/7KPM3XWD/ HTTP/1.1", "200", "1"), None
    )
    record.request = object()
    assert RouteNotPath().filter(record)
    assert record.getMessage() == '"GET (address) HTTP/1.1" 200 1'
