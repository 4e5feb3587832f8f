# Writes archives in all formats that Python knows, with the names and contents on which readers differ.
import io, sys, tarfile, zipfile, os

out = sys.argv[1]
deep = "/".join(["d" * 50] * 40) + "/f"
names = ["a.txt", "n" * 100, "n" * 101, "d" * 155 + "/" + "n" * 99, "d" * 200 + "/" + "n" * 200, deep, "gr\u00f6\u00dfe.txt", "./b", "c/"]


def member(name, **fields):
    info = tarfile.TarInfo(name.rstrip("/"))
    if name.endswith("/"):
        info.type = tarfile.DIRTYPE
    for key, value in fields.items():
        setattr(info, key, value)
    return info


formats = {"ustar": tarfile.USTAR_FORMAT, "gnu": tarfile.GNU_FORMAT, "pax": tarfile.PAX_FORMAT}
for label, form in formats.items():
    for encoding in ["utf-8", "iso-8859-1"]:
        with tarfile.open(f"{out}/{label}-{encoding}.tar", "w", format=form, encoding=encoding) as archive:
            for name in names:
                content = f"content of {name[:50]}".encode() * 30
                info = member(name, size=0 if name.endswith("/") else len(content), mode=0o755)
                try:
                    archive.addfile(info, io.BytesIO(content))
                except ValueError:
                    pass  # ustar cannot hold it
            archive.addfile(member("link", type=tarfile.SYMTYPE, linkname="a.txt"))
            try:
                archive.addfile(member("long-link", type=tarfile.SYMTYPE, linkname="l" * 150))
            except ValueError:
                pass
            archive.addfile(member("hard", type=tarfile.LNKTYPE, linkname="a.txt"))
    with tarfile.open(f"{out}/{label}-folder-size.tar", "w", format=form) as archive:
        archive.addfile(member("folder/", size=4096))
        archive.addfile(member("after", size=5), io.BytesIO(b"after"))
    with tarfile.open(f"{out}/{label}-link-size.tar", "w", format=form) as archive:
        archive.addfile(member("link", type=tarfile.SYMTYPE, linkname="after", size=600))
        archive.addfile(member("after", size=5), io.BytesIO(b"after"))
    with tarfile.open(f"{out}/{label}-devices.tar", "w", format=form) as archive:
        archive.addfile(member("pipe", type=tarfile.FIFOTYPE))
    with tarfile.open(f"{out}/{label}-slash-file.tar", "w", format=form) as archive:
        info = member("x", size=3)
        info.name = "file/"
        archive.addfile(info, io.BytesIO(b"abc"))
    with tarfile.open(f"{out}/{label}-v7-folder.tar", "w", format=form) as archive:
        info = member("x", type=tarfile.AREGTYPE)
        info.name = "old/"
        archive.addfile(info)
with tarfile.open(f"{out}/global.tar", "w", format=tarfile.PAX_FORMAT, pax_headers={"comment": "0123"}) as archive:
    archive.addfile(member("a", size=1), io.BytesIO(b"a"))
with tarfile.open(f"{out}/global-path.tar", "w", format=tarfile.PAX_FORMAT, pax_headers={"path": "other"}) as archive:
    archive.addfile(member("a", size=1), io.BytesIO(b"a"))
with tarfile.open(f"{out}/many.tar.gz", "w:gz") as archive:
    for at in range(3000):
        archive.addfile(member(f"m/{at}", size=1), io.BytesIO(b"m"))
plain = open(f"{out}/pax-utf-8.tar", "rb").read()
import gzip
for label, data in {
    "members": gzip.compress(plain[:1000]) + gzip.compress(plain[1000:]),
    "zeros": gzip.compress(plain) + bytes(100),
    "trailing": gzip.compress(plain) + b"trailing bytes",
    "zeros-member": gzip.compress(plain) + bytes(4) + gzip.compress(plain),
    "cut": gzip.compress(plain)[:-4],
}.items():
    open(f"{out}/gzip-{label}.tar.gz", "wb").write(data)
body = plain.rstrip(b"\0")
body += bytes(-len(body) % 512)
for label, data in {
    "no-end": body,
    "one-zero": body + bytes(512),
    "lone-zero": body + bytes(512) + plain,
    "twice": plain + plain,
    "junk": plain + b"junk" * 128,
    "empty": bytes(10240),
    "nothing": b"",
    "half": body[: len(body) - 700],
}.items():
    open(f"{out}/end-{label}.tar", "wb").write(data)

for label, method in {"stored": zipfile.ZIP_STORED, "deflated": zipfile.ZIP_DEFLATED, "bzip2": zipfile.ZIP_BZIP2}.items():
    with zipfile.ZipFile(f"{out}/{label}.zip", "w", method) as archive:
        for name in names:
            archive.writestr(name, "" if name.endswith("/") else f"content of {name[:50]}" * 30)
        link = zipfile.ZipInfo("link")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "a.txt")


class Pipe(io.RawIOBase):
    def __init__(self, path):
        self.file = open(path, "wb")

    def writable(self):
        return True

    def write(self, data):
        return self.file.write(data)


for label, large in {"streamed": False, "streamed64": True}.items():
    with zipfile.ZipFile(Pipe(f"{out}/{label}.zip"), "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ["a", "b", "empty"]:
            with archive.open(name, "w", force_zip64=large) as entry:
                entry.write(b"" if name == "empty" else name.encode() * 5000)
with zipfile.ZipFile(f"{out}/zip64.zip", "w") as archive:
    with archive.open("large", "w", force_zip64=True) as entry:
        entry.write(b"large")
with zipfile.ZipFile(f"{out}/many.zip", "w") as archive:
    for at in range(66_000):
        archive.writestr(f"{at}", b"")
with zipfile.ZipFile(f"{out}/comment.zip", "w") as archive:
    archive.writestr("a", "a")
    archive.comment = b"a comment"
with zipfile.ZipFile(f"{out}/twice.zip", "w") as archive:
    archive.writestr("a", "1")
    archive.writestr("a", "2")
one = open(f"{out}/stored.zip", "rb").read()
open(f"{out}/prefix.zip", "wb").write(b"#!/bin/sh\n" + one)
open(f"{out}/suffix.zip", "wb").write(one + b"more")
open(f"{out}/two.zip", "wb").write(one + open(f"{out}/comment.zip", "rb").read())
