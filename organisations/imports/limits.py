"""How much of a stranger's file is read at most."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Counted before anything is unpacked, and again while it is.

    A register of 10 000 rows and 12 columns has 120 000 cells, unpacks to 8.5 MB (16
    times its size), and costs 3 CPU seconds and 40 MB: each limit leaves it room.
    """

    rows: int = 20_000
    headings: int = 20  # rows above the table's header, which are no rows of it
    columns: int = 100
    cells: int = 300_000
    elements: int = 1_200_000  # of XML in one part; a cell has two to four
    entries: int = 500  # in the ZIP archive that a workbook is
    unpacked: int = 48 * MEGABYTE  # bytes of all entries
    ratio: int = 100  # unpacked to packed, of an entry above one megabyte
    merges: int = 200
    cell: int = 32_767  # characters; Excel's own limit
    line: int = 1_000_000  # characters of a text file's line
    text: int = 20_000_000  # characters handed over, all in all
    cpu: int = 10  # seconds
    wall: int = 60  # seconds
    memory: int = 192 * MEGABYTE  # of addresses, so never more of memory
