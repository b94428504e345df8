"""What is written: markup, scripts, formulas, letters that turn lines around."""

SCRIPT = "<script>window.hacked=1</script>"
MARKUP = (
    f"{SCRIPT}<img src=x onerror=window.hacked=1>"
    "\"'><svg/onload=window.hacked=1>{{7*7}}{% now 'Y' %}</textarea></title>"
)
RIGHT_TO_LEFT = "\u202etxt.exe\u2066abc"
FORMULA = '=HYPERLINK("http://evil.example","x")'
LONG = "ilgažodis" * 1_111  # one word of some 10,000 characters


def hostile(mark, limit):
    """As much evil as a field has room for, and the mark that finds it again."""
    for text in (
        f"{FORMULA}{mark}{MARKUP}{RIGHT_TO_LEFT}",
        f"={mark}{MARKUP}",
        f"={mark}{SCRIPT}",
    ):
        if limit is None or len(text) <= limit:
            return text
    return f"=<b>{mark}"[:limit]


def plain(mark, limit):  # noqa: ARG001 - as above
    """The control: the mark alone."""
    return mark
