#!/usr/bin/env python3
"""Holds the program against the reference and against what it promises.

    properties.py --scapula PATH [--seeds A..B] [--questions A..B] [--rows N]
    properties.py --scapula PATH --red-flags RULES DATA [--people N] [--seed N]

The first form makes random packs and checks for each:
  same bytes   PATH score prints what the reference prints;
  shuffled     and still does when the rows of every table are shuffled;
  fill-in      a certain level stays, and an exercise that is not excluded is
               not excluded later, however the unknown answers turn out;
  missing      a question that is not listed as missing changes by itself
               neither the level nor what is left out.
The second form takes a real pack and checks that for every red flag
urgency(no) <= urgency(unknown) <= urgency(yes).

Answers in conflict are no part of these promises: such people are skipped.
The folder of a pack that failed is kept and named.
"""

import argparse
import collections
import csv
import io
import itertools
import os
import shutil
import subprocess
import sys
import tempfile

import generate
import people
import reference
import shuffle

FEW_UNKNOWNS = 6     # people with more unknowns have too many fillings
PEOPLE = 4           # people filled in, for each pack
FILLINGS = 100       # fillings of one person
VARIATIONS = 200     # people with one unlisted question answered, for each pack


# ----------------------------------------------------------------- the program

def run(program, rules, data, intake):
    """(stdout, complaint); a complaint is a bad exit code, for no row is bad."""
    done = subprocess.run([program, "score", "--rules", rules, "--data", data, intake],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if done.returncode == 0:
        return done.stdout, ""
    talk = done.stderr.decode("utf-8", "replace").strip()
    return done.stdout, "exit %d: %s" % (done.returncode, talk[-2000:])


def rows_of(output):
    """Decision rows by id."""
    text = output.decode("utf-8", "replace")
    return {row["id"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}


def decide(program, pack, folder, name, group):
    """Writes people as an intake file, scores them, and gives rows by id."""
    if not group:
        return {}, ""
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(people.intake_text(pack, group))
    output, complaint = run(program, os.path.join(folder, "rules"),
                            os.path.join(folder, "data"), path)
    rows = rows_of(output)
    lost = [person for person, _ in group if person not in rows]
    if not complaint and lost:
        complaint = "no row for " + " ".join(lost[:5])
    return rows, complaint


class Report:
    """Counts, and prints what went wrong, but not endlessly."""

    def __init__(self):
        self.counts = collections.Counter()

    def wrong(self, what, seed, folder, *lines):
        """One failure."""
        self.counts[what + " wrong"] += 1
        if self.counts[what + " wrong"] <= 10:
            print("%s: seed %s, %s" % (what, seed, folder))
            for line in lines:
                print("    " + line)

    def failures(self):
        """All failures of all kinds."""
        return sum(count for name, count in self.counts.items() if name.endswith(" wrong"))


# ------------------------------------------------------------------ same bytes

def first_differences(ids, wanted, got):
    """Readable pairs of lines; `ids` are the people in the order of the file."""
    names = ["header"] + ids
    got = reference_lines(got)
    lines = []
    for place in range(max(len(wanted), len(got))):
        left = wanted[place] if place < len(wanted) else "(no line)"
        right = got[place] if place < len(got) else "(no line)"
        if left != right:
            name = names[place] if place < len(names) else "?"
            lines += ["row %r" % name, "  reference: %r" % left, "  program:   %r" % right]
    return lines


def reference_lines(output):
    """Output as records: a quoted id may hold a line break."""
    records = [""]
    for line in output.decode("utf-8", "replace").split("\n"):
        if records[-1].count('"') % 2 == 1:
            records[-1] += line + "\n"
        else:
            records.append(line + "\n")
    return [record for record in records if record.strip("\n")]


def same_bytes(report, what, seed, folder, wanted, ids, answer):
    """The program's output is the reference's, byte for byte."""
    output, complaint = answer
    report.counts[what] += 1
    if output == "".join(wanted).encode("utf-8") and not complaint:
        return
    lines = first_differences(ids, wanted, output)
    report.wrong(what, seed, folder, *([complaint] if complaint else []), *lines[:9],
                 "%d rows differ" % (len(lines) // 3))


def check_bytes(report, program, pack, crowd, seed, folder):
    """Reference against program, as written and shuffled."""
    wanted = reference.score(pack, crowd)
    ids = [name for name, _ in crowd]
    intake = os.path.join(folder, "intake.csv")
    report.counts["rows"] += len(crowd)
    same_bytes(report, "reference", seed, folder, wanted, ids,
               run(program, os.path.join(folder, "rules"),
                   os.path.join(folder, "data"), intake))
    other = os.path.join(folder, "shuffled")
    shuffle.shuffle(seed, os.path.join(folder, "rules"), os.path.join(folder, "data"), other)
    same_bytes(report, "shuffled", seed, other, wanted, ids,
               run(program, os.path.join(other, "rules"),
                   os.path.join(other, "data"), intake))


# --------------------------------------------------------------------- fill-in

def has_conflict(pack, answers):
    """Is some red flag answered yes although it is not relevant?"""
    return bool(reference.Person(pack, answers).conflicts())


def questions_used(pack):
    """Questions that any condition names, and the one about equipment."""
    used = set()
    for condition in pack.conditions():
        used |= reference.names_of(condition)
    used.add(pack.settings.get("equipment_question", ""))
    return [name for name in pack.questions if name in used]


def fillings(dice, pack, options, answers, unknown):
    """All ways to answer the unknown questions, or a random sample of them."""
    sizes = 1
    for name in unknown:
        sizes *= len(options[name])
    if sizes <= FILLINGS:
        chosen = itertools.product(*[options[name] for name in unknown])
    else:
        chosen = [[dice.choice(options[name]) for name in unknown]
                  for _ in range(FILLINGS)]
    for values in chosen:
        filled = dict(answers)
        filled.update(zip(unknown, values))
        if not has_conflict(pack, filled):
            yield filled


def left_out(pack, row):
    """The exercises that an excluded cell leaves out."""
    names = [entry.split(":")[0] for entry in row["excluded"].split(";") if entry]
    return set(pack.exercises) if "all" in names else set(names)


def fill_in_faults(pack, before, after):
    """What a filling must not change."""
    faults = []
    if before["certain"] == "yes" and before["level"] != after["level"]:
        faults.append("a certain level changed")
    if pack.permits[before["level"]] and pack.permits[after["level"]]:
        if not left_out(pack, after) <= left_out(pack, before):
            faults.append("an allowed exercise was excluded")
        if (set(before["routine"].split(";")) - {""}) & left_out(pack, after):
            faults.append("an exercise of the routine was excluded")
    return faults


def missing_faults(pack, before, after):
    """What one question that is not listed as missing must not change."""
    faults = []
    if (before["level"], before["certain"]) != (after["level"], after["certain"]):
        faults.append("an unlisted question changed the level")
    elif left_out(pack, before) != left_out(pack, after):
        faults.append("an unlisted question changed what is left out")
    return faults


def compare_rows(report, what, seed, folder, pack, rows, pairs, faults_of):
    """Checks (base, variant) pairs of ids."""
    for base, variant in pairs:
        report.counts[what] += 1
        for fault in faults_of(pack, rows[base], rows[variant]):
            report.wrong(what, seed, folder, fault, "before: %s" % rows[base],
                         "after:  %s" % rows[variant])


def people_to_fill_in(pack, crowd, used):
    """(id, answers, unknown questions) of some people with few unknowns."""
    found = []
    for number, (_, answers) in enumerate(crowd):
        unknown = [name for name in used if name not in answers]
        if 0 < len(unknown) <= FEW_UNKNOWNS and not has_conflict(pack, answers):
            found.append(("p%d" % number, answers, unknown))
    return found[:PEOPLE]


def check_fill_in(report, program, pack, crowd, seed, folder):
    """People with few unknowns, filled in."""
    dice = people.dice_for("fill", seed)
    options = people.Sampler(pack, dice).options
    group, pairs = [], []
    for base, answers, unknown in people_to_fill_in(pack, crowd, questions_used(pack)):
        report.counts["people"] += 1
        group.append((base, answers))
        for filled in fillings(dice, pack, options, answers, unknown):
            name = "%s-%d" % (base, len(group))
            group.append((name, filled))
            pairs.append((base, name))
    rows, complaint = decide(program, pack, folder, "fill-in.csv", group)
    if complaint:
        report.wrong("fill-in", seed, folder, complaint)
    else:
        compare_rows(report, "fill-in", seed, folder, pack, rows, pairs, fill_in_faults)


def variations(pack, options, used, crowd, rows):
    """(id, id of the variant, answers) with one unlisted unknown question answered."""
    for name, answers in crowd:
        listed = rows[name]["missing"].split(";")
        for question in used:
            if question in answers or question in listed:
                continue
            for count, value in enumerate(options[question]):
                filled = dict(answers)
                filled[question] = value
                yield name, "%s-%s-%d" % (name, question, count), filled


def check_missing(report, program, pack, crowd, seed, folder):
    """What is not missing does not matter by itself."""
    dice = people.dice_for("missing", seed)
    sampler = people.Sampler(pack, dice)
    calm = [("p%d" % number, answers) for number, (_, answers) in enumerate(crowd)
            if not has_conflict(pack, answers)]
    rows, complaint = decide(program, pack, folder, "before.csv", calm)
    if complaint:
        report.wrong("missing", seed, folder, complaint)
        return
    found = list(variations(pack, sampler.options, questions_used(pack), calm, rows))
    dice.shuffle(found)
    found = [item for item in found[:VARIATIONS] if not has_conflict(pack, item[2])]
    after, complaint = decide(program, pack, folder, "after.csv",
                              [(variant, answers) for _, variant, answers in found])
    if complaint:
        report.wrong("missing", seed, folder, complaint)
        return
    rows.update(after)
    compare_rows(report, "missing", seed, folder, pack, rows,
                 [(base, variant) for base, variant, _ in found], missing_faults)


# ---------------------------------------------------------------- random packs

def in_cells(answers):
    """The answers as one cell for each question has them: no choice is left unsure."""
    return {name: frozenset(answer) if isinstance(answer, frozenset) else answer
            for name, answer in answers.items()}



def check_seed(report, options, seed, folder):
    """All checks of one random pack."""
    generate.generate(seed, folder, *options.questions, rows=options.rows)
    pack = reference.load(os.path.join(folder, "rules"), os.path.join(folder, "data"))
    text = reference.read_file(os.path.join(folder, "intake.csv"))
    crowd = reference.read_intake(pack, text)
    check_bytes(report, options.scapula, pack, crowd, seed, folder)
    simple = [(name, in_cells(answers)) for name, answers in crowd]
    check_fill_in(report, options.scapula, pack, simple, seed, folder)
    check_missing(report, options.scapula, pack, simple, seed, folder)


def check_random_packs(options):
    """Seeds one after the other; only folders with failures stay."""
    report = Report()
    home = tempfile.mkdtemp(prefix="scapula-reference-")
    for seed in range(options.seeds[0], options.seeds[1] + 1):
        folder = os.path.join(home, str(seed))
        before = report.failures()
        check_seed(report, options, seed, folder)
        if report.failures() == before:
            shutil.rmtree(folder)
    if report.failures() == 0:
        shutil.rmtree(home)
    else:
        print("kept in " + home)
    counts = report.counts
    print("shuffled tables: %d packs, %d differences" % (
        counts["shuffled"], counts["shuffled wrong"]))
    print("fill-in: %d people, %d fillings, %d failures" % (
        counts["people"], counts["fill-in"], counts["fill-in wrong"]))
    print("missing: %d variations, %d failures" % (counts["missing"], counts["missing wrong"]))
    print("reference: %d packs, %d rows, %d differences" % (
        counts["reference"], counts["rows"], counts["reference wrong"]))
    return 1 if report.failures() else 0


# ------------------------------------------------------------------- red flags

def red_flag_group(sampler, flag, number):
    """One random person three times, without the variants that are in conflict."""
    answers = sampler.person(sampler.dice.choice((0, 0.2, 0.5, 0.9)))
    answers.pop(flag, None)
    group = []
    for word, value in (("no", False), ("unknown", None), ("yes", True)):
        variant = dict(answers)
        if value is not None:
            variant[flag] = value
        if not has_conflict(sampler.pack, variant):
            group.append(("%s-%d-%s" % (flag, number, word), variant))
    return group


def check_red_flags(options):
    """urgency(no) <= urgency(unknown) <= urgency(yes) for each red flag of a pack."""
    rules, data = options.red_flags
    pack = reference.load(rules, data)
    sampler = people.Sampler(pack, people.dice_for("red flags", options.seed))
    flags = [name for name, question in pack.questions.items() if question["red_flag"]]
    groups = [red_flag_group(sampler, flag, number)
              for flag in flags for number in range(options.people)]
    groups = [group for group in groups if len(group) > 1]
    folder = tempfile.mkdtemp(prefix="scapula-red-flags-")
    shutil.copytree(rules, os.path.join(folder, "rules"))
    shutil.copytree(data, os.path.join(folder, "data"))
    rows, complaint = decide(options.scapula, pack, folder, "intake.csv",
                             [person for group in groups for person in group])
    report = Report()
    if complaint:
        report.wrong("red flags", options.seed, folder, complaint)
        groups = []
    for group in groups:
        chain = [rows[name] for name, _ in group]
        for calm, urgent in zip(chain, chain[1:]):
            if pack.urgency[calm["level"]] > pack.urgency[urgent["level"]]:
                report.wrong("red flags", options.seed, folder, str(calm), str(urgent))
    if report.failures() == 0:
        shutil.rmtree(folder)
    print("red flags: %d questions, %d people, %d failures" % (
        len(flags), len(groups), report.failures()))
    return 1 if report.failures() else 0


def main():
    """The command line."""
    parser = argparse.ArgumentParser(description="hold the program against the reference")
    parser.add_argument("--scapula", required=True, metavar="PATH")
    parser.add_argument("--seeds", type=generate.span, default=(1, 150), metavar="A..B")
    parser.add_argument("--questions", type=generate.span, default=(5, 14), metavar="A..B")
    parser.add_argument("--rows", type=int, default=40)
    parser.add_argument("--red-flags", nargs=2, metavar=("RULES", "DATA"))
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--seed", default="1")
    options = parser.parse_args()
    options.scapula = os.path.abspath(options.scapula)
    if options.red_flags:
        return check_red_flags(options)
    return check_random_packs(options)


if __name__ == "__main__":
    sys.exit(main())
