"""What the tests of photos that came otherwise share."""

import io
import re
import zipfile
from email.message import EmailMessage
from html import unescape

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from photovoice.models import RightsRequest
from tests.photovoice.conftest import jpeg

CSV = "text/csv"


def to(name, activity, *args):
    return reverse(f"photovoice:{name}", args=[activity.audit.slug, activity.uuid, *args])


def words_of(response):
    """What a page says, without its tags."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", response.content.decode())))


def picture(colour="#1f4e79"):
    return jpeg(colour).read()


def table(*rows, head="file name;title;description;theme;author;e-mail"):
    content = "\n".join([head, *rows])
    return SimpleUploadedFile("titles.csv", content.encode() if isinstance(content, str) else content, CSV)


def packed(files, **how):
    """A ZIP of files by name."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", how.get("compression", zipfile.ZIP_DEFLATED)) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return SimpleUploadedFile("photos.zip", target.getvalue(), "application/zip")


def letter(
    *pictures,
    subject="photovoice: Tram 4",
    sender="Samira O. <samira@sender.example>",
    text="No sign at the stop.",
    html="",
    number="1",
):
    """An e-mail with pictures, as bytes."""
    message = EmailMessage()
    message["Subject"], message["To"] = subject, "photos@city.example"
    message["Message-ID"] = f"<{number}@sender.example>"
    if sender:
        message["From"] = sender
    if text:
        message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html") if text else message.set_content(html, subtype="html")
    for at, content in enumerate(pictures):
        message.add_attachment(content, maintype="image", subtype="jpeg", filename=f"p{at}.jpg")
    return message.as_bytes()


def look(desk, activity, *files, titles=None):
    """Chooses files as the team does; returns the preview."""
    data = {"files": list(files), "language": "en", **({"titles": titles} if titles else {})}
    return desk.post(to("incoming-add", activity), data)


def take(desk, activity, preview):
    """Presses the button of a preview."""
    return desk.post(to("incoming-take", activity), {"parcel": preview.context["signed"]})


def opened(client, link):
    """Opens a link in a browser; returns the page behind it."""
    return client.get(link.split("://", 1)[-1][link.split("://", 1)[-1].index("/") :], follow=True)


class AuthorsPhone(Client):
    """The browser of somebody without an account, who sends the pages of the link that was opened last."""

    def post(self, path, data=None, **of):
        question = RightsRequest.objects.filter(token_hash=self.session.get("photo_rights", "")).first()
        return super().post(path, {"question": question.uuid if question else "", **(data or {})}, **of)


def statement(photo, **said):
    """What an author answers of one photo."""
    values = {"mine": "yes", "title": photo.title, "text": photo.text, "use": "report", "name": "anonymous"}
    values |= {"people": "none", **said}
    return {f"{photo.uuid}-{name}": value for name, value in values.items()}
