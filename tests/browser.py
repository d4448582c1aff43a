"""A real browser for the tests: Debian's Chromium, watched for what a person would not see (reliability H-05)."""

import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--ignore-certificate-errors",  # the production proofs make their own; a worker asks for one that is believed
]
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 360, "height": 740}
PATIENCE = 15_000  # milliseconds: what a page says by itself is waited for, on a busy machine too

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser):
    """`open_page(site, viewport=PHONE, headers={}, agent="")` opens a fresh browser window for one person."""
    contexts, complaints = [], []

    def open_(site, *, viewport=None, headers=None, touch=False, agent=None):
        context = browser.new_context(
            base_url=site.url,
            viewport=viewport or DESK,
            has_touch=touch,
            user_agent=agent,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            ignore_https_errors=True,  # what a test fetches beside the page does not go through the browser
            extra_http_headers=headers or {},
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        watch(page, site.url, complaints)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == [], complaints


def watch(page, home, complaints):
    """Note script errors, policy breaches and requests that leave the site."""
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("console", lambda line: complaints.append(f"{page.url}: {line.text}") if is_bad(line) else None)
    page.on(
        "request",
        lambda request: complaints.append(f"left the site: {request.url}") if leaves(request.url, home) else None,
    )


def is_bad(line):
    # An answer of 4xx is logged by the browser as an error although the page shows it properly.
    return line.type == "error" and "Failed to load resource" not in line.text


def leaves(url, home):
    return not url.startswith((home, "data:", "blob:", "about:"))
