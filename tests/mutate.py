#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the cases of a pack are worth.

mutate.py SCAPULA PACK  takes each finding, escalation and contraindication out of a
                        copy of the pack, one at a time, and runs `scapula test` on it
mutate.py --alone PACK  tells which condition has no case of its own

Each row is taken out twice: with the cases as they are, and with all mention of its id
taken out of them, so that a level or an exercise has to tell and not the id. A row
that no case misses is a survivor: "not tested" in the first way, "weakly tested" in
the second. A pack that does not load any more counts as missed.
Prints a line for each survivor and one with the counts; exits 1 when there are any.
"""
import csv
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TABLES = ("findings", "escalations", "contraindications")
EXPECTATIONS = ("expect_rules", "expect_not_rules")
WORKERS = 8

# Rows that change nothing but the reasons, with why no level and no exercise can tell.
ONLY_REASONS = {
    "breathless_and_sharp_pain": "short breath alone is an emergency, too",
    "weight_loss_over_60": "weight loss is a reason at any age, and more from 50 on",
    "steroid_tablets": "they also make an infection more likely, which has the same level",
    "inflamed_spine_signs": "three of its signs already have the same level",
    "avoid_spine_fracture": "a broken spine itself permits no routine; where all illnesses are "
                            "unknown, the heart leaves everything out, too",
}

# Conditions outside the section of the same name.
CONDITION_SECTION = "health"
MORE_CONDITIONS = {"recent_injury", "cancer_history"}


def read(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(path, rows, columns):
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, columns, lineterminator="\n")
        out.writeheader()
        out.writerows(rows)


def cell_list(text):
    return [part.strip() for part in text.split(";") if part.strip()]


# ---- Rows taken out --------------------------------------------------------------


def silent(cases, rule):
    """The cases without the id of a rule."""
    out = []
    for case in cases:
        case = dict(case)
        for column in EXPECTATIONS:
            case[column] = ";".join(part for part in cell_list(case[column])
                                    if part.rstrip("?") != rule)
        out.append(case)
    return out


def passes(scapula, pack):
    command = [scapula, "test", "--rules", str(pack / "rules"), "--data", str(pack / "data")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1, 78):
        sys.exit(f"exit code {done.returncode} of: {' '.join(command)}\n{done.stderr}")
    return done.returncode == 0


def copy_pack(source, target):
    for folder in ("rules", "data"):
        (target / folder).mkdir()
        for file in (source / folder).glob("*.csv"):
            shutil.copyfile(file, target / folder / file.name)


def with_rows(path, rows, pack, scapula):
    """Whether the cases pass with other rows in a file, which is then put back."""
    before = path.read_bytes()
    write(path, rows, rows[0].keys())
    passed = passes(scapula, pack)
    path.write_bytes(before)
    return passed


def without(scapula, pack, table, rule):
    """What a row is when it is taken out: one of the two kinds of survivors, or None."""
    file, path = pack / "rules" / f"{table}.csv", pack / "rules" / "cases.csv"
    whole = file.read_bytes()
    rows, cases = read(file), read(path)
    write(file, [row for row in rows if row["id"] != rule], rows[0].keys())
    kind = None
    if with_rows(path, silent(cases, rule), pack, scapula):
        kind = "not tested" if passes(scapula, pack) else "weakly tested"
    file.write_bytes(whole)
    return kind


def share(scapula, source, rows):
    """Takes out some of the rows, in a copy of the pack."""
    with tempfile.TemporaryDirectory() as folder:
        pack = Path(folder)
        copy_pack(source, pack)
        return {row: without(scapula, pack, *row) for row in rows}


def survivors(scapula, source):
    """What each row is when it is taken out."""
    rows = [(table, row["id"]) for table in TABLES
            for row in read(source / "rules" / f"{table}.csv")]
    kinds = {}
    with ThreadPoolExecutor() as pool:
        for some in pool.map(lambda i: share(scapula, source, rows[i::WORKERS]), range(WORKERS)):
            kinds |= some
    return {row: kinds[row] for row in rows}


def mutate(scapula, source):
    with tempfile.TemporaryDirectory() as folder:
        copy_pack(source, Path(folder))
        if not passes(scapula, Path(folder)):
            sys.exit("the cases are not green as they are: run `scapula test`")
    kinds = survivors(scapula, source)
    missed = {rule for (_, rule), kind in kinds.items() if kind}
    out = [f"{table}: {rule}: {kind}" for (table, rule), kind in kinds.items()
           if kind == "not tested" or (kind and rule not in ONLY_REASONS)]
    out += [f"{rule}: it is tested; take it out of ONLY_REASONS"
            for rule in ONLY_REASONS if rule not in missed]
    return out + [f"{len(kinds)} rows taken out: {len(out)} survivors, "
                  f"{len(missed & set(ONLY_REASONS))} change only the reasons"]


# ---- Conditions alone ------------------------------------------------------------


def conditions(pack):
    """Each condition, with those that have to hold before it is asked."""
    out, lists = {}, {}
    for choice in read(pack / "rules" / "choices.csv"):
        lists.setdefault(choice["list_name"], []).append(choice["name"])
    for row in read(pack / "rules" / "questions.csv"):
        kind, _, values = row["type"].partition(" ")
        if row["section"] != CONDITION_SECTION and row["name"] not in MORE_CONDITIONS:
            continue
        needs = set(re.findall(r"[a-z_]+\.?[a-z_]*", row["relevant"]))
        if kind == "yes_no":
            out[row["name"]] = needs
        for name in lists.get(values, []) if kind == "select_multiple" else []:
            out[f"{row['name']}.{name}"] = needs
    return out


def said_yes(case):
    """What a case answers yes to, or ticks."""
    out = set()
    for part in cell_list(case["answers"]):
        name, _, value = (word.strip() for word in part.partition("="))
        out |= {name} if value == "yes" else {f"{name}.{word}" for word in value.split()}
    return out


def without_case(pack):
    known = conditions(pack)
    told = [said_yes(case) & set(known) for case in read(pack / "rules" / "cases.csv")
            if case["others"] == "no" and case["expect_routine"]
            and (case["expect_excluded"] or case["expect_routine"] == "no")]
    out = [f"{name}: no case has it alone" for name, needs in known.items()
           if {name} | needs & set(known) not in told]
    return out + [f"{len(known)} conditions: {len(known) - len(out)} with a case of their own"]


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    pack = Path(sys.argv[2])
    lines = without_case(pack) if sys.argv[1] == "--alone" else mutate(sys.argv[1], pack)
    print("\n".join(lines))
    return 1 if len(lines) > 1 else 0


if __name__ == "__main__":
    sys.exit(main())
