#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes what shells, `man` and the manual know of the program, from what the program says of itself: completion for bash, zsh and fish, karar(1) and
the reference.

usage: shell.py KARAR OPTIONS.c BASH ZSH FISH MAN REFERENCE

Commands and options come from `karar help` and each command's --help, which the program writes from its tables; the values of options with a
closed list come from the table of options in its source, since help tells them in words only.
"""
import pathlib
import re
import subprocess
import sys

PATHS = {"FILE", "DIR"}


class Option:
    def __init__(self, name, argument, help_text, values):
        self.name, self.argument, self.help, self.values = name, argument, help_text, values


class Command:
    def __init__(self, name, summary):
        self.name, self.summary = name, summary
        self.usage, self.about, self.examples, self.options = "", [], [], []

    def takes_files(self):
        return any(word in self.usage for word in ("FILE", "DIR", "FEEDS"))


def told(karar, *arguments):
    return subprocess.run([karar, *arguments], stdout=subprocess.PIPE, check=True, env={"PATH": "/usr/bin:/bin"}).stdout.decode()


def table_of(text):
    """name → words, of lines "  name   words" with further lines indented further."""
    found = []
    for line in text.splitlines():
        begin = re.match(r"^  (\S.*?)(?:\s{2,}| (?=[^A-Z\s]))(\S.*)$", line) if line[:3].strip() else None
        if begin and not line.startswith("   "):
            found.append([begin[1].strip(), begin[2]])
        elif line.startswith("   ") and found:
            found[-1][1] += " " + line.strip()
    return found


def closed_lists(source):
    """(option, help) → values, of options with a closed list."""
    lists = {name: re.findall(r'"([^"]*)"', body) for name, body in re.findall(r"char \*const (\w+)\[\] = \{(.*?)\};", source, re.S)}
    found = {}
    for name, values, words in re.findall(r'\[OPTION_\w+\] = \{"([^"]+)",\s*(?:"[^"]*"|NULL),\s*(\w+),\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\}', source):
        found[name, "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', words)).replace('\\"', '"')] = lists.get(values, [])
    return found


def read_command(karar, name, summary, lists):
    command = Command(name, summary)
    head, _, rest = told(karar, name, "--help").partition("\n\n")
    command.usage = head.removeprefix("usage: ")
    about, _, rest = rest.partition("\nOptions\n")
    options, _, examples = rest.partition("\nExamples\n")
    command.about, command.examples = about.strip().splitlines(), [line.strip() for line in examples.splitlines()]
    for words in re.split(r"(?m)^  (?=--)", options)[1:]:
        first, _, more = words.partition(" ")
        argument = re.match(r"([A-Z]+) +", more)
        text = " ".join((more[argument.end():] if argument else more).split())
        option = first.removeprefix("--").strip()
        command.options.append(Option(option, argument[1] if argument else "", text, lists.get((option, text), [])))
    return command


# ---- bash -------------------------------------------------------------------------------------------------------------------------------
def bash(commands):
    lines = ["# Completion of karar for bash; written by tools/shell.py.", "_karar()", "{", '    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}',
             "    local command=${COMP_WORDS[1]} i=$COMP_CWORD", "    COMPREPLY=()",
             '    # "--name=value" comes as three words', '    if [[ $word == "=" ]]; then word=; elif [[ $before == "=" ]]; then before=${COMP_WORDS[COMP_CWORD-2]}; fi',
             "    if (( i == 1 )); then", f'        COMPREPLY=($(compgen -W "{" ".join(c.name for c in commands)}" -- "$word"))', "        return", "    fi",
             '    case "$command $before" in']
    for command in commands:
        for option in command.options:
            if option.values:
                lines.append(f'    "{command.name} --{option.name}") COMPREPLY=($(compgen -W "{" ".join(option.values)}" -- "$word")); return ;;')
            elif option.argument in PATHS:
                lines.append(f'    "{command.name} --{option.name}") compopt -o filenames; COMPREPLY=($(compgen -f -- "$word")); return ;;')
            elif option.argument:
                lines.append(f'    "{command.name} --{option.name}") return ;;')
    lines += ["    esac", '    case "$command" in']
    for command in commands:
        options = " ".join(f"--{option.name}" for option in command.options)
        files = " || { compopt -o filenames; COMPREPLY=($(compgen -f -- \"$word\")); }" if command.takes_files() else ""
        if command.name == "help":
            files = f' || COMPREPLY=($(compgen -W "{" ".join(c.name for c in commands)}" -- "$word"))'
        lines.append(f'    {command.name}) [[ $word == -* ]] && COMPREPLY=($(compgen -W "{options}" -- "$word")){files} ;;')
    return "\n".join([*lines, "    esac", "    return 0", "}", "complete -F _karar karar", ""])


# ---- zsh --------------------------------------------------------------------------------------------------------------------------------
def quoted(text):
    return "'" + re.sub(r"([\[\]:])", r"\\\1", text).replace("'", "'\\''") + "'"


def zsh(commands):
    lines = ["#compdef karar", "# Completion of karar for zsh; written by tools/shell.py.", "_karar() {", "  local -a commands", "  commands=("]
    lines += [f"    {quoted(c.name)[:-1]}:{quoted(c.summary)[1:]}" for c in commands]
    lines += ["  )", "  if (( CURRENT == 2 )); then", "    _describe command commands", "    return", "  fi", "  local command=${words[2]}",
              "  shift words; (( CURRENT-- ))", "  case $command in"]
    for command in commands:
        lines.append(f"  {command.name})")
        lines.append("    _arguments -s \\")
        for option in command.options:
            what = ""
            if option.values:
                what = f":{option.argument.lower()}:({' '.join(option.values)})"
            elif option.argument:
                what = f":{option.argument.lower()}:{'_files' if option.argument in PATHS else ' '}"
            text = re.sub(r"([\[\]:])", r"\\\1", option.help).replace("'", "'\\''")
            lines.append(f"      '*--{option.name}{'=' if option.argument else ''}[{text}]{what}' \\")
        lines.append("      '*:file:_files'" if command.takes_files() else "      '*: : '")
        lines.append("    ;;")
    return "\n".join([*lines, "  esac", "}", '_karar "$@"', ""])


# ---- fish -------------------------------------------------------------------------------------------------------------------------------
def fish(commands):
    def q(text):
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
    names = " ".join(c.name for c in commands)
    lines = ["# Completion of karar for fish; written by tools/shell.py.", "complete -c karar -f"]
    for command in commands:
        seen = f"-n '__fish_seen_subcommand_from {command.name}'"
        lines.append(f"complete -c karar -n 'not __fish_seen_subcommand_from {names}' -a {command.name} -d {q(command.summary)}")
        if command.takes_files():
            lines.append(f"complete -c karar {seen} -F")
        for option in command.options:
            value = ""
            if option.values:
                value = f" -x -a {q(' '.join(option.values))}"
            elif option.argument:
                value = " -r -F" if option.argument in PATHS else " -x"
            lines.append(f"complete -c karar {seen} -l {option.name}{value} -d {q(option.help)}")
    return "\n".join(lines) + "\n"


# ---- man --------------------------------------------------------------------------------------------------------------------------------
def roff(text):
    text = re.sub(r"(?<=[\w)\"])([.:?!]) (?=[A-Z])", r"\1\n", text.replace("\\", "\\e").replace("-", "\\-"))
    return "\\&" + text if text[:1] in (".", "'") else text


def man(commands, version):
    lines = ['.\\" SPDX-License-Identifier: MIT', '.\\" Written by tools/shell.py from what the program says of itself.', ".Dd November 30, 2026", ".Dt KARAR 1",
             f".Os karar {version}", ".Sh NAME", ".Nm karar", ".Nd read what governments agree out of press reports, and keep its account", ".Sh SYNOPSIS", ".Nm",
             ".Ar command", ".Op Ar option ...", ".Op Ar operand ...", ".Sh DESCRIPTION",
             "Reads reports (news, press releases, communiqués) into records: who met whom, what was signed, what was",
             "agreed, planned or discussed, and the words that say so.", "A register keeps the account of many reports.", ".Sh COMMANDS"]
    for command in commands:
        lines += [f".Ss {roff(command.usage)}", roff(command.summary[:1].upper() + command.summary[1:] + ".")]
        lines += [".Pp", *(roff(line) for line in command.about if line.strip())] if command.about else []
        lines += [".Bl -tag -width Ds"]
        for option in command.options:
            lines += [f".It Fl Fl {option.name}" + (f" Ar {option.argument}" if option.argument else ""), roff(option.help)]
        lines += [".El"]
        if command.examples:
            lines += [".Bd -literal -offset indent", *(roff(line) for line in command.examples), ".Ed"]
    lines += [".Sh ENVIRONMENT", ".Bl -tag -width Ds", ".It Ev KARAR_REGISTER", "The register, where none is named.", ".It Ev NO_COLOR",
              "Set and not empty: no colours unless they are asked for.", ".It Ev TERM", "dumb or unset: no colours unless they are asked for.", ".El",
              ".Sh EXIT STATUS", ".Bl -tag -width Ds -compact", ".It 0", "everything was read and written", ".It 1",
              "nothing was found: no such claim, an empty folder, a pack with faults", ".It 2", "the command line was wrong; nothing was read", ".It 3",
              "some input could not be read; the rest was", ".It 4", "memory, output or the program itself failed", ".El", ".Sh SEE ALSO", ".Xr karar 3"]
    return "\n".join(lines) + "\n"


# ---- the manual ------------------------------------------------------------------------------------------------------------------------
def markdown(text):
    return re.sub(r"([|<*_])", r"\\\1", text)


def paragraphs(about):
    """The text of a command's help; what is indented there is a list."""
    lines = []
    for line in about:
        begin = re.match(r"  (\S.*?)(?:\s{2,}(\S.*))?$", line) if not line.startswith("   ") else None
        if begin:
            lines += [""] if lines and not lines[-1].startswith(("- ", "  ")) else []
            lines.append(f"- `{begin[1]}`" + (f": {markdown(begin[2])}" if begin[2] else ""))
        elif line.startswith(" "):
            lines.append("  " + markdown(line.strip()))
        else:
            lines += [""] if lines and lines[-1].startswith(("- ", "  ")) else []
            lines.append(markdown(line))
    return lines


