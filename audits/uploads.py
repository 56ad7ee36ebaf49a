"""How uploaded files reach the disk: never more of one than MAX_BYTES, whatever is sent."""

from io import BytesIO

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

# The largest file that any form takes: a document of the desk research. Pictures have a limit of their own.
MAX_BYTES = 30 * 1024 * 1024
# A longer request is refused by its announced length, before anything of it is read.
MAX_REQUEST_BYTES = 100 * 1024 * 1024


class TooLargeFile(UploadedFile):
    """Stands for a file of which nothing was kept, so that its field can say how large it was."""

    def __init__(self, name, size, content_type=""):
        super().__init__(BytesIO(), name, content_type, size)


class CappedFileHandler(TemporaryFileUploadHandler):
    """Writes an upload to a temporary file, and stops writing at `max_bytes`. A page that takes longer files has its own.

    The rest is still read, because a browser whose sending is cut off shows a broken connection instead of
    the form with its message; the form then finds a `TooLargeFile`.
    """

    max_bytes = MAX_BYTES
    max_request_bytes = MAX_REQUEST_BYTES

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):  # noqa: N803
        if content_length > self.max_request_bytes:
            raise RequestDataTooBig("The request is longer than any file that may be sent.")

    def receive_data_chunk(self, raw_data, start):
        if start + len(raw_data) <= self.max_bytes:
            self.file.write(raw_data)

    def file_complete(self, file_size):
        if file_size > self.max_bytes:
            self.file.close()
            return TooLargeFile(self.file_name, file_size, self.content_type)
        return super().file_complete(file_size)
