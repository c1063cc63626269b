#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Looks whether every row of a pack that must cite does so, and whether the exercises of
the five documents are all there.

sources.py SCAPULA PACK    the folder that holds rules/ and data/

Prints TAP, with a line `# PROBLEM` for each problem; exit code 1 when there is one.
"""
import csv
import json
import pathlib
import subprocess
import sys

# The column that cites, of each table that must.
CITES = {
    "rules/findings.csv": "source",
    "rules/escalations.csv": "source",
    "rules/contraindications.csv": "source",
    "rules/adjustments.csv": "source",
    "rules/preferences.csv": "source",
    "rules/watch.csv": "source",
    "rules/hazards.csv": "source",
    "rules/lexicon.csv": "source",
    "rules/context.csv": "source",
    "data/exercises.csv": "source",
    "data/doses.csv": "source",
    "data/plan.csv": "source",
    "data/week.csv": "source",
    "data/weeks.csv": "source",
    "data/signals.csv": "source",
    "data/tags.csv": "source",
    "data/facts.csv": "source",
    "data/conflicts.csv": "documents",
    "data/statements.csv": "document",
}

# Those that have no source by design, with why.
CITES_NOT = {
    "rules/pack.csv": "settings and wording of the pack itself",
    "rules/questions.csv": "words of questions; the rules that rest on them cite",
    "rules/choices.csv": "words of answers; the rules that rest on them cite",
    "rules/levels.csv": "the scale; the rules that lead to a level cite",
    "rules/cases.csv": "made-up people",
    "rules/wordlists.csv": "words that the rows of lexicon.csv and context.csv share; those cite",
    "rules/lint.csv": "about the tables, not about bodies",
    "data/steps.csv": "the exercise of the same name cites",
    "data/sources.csv": "the sources themselves",
    "data/intake.csv": "made-up people",
    "data/intake-mistakes.csv": "made-up people",
}

# What each document describes, read in the documents. "Shoulder retraction" is the
# shoulder blade squeeze once more.
DESCRIBES = {
    "pt_advantage": "cat_cow cat_cow_seated scap_squeeze thoracic_rotation chest_clasp seated_row "
                    "reverse_plank wall_angel",
    "anssi": "cat_cow childs_pose scap_squeeze wall_angel thoracic_ext_chair band_row_standing",
    "liv_hospital": "warmup_walk warmup_jog_place shoulder_rolls arm_circles cat_cow childs_pose "
                    "seated_twist doorway_pec thread_needle wall_angel scap_squeeze "
                    "foam_roll_upper_back",
    "derry": "thoracic_ext_kneeling quadruped_plus",
    "chiropractic_clinic": "foam_roll_upper_back prone_extension prone_t prone_y",
}


def read(path):
    """The rows as dicts, each with the line it ends in."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        return [(reader.line_num, row) for row in reader]


def tables(root):
    """Every table is known, as one that cites or as one that need not."""
    found = {str(path.relative_to(root)) for folder in ("rules", "data")
             for path in (root / folder).glob("*.csv")}
    for path in sorted(found - set(CITES) - set(CITES_NOT)):
        yield f"{path}:1: nobody has said whether it must cite"
    for path in sorted(set(CITES) | set(CITES_NOT)):
        if path not in found:
            yield f"{path}:1: the file is missing"


def citations(root):
    """Every row of a table that must cite names sources that there are."""
    sources = {row["name"] for _, row in read(root / "data/sources.csv")}
    for path, column in CITES.items():
        rows = read(root / path)
        if not rows:
            yield f"{path}:1: it has no rows"
        for line, row in rows:
            cited = [name.strip() for name in (row.get(column) or "").split(";") if name.strip()]
            if not cited:
                yield f"{path}:{line}: no {column}"
            for name in cited:
                if name not in sources:
                    yield f"{path}:{line}: '{name}' is no source"


def exercises(scapula, root):
    """Every exercise of a document is listed, cites it and has the document's dose."""
    folders = ["--rules", root / "rules", "--data", root / "data"]
    out = subprocess.run([scapula, "list", "exercises", "--json", *folders], text=True,
                         capture_output=True, check=False).stdout
    listed = {one["name"] for one in json.loads(out or "[]")}
    cites = {row["name"]: row["source"].split(";") for _, row in read(root / "data/exercises.csv")}
    doses = {(row["exercise"], row["source"]) for _, row in read(root / "data/doses.csv")}
    for document, names in DESCRIBES.items():
        for name in names.split():
            if name not in listed:
                yield f"{document} describes {name}, which is not listed"
            elif document not in cites[name]:
                yield f"{name} does not cite {document}"
            if (name, document) not in doses:
                yield f"{name} has no dose of {document}"


def main():
    scapula, root = sys.argv[1], pathlib.Path(sys.argv[2])
    tests = {
        "every table is one that cites, or says why it need not": tables(root),
        "every row that must cite a source does": citations(root),
        "list exercises has every exercise of the five documents": exercises(scapula, root),
    }
    bad = False
    for number, (text, problems) in enumerate(tests.items(), 1):
        problems = list(problems)
        bad |= bool(problems)
        print(f"{'not ' if problems else ''}ok {number} - {text}")
        for problem in problems:
            print(f"# {problem}")
    print(f"1..{len(tests)}")
    return bad


if __name__ == "__main__":
    sys.exit(main())
