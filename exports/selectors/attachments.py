"""The files of entries that go into an archive."""

from collections.abc import Collection, Iterator
from uuid import UUID

from contest.models import Contest
from exports.workbooks.archive import Member
from submissions.file_selectors import files_of


def archive_members(contest: Contest, only: Collection[UUID] = ()) -> Iterator[Member]:
    """Walk the files that went with the entered versions, without personal papers.

    ``only`` are the ids of some entries; none means all.

    A file never changes once it is stored and a sent one is never removed, so no
    snapshot is held while the archive is written.
    """
    for file in files_of(contest, only=only):
        yield Member(file.member, file.path, file.sha256)
