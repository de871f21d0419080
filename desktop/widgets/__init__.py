"""Parts of the window that know no noun of the practice."""

import sys

if sys.version_info < (3, 12):
    # PySide6 6.12 is built for Pythons whose None is immortal, and takes a reference from it with each call that
    # returns nothing. On 3.11 None is counted: without this the interpreter aborts after a few thousand calls into Qt.
    from ctypes import c_ssize_t

    c_ssize_t.from_address(id(None)).value = 1 << 60
