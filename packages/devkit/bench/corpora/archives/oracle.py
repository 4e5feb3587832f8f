# What Python reads in archives: a JSON line for each path on standard input.
import hashlib
import json
import stat
import sys
import tarfile
import zipfile


def text(name):
    return name.encode("utf8", "surrogateescape").decode("utf8", "replace")


def tar_entries(path):
    entries = []
    with tarfile.open(path) as archive:
        for member in archive:
            kind = (
                "file"
                if member.isreg()
                else "directory"
                if member.isdir()
                else "link"
                if member.issym()
                else "hard"
                if member.islnk()
                else f"other {member.type!r}"
            )
            entry = {"name": text(member.name), "kind": kind}
            if kind in ("link", "hard"):
                entry["link"] = text(member.linkname)
            if kind == "file":
                if member.size > 1 << 28:
                    raise OverflowError
                entry["sha"] = hashlib.sha256(archive.extractfile(member).read()).hexdigest()
            entries.append(entry)
    return entries


def zip_entries(path):
    entries = []
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            unix = info.external_attr >> 16 if info.create_system in (3, 19) else 0
            kind = "directory" if info.is_dir() else "link" if stat.S_ISLNK(unix) else "file"
            if info.file_size > 1 << 28:
                raise OverflowError
            content = archive.read(info)
            entry = {"name": text(info.filename), "kind": kind}
            if kind == "link":
                entry["link"] = text(content.decode("utf8", "surrogateescape"))
            if kind == "file":
                entry["sha"] = hashlib.sha256(content).hexdigest()
            entries.append(entry)
    return entries


for line in sys.stdin:
    path = line.rstrip("\n")
    reading = {"entries": []}
    try:
        reading["entries"] = zip_entries(path) if path.endswith(".zip") else tar_entries(path)
    except OverflowError:
        reading["error"] = "skipped"
    except Exception as error:
        reading["error"] = f"{type(error).__name__}: {error}"[:200]
    print(json.dumps(reading))
