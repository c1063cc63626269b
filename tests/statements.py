#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Looks whether every statement of the five documents is carried by rows of the pack.

statements.py [PACK]    the folder that holds rules/ and data/

A reference is FILE:NAME, where NAME is a row's id or name (its first cell where it has
neither), or its first two cells with a `/` between. Prints TAP, with a line
`# FILE:LINE: CELL: problem` for each problem; exit code 1 when there is one.
"""
import csv
import functools
import pathlib
import re
import sys

STATEMENTS = "data/statements.csv"
CONFLICTS = "data/conflicts.csv"
FACTS = "data/facts.csv"
SOURCES = "data/sources.csv"
DOSES = "data/doses.csv"
COLUMNS = {
    STATEMENTS: ["document", "number", "statement", "rows", "treatment"],
    CONFLICTS: ["name", "documents", "claim", "resolution", "because", "rows"],
    FACTS: ["name", "kind", "text", "source", "note"],
}
MAY_BE_BLANK = {"note"}
DOCUMENTS = ["pt_advantage", "anssi", "liv_hospital", "derry", "chiropractic_clinic"]
TREATMENTS = ["carried", "changed", "not shown"]
LEFT_OUT = ["claim-not-supported", "advertisement"]
KINDS = ["cause", "symptom", "benefit", "muscle", "advice", "result"] + LEFT_OUT
REFERENCE = re.compile(r"((?:rules|data)/[a-z_]+\.csv):(\S+)")


class Table:
    """The rows of a file as dicts, each with the line it begins in; and its problems."""

    def __init__(self, root, path):
        self.path, self.header, self.lines, self.rows = path, [], [], []
        self.names, self.problems = set(), []
        try:
            with open(root / path, encoding="utf-8-sig", newline="") as file:
                self.read(csv.reader(file, strict=True))
        except (OSError, UnicodeError, csv.Error) as error:
            self.problems.append(f"{path}:1: file: {error}")
        self.check_columns()

    def read(self, reader):
        self.header = header = next(reader, [])
        wanted = COLUMNS.get(self.path, header)
        begin = reader.line_num + 1
        for cells in reader:
            if cells and len(cells) != len(header):
                self.problems.append(f"{self.path}:{begin}: row: {len(cells)} cells, not {len(header)}")
            elif cells:
                row = dict.fromkeys(wanted, "") | dict(zip(header, map(str.strip, cells)))
                self.rows.append(row)
                self.lines.append(begin)
                self.names.add(row.get("id") or row.get("name") or cells[0].strip())
                self.names.add("/".join(cell.strip() for cell in cells[:2]))
            begin = reader.line_num + 1
        missing = [name for name in wanted if name not in header]
        self.problems += [f"{self.path}:1: {name}: there is no such column" for name in missing]

    def check_columns(self):
        for line, row in self:
            for name in COLUMNS.get(self.path, []):
                if name in self.header and not row[name] and name not in MAY_BE_BLANK:
                    self.problem(line, name, "it is blank")

    def __iter__(self):
        return zip(self.lines, self.rows)

    def problem(self, line, cell, text):
        self.problems.append(f"{self.path}:{line}: {cell}: {text}")

    def take(self):
        """The problems that came up since the last time."""
        found, self.problems = self.problems, []
        return found


def items(cell):
    return [item.strip() for item in cell.split(";")] if cell else []


class Pack:
    def __init__(self, root):
        self.table = functools.lru_cache(maxsize=None)(lambda path: Table(root, path))
        self.statements, self.facts = self.table(STATEMENTS), self.table(FACTS)
        self.conflicts, self.sources = self.table(CONFLICTS), self.table(SOURCES)
        self.fact = {row["name"]: row for _, row in self.facts}

    def why_not(self, reference):
        """Why a reference leads nowhere, or nothing."""
        match = REFERENCE.fullmatch(reference)
        if not match:
            return "is not FILE:NAME"
        target = self.table(match[1])
        if not target.rows:
            return "names a file that is missing or empty"
        return "" if match[2] in target.names else "leads to no row"


# ---- Checks, each with the problems it finds ---------------------------------------


def references(pack, table):
    """Every reference of the table leads to a row."""
    for line, row in table:
        named = items(row["rows"])
        for reference in named:
            why = pack.why_not(reference)
            if why:
                table.problem(line, "rows", f"'{reference}' {why}")
            if named.count(reference) > 1:
                table.problem(line, "rows", f"'{reference}' is there twice")
    return table.take()


def numbers(pack):
    """The statements of a document are numbered 1, 2, 3 and so on."""
    last = {}
    for line, row in pack.statements:
        due = last.get(row["document"], 0) + 1
        if row["number"] != str(due):
            pack.statements.problem(line, "number", f"'{row['number']}' where {due} is due")
        last[row["document"]] = due
    return pack.statements.take()


def documents(pack):
    """All five documents have statements, and there is no sixth."""
    kinds = {row["name"]: row.get("kind") for _, row in pack.sources}
    found = {row["document"] for _, row in pack.statements}
    for name in DOCUMENTS:
        if kinds.get(name) != "article":
            pack.sources.problem(1, "name", f"there is no article '{name}'")
        if name not in found:
            pack.statements.problem(1, "document", f"'{name}' has no statement")
    for line, row in pack.statements:
        if row["document"] not in DOCUMENTS:
            pack.statements.problem(line, "document", f"'{row['document']}' is none of the five")
    return pack.sources.take() + pack.statements.take()


def treatments(pack):
    """What is changed names a conflict; what is not shown names one, or a fact that says why."""
    for line, row in pack.statements:
        why = bad_treatment(pack, row["treatment"], items(row["rows"]))
        if why:
            pack.statements.problem(line, "treatment", why)
    return pack.statements.take()


def bad_treatment(pack, treatment, named):
    conflict = any(item.startswith(CONFLICTS + ":") for item in named)
    facts = [pack.fact.get(item.partition(":")[2]) for item in named if item.startswith(FACTS + ":")]
    left_out = any(fact and fact["kind"] in LEFT_OUT for fact in facts)
    if treatment not in TREATMENTS:
        return f"'{treatment}' is none of: {', '.join(TREATMENTS)}"
    if treatment == "changed" and not conflict:
        return "'changed' needs a conflict among the rows"
    if treatment == "not shown" and not conflict and not left_out:
        return "'not shown' needs a conflict, or a fact that says why, among the rows"
    return ""


def doubled(pack):
    """No document says the same twice, and no name is there twice."""
    for table, cells in ((pack.statements, ["document", "statement"]), (pack.facts, ["name"]),
                         (pack.facts, ["text"]), (pack.conflicts, ["name"])):
        seen = {}
        for line, row in table:
            key = tuple(row[cell] for cell in cells)
            if key in seen:
                table.problem(line, cells[-1], f"the same as in line {seen[key]}")
            seen.setdefault(key, line)
    return pack.statements.take() + pack.facts.take() + pack.conflicts.take()


def sources(pack):
    """Facts and conflicts name sources of the list, and a fact's kind is a known one."""
    known = {row["name"] for _, row in pack.sources}
    for table, cell in ((pack.facts, "source"), (pack.conflicts, "documents")):
        for line, row in table:
            for name in items(row[cell]):
                if name not in known:
                    table.problem(line, cell, f"there is no source '{name}'")
    for line, row in pack.facts:
        if row["kind"] not in KINDS:
            pack.facts.problem(line, "kind", f"'{row['kind']}' is none of: {', '.join(KINDS)}")
    return pack.facts.take() + pack.conflicts.take()


