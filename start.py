#!/usr/bin/env python3
"""The way in: sets Cliens up beside its source with the standard library alone, then runs, tests or builds it.

python3 start.py                     open Cliens (without a screen: do the main job in a folder of its own)
python3 start.py FILE                open a practice
python3 start.py -- find FILE TEXT   any verb that works without a window
python3 start.py test [ARGS]         run the tests; ARGS go to pytest
python3 start.py build               make the program that needs no Python, in dist/Cliens
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).resolve().parent
RUNTIME_LOCK = ROOT / "requirements.lock"
TEST_LOCK = ROOT / "requirements-dev.lock"
BUILD_LOCK = ROOT / "requirements-build.lock"

# What Qt's wheels expect of a Linux system, and the Debian package that brings it.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libbrotlidec.so.1": "libbrotli1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libzstd.so.1": "libzstd1",
}
X11_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND_LIBRARIES = {"libwayland-client.so.0": "libwayland-client0", "libwayland-cursor.so.0": "libwayland-cursor0"}


class Stopped(Exception):
    """Set-up cannot go on; the text tells the user what to do."""


def say(text: str) -> None:
    """One short line of progress; on the error stream, so that a verb's answer stays alone on the other."""
    print(text, file=sys.stderr, flush=True)


def parse(arguments: list[str]) -> tuple[str, list[str]]:
    """(what to do, its arguments): 'run', 'test', 'build' or 'help'; all that start.py does not know is passed on."""
    if arguments[:1] == ["--"]:
        return "run", arguments[1:]
    if arguments[:1] in (["test"], ["build"]):
        return arguments[0], [a for a in arguments[1:] if a != "--"]
    if arguments in (["help"], ["-h"], ["--help"]):
        return "help", []
    return "run", arguments


def opens_window(arguments: list[str]) -> bool:
    """Whether the program will open a window for these arguments: none, a practice file, or the test of itself."""
    if len(arguments) != 1:
        return not arguments
    word = arguments[0]
    return word == "--self-test" or word.lower().endswith(".cliens") or Path(word).name != word


def has_screen(platform: str, environment: Mapping[str, str]) -> bool:
    """Whether a window can be shown: only Linux may be without a screen, and an explicit Qt platform is believed."""
    if not platform.startswith("linux"):
        return True
    return any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


# ---- the environment ------------------------------------------------------------------------------------------------


def python_of(folder: Path) -> Path:
    """The interpreter of the environment in `folder`, whether or not it exists yet."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def works(*command: str | Path) -> bool:
    """Whether a command can be started and ends well."""
    try:
        return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def is_sound(folder: Path) -> bool:
    """Whether the environment still fits an interpreter: a system upgrade can take Python away from under it."""
    settings = folder / "pyvenv.cfg"
    if not settings.is_file() or not python_of(folder).exists():
        return False
    lines = (line.partition("=") for line in settings.read_text(encoding="utf-8").splitlines())
    settings_by_name = {name.strip(): value.strip() for name, _, value in lines}
    version = settings_by_name.get("version") or settings_by_name.get("version_info", "")
    made_for = version.split(".")[:2]
    if made_for == [str(part) for part in sys.version_info[:2]]:
        return True
    return works(python_of(folder), "-c", f"import sys; sys.exit([str(n) for n in sys.version_info[:2]] != {made_for})")


def make_environment(folder: Path) -> None:
    """Make the environment in `folder`, with its own pip where the system's Python can give it one."""
    say(f"Making a place for Cliens' libraries in {folder.name} …")
    shutil.rmtree(folder, ignore_errors=True)
    if works(sys.executable, "-m", "venv", folder):
        return
    shutil.rmtree(folder, ignore_errors=True)
    if not works(sys.executable, "-m", "venv", "--without-pip", folder):
        install_packages(["python3-venv"], "Python's venv module is missing.")
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)


def pip_for(python: Path) -> list[str | Path]:
    """The command that installs into the environment of `python`: its own pip, or else the system's, from outside."""
    own: list[str | Path] = [python, "-m", "pip"]
    outer: list[str | Path] = [sys.executable, "-m", "pip", "--python", python]
    for attempt in range(2):
        for command in (own, outer):
            if works(*command, "--version"):
                return command
        if attempt == 0:
            install_packages(["python3-pip"], "Python has no pip here, so the libraries cannot be fetched.")
    raise Stopped("pip is installed, but it does not run. Does 'python3 -m pip --version' work?")


