#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Which lines and branches of src/ the tests reach, room by room, by gcov and gcovr.

usage: coverage.py BUILD [--keep FILE] [--files]

BUILD is one with -Db_coverage=true in which the tests were run (make coverage). Parsing is what takes strangers' bytes: door, article,
ingest, the feeds and settings of watch; register is the register. Branches that only a lack of memory takes count as they are.
"""
import argparse
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
import results  # noqa: E402  (it stands beside)

PARSING = ("src/door/", "src/article/", "src/ingest/", "src/unicode/utf8.c", "src/watch/feed.c", "src/watch/robots.c",
        "src/watch/settings.c",
           "src/watch/address.c", "src/register/tree.c", "src/serve/api_body.c", "src/serve/request.c", "src/serve/text.c")
REGISTER = ("src/register/",)


def share(files):
    totals = [sum(file[key] for file in files) for key in ("line_covered", "line_total", "branch_covered", "branch_total")]
    lines = 100 * totals[0] / totals[1] if totals[1] else 100
    branches = 100 * totals[2] / totals[3] if totals[3] else 100
    return [len(files), totals[1], f"{lines:.1f}", totals[3], f"{branches:.1f}"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("--files", action="store_true", help="a line a file, too")
    args = parser.parse_args()
    out = args.build / "coverage.json"
    subprocess.run(["gcovr", "-r", ROOT, "--filter", f"{ROOT}/src/", "--exclude-throw-branches",
           
                    "--exclude", ".*gen_packs.*", "--json-summary", out, args.build], check=False, stderr=subprocess.DEVNULL)
    files = json.loads(out.read_text(encoding="utf-8"))["files"]
    rows = [["parsing", *share([file for file in files if file["filename"].startswith(PARSING)])],
            ["register", *share([file for file in files if file["filename"].startswith(REGISTER)])]]
    for room in sorted({file["filename"].split("/")[1] for file in files}):
        rows.append([f"`src/{room}/`", *share([file for file in files if file["filename"].startswith(f"src/{room}/")])])
    rows.append(["all", *share(files)])
    head = ["what", "files", "lines", "reached, %", "branches", "taken, %"]
    table = ["| " + " | ".join(map(str, row)) + " |" for row in [head, ["---"] * len(head), *rows]]
    print("\n".join(table))
    if args.files:
        for file in sorted(files, key=lambda file: file["branch_covered"] - file["branch_total"]):
            print(f"{file['filename']}: {file['branch_total'] - file['branch_covered']} branches of {file['branch_total']} not taken, "
                  f"{file['line_total'] - file['line_covered']} lines of {file['line_total']} not reached")
    if args.keep:
        results.keep(args.keep, "coverage", "What the tests reach", ("`make coverage`", ""), table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
