"""Where a file lies: whether a service copies its folder behind our back, which mixes up open files."""

from __future__ import annotations

from pathlib import Path

_MARKS = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "icloud drive": "iCloud Drive",
    "mobile documents": "iCloud Drive",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "seafile": "Seafile",
    "syncthing": "Syncthing",
    "pcloud": "pCloud",
    "mega": "MEGA",
}
_FILES = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".stfolder": "Syncthing",
    ".owncloudsync.log": "Nextcloud",
}
_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "davfs", "fuse.rclone"}


def synchronised_by(path: Path) -> str | None:
    """The name of the service or network that holds this file's folder, or None for an ordinary local folder."""
    for folder in path.absolute().parents:
        words = folder.name.lower()
        for mark, service in _MARKS.items():
            if words == mark or words.startswith((mark + " ", mark + "-")):
                return service
        for name, service in _FILES.items():
            if (folder / name).exists():
                return service
    return _network(path.absolute())


def _network(path: Path) -> str | None:
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    best, kind = "", ""
    for line in mounts:
        _, point, system, *_ = line.split(" ")
        point = point.replace("\\040", " ")
        if path.is_relative_to(point) and len(point) >= len(best):
            best, kind = point, system
    return "a network drive" if kind in _NETWORK else None