def reference(commands):
    lines = ["# Reference: commands and options", "",
             "Written by `tools/shell.py` from the tables of commands and options in the program, as `karar COMMAND --help` and `man karar` are; [cli.md](cli.md) and",
             "the other pages tell what they mean. All commands take `--help`.", ""]
    for command in commands:
        lines += [f"## karar {command.name}", f"`{command.usage}`", "", f"{markdown(command.summary[:1].upper() + command.summary[1:])}.", ""]
        lines += [*paragraphs(command.about), ""] if command.about else []
        options = [option for option in command.options if option.name != "help"]
        if options:
            lines += ["| option | what it does |", "| --- | --- |"]
        for option in options:
            shown = f"--{option.name}" + (f" {option.argument}" if option.argument else "")
            lines.append(f"| `{shown}` | {markdown(option.help)}{'; one of ' + ', '.join(f'`{value}`' for value in option.values) if option.values else ''} |")
        lines += [""] if options else []
        lines += ["```sh", *(re.sub(r" {3,}(?=\S)", "   # ", line, count=1) for line in command.examples), "```", ""] if command.examples else []
    return "\n".join(lines).rstrip("\n") + "\n"


def main():
    karar, source = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2]).read_text(encoding="utf-8")
    lists = closed_lists(source)
    listing = told(karar, "help").partition("\n\n")[2].partition("\n\n")[2].partition("\n\n")[0]
    commands = [read_command(karar, name, summary, lists) for name, summary in table_of(listing)]
    version = told(karar, "version").split()[1]
    for path, text in zip(sys.argv[3:], (bash(commands), zsh(commands), fish(commands), man(commands, version), reference(commands))):
        pathlib.Path(path).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
