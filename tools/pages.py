#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compiles pages/ for the server: templates, the words of the user interface, files that are served as they are.

usage: pages.py PAGES PACKS RESULTS OUT.c DEPFILE [FONT.woff2...]

PAGES holds *.html and *.xml (templates; part_* are parts of others), words/xx.tsv (one a language of the interface), refusals.tsv, static/*. Names of states, organisations, cities and
concepts are those of PACKS; the reader's accuracy is the table of RESULTS. Every fault ends the build: "file:line: what is wrong".

A file of static/ is served under its name and, for good, under one with a hash of its bytes, which pages use. A FONT is one that meson.build made of the characters
in fonts/NAME.txt: NAME-WEIGHT.woff2. The style sheet gets a rule for each; without any, pages are written in the fonts of the reader's machine.

A template is HTML with tags, in which a KEY names a value of the page:
  {{KEY}}               the value; between elements it stands in <bdi>, unless an element around it is a bdi or has a dir (it isolates already)
  {{path KEY}} {{query KEY}}   the value as part of an address; an address that is all of an attribute is {{KEY}} and must be http, https or local
  {{date KEY}}          an EDTF date in words        {{day KEY}} the same, short
  {{_word}}             a word of the interface      {{fill WORD KEY}}    a word with the value in the place of {}
  {{code PREFIX KEY}}   the word PREFIX.value        {{codes PREFIX KEY}} the same for codes parted by blanks
  {{said KEY}}          what a refusal says (ui_refusal): its words isolate what they cite, as those of the interface do
  {{#KEY}}…{{/KEY}}     for each row of a list, or if there is a value      {{^KEY}}…{{/KEY}}  if there is none
  {{?KEY}}…{{/KEY}}     once, if the list has a row
  {{>NAME}}             another template
There is no tag that puts in a value without escaping it, and none may stand where a browser would run it (script, style, on…=).
"""
import hashlib
import pathlib
import re
import sys

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"}
PLAIN = {"title", "option", "textarea"}          # hold text alone: no <bdi>
ADDRESSES = {"href", "src", "action", "formaction"}
TAG = re.compile(r"\{\{(.*?)\}\}")
MAX_DEPTH = 16


class Fault(Exception):
    pass


# ---- words ------------------------------------------------------------------------------------------------------------------
def table(path):
    """Rows of a .tsv with their line numbers, without its head and comments."""
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines[1:], 2):
        if line and not line.startswith("#"):
            yield number, line.split("\t")


def plain_form(forms):
    """The first way of writing that is no pattern, without the marks of its paradigm; None if there is none."""
    for form in forms.split(" | "):
        if "(" not in form and "/verb" not in form:
            form = re.sub(r"\[[^\]]*\]", "", form)
            form = re.sub(r"(?<=\w)/[\w-]+", "", form)
            form = " ".join(form.split())
            if form and not re.search(r"[\[\]|/*+]", form):
                return form
    return None


def pack_names(packs, tag, used):
    """Names of parties, cities and concepts as a pack has them, by word."""
    names = {}
    folder = packs / tag / "lexicon"
    for file, prefix in (("states", "party"), ("organisations", "party"), ("cities", "city"), ("concepts", "concept")):
        path = folder / f"{file}.tsv"
        if not path.is_file():
            continue
        used.append(path)
        for _, row in table(path):
            if prefix == "party" and row[1] != "name":
                continue
            form = plain_form(row[-1])
            if form:
                names.setdefault(f"{prefix}.{row[0]}", form)
    return names


def pack_settings(packs, tag, used):
    path = packs / tag / "pack.conf"
    if not path.is_file():
        return {}
    used.append(path)
    rows = (line.split("=", 1) for line in path.read_text(encoding="utf-8").splitlines() if "=" in line and not line.startswith("#"))
    return {key.strip(): value.strip() for key, value in rows}


def read_words(pages, packs, used):
    """Languages in the order of their tags: (tag, own name, direction, words)."""
    languages = []
    for path in sorted((pages / "words").glob("*.tsv")):
        used.append(path)
        own = {}
        for number, row in table(path):
            if len(row) != 2 or not row[0] or not row[1]:
                raise Fault(f"{path}:{number}: a row is a key, a tab and the words")
            if row[0] in own:
                raise Fault(f"{path}:{number}: {row[0]} stands there twice")
            own[row[0]] = row[1]
        settings = pack_settings(packs, path.stem, used)
        languages.append({"tag": path.stem, "path": path, "own": own, "direction": settings.get("direction", "ltr"),
                          "packed": pack_names(packs, path.stem, used)})
    every = set().union(*(language["own"] for language in languages))
    for language in languages:
        for key in sorted(every - set(language["own"])):
            raise Fault(f"{language['path']}:1: no words for {key}, which another language has")
        if language["own"].get("language.default") == "yes":    # codes of concepts are words of this language already
            language["packed"] = {key: name for key, name in language["packed"].items() if not key.startswith("concept.")}
        language["words"] = {**language["packed"], **language["own"]}
        for key, text in language["own"].items():
            for other in languages:
                if ("{}" in text) != ("{}" in other["own"][key]):
                    raise Fault(f"{language['path']}:1: {key} has {{}} in one language and not in {other['tag']}")
    return languages


# ---- refusals ---------------------------------------------------------------------------------------------------------------
def read_refusals(pages, languages, used):
    """What the library says when it refuses, and the same in each language: (English, {tag: words}), with {1} {2:kind} for what differs."""
    path = pages / "refusals.tsv"
    used.append(path)
    tags = path.read_text(encoding="utf-8").splitlines()[0].split("\t")
    if sorted(tags) != sorted(language["tag"] for language in languages):
        raise Fault(f"{path}:1: the columns are the languages of words/")
    rows = []
    for number, row in table(path):
        if len(row) != len(tags) or not all(row):
            raise Fault(f"{path}:{number}: a row has words in every language")
        holes = set(re.findall(r"\{(\d)\}", row[0]))
        for text in row[1:]:
            if not {hole[1] for hole in re.findall(r"\{\d[:}]", text)} <= holes or re.search(r"\{(?!\d(:kind|:field)?\})", text):
                raise Fault(f"{path}:{number}: a hole that the English does not have: {text}")
        rows.append(dict(zip(tags, row)))
    return rows


# ---- templates --------------------------------------------------------------------------------------------------------------
class Html:
    """Where in a page the next character stands: enough of HTML to know what a value there may do."""

    def __init__(self, is_xml):
        self.is_xml = is_xml
        self.open, self.state, self.element, self.attribute, self.value, self.isolating = [], "text", "", "", "", []

    def feed(self, text):
        at = 0
        while at < len(text):
            at = getattr(self, "in_" + self.state)(text, at)

    def in_text(self, text, at):
        begin = text.find("<", at)
        if begin < 0:
            return len(text)
        if self.is_xml and text.startswith("<?xml", begin):
            return text.index("?>", begin) + 2
        if text.startswith("<!--", begin):
            end = text.find("-->", begin)
            if end < 0:
                raise Fault("a comment has no end")
            return end + 3
        name = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)|<!doctype html>").match(text, begin)
        if not name:
            raise Fault("< that begins no element")
        if not name.group(2):
            return name.end()
        if name.group(1):
            if not self.open or self.open[-1] != name.group(2):
                raise Fault(f"</{name.group(2)}> closes {self.open[-1] if self.open else 'nothing'}")
            self.open.pop()
            self.isolating.pop()
            if text[name.end():name.end() + 1] != ">":
                raise Fault(f"</{name.group(2)} without >")
            return name.end() + 1
        self.element, self.state, self.auto = name.group(2), "tag", name.group(2) == "bdi"
        return name.end()

    def in_tag(self, text, at):
        rest = re.compile(r"\s*(/?>)?").match(text, at)
        if rest.group(1):
            self.state = "text"
            if rest.group(1) == ">" and (self.is_xml or self.element not in VOID):
                self.open.append(self.element)
                self.isolating.append(self.auto or bool(self.isolating and self.isolating[-1]))
            return rest.end()
        if rest.end() >= len(text):
            return len(text)
        name = re.compile(r'([a-zA-Z][\w:-]*)(="|(?=[\s>/]|$))').match(text, rest.end())
        if not name:
            raise Fault(f"an attribute of <{self.element}> is not written name=\"value\"")
        if name.group(1).lower().startswith("on") or name.group(1) == "style":
            raise Fault(f"attribute {name.group(1)}: scripts and styles stand in files of their own")
        if name.group(2):
            self.attribute, self.value, self.state = name.group(1), "", "attribute"
        return name.end()

    def in_attribute(self, text, at):
        end = text.find('"', at)
        self.value += text[at:end] if end >= 0 else text[at:]
        if end < 0:
            return len(text)
        if self.attribute == "dir" and self.element != "html":
            self.auto = True
        self.state = "tag"
        return end + 1

    def context(self):
        """plain, isolate (between elements), address (the whole attribute), part (of an address)."""
        if self.state == "tag":
            raise Fault(f"a value inside <{self.element}> that is in no attribute")
        if self.state == "attribute":
            if self.attribute in ADDRESSES:
                return "part" if self.value else "address"
            return "plain"
        around = self.open[-1] if self.open else ""
        if around in ("script", "style"):
            raise Fault(f"a value inside <{around}>")
        if self.is_xml or around in PLAIN or "svg" in self.open or (self.isolating and self.isolating[-1]):
            return "plain"
        return "isolate"

    def place(self):
        return (tuple(self.open), self.state, self.attribute if self.state == "attribute" else "")


class Template:
    def __init__(self, name, sources, words, is_xml):
        self.name, self.sources, self.words, self.html = name, sources, words, Html(is_xml)
        self.ops, self.blocks, self.line = [], [], (name, 1)
        self.compile(name, 0)
        if self.html.open or self.html.state != "text":
            raise Fault(f"{name}.html:1: <{(self.html.open or [self.html.element])[-1]}> is not closed")

    def compile(self, name, depth):
        if name not in self.sources or depth > MAX_DEPTH:
            raise Fault(f"{self.line[0]}.html:{self.line[1]}: no template {name}, or one that holds itself")
        source = self.sources[name]
        at = 0
        try:
            for tag in TAG.finditer(source):
                self.text(source[at:tag.start()])
                self.line = (name, source.count("\n", 0, tag.start()) + 1)
                self.tag(tag.group(1).strip(), depth)
                at = tag.end()
            self.text(source[at:])
        except Fault as fault:
            if ".html:" in str(fault) or ".tsv:" in str(fault):
                raise
            raise Fault(f"{name}.html:{source.count(chr(10), 0, at) + 1}: {fault}") from None
        if "{{" in source[at:]:
            raise Fault(f"{name}.html:{source.count(chr(10), 0, at) + 1}: a tag without end")

    def text(self, text):
        if text:
            self.html.feed(text)
            text = re.sub(r"\s*\n\s*", "\n", text)
            if self.ops and self.ops[-1][0] == "TEXT":
                text = self.ops.pop()[1] + text
            self.ops.append(("TEXT", text, None, None, "plain"))

    def need_word(self, word):
        if word not in self.words:
            raise Fault(f"no language has words for {word}")
        return word

    def tag(self, tag, depth):
        if tag[:1] in ("#", "^", "?"):
            self.blocks.append((tag[1:], len(self.ops), self.html.place()))
            self.ops.append([{"#": "IF", "^": "UNLESS", "?": "WHEN"}[tag[0]], None, tag[1:], None, 0])
        elif tag[:1] == "/":
            if not self.blocks or self.blocks[-1][0] != tag[1:]:
                raise Fault(f"{{{{{tag}}}}} closes {self.blocks[-1][0] if self.blocks else 'nothing'}")
            _, begin, place = self.blocks.pop()
            if place != self.html.place():
                raise Fault(f"{{{{{tag}}}}} stands in another element than its begin")
            self.ops[begin][4] = len(self.ops)
            self.ops.append(["END", None, tag[1:], None, begin])
        elif tag[:1] == ">":
            self.compile(tag[1:], depth + 1)
        elif tag[:1] == "_":
            context = self.html.context()
            if context in ("address", "part"):
                raise Fault("words are no part of an address")
            self.ops.append(("WORD", None, None, self.need_word(tag[1:]), "plain"))
        else:
            self.value(tag.split())
        if self.html.state == "attribute":
            self.html.value += "?"

    def value(self, parts):
        context = self.html.context()
        kinds = {"path": 2, "query": 2, "date": 2, "day": 2, "fill": 3, "code": 3, "codes": 3, "said": 2}
        kind = parts[0] if len(parts) > 1 else "value"
        if kind != "value" and kinds.get(kind) != len(parts):
            raise Fault(f"{{{{{' '.join(parts)}}}}} is no tag")
        if context in ("address", "part") and kind not in ("path", "query") and not (kind == "value" and (context == "address" or parts[0] == "ui")):
            raise Fault("a value in an address is {{path KEY}} or {{query KEY}}")
        if context == "address" and kind != "value":
            raise Fault("an address begins with / or is one value")
        word = None
        if kind == "fill":
            word = self.need_word(parts[1])
        elif kind in ("code", "codes"):
            word = parts[1]
            if not any(key.startswith(word + ".") for key in self.words):
                raise Fault(f"no language has words that begin with {word}.")
        self.ops.append((kind.upper(), None, parts[-1], word, {"part": "plain"}.get(context, context)))


# ---- output -----------------------------------------------------------------------------------------------------------------
def quoted(text):
    out = []
    for byte in text.encode("utf-8"):
        char = chr(byte)
        if char == "\n":
            out.append("\\n")
        elif char in '"\\':
            out.append("\\" + char)
        elif char == "?":
            out.append("\\?")
        elif 32 <= byte < 127:
            out.append(char)
        else:
            out.append(f"\\{byte:03o}")
    return '"' + "".join(out) + '"'


def write_texts(file, name, texts):
    """One run of texts and where each begins: pointers would have to be set right at every start of the program. None begins at 0, where an
    empty text stands."""
    file.write(f'static const char {name}_text[] = "\\000"\n' + "".join(f'    {quoted(text)} "\\000"\n' for text in texts if text) + ";\n")
    begins, end = [], 1
    for text in texts:
        begins.append(end if text else 0)
        end += len(text.encode("utf-8")) + 1 if text else 0
    file.write(f"static const uint32_t {name}_at[] = {{{', '.join(map(str, begins))}}};\n")


def write_words(file, languages, keys):
    write_texts(file, "keys", keys)
    for language in languages:
        write_texts(file, f"words_{language['tag']}", [language["words"].get(key) for key in keys])
    file.write("const struct page_language page_languages[] = {\n")
    for language in languages:
        tag = language["tag"]
        file.write(f"    {{{quoted(tag)}, {quoted(language['own']['language.name'])}, {quoted(language['direction'])}, "
                   f"{{words_{tag}_text, words_{tag}_at}}}},\n")
    file.write(f"}};\nconst uint32_t page_language_count = {len(languages)};\n")
    file.write(f"const struct page_texts page_word_keys = {{keys_text, keys_at}};\nconst uint32_t page_word_count = {len(keys)};\n\n")


def write_templates(file, templates, index):
    contexts = {"plain": "PLACE_PLAIN", "isolate": "PLACE_BODY", "address": "PLACE_ADDRESS"}
    for template in templates:
        file.write(f"static const struct page_op ops_{template.name}[] = {{\n")
        for kind, text, key, word, place in template.ops:
            fields = [f".kind = OP_{kind}"]
            if text is not None:
                fields.append(f".text = {quoted(text)}, .len = {len(text.encode('utf-8'))}")
            if key is not None:
                fields.append(f".key = {quoted(key)}")
            if kind in ("WORD", "FILL"):
                fields.append(f".word = {index[word]}")
            elif word is not None:
                fields.append(f".text = {quoted(word)}, .len = {len(word)}")
            if isinstance(place, int):
                fields.append(f".jump = {place}")
            else:
                fields.append(f".place = {contexts[place]}")
            file.write("    {" + ", ".join(fields) + "},\n")
        file.write("};\n")
    file.write("const struct page_template page_templates[] = {\n")
    for template in templates:
        file.write(f"    {{{quoted(template.name)}, ops_{template.name}, {len(template.ops)}}},\n")
    file.write(f"}};\nconst uint32_t page_template_count = {len(templates)};\n\n")


def write_refusals(file, rows, languages):
    for language in languages:
        write_texts(file, f"refusals_{language['tag']}", [row[language["tag"]] for row in rows])
    file.write("const struct page_texts page_refusals[] = {\n")
    file.write("".join(f"    {{refusals_{language['tag']}_text, refusals_{language['tag']}_at}},\n" for language in languages))
    file.write(f"}};\nconst uint32_t page_refusal_count = {len(rows)};\n\n")


TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml", ".woff2": "font/woff2",
         ".ttf": "font/ttf", ".txt": "text/plain; charset=utf-8", ".json": "application/json"}


def lasting_name(name, data):
    """A name that is another one when the bytes are."""
    stem, _, ending = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(data).hexdigest()[:16]}.{ending}"


def font_rules(pages, fonts, used):
    """What the style sheet says of each font: it is fetched when a page has a character of it, and a page is read before it is there."""
    rules = []
    for path in fonts:
        script, _, weight = path.stem.rpartition("-")
        listed = pages / "fonts" / f"{script}.txt"
        used.append(listed)
        lines = listed.read_text(encoding="utf-8").splitlines()
        ranges = ", ".join(line for line in lines if line and not line.startswith("#"))
        rules.append(f'@font-face {{ font-family: "{lines[0].strip("# ")}"; font-weight: {weight}; font-display: swap; '
                     f'src: url("{lasting_name(path.name, path.read_bytes())}") format("woff2"); unicode-range: {ranges}; }}\n')
    return "".join(rules).encode("utf-8")


def static_files(pages, fonts, used):
    """What is served as it is, by name."""
    files = {path.name: path.read_bytes() for path in [*sorted((pages / "static").iterdir()), *fonts] if path.is_file()}
    used += [path for path in (pages / "static").iterdir() if path.is_file()]
    used += fonts
    files["style.css"] = font_rules(pages, fonts, used) + files["style.css"]
    return files


def with_lasting_names(source, files):
    return re.sub(r"(?<=\"/static/)[\w.-]+(?=\")", lambda name: lasting_name(name.group(), files[name.group()]) if name.group() in files else name.group(), source)


def write_files(file, files):
    rows = []
    for number, (name, data) in enumerate(files.items()):
        kind = TYPES.get(pathlib.Path(name).suffix)
        if not kind:
            raise Fault(f"{name}:1: files of this kind are not served")
        file.write(f"static const unsigned char file_{number}[] = {{")
        file.write(",".join(str(byte) for byte in data) + "};\n")
        for called, lasts in ((name, "false"), (lasting_name(name, data), "true")):
            rows.append(f"    {{{quoted(called)}, {quoted(kind)}, (const char *)file_{number}, sizeof file_{number}, {lasts}}},\n")
    file.write("const struct page_file page_files[] = {\n" + "".join(rows) + f"}};\nconst uint32_t page_file_count = {len(rows)};\n")


def accuracy(results):
    """The table of the reader's accuracy: its head and its rows, as cells ("0 in 5" without the word, which is of one language)."""
    rows = []
    for line in results.read_text(encoding="utf-8").split("<!-- gold -->")[1].splitlines():
        if line.startswith("|"):
            cells = [cell.strip().replace(" in ", " / ") for cell in line.strip("| ").split("|")]
            if not set("".join(cells)) <= set("- "):
                rows.append(cells)
        elif rows:
            break
    if len(rows) < 2:
        raise Fault(f"{results}:1: no table of accuracy")
    return rows


def write_accuracy(file, rows):
    width = len(rows[0])
    file.write("static const char *const accuracy[] = {\n")
    for row in rows:
        file.write("    " + ", ".join(quoted(cell) for cell in row) + ",\n")
    file.write(f"}};\nconst struct page_table page_accuracy = {{accuracy, {width}, {len(rows)}}};\n")


def main():
    pages, packs, results, out, depfile, *fonts = (pathlib.Path(argument) for argument in sys.argv[1:])
    used = [results]
    folders = [pages, pages / "words", pages / "static", pages / "fonts"]      # a new file in them is a change, too
    try:
        languages = read_words(pages, packs, used)
        keys = sorted(set().union(*(language["words"] for language in languages)), key=lambda key: key.encode("utf-8"))
        refusals = read_refusals(pages, languages, used)
        files = static_files(pages, fonts, used)
        sources, is_xml = {}, {}
        for path in sorted([*pages.glob("*.html"), *pages.glob("*.xml")]):
            used.append(path)
            is_xml[path.stem] = path.suffix == ".xml"
            sources[path.stem] = with_lasting_names(path.read_text(encoding="utf-8").rstrip("\n"), files)
        words = set().union(*(language["own"] for language in languages)) | {k for language in languages for k in language["packed"]}
        templates = [Template(name, sources, words, is_xml[name]) for name in sources if not name.startswith("part_")]
        with open(out, "w", encoding="utf-8") as file:
            file.write('// Written by tools/pages.py. Do not edit.\n#include "serve/data.h"\n\n#pragma GCC diagnostic ignored "-Woverlength-strings"\n')
            write_words(file, languages, keys)
            write_templates(file, templates, {key: number for number, key in enumerate(keys)})
            write_refusals(file, refusals, languages)
            write_files(file, files)
            write_accuracy(file, accuracy(results))
            build = hashlib.sha256(b"".join(path.read_bytes() for path in used)).hexdigest()[:16]
            file.write(f"const char *const page_build = {quoted(build)};\n")
    except Fault as fault:
        sys.exit(f"pages.py: {fault}")
    depfile.write_text(f"{out}: " + " ".join(str(path).replace(" ", "\\ ") for path in [*used, *folders]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