def install(python: Path, lock: Path) -> None:
    """Install exactly what the lock names, each file checked by its hash; nothing to do if that was done before."""
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    stamp = python.parent.parent / f"{lock.name}.installed"
    if stamp.is_file() and stamp.read_text() == digest:
        return
    say(f"Fetching the libraries in {lock.name} (once; this takes a minute or two) …")
    command = [*pip_for(python), "install", "--require-hashes", "--no-input", "--progress-bar", "off", "-r", lock]
    quiet = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore"}
    said = []
    with subprocess.Popen(command, env=quiet, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        for line in pip.stdout or ():
            said.append(line)
            words = line.split()
            if words[:1] == ["Downloading"] and line.rstrip().endswith("MB)"):
                say(f"   {words[1].rsplit('/', 1)[-1].split('-')[0]} {' '.join(words[2:])}")
    if pip.returncode:
        raise Stopped("The libraries could not be fetched. Is there a connection?\npip said:\n" + "".join(said[-12:]))
    stamp.write_text(digest)


def compile_sources(python: Path) -> None:
    """Compile bytecode and translations if a source has changed, so that each start is quick."""
    sources = [path for folder in ("db", "desktop") for path in (ROOT / folder).rglob("*.py")]
    sources += (ROOT / "resources").rglob("*.po")
    facts = sorted((str(path), path.stat().st_mtime_ns) for path in sources)
    digest = hashlib.sha256(repr(facts).encode()).hexdigest()
    stamp = python.parent.parent / "sources.compiled"
    if stamp.is_file() and stamp.read_text() == digest:
        return
    say("Preparing the program …")
    done = works(python, "-m", "compileall", "-q", ROOT / "db", ROOT / "desktop")
    translate = "babel.messages.frontend"
    for path in (path for path in sources if path.suffix == ".po"):
        done = works(python, "-m", translate, "compile", "-i", path, "-o", path.with_suffix(".mo")) and done
    if done:
        stamp.write_text(digest)


def prepare(folder: Path, *locks: Path) -> Path:
    """The interpreter of a ready environment in `folder`: libraries installed, sources compiled."""
    if not is_sound(folder):
        make_environment(folder)
    python = python_of(folder)
    for lock in locks:
        install(python, lock)
    compile_sources(python)
    return python


# ---- the system -----------------------------------------------------------------------------------------------------


def missing_packages(libraries: Mapping[str, str]) -> list[str]:
    """The packages, sorted, whose library cannot be loaded here."""
    missing = set()
    for name, package in libraries.items():
        try:
            ctypes.CDLL(name)
        except OSError:
            missing.add(package)
    return sorted(missing)


def qt_libraries(environment: Mapping[str, str]) -> dict[str, str]:
    """What Qt will load on this kind of screen."""
    libraries = dict(QT_LIBRARIES)
    chosen = environment.get("QT_QPA_PLATFORM", "")
    if "xcb" in chosen or (not chosen and environment.get("DISPLAY")):
        libraries.update(X11_LIBRARIES)
    if "wayland" in chosen or (not chosen and environment.get("WAYLAND_DISPLAY")):
        libraries.update(WAYLAND_LIBRARIES)
    return libraries


def check_qt(environment: Mapping[str, str]) -> None:
    """Make sure that Qt can load; installs what is missing where it may, else stops with the exact names."""
    if not sys.platform.startswith("linux"):
        return
    libraries = qt_libraries(environment)
    missing = missing_packages(libraries)
    if missing:
        install_packages(missing, "Qt, which draws the window, needs libraries that this system lacks.")
        if missing_packages(libraries):
            raise Stopped("These packages were installed, but Qt's libraries still do not load: " + " ".join(missing))


def install_packages(packages: list[str], why: str) -> None:
    """Install Debian packages as root; anybody else is told the command."""
    say(why)
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    apt = shutil.which("apt-get")
    if not apt or os.geteuid() != 0:
        hint = "sudo apt install " + " ".join(packages)
        raise Stopped(f"Please run:\n    {hint}\n" + ("" if apt else "(or what your system calls these packages)\n"))
    say("Installing " + " ".join(packages) + " …")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update"], command):
        done = subprocess.run(step, env=quiet, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        raise Stopped("The system's installer failed:\n" + done.stderr[-1500:])


# ---- what to do -----------------------------------------------------------------------------------------------------


def run(arguments: list[str]) -> int:
    """Open the window, or pass a verb on; returns the exit code."""
    environment = dict(os.environ)
    if arguments == ["--self-test"]:
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    windowed, screen = opens_window(arguments), has_screen(sys.platform, environment)
    if windowed and screen:
        check_qt(environment)
    if windowed and arguments and not screen:
        raise Stopped("There is no screen here, so no window can open. Verbs work: python3 start.py -- --help")
    python = prepare(ROOT / ".venv", RUNTIME_LOCK)
    if windowed and not screen:
        return demonstrate(python)
    return hand_over([python, "-P", "-m", "desktop", *arguments], environment)


def test(arguments: list[str]) -> int:
    """Run the tests without a screen; returns pytest's exit code."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    check_qt(environment)
    python = prepare(ROOT / ".venv", RUNTIME_LOCK, TEST_LOCK)
    os.chdir(ROOT)
    # All of them are spread over the cores; a chosen few are quicker in one process.
    chosen = arguments or ["-n", "auto", "--dist", "worksteal"]
    return hand_over([python, "-m", "pytest", *chosen], environment)


def build() -> int:
    """Freeze the program from an environment that holds nothing but it; returns PyInstaller's exit code."""
    if sys.platform.startswith("linux"):
        tools = [] if shutil.which("objdump") else ["binutils"]
        shared = f"libpython3.{sys.version_info[1]}"
        tools += missing_packages({f"{shared}.so.1.0": shared}) if sys.prefix == "/usr" else []
        if tools:
            install_packages(tools, "PyInstaller, which makes the frozen program, needs these.")
        try:
            check_qt({"QT_QPA_PLATFORM": "xcb;wayland"})
        except Stopped as stopped:
            say(f"{stopped}Without them the frozen program brings less along and asks its system for them.")
    python = prepare(ROOT / ".build-venv", BUILD_LOCK)
    say("Building dist/Cliens …")
    command: list[str | Path] = [
        python,
        "-m",
        "PyInstaller",
        "--noconfirm",
        "--log-level",
        "ERROR",
        ROOT / "build.spec",
    ]
    code = subprocess.run(command, cwd=ROOT).returncode
    if code == 0:
        built = ROOT / "dist" / "Cliens"
        size = sum(path.stat().st_size for path in built.rglob("*") if path.is_file() and not path.is_symlink())
        say(f"Built {built} ({size / 1_000_000:.0f} MB)")
    return code


def hand_over(command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> int:
    """Become the command where the system can, else run it; returns its exit code."""
    full = {**(environment or os.environ), "PYTHONPATH": str(ROOT)}
    words = [str(part) for part in command]
    if os.name != "nt":
        sys.stdout.flush()
        os.execve(words[0], words, full)
    return subprocess.run(words, env=full).returncode


def demonstrate(python: Path) -> int:
    """Do the main job without a window, in a new folder, and say where the files are; returns the exit code."""
    folder = Path(tempfile.mkdtemp(prefix="cliens-"))
    practice, report = str(folder / "sample.cliens"), str(folder / "client-report.pdf")
    passphrase = "quiet-harbour-lantern-seven"
    own = {"CLIENS_PASSPHRASE": passphrase, "CLIENS_HOME": str(folder / "computer")}
    environment = {**os.environ, **own, "PYTHONPATH": str(ROOT)}

    tell = partial(print, flush=True)

    def cliens(*words: str) -> dict[str, Any]:
        done = subprocess.run(
            [python, "-P", "-m", "desktop", *words, "--json"], env=environment, stdout=subprocess.PIPE
        )
        if done.returncode:
            raise Stopped("That did not work: cliens " + " ".join(words))
        return dict(json.loads(done.stdout))

    tell("There is no screen here, so Cliens does a morning's work without a window.")
    cliens("new", practice, "--name", "Sample practice", "--profession", "law", "--sample")
    tell("  made a sample practice with invented people, encrypted by a passphrase")
    question = ("--question", "May the lighthouse lease be ended early?")
    answer = ("--advice", "Yes, with three months' notice in writing; keep the proof of delivery.")
    logged = cliens("log", practice, "advice", "--client", "C-0001", *question, *answer)
    cliens("record", practice, logged["number"])
    tell(f"  logged advice {logged['number']} for client C-0001, and recorded it")
    found = cliens("find", practice, "lighthouse")
    tell(f"  found the word 'lighthouse' {found['total']} time(s) in {found['took_ms']:.0f} ms")
    printed = cliens("report", practice, "client", "--client", "C-0001", "--out", report)
    tell(f"  printed the client report: {printed['pages']} page(s)")
    checked = cliens("check", practice)
    tell(f"  checked the file: {'all is well' if checked['ok'] else checked['problems']}")
    tell(f"\nThe files are in {folder}:\n  {practice}\n  {report}\nThe passphrase is {passphrase}")
    tell(f"Try: CLIENS_PASSPHRASE={passphrase} python3 start.py -- client {practice} C-0001")
    return 0 if checked["ok"] else 1


def main(arguments: list[str]) -> int:
    """Returns the exit code."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what an old Python meets first
        say("Cliens needs Python 3.11 or newer; this is {}.{}.".format(*sys.version_info[:2]))
        return 1
    what, rest = parse(arguments)
    try:
        if what == "help":
            print(__doc__)
            return 0
        return {"run": run, "test": test}[what](rest) if what != "build" else build()
    except Stopped as stopped:
        say(str(stopped))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
