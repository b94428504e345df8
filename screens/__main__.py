"""`python -m screens`: run the sample contest and picture its main pages."""

import argparse
import logging
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import django
from django.core.management.base import OutputWrapper
from django.utils.module_loading import import_string

from config.demo.client import Line, Meter, UnexpectedAnswer
from config.demo.projects import read_projects
from config.demo.teller import Teller
from config.embedded.processes import ServiceError
from config.embedded.supervisor import Supervisor
from screens.camera import Camera, NoBrowser

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Take the pictures; 1 when they could not be taken."""
    asked = _arguments()
    logging.getLogger("httpx").setLevel(logging.WARNING)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    django.setup()
    # Models can be imported only now.
    picture_contest = import_string("screens.scenes.picture_contest")
    meter = Meter()
    tell = Teller(OutputWrapper(sys.stdout), meter)
    try:
        with (
            TemporaryDirectory(prefix="sumani-screens-") as folder,
            Supervisor(port=0, data_dir=Path(folder)) as server,
            Line(server.url, meter) as line,
            Camera(server.url, asked.folder, language=asked.language) as camera,
        ):
            projects = read_projects()[: asked.projects]
            picture_contest(
                server, line, camera, tell, projects=projects, seed=asked.seed
            )
    except (ServiceError, UnexpectedAnswer, NoBrowser) as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    print(f"\nThe pictures are in {asked.folder}; {tell.total()}.")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m screens", description=__doc__)
    parser.add_argument("--folder", type=Path, default=ROOT / "docs/images/screens")
    parser.add_argument("--language", default="lt", help="of the pages: lt or en")
    parser.add_argument("--projects", type=int, help="the first so many; all")
    parser.add_argument("--seed", type=int, default=2026, help="of the scores")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
