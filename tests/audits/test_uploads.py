"""No upload takes more of the disk than one file may have."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from audits import uploads
from integra.urls import urlpatterns as project_urls

seen = {}


def receive(request):
    seen["file"] = request.FILES.get("file")
    seen["size"] = seen["file"].size
    seen["kept"] = len(seen["file"].read())
    seen["name"] = request.POST.get("name")
    return HttpResponse("received")


urlpatterns = [path("receive/", receive), *project_urls]


@pytest.fixture
def small_limits(monkeypatch):
    monkeypatch.setattr(uploads.CappedFileHandler, "max_bytes", 3_000_000)
    monkeypatch.setattr(uploads.CappedFileHandler, "max_request_bytes", 6_000_000)
    seen.clear()


def send(size):
    file = SimpleUploadedFile("photo.jpg", b"x" * size)
    return Client().post("/receive/", {"name": "Velmora", "file": file})


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("size", [1_000, 2_900_000])
def test_file_within_the_limit_arrives_whole(small_limits, size):
    assert send(size).status_code == 200
    assert (seen["size"], seen["kept"]) == (size, size)


@pytest.mark.urls(__name__)
def test_larger_file_arrives_as_its_size_alone_and_the_rest_of_the_form_is_kept(small_limits):
    assert send(3_500_000).status_code == 200
    assert (seen["size"], seen["kept"], seen["name"]) == (3_500_000, 0, "Velmora")


@pytest.mark.urls(__name__)
def test_request_longer_than_any_file_is_refused_before_it_is_read(small_limits):
    assert send(6_500_000).status_code == 400
    assert not seen
