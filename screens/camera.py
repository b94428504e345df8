"""A real Chromium that keeps what people see as small pictures."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from PIL import Image
from playwright.sync_api import Page, sync_playwright

PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 860}}
COLOURS = 96  # calm pages have few; a picture then takes a fifth of its bytes
_NAMES = ("chromium", "chromium-browser")


class NoBrowser(Exception):
    """Pictures need a Chromium, and there is none on this machine."""


class Camera:
    """Opens the site as its people do, and writes ``<folder>/<name>.png``."""

    def __init__(self, url: str, folder: Path, *, language: str) -> None:
        self._url = url
        self._folder = folder
        self._language = language

    def __enter__(self) -> Self:
        path = next(filter(None, map(shutil.which, _NAMES)), None)
        if path is None:
            raise NoBrowser("No Chromium: install the Debian package chromium.")
        self._folder.mkdir(parents=True, exist_ok=True)
        self._driver = sync_playwright().start()
        self._browser = self._driver.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._browser.close()
        self._driver.stop()

    def take(
        self, name: str, path: str, *, sample: int | None = None, size: dict[str, Any]
    ) -> None:
        """Picture a page as a visitor, or as the sample person of that number sees it.

        Sample people stand on the start page in the order of ``write_samples``.
        """
        with self._window(size) as page:
            if sample is not None:
                page.goto("/")
                page.locator("button[name=person]").nth(sample).click()
            answer = page.goto(path, wait_until="networkidle")
            if answer is None or not answer.ok:
                raise ValueError(f"{path} was not shown.")
            self._keep(name, page.screenshot())

    @contextmanager
    def _window(self, size: dict[str, Any]) -> Iterator[Page]:
        window = self._browser.new_context(
            base_url=self._url,
            locale=self._language,
            reduced_motion="reduce",
            **size,
        )
        try:
            yield window.new_page()
        finally:
            window.close()

    def _keep(self, name: str, taken: bytes) -> None:
        with Image.open(BytesIO(taken)) as picture:
            small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
            small.save(self._folder / f"{name}.png", optimize=True)
