#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs the R of docs/manual/r.md over exports of the samples. Exit code 77 (skipped) where there is no R.

usage: r.py KARAR
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
CHECKS = """
stopifnot(nrow(dyads) >= 9, is.integer(dyads$cow_a), any(dyads$cow_b == 365))
stopifnot(is.na(dyads$promises_made[dyads$year == 2018]), !anyNA(dyads$promises_made[which(dyads$reports > 0)]))
behind <- subset(counted, counted == "commission_sessions")
stopifnot(sum(behind$n) == 6, all(nzchar(behind$sentence)))
stopifnot(sum(dyads$commission_sessions, na.rm = TRUE) == 6)
tenth <- sessions[sessions$session == "PAK-RUS/commission/10", ]
stopifnot(tenth$precision == "interval", tenth$first_day == as.Date("2025-11-25"), tenth$last_day == as.Date("2025-11-27"), tenth$host == "PAK")
stopifnot(sessions$host[sessions$session == "PAK-RUS/commission/9"] == "RUS")
train <- slipped[slipped$commitment == "PAK-RUS/freight-train", ]
stopifnot(train$slips >= 4, train$fate == "slipped", length(history[[which(slipped$commitment == "PAK-RUS/freight-train")]]) >= 5)
stopifnot(grepl("\\\\S", claim$quote))
for (i in seq_len(nrow(claims))) {
  path <- documents$uri[documents$document == claims$document[i]]
  text <- readChar(path, file.info(path)$size, useBytes = TRUE)
  Encoding(text) <- "UTF-8"
  stopifnot(substr(text, claims$char_begin[i] + 1, claims$char_end[i]) == claims$quote[i])
}
cat("ok\\n")
"""


def main():
    karar = pathlib.Path(sys.argv[1]).resolve()
    if not shutil.which("Rscript"):
        print("r.py: no Rscript here")
        return 77
    page = (ROOT / "docs" / "manual" / "r.md").read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"^```r\n(.*?)^```$", page, re.S | re.M))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        shutil.copytree(ROOT / "samples", folder / "samples")
        samples = sorted(str(path.relative_to(folder)) for path in (folder / "samples").glob("*.txt"))
        for arguments in (("add", "--register", "karar.db", *samples), ("export", "--register", "karar.db", "--as", "csv", "--output", "tables"),
                          ("export", "--register", "karar.db", "--as", "dyad-year", "--output", "dyads")):
            subprocess.run([karar, *arguments], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        (folder / "page.R").write_text(code + CHECKS, encoding="utf-8")
        done = subprocess.run(["Rscript", "--vanilla", "page.R"], cwd=folder, env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    print(done.stdout.decode("utf-8", "replace"))
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
