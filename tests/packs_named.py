#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds what the packs name: every state, the organisations of the closed list, cities and concepts, in every language.

usage: packs_named.py PACKS

A gap that must not be is a line "pack: kind: what" and makes the test fail; the numbers of the others are printed.
"""
import pathlib
import sys

LANGUAGES = ("en", "hi", "ru", "ur")
LEAST = {"cities": 1500, "concepts": 400}
# The closed list of organisations (docs: the code lists of the record); more may be named.
ORGANISATIONS = set("EU UN SCO BRICS ASEAN SAARC CIS EAEU CSTO GCC OIC NATO AU ECO BIMSTEC G20 G7 QUAD WTO IMF WB ADB AIIB UNESCO WHO IAEA OPEC "
                    "LAS MERCOSUR OTS SADC ECOWAS CARICOM APEC PIF".split())


def rows(path):
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return lines[1:]


def main():
    packs = pathlib.Path(sys.argv[1])
    states = {row[0] for row in rows(packs / "shared" / "states.tsv")}
    wanted = {"states": states, "organisations": {row[0] for row in rows(packs / "shared" / "organisations.tsv")},
              "cities": {row[0] for row in rows(packs / "shared" / "cities.tsv")}, "concepts": {row[0] for row in rows(packs / "shared" / "concepts.tsv")}}
    capitals = {row[5] for row in rows(packs / "shared" / "states.tsv") if row[5] != "-"}
    faults, everywhere = [], {kind: set(names) for kind, names in wanted.items()}
    if len(states) < 195:
        faults.append(f"shared: states: {len(states)} of 193 members and 2 observers")
    faults += [f"shared: organisations: {code}" for code in sorted(ORGANISATIONS - wanted["organisations"])]
    for language in LANGUAGES:
        for kind, names in wanted.items():
            table = rows(packs / language / "lexicon" / f"{kind}.tsv")
            named = {row[0] for row in table if row[-1].strip()}
            everywhere[kind] &= named
            must = {"states": names, "organisations": ORGANISATIONS, "cities": capitals, "concepts": set()}[kind]
            faults += [f"{language}: {kind}: {name}" for name in sorted(must - named)]
            if kind == "states":
                full = {row[0] for row in table if row[1] == "name" and row[2].strip()}
                faults += [f"{language}: states: {name} has no row `name`" for name in sorted(names - full)]
    for kind, names in everywhere.items():
        print(f"{kind}: {len(names)} of {len(wanted[kind])} named in all of {', '.join(LANGUAGES)}")
        if len(names) < LEAST.get(kind, 0):
            faults.append(f"{kind}: {len(names)} named in all languages, at least {LEAST[kind]} are wanted")
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
