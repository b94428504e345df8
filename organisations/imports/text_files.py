"""CSV as offices make it: which encoding, which separator, then its rows."""

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from charset_normalizer import from_bytes

from organisations.imports.columns import known_headers
from organisations.imports.limits import Limits
from organisations.imports.refusals import Refusal

SEPARATORS = (";", ",", "\t", "|")
# Single-byte encodings in which Lithuanian was and is written; the likelier first.
ENCODINGS = ("cp1257", "iso8859_13", "cp775", "cp1252")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LETTERS = frozenset("ąčęėįšųūžĄČĘĖĮŠŲŪŽ")
_PUNCTUATION = frozenset("„“”‚‘’–—…€§°´·\u00a0«»•")
_SAMPLE = 64 * 1024  # bytes of lines that are not plain ASCII
_SAMPLE_ROWS = 40
_MOST_UNREADABLE = 10  # one in so many: a damaged UTF-8 file, not another encoding
_UNREADABLE = "\N{REPLACEMENT CHARACTER}"


def read_text_file(path: Path, limits: Limits) -> Iterator[Any]:
    """Yield the facts about the file, then ``(row number, cells, {})``.

    Rows are counted as a spreadsheet would show them: a line break inside quotation
    marks is part of its cell, an empty line is a row, Excel's ``sep=`` line is none.
    """
    encoding, text = decoded(path.read_bytes())
    _require_sane(text, limits)
    separator, text = separator_of(text)
    yield {"encoding": encoding, "separator": separator}
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    csv.field_size_limit(limits.line)
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, cells, {}
    except csv.Error as exc:
        raise Refusal("not_a_table", line=reader.line_num) from exc


def decoded(content: bytes) -> tuple[str, str]:
    """Find the encoding; characters that it lacks become U+FFFD, row by row told."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding, content.decode(encoding, "replace")
    if wide := _wide_without_mark(content):
        return wide, content.decode(wide, "replace")
    try:
        return "utf-8", content.decode()
    except UnicodeDecodeError:
        text = content.decode("utf-8", "replace")
    beyond = sum(not character.isascii() for character in text)
    if text.count(_UNREADABLE) * _MOST_UNREADABLE < beyond:
        return "utf-8", text
    encoding = _single_byte(content)
    return encoding, content.decode(encoding, "replace")


def _wide_without_mark(content: bytes) -> str:
    """Tell UTF-16 by its many zero bytes, all in even or all in odd places."""
    head = content[:2000]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 3 < len(head) // 2 or min(even, odd) * 20 > max(even, odd):
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _single_byte(content: bytes) -> str:
    """Let Lithuanian decide, then the library's opinion, then what is likelier."""
    sample = _telling_lines(content)
    matches = from_bytes(sample, cp_isolation=list(ENCODINGS))
    opinion = [match.encoding for match in matches]

    def merit(encoding: str) -> tuple[int, int, int]:
        rank = opinion.index(encoding) if encoding in opinion else len(opinion)
        likelihood = -ENCODINGS.index(encoding)
        return _lithuanian(sample, encoding), -rank, likelihood

    return max(ENCODINGS, key=merit)


def _telling_lines(content: bytes) -> bytes:
    lines = (line for line in content.splitlines() if not line.isascii())
    sample = bytearray()
    for line in lines:
        sample += line[:1000] + b"\n"
        if len(sample) > _SAMPLE:
            break
    return bytes(sample)


def _lithuanian(sample: bytes, encoding: str) -> int:
    """Count what a Lithuanian text would hold, less what it would not."""
    merit = 0
    for character in sample.decode(encoding, "replace"):
        if character.isascii():
            continue
        if character in _LETTERS:
            merit += 2
        elif character in _PUNCTUATION:
            merit += 1
        else:
            merit -= 3
    return merit


def _require_sane(text: str, limits: Limits) -> None:
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise Refusal("nul", line=line)
    if len(text) > limits.text:
        raise Refusal("too_much_text", limit=limits.text)
    start, number = 0, 1
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end - start > limits.line:
            raise Refusal(
                "long_line", line=number, length=end - start, limit=limits.line
            )
        start, number = end + 1, number + 1


def separator_of(text: str) -> tuple[str, str]:
    """Tell the separator, and the text without the line by which Excel names it."""
    first, _break, rest = text.partition("\n")
    named = first.strip().strip('"')
    if named.lower().startswith("sep=") and named[4:] in {*SEPARATORS, ""}:
        return named[4:] or "\t", rest
    return max(SEPARATORS, key=lambda mark: _merit(text, mark)), text


def _merit(text: str, separator: str) -> tuple[int, int]:
    """How many known headers a separator brings to light, how steady its columns."""
    sample = io.StringIO(text[: 1 << 18], newline="")
    try:
        reader = csv.reader(sample, delimiter=separator)
        rows = list(islice((row for row in reader if row), _SAMPLE_ROWS))
    except csv.Error:
        return 0, 0
    known = max((known_headers(row) for row in rows), default=0)
    widths = [len(row) for row in rows]
    usual = max(set(widths), key=widths.count, default=0)
    return known, widths.count(usual) if usual > 1 else 0
