"""A phone's browser that keeps its files between two starts, and can be killed like one."""

import os
import shutil
import signal
from pathlib import Path

from playwright.sync_api import Error

from tests.browser import ARGUMENTS, PHONE

NAMES = "--host-resolver-rules=MAP van-phong.lan 127.0.0.1"


class Pocket:
    """Starts a browser on `folder`; `host` under which it knows the program (a name of the LAN is no secure context)."""

    def __init__(self, kind, folder, url):
        self.kind, self.folder, self.url, self.started = kind, folder, url, []

    def start(self, host="127.0.0.1"):
        context = self.kind.launch_persistent_context(
            str(self.folder),
            executable_path=shutil.which("chromium"),
            args=[*ARGUMENTS, NAMES],
            base_url=self.url.replace("127.0.0.1", host),
            viewport=PHONE,
            has_touch=True,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
        )
        self.started.append(context)
        context.set_default_timeout(15_000)
        return context.pages[0]

    def kill(self):
        """No good-bye: what is not on the disk is gone."""
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if f"--user-data-dir={self.folder}".encode() in (process / "cmdline").read_bytes():
                    os.kill(int(process.name), signal.SIGKILL)
            except OSError:  # ended by itself meanwhile
                continue
        for lock in self.folder.glob("Singleton*"):
            lock.unlink()

    def close(self):
        self.kill()
        for context in self.started:
            try:
                context.close()
            except Error:  # it was killed
                continue