def told(pack):
    """A fact or a dose that a statement names has the statement's document as a source."""
    for line, row in pack.statements:
        for reference in items(row["rows"]):
            path, _, name = reference.partition(":")
            fact = pack.fact.get(name) if path == FACTS else None
            other = name.partition("/")[2] if path == DOSES else ""
            if fact and row["document"] not in items(fact["source"]):
                pack.statements.problem(line, "rows", f"'{reference}' does not cite '{row['document']}'")
            if other in DOCUMENTS and other != row["document"]:
                pack.statements.problem(line, "rows", f"'{reference}' is another document's")
    return pack.statements.take()


def used(pack):
    """Every fact carries a statement, and so does every dose that a document gives."""
    named = {item for _, row in pack.statements for item in items(row["rows"])}
    for line, row in pack.facts:
        if f"{FACTS}:{row['name']}" not in named:
            pack.facts.problem(line, "name", f"no statement names '{row['name']}'")
    doses = pack.table(DOSES)
    for line, row in doses:
        name = f"{row.get('exercise')}/{row.get('source')}"
        if row.get("source") in DOCUMENTS and f"{DOSES}:{name}" not in named:
            doses.problem(line, "source", f"no statement names '{name}'")
    return pack.facts.take() + doses.take()


def files(pack):
    """The files can be read."""
    tables = (pack.statements, pack.facts, pack.conflicts, pack.sources)
    return [problem for table in tables for problem in table.take()]


CHECKS = [
    ("the files are whole", files),
    ("the statements are numbered", numbers),
    ("each of the five documents has statements", documents),
    ("every reference of a statement leads to a row", lambda pack: references(pack, pack.statements)),
    ("every reference of a conflict leads to a row", lambda pack: references(pack, pack.conflicts)),
    ("what is changed or left out says why", treatments),
    ("nothing is there twice", doubled),
    ("facts and conflicts name their sources", sources),
    ("a row that carries a statement cites its document", told),
    ("every fact and every dose comes from a statement", used),
]


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[1])
    pack = Pack(root)
    failed = False
    for number, (name, check) in enumerate(CHECKS, 1):
        problems = check(pack)
        failed |= bool(problems)
        print(f"{'not ok' if problems else 'ok'} {number} - {name}")
        for problem in problems:
            print(f"# {problem}")
    print(f"# {len(pack.statements.rows)} statements, {len(pack.facts.rows)} facts, "
          f"{len(pack.conflicts.rows)} conflicts")
    print(f"1..{len(CHECKS)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
