"""Parts of the window that know no noun of the practice."""

import sys

if sys.version_info < (3, 12):
    # PySide6 6.12 is built for Pythons whose constants are immortal, and takes a reference from them with many calls.
    # On 3.11 they are counted: without this the interpreter aborts after a few thousand calls into Qt, or as it ends.
    from ctypes import c_ssize_t

    for constant in (None, True, False):
        c_ssize_t.from_address(id(constant)).value = 1 << 60
