# SPDX-License-Identifier: MIT
"""Keeps the last figures of each measurement in bench/results.md, between marks of its name. For the scripts that measure."""
import datetime


def keep(path, name, title, stamp, lines):
    """Replaces what stands between the marks of `name`; a page that has none gets them at its end, under `title`."""
    first, last = f"<!-- {name} -->", f"<!-- /{name} -->"
    text = path.read_text(encoding="utf-8") if path.exists() else "# Results\n"
    if first not in text:
        text += f"\n## {title}\n\n{first}\n{last}\n"
    before, _, rest = text.partition(first)
    _, _, after = rest.partition(last)
    stamp = f"{stamp[0]}, {datetime.date.today().isoformat()}{stamp[1]}"
    path.write_text(before + "\n".join([first, stamp, "", *lines, last]) + after, encoding="utf-8")
