"""A text as a picture for cameras, in SVG without a style of its own."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from qrcode import QRCode

_QUIET_ZONE = 4  # modules of white around it, as ISO/IEC 18004 asks


def code_picture(text: str) -> SafeString:
    """Draw a QR code; its text must stand beside it for those who cannot scan."""
    code = QRCode(border=_QUIET_ZONE)
    code.add_data(text)
    rows = code.get_matrix()
    path = "".join(
        f"M{x},{y}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, dark in enumerate(row)
        if dark
    )
    return format_html(
        '<svg class="code" viewBox="0 0 {size} {size}" role="img" width="240"'
        ' height="240" shape-rendering="crispEdges"><title>{title}</title>'
        '<rect width="{size}" height="{size}" fill="#fff"/><path d="{path}"/></svg>',
        size=len(rows),
        title=_("Picture to scan with the app"),
        path=path,
    )
