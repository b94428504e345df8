"""A file of a form on its way in, where Django keeps it until the form is read."""

from contextlib import suppress

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from core.disk import told_when_full


class TemporaryFileHandler(TemporaryFileUploadHandler):
    """Django's own, for a disk that fills meanwhile: a sentence, and no half file.

    Django would leave both to chance: an error of the system, and a file that stays
    until somebody collects the memory.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write what came, or say that there is no room."""
        try:
            with told_when_full():
                super().receive_data_chunk(raw_data, start)
        except BaseException:
            with suppress(OSError):  # what was not written yet has no room either
                self.file.close()
            raise
