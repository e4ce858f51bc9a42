# SPDX-License-Identifier: MIT
"""The manual as web pages, by Sphinx with MyST (Debian's python3-sphinx and python3-myst-parser): make docs."""
import os
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[1]

project = "karar"
version = release = re.search(r"version: '([^']+)'", (ROOT / "meson.build").read_text(encoding="utf-8"))[1]
author = "the authors of karar"
extensions = ["myst_parser"]
include_patterns = ["index.md", "manual/*.md", "manual/export/*.md", "design/*.md"]
exclude_patterns = ["manual/examples"]
source_suffix = {".md": "markdown"}
myst_heading_anchors = 3
html_theme = "alabaster"
html_theme_options = {"description": "what governments agree, out of press reports", "fixed_sidebar": True, "page_width": "1080px"}
html_sidebars = {"**": ["about.html", "navigation.html", "searchbox.html"]}
html_copy_source = False
html_show_copyright = False
# Bash, consoles and tables of packs are shown as they are.
highlight_language = "none"


def _files_of_the_source(app, name, source):
    """Links to files of the source that are no pages become their names."""
    folder = (ROOT / "docs" / name).parent

    def link(match):
        text, target = match[1], match[2].partition("#")[0]
        if not target or "://" in target:
            return match[0]
        path = pathlib.Path(os.path.normpath(folder / target))
        if path.suffix == ".md" and (ROOT / "docs") in path.parents:
            return match[0]
        if not path.exists():
            return match[0]     # Sphinx tells
        shown = text if text.startswith("`") else f"{text}"
        where = str(path.relative_to(ROOT))
        return shown if where in text else f"{shown} (`{where}`)"
    source[0] = re.sub(r"\[([^\]]*)\]\(([^)\s]+)\)", link, source[0])
    source[0] = re.sub(r"(?m)^```(?:text|tsv) .*$", "```text", source[0])


def setup(app):
    app.connect("source-read", _files_of_the_source)
