#!/usr/bin/env python3
"""Holds `scapula form` against the reference interpreter.

    forms.py --scapula PATH RULES DATA [--map MAP]   one pack
    forms.py --scapula PATH --seeds A..B             random packs

Reads the three sheets back, fills the form with random answers as ODK would (what is
not relevant is blank), and looks for each question whether the form shows it exactly
where the pack does not rule it out.  With --map the filled forms are also written as
ODK exports them, and must be scored like the same people in an intake file.
"""

import argparse
import csv
import io
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "reference"))
import generate  # noqa: E402
import people  # noqa: E402
import reference  # noqa: E402

SHEETS = ("survey", "choices", "settings")
PEOPLE = 150
TOKEN = re.compile(r"\s*(\$\{(?P<ref>[a-z][a-z0-9_]*)\}|'(?P<text>[^']*)'|(?P<number>-?\d+(\.\d+)?)"
                   r"|(?P<word>[a-z][a-z-]*)|(?P<sign>!=|<=|>=|[=<>(),+.]))")


# ---- XPath, as much of it as a form may hold

class XPath:
    """An expression over answers, all of them texts; a reader that forgives nothing."""

    def __init__(self, text, answers, own=""):
        self.text, self.at, self.answers, self.own = text, 0, answers, own

    def peek(self):
        match = TOKEN.match(self.text, self.at)
        if not match and self.text[self.at:].strip():
            raise ValueError("can't read: " + self.text[self.at:])
        return match

    def sign(self, *wanted):
        """Takes a sign or word if it is one of these."""
        match = self.peek()
        found = match and (match.group("sign") or match.group("word"))
        if found not in wanted or not found:
            return None
        self.at = match.end()
        return found

    def need(self, sign):
        if not self.sign(sign):
            raise ValueError("%r is missing before %r" % (sign, self.text[self.at:]))

    def whole(self):
        value = truth(self.either())
        if self.peek():
            raise ValueError("left over: " + self.text[self.at:])
        return value

    def either(self):
        value = self.both()
        while self.sign("or"):
            other = self.both()
            value = truth(value) or truth(other)
        return value

    def both(self):
        value = self.equal()
        while self.sign("and"):
            other = self.equal()
            value = truth(value) and truth(other)
        return value

    def equal(self):
        value = self.order()
        while True:
            sign = self.sign("=", "!=")
            if not sign:
                return value
            other = self.order()
            if isinstance(value, bool) or isinstance(other, bool):
                same = truth(value) == truth(other)
            elif isinstance(value, float) or isinstance(other, float):
                same = number(value) == number(other)
            else:
                same = value == other
            value = same == (sign == "=")

    def order(self):
        value = self.sum()
        while True:
            sign = self.sign("<", "<=", ">", ">=")
            if not sign:
                return value
            a, b = number(value), number(self.sum())
            value = {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[sign]

    def sum(self):
        value = self.one()
        while self.sign("+"):
            value = number(value) + number(self.one())
        return value

    def one(self):
        match = self.peek()
        if not match:
            raise ValueError("an end too early: " + self.text)
        if match.group("ref"):
            self.at = match.end()
            return self.answers[match.group("ref")]
        if match.group("text") is not None:
            self.at = match.end()
            return match.group("text")
        if match.group("number"):
            self.at = match.end()
            return float(match.group("number"))
        if self.sign("."):
            return self.own
        if self.sign("("):
            value = self.either()
            self.need(")")
            return value
        return self.call(self.sign("true", "false", "not", "if", "selected", "count-selected"))

    def call(self, name):
        self.need("(")
        values = []
        if not self.sign(")"):
            values.append(self.either())
            while self.sign(","):
                values.append(self.either())
            self.need(")")
        if name in ("true", "false") and not values:
            return name == "true"
        if name == "not" and len(values) == 1:
            return not truth(values[0])
        if name == "if" and len(values) == 3:
            return values[1] if truth(values[0]) else values[2]
        if name == "selected" and len(values) == 2:
            return values[1] in values[0].split()
        if name == "count-selected" and len(values) == 1:
            return float(len(values[0].split()))
        raise ValueError("no such call: %s of %d" % (name, len(values)))


def truth(value):
    if isinstance(value, float):
        return value == value and value != 0
    return value if isinstance(value, bool) else value != ""


def number(value):
    if isinstance(value, bool):
        return float(value)
    try:
        return float(value)
    except ValueError:
        return float("nan")


# ---- the three sheets

def read_form(program, rules, data, folder):
    """(survey rows of questions, choices by list, complaint); None where it is refused."""
    done = subprocess.run([program, "form", "--rules", rules, "--data", data, "--xlsform", folder],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if done.returncode == 1 and b"[SCAP411]" in done.stderr:
        return None
    if done.returncode:
        raise ValueError("exit %d: %s" % (done.returncode, done.stderr.decode()[-500:]))
    sheets = {}
    for name in SHEETS:
        with open(os.path.join(folder, name + ".csv"), encoding="utf-8", newline="") as file:
            sheets[name] = list(csv.DictReader(file))
    lists = {}
    for row in sheets["choices"]:
        lists.setdefault(row["list_name"], []).append(row["name"])
    if not sheets["settings"][0]["form_id"]:
        raise ValueError("settings.csv has no form_id")
    return questions_of(sheets["survey"]), lists


def questions_of(survey):
    """The rows of questions, each with its group; groups open and close as they should."""
    group, found, names = "", [], set()
    for row in survey:
        if row["type"] == "begin_group":
            assert not group, "a group in a group"
            group = row["name"]
        elif row["type"] == "end_group":
            assert group, "no group to end"
            group = ""
        elif row["type"] != "note":
            found.append(dict(row, group=group))
        if row["type"] != "end_group":
            assert row["name"] not in names, "twice: " + row["name"]
            names.add(row["name"])
    assert not group, "a group is never ended"
    return found


def check_shape(pack, questions, lists):
    """Every question once, of its type, with its choices."""
    assert sorted(q["name"] for q in questions) == sorted(pack.questions), "not all questions"
    for row in questions:
        question = pack.questions[row["name"]]
        kind, _, name = row["type"].partition(" ")
        want = {"yes_no": "select_one"}.get(question["kind"], question["kind"])
        assert kind == want, "%s is %s" % (row["name"], row["type"])
        if question["kind"] == "yes_no":
            assert lists[name] == ["yes", "no", "not_sure"], "%s: %s" % (name, lists[name])
        elif question["kind"].startswith("select"):
            more = ["none"] if question["kind"] == "select_multiple" else []
            assert lists[name] == list(question["choices"]) + more, name
        if question["kind"] in ("integer", "decimal") and question["constraint"]:
            low, high = people.limits(question)
            for value, good in ((low, True), (high, True), (low - 1, False), (high + 1, False)):
                said = XPath(row["constraint"], {}, format(value, "f")).whole()
                assert said == good, "%s of %s: %s" % (value, row["name"], row["constraint"])
        if question["kind"] == "select_multiple":
            first = list(question["choices"])[0]
            assert not XPath(row["constraint"], {}, "none " + first).whole(), "none and another"
            assert XPath(row["constraint"], {}, "none").whole(), "none alone"
            assert XPath(row["constraint"], {}, first).whole(), "a choice"


# ---- people who fill the form

def shown(row, cells):
    return not row["relevant"] or XPath(row["relevant"], cells).whole()


def fill(pack, questions, sampler, dice):
    """Cells as ODK keeps them, and the answers in the words of the reference."""
    wanted = sampler.person(dice.choice((0.0, 0.1, 0.5)))
    cells = {row["name"]: people.cell_of(wanted.get(row["name"])) for row in questions}
    for name, question in pack.questions.items():
        if question["kind"] == "yes_no" and not cells[name] and dice.random() < 0.5:
            cells[name] = "not_sure"
        if question["kind"] == "text":
            cells[name] = ""
    while True:
        hidden = [row["name"] for row in questions if cells[row["name"]] and not shown(row, cells)]
        if not hidden:
            break
        cells[hidden[0]] = ""
    answers = {name: wanted[name] for name in wanted if cells[name] not in ("", "not_sure")}
    return cells, answers


def check_people(pack, questions, seed, count):
    """(people, decisions on what is shown, of them hidden)"""
    dice = people.dice_for("form", seed)
    sampler = people.Sampler(pack, dice)
    filled, looked, hidden = [], 0, 0
    for _ in range(count):
        cells, answers = fill(pack, questions, sampler, dice)
        person = reference.Person(pack, answers)
        for row in questions:
            say, want = shown(row, cells), person.relevance(row["name"]) is not False
            looked += bool(row["relevant"])
            hidden += not say
            assert say == want, "%s is %sshown: %s\n%s" % (
                row["name"], "" if say else "not ", row["relevant"], cells)
        filled.append(cells)
    return filled, looked, hidden


def check_order(questions):
    """A question comes after those of other groups that it rests on."""
    place = {row["name"]: i for i, row in enumerate(questions)}
    late = [row["name"] for i, row in enumerate(questions)
            for name in re.findall(r"\$\{(\w+)\}", row["relevant"]) if place[name] > i]
    assert not late, "shown before what they rest on: %s" % late


def score(program, rules, data, rows, *options):
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    done = subprocess.run([program, "score", "--rules", rules, "--data", data, *options],
                          input=text.getvalue().encode(), stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, check=False)
    if done.returncode:
        raise ValueError("exit %d: %s" % (done.returncode, done.stderr.decode()[-500:]))
    return done.stdout


def check_scores(program, rules, data, mapping, questions, filled):
    """The same people as an export of ODK Central and as an intake file."""
    names = [row["name"] for row in questions]
    cells = [[each[name] for name in names] for each in filled]
    export = [["SubmissionDate"] + ["%s-%s" % (row["group"], row["name"]) if row["group"]
                                    else row["name"] for row in questions] + ["KEY"]]
    export += [["2026-03-01"] + row + ["uuid:%d" % i] for i, row in enumerate(cells)]
    intake = [["id"] + names] + [["uuid:%d" % i] + row for i, row in enumerate(cells)]
    assert (score(program, rules, data, export, "--map", mapping) ==
            score(program, rules, data, intake)), "the export is scored in another way"


def check_pack(program, rules, data, seed, mapping=None, count=PEOPLE):
    with tempfile.TemporaryDirectory() as folder:
        form = read_form(program, rules, data, folder)
    if not form:
        return None
    pack = reference.load(rules, data)
    check_shape(pack, *form)
    filled, looked, hidden = check_people(pack, form[0], seed, count)
    if mapping:
        check_order(form[0])
        check_scores(program, rules, data, mapping, form[0], filled)
    return looked, hidden


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--scapula", required=True)
    parser.add_argument("--seeds", default="")
    parser.add_argument("--map")
    parser.add_argument("pack", nargs="*")
    options = parser.parse_args()
    looked = hidden = refused = 0
    if options.pack:
        looked, hidden = check_pack(options.scapula, *options.pack, 1, options.map)
    low, high = generate.span(options.seeds or "1..0")
    for seed in range(low, high + 1):
        with tempfile.TemporaryDirectory() as folder:
            generate.generate(seed, folder)
            result = check_pack(options.scapula, os.path.join(folder, "rules"),
                                os.path.join(folder, "data"), seed, count=40)
            refused += result is None
            looked += result[0] if result else 0
            hidden += result[1] if result else 0
    print("%d times looked whether a question is shown, %d times it was not; %d packs refused"
          % (looked, hidden, refused))
    return 0 if looked and hidden else 1


if __name__ == "__main__":
    sys.exit(main())
