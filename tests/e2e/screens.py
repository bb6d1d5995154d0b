"""Take a screenshot of every page with sample values, wide and narrow, light and dark.

    python -m tests.e2e.screens DIRECTORY [NAME-PART]

Debian's chromium, driven by Playwright; needs no server. The pictures are for people to look at,
nothing compares them.
"""

import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from api.web.page import STATIC_DIR
from tests.e2e.page_samples import samples

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
_WIDE, _PHONE = 1200, 390
_DARK_TOO = ("verdict", "ncp-3", "ncp-1", "smp-1")


def main(directory: Path, part: str) -> None:
    """Write the pictures of all pages whose name holds `part` into `directory`."""
    directory.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as pages, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(FLAGS))
        for name, html in samples():
            if part in name:
                page = Path(pages) / f"{name}.html"
                page.write_text(_with_local_files(html), encoding="utf-8")
                _take(browser, page, directory)
        browser.close()


def _with_local_files(html: str) -> str:
    """Point to the style sheet as a file, and keep the sending page where it is."""
    static = html.replace('="/static/', f'="{STATIC_DIR.as_uri()}/').replace(
        "site.css?v=", "site.css#"
    )
    return static.replace(".submit();", ";")


def _take(browser: Browser, page: Path, directory: Path) -> None:
    _shot(browser, page, directory, _WIDE, "light")
    _shot(browser, page, directory, _PHONE, "light")
    if page.name.startswith(_DARK_TOO):
        _shot(browser, page, directory, _WIDE, "dark")
        _shot(browser, page, directory, _PHONE, "dark")


def _shot(
    browser: Browser, page: Path, directory: Path, width: int, scheme: Literal["light", "dark"]
) -> None:
    tab = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    tab.goto(page.as_uri())
    overflow = tab.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    if overflow:
        sys.stderr.write(f"{page.stem} at {width} px scrolls sideways\n")
    tab.screenshot(path=directory / f"{page.stem}-{width}-{scheme}.png", full_page=True)
    tab.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
