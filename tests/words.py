#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Labelled sentences against `scapula read`: words.py FILE.tsv SCAPULA [OPTION...]

A row of FILE: text, present, denied, not_present, kind, gaps. A `?` before a name means that
either is fine. Only the names that the file uses as labels count. `gaps` lists how far the
reader falls short on that row, and is exact: a gap that closes has to be taken out, a new one
fails. There are `missed X` (present, and not even asked), `asked X` (present or denied, and only
asked), `unread X` (denied, and not mentioned), `said X` (not there, and said to be). That
something present is denied is no gap: it always fails.

With ACCEPT=1 the gaps are written anew. A line of TAP for each kind, and one for the figures.
"""
import collections
import os
import subprocess
import sys

path, command = sys.argv[1], sys.argv[2:]
head, *rows = [line.split("\t") for line in
               open(path, encoding="utf-8").read().rstrip("\n").split("\n")]
assert head == ["text", "present", "denied", "not_present", "kind", "gaps"], head
told = subprocess.run(command + ["read", "-"], input="".join(row[0] + "\n" for row in rows),
                      capture_output=True, encoding="utf-8", check=True).stdout
told = [line.split("\t") for line in told.split("\n")[:-1]]
assert len(told) == len(rows), (len(told), len(rows))


def names(cell):
    return [name for name in cell.split(",") if name]


labels = {name.lstrip("?") for row in rows for cell in row[1:4] for name in names(cell)}
wrong = collections.defaultdict(list)
count = collections.Counter()
for row, got in zip(rows, told):
    present, denied, ask = ([n for n in names(cell) if n in labels] for cell in got)
    there = [n for n in names(row[1]) if n[0] != "?"]
    either = [n[1:] for n in names(row[1]) if n[0] == "?"]
    gaps = ["missed " + n for n in there if n not in present + ask + denied]
    gaps += ["asked " + n for n in there if n in ask]
    gaps += ["asked " + n for n in names(row[2]) if n in ask]
    gaps += ["unread " + n for n in names(row[2]) if n not in present + ask + denied]
    gaps += ["said " + n for n in present if n not in there + either]
    gaps = "; ".join(sorted(gaps))
    count["there"] += len(there)
    count["found"] += sum(n in present for n in there)
    count["asked"] += sum(n in ask for n in there)
    count["said"] += sum(n not in either for n in present)
    count["denials"] += len(names(row[2]))
    count["denied"] += sum(n in denied for n in names(row[2]))
    for name in there:
        if name in denied:
            wrong[row[4]].append("DENIED although present: %s: %s" % (name, row[0]))
    if os.environ.get("ACCEPT"):
        row[5] = gaps
    elif gaps != row[5]:
        wrong[row[4]].append("gaps '%s', not '%s': %s" % (gaps, row[5], row[0]))
if os.environ.get("ACCEPT"):
    with open(path, "w", encoding="utf-8") as out:
        out.write("".join("\t".join(row) + "\n" for row in [head] + rows))
for kind in sorted({row[4] for row in rows}):
    what = "%s: %d sentences, %s" % (os.path.basename(path), sum(r[4] == kind for r in rows), kind)
    print("not ok" if wrong[kind] else "ok", "-", what)
    for line in wrong[kind]:
        print("#", line)
print("# recall %.3f, found or asked %.3f, precision %.3f, denials read %.3f" % (
    count["found"] / count["there"], (count["found"] + count["asked"]) / count["there"],
    count["found"] / max(1, count["said"]), count["denied"] / max(1, count["denials"])))
