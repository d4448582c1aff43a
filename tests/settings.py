"""The settings of the tests: the project's own with LANTOA_ENV=test; nothing is overruled here.

They are a file because pytest-django reads the settings before any conftest.py is loaded.
"""

import atexit
import os
import shutil
import tempfile

os.environ["LANTOA_ENV"] = "test"
if "LANTOA_VAR_DIR" not in os.environ:
    # Never the developer's own var/: a test that writes a file must not touch a real installation.
    os.environ["LANTOA_VAR_DIR"] = tempfile.mkdtemp(prefix="lantoa-test-")
    atexit.register(shutil.rmtree, os.environ["LANTOA_VAR_DIR"], ignore_errors=True)

from config.settings import *  # after the environment is set

if "LANTOA_TEST_SQLITE" in os.environ and DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A browser asks several things at once: threads that share a database in memory refuse each other at once,
    # while those of a file wait their turn, as they do in the ward office. The name stands in both places, because
    # the live server may look at it before the test database is made and would share one connection otherwise.
    DATABASES["default"] |= {"NAME": os.environ["LANTOA_TEST_SQLITE"], "TEST": {"NAME": os.environ["LANTOA_TEST_SQLITE"]}}

STATIC_ROOT.mkdir(exist_ok=True)  # whitenoise warns about a missing folder, and warnings are errors here
