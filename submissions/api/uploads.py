"""Taking one file off the wire: written aside as it comes, measured, never trusted."""

import hashlib
from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import UnreadablePostError
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import MultiPartParser

from core.disk import StorageFull
from core.errors import Invalid, TooLarge
from submissions import storage
from submissions.intake import Arrived

FIELD = "file"
_MB = 1024 * 1024
# A file that is a little too large is read to its end, so that the answer arrives.
_READ_TO_THE_END = 8  # times the limit


class UploadParser(MultiPartParser):
    """A form with a file; what is no form is a sentence."""

    def parse(self, stream, media_type=None, parser_context=None):
        """Read the form."""
        try:
            return super().parse(stream, media_type, parser_context)
        except (ParseError, SuspiciousOperation, ValueError) as exc:
            raise ParseError(
                _("The body is not a form (multipart/form-data) that can be read.")
            ) from exc


class ArrivedFile(UploadedFile):
    """What a form sees of a file: its name and its size."""

    def __init__(self, arrived):
        super().__init__(None, arrived.name, size=arrived.size)
        self.arrived = arrived

    def __repr__(self):
        return self.arrived.name

    def close(self):
        """Do nothing: the bytes lie aside and are not open."""


class AsideHandler(FileUploadHandler):
    """Writes the file of a request beside its later place, and nothing into memory.

    What is wrong is kept in ``refusal``: a handler that raises would lose the sentence
    to the parser, and the connection to the client who has not finished sending.
    """

    def __init__(self, request):
        super().__init__(request)
        self.refusal = None
        self.path = None
        self._out = None
        self._digest = hashlib.sha256()

    def new_file(self, field_name, *args, **kwargs):
        """Begin a file; a request holds one."""
        super().new_file(field_name, *args, **kwargs)
        if field_name != FIELD or self.path is not None:
            self.refusal = Invalid.field(
                field_name[:80],
                _("Send one file, in the field “file”. Nothing was attached."),
            )
            raise SkipFile
        with self._kept_refusal():
            self.path = storage.partial_path("in")
            self._out = self.path.open("wb")

    def receive_data_chunk(self, raw_data, start):
        """Write what came."""
        if start + len(raw_data) > settings.ATTACHMENT_MAX_BYTES:
            self.refusal = too_large()
            raise StopUpload(connection_reset=False)
        with self._kept_refusal():
            self._out.write(raw_data)
        self._digest.update(raw_data)

    def file_complete(self, file_size):
        """Hand the whole file to the form."""
        if self._out is None:
            return None
        with self._kept_refusal():
            self._out.close()
        digest = self._digest.hexdigest()
        return ArrivedFile(Arrived(self.path, self.file_name, file_size, digest))

    def discard(self):
        """Remove what was written and not moved into its place."""
        if self._out is not None:
            self._out.close()
        if self.path is not None:
            self.path.unlink(missing_ok=True)

    @contextmanager
    def _kept_refusal(self):
        try:
            with storage.told_when_full():
                yield
        except StorageFull as exc:
            self.refusal = exc
            raise StopUpload(connection_reset=False) from exc


@contextmanager
def receiving(request):
    """Take the file of a request aside for the length of the block."""
    handler = AsideHandler(request)
    request.upload_handlers = [handler]
    request.aside, request.bytes_read = handler, 0
    read = request.read

    def counted(*args, **kwargs):
        data = read(*args, **kwargs)
        request.bytes_read += len(data)
        return data

    request.read = counted
    try:
        yield
    finally:
        handler.discard()


def form_of(request):
    """Read the form of a DRF request to its end, fields and files together."""
    return _whole(request, lambda: request.data)


def fields_of(request):
    """Read the form of a page to its end, fields and files together."""
    return _whole(request, lambda: {**request.POST.dict(), **request.FILES.dict()})


def _whole(request, read):
    """Refuse before a byte is read what is far too large or would fill the disk.

    And afterwards what is not whole: nothing is attached that did not arrive.
    """
    announced = _announced(request)
    if announced > settings.ATTACHMENT_MAX_BYTES * _READ_TO_THE_END:
        raise too_large(announced)
    storage.require_space(min(announced, settings.ATTACHMENT_MAX_BYTES))
    try:
        form = read()
    except UnreadablePostError as exc:
        raise _broken(request, announced) from exc
    if request.aside.refusal is not None:
        raise request.aside.refusal
    if request.bytes_read < announced:
        raise _broken(request, announced)
    return form


def too_large(announced=None):
    """Say how large a file may be, and how large the request is where that is known."""
    limit = settings.ATTACHMENT_MAX_BYTES // _MB
    if announced is None:
        sentence = _(
            "The file is larger than {limit} MB. Make it smaller; nothing was attached."
        ).format(limit=limit)
    else:
        sentence = _(
            "The file has {received} MB; at most {limit} MB are taken. Make it smaller;"
            " nothing was attached."
        ).format(received=announced // _MB, limit=limit)
    return TooLarge(sentence)


def _broken(request, announced):
    return Invalid(
        _(
            "The line broke: {received} of {announced} bytes arrived. Nothing was"
            " attached, nothing else was changed; send the file again."
        ).format(received=request.bytes_read, announced=announced),
        code="broken_upload",
    )


def _announced(request):
    try:
        return max(0, int(request.META.get("CONTENT_LENGTH") or 0))
    except ValueError:
        return 0
