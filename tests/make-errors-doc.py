#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes doc/errors.md: make-errors-doc.py SCAPULA >doc/errors.md

The codes are those of `scapula list codes --json`, so the page can't fall behind.
"""
import json
import subprocess
import sys

HEAD = """\
# Mistakes and what to do

This page is made by tests/make-errors-doc.py from `scapula list codes`; do not edit it.

A mistake is told as `file:line:column: error: message [SCAPnnn]`, with the line and a mark under the place.
Lines and columns count from 1, in characters; what is about a whole row has no column, what is about a whole file neither. A code keeps its meaning for ever: new ones are added, none is used again.
`error` stops a load, or rejects the row of an intake file that it stands in; `warning` stops nothing.

Weaknesses (5xx) are told by `scapula lint` alone. Where answers can show one, a line `for example:` gives them as an intake would.
What a condition can and can't do is worked out for all answers together, up to 65,536 combinations; of a condition that tells more apart nothing is said.
A warning that is meant so can be set aside, see [pack.md](pack.md#weaknesses).
"""

CHAPTERS = {
    "1": "A file is not what a CSV file should be",
    "2": "The pack does not hold together",
    "3": "An intake file or an answer",
    "4": "A map of an export, and columns that were asked for",
    "5": "A weakness of a pack",
    "9": "The machine",
}


def cell(text):
    return text.replace("|", "\\|")


def main():
    done = subprocess.run([sys.argv[1], "list", "codes", "--json"], check=True,
                          stdout=subprocess.PIPE)
    chapter = None
    print(HEAD, end="")
    for code in json.loads(done.stdout):
        number = code["name"][4:]
        if number[0] != chapter:
            chapter = number[0]
            print(f"\n## {CHAPTERS[chapter]}\n\n| code | | what it means | what to do |\n|---|---|---|---|")
        print(f"| {code['name']} | {code['kind']} | {cell(code['label'])} | {cell(code['note'])} |")


if __name__ == "__main__":
    main()
