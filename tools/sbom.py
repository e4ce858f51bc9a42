#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What a built karar consists of, as CycloneDX 1.5 JSON: components with versions, for who has to know which library has which hole.

usage: sbom.py BUILD [--output FILE]

Taken from the build itself: the shared libraries that the program asks for (and what those ask for, in turn) with the Debian packages
that bring them; what is compiled in (headers, tables made while building); programs that are run (pdftotext) and libraries that are loaded
later (libcurl). The same build gives the same bytes.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys

# Not asked for by the linker: compiled in, loaded later, or run.
COMPILED_IN = {"libtomlplusplus-dev": "headers, in `karar watch`", "libicu-dev": "tables of Unicode made while building"}
LATER = {"libcurl4": "loaded by `karar watch`", "libgmime-3.0-0": "loaded with the first mail",
         "libxml2": "loaded with the first page or feed", "libmicrohttpd12": "loaded by `karar serve`", "poppler-utils": "`pdftotext`, run for PDF"}


def output(*command):
    done = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    return done.stdout.decode("utf-8", "replace")


def asked_for(path):
    """Names of the libraries that a file itself wants, and the files of all that are loaded with it."""
    direct = re.findall(r"\(NEEDED\).*\[(.+)\]", output("readelf", "-dW", path))
    loaded = dict(re.findall(r"^\s*(\S+) => (/\S+)", output("ldd", path), re.M))
    return direct, loaded


def packages_of(paths):
    """Debian's package of each file; merged /usr is known under both names."""
    names = {}
    for path in paths:
        for name in (path, str(pathlib.Path(path).resolve()), path.replace("/lib/", "/usr/lib/", 1), path.removeprefix("/usr"),
                     str(pathlib.Path(path).resolve()).removeprefix("/usr")):
            names.setdefault(name, path)
    found = {}
    for package, name in re.findall(r"^([^:,\s]+)[^\s]*: (/.+)$", output("dpkg-query", "-S", *names), re.M):
        if name in names:
            found[names[name]] = package
    return found


def behind(packages):
    """Packages that libraries of these packages want: by name, with the package that wants it."""
    found = {}
    for package in packages:
        libraries = [path for path in output("dpkg-query", "-L", package).splitlines() if re.search(r"/lib[^/]+\.so\.[0-9]+$", path)]
        loaded = [name for path in libraries for name in asked_for(path)[1].values()]
        for name in packages_of(loaded).values():
            found.setdefault(name, package)
    return found


def version_of(package):
    source = output("dpkg-query", "-W", "-f", "${Version}\t${source:Package}\t${Homepage}", package).split("\t")
    return source if len(source) == 3 and source[0] else None


def component(package, scope, role):
    known = version_of(package)
    if not known:
        return None
    version, source, homepage = known
    entry = {"type": "library", "bom-ref": f"deb:{package}", "name": package, "version": version, "scope": scope,
             "purl": f"pkg:deb/debian/{package}@{version}",
             "properties": [{"name": "karar:role", "value": role}, {"name": "debian:source", "value": source}]}
    if homepage:
        entry["externalReferences"] = [{"type": "website", "url": homepage}]
    return entry


def make(build):
    project = json.loads((build / "meson-info" / "intro-projectinfo.json").read_text(encoding="utf-8"))
    program = build / "karar"
    direct, loaded = asked_for(program)
    entries, edges, strange, packages = {}, set(), [], packages_of(loaded.values())
    for name, path in sorted(loaded.items()):
        package = packages.get(path)
        entry = package and component(package, "required", "linked" if name in direct else "asked for by a linked library")
        if not entry:
            strange.append(name)
            continue
        if package not in entries or name in direct:
            entries[package] = entry
        if name in direct:
            edges.add(entry["bom-ref"])
    for packages, scope in ((COMPILED_IN, "required"), (LATER, "optional")):
        for package, role in packages.items():
            entry = component(package, scope, role)
            if entry and package not in entries:
                entries[package] = entry
                edges.add(entry["bom-ref"])
    for package, path in sorted(behind(LATER).items()):
        entry = component(package, "optional", f"asked for by {path}, which is loaded later")
        if entry:
            entries.setdefault(package, entry)
    if strange:
        print(f"sbom.py: of no package: {', '.join(strange)}", file=sys.stderr)
    return {
        "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": "karar", "name": "karar", "version": project["version"],
                                   "licenses": [{"license": {"id": "MIT"}}]}},
        "components": [entries[name] for name in sorted(entries)],
        "dependencies": [{"ref": "karar", "dependsOn": sorted(edges)}],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--output", type=pathlib.Path)
    args = parser.parse_args()
    text = json.dumps(make(args.build), indent=2, ensure_ascii=False) + "\n"
    if args.output:
        args.output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
