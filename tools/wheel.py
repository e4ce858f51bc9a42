#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes a wheel of the Python package stand alone: the libraries that it reads with go into it, and their licences.

usage: wheel.py WHEEL FOLDER     (with auditwheel and patchelf on the path; on Debian)

auditwheel does the work, and names the wheel after the oldest glibc that it runs with. It is helped in two things:

- libxml2 brings ICU for encodings that our doors turn into UTF-8 long before. Of ICU's 31 MB of data it gets the empty table that ICU's own
  build knows as its stub (tools/stub_icudata.c).
- auditwheel's policies take GLib for a part of every Linux. Small images have none, so it goes in under another name.
"""
import base64
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

# What every Linux of Debian's age has: the C and C++ libraries.
SYSTEM = re.compile(r"lib(c|m|dl|rt|pthread|stdc\+\+|gcc_s|z)\.so\.|ld-linux|linux-vdso")
RENAMED = re.compile(r"(lib(?:glib|gobject|gthread)-2\.0)(\.so\.0)")


def run(*command, **more):
    return subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, check=True, **more).stdout.decode()


def libraries_of(file):
    """soname → path of all that a library loads, but for what is the system's."""
    found = re.findall(r"^\s*(\S+) => (\S+) \(", run("ldd", file), re.M)
    return {name: pathlib.Path(path) for name, path in found if not SYSTEM.match(name)}


def own_name(soname):
    return RENAMED.sub(r"\1-karar\2", soname)


def rename_needed(file):
    for soname in run("patchelf", "--print-needed", file).split():
        if own_name(soname) != soname:
            run("patchelf", "--replace-needed", soname, own_name(soname), file)


def gather(libraries, folder):
    """Copies of the libraries, as auditwheel shall take them."""
    for soname, path in libraries.items():
        copy = folder / own_name(soname)
        if soname.startswith("libicudata."):
            stub = pathlib.Path(__file__).with_name("stub_icudata.c")
            run("cc", "-shared", "-fPIC", "-O2", f"-Wl,-soname,{soname}", "-o", copy, stub, *run("pkg-config", "--cflags", "icu-uc").split())
            continue
        shutil.copy(path.resolve(), copy)
        if own_name(soname) != soname:
            run("patchelf", "--set-soname", own_name(soname), copy)
        rename_needed(copy)


def licences(libraries):
    """Debian's copyright file of each package that a library comes from."""
    found = {}
    for soname, path in sorted(libraries.items()):
        owner = run("dpkg-query", "-S", f"*/{path.resolve().name}").split(":")[0]
        found[owner] = pathlib.Path("/usr/share/doc", owner, "copyright").read_bytes()
    return found


def pack(tree, wheel):
    """The wheel of a folder, with its list of hashes; the same bytes for the same files."""
    record = next(tree.glob("*.dist-info/RECORD"))
    files = sorted(path for path in tree.rglob("*") if path.is_file() and path != record)
    lines = []
    for path in files:
        digest = base64.urlsafe_b64encode(hashlib.sha256(path.read_bytes()).digest()).rstrip(b"=").decode()
        lines.append(f"{path.relative_to(tree)},sha256={digest},{path.stat().st_size}")
    record.write_text("\n".join([*lines, f"{record.relative_to(tree)},,"]) + "\n", encoding="utf-8")
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in [*files, record]:
            entry = zipfile.ZipInfo(str(path.relative_to(tree)), (2020, 1, 1, 0, 0, 0))
            entry.external_attr = (0o100755 if path.suffix == ".so" else 0o100644) << 16
            archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)


def main():
    wheel, to = map(pathlib.Path, sys.argv[1:])
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        tree, gathered, plain = folder / "tree", folder / "libraries", folder / wheel.name
        gathered.mkdir()
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(tree)
        core = tree / "karar/_core.abi3.so"
        libraries = libraries_of(core)
        gather(libraries, gathered)
        rename_needed(core)
        kept = next(tree.glob("*.dist-info")) / "licenses" / "bundled"
        kept.mkdir(parents=True)
        for owner, text in licences(libraries).items():
            (kept / f"{owner}.txt").write_bytes(text)
        pack(tree, plain)
        run("auditwheel", "repair", "--wheel-dir", folder / "repaired", plain, env={**os.environ, "LD_LIBRARY_PATH": str(gathered)})
        repaired = next((folder / "repaired").glob("*.whl"))
        shutil.rmtree(tree)
        with zipfile.ZipFile(repaired) as archive:
            archive.extractall(tree)
        to.mkdir(parents=True, exist_ok=True)
        pack(tree, to / repaired.name)
        print(f"{to / repaired.name}: {len(libraries)} libraries bundled")


if __name__ == "__main__":
    main()
