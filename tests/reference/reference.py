#!/usr/bin/env python3
"""The dullest possible interpreter of a pack, to hold the engine against.

    reference.py RULES DATA INTAKE.csv

reads a valid pack and a valid intake file and prints the decision rows.  It
follows doc/engine.md sentence by sentence, for one person at a time, by plain
recursion over the conditions as they are written.  It checks nothing, and it
is not meant to be fast.

A truth is True (certain), False (ruled out) or None (unknown).
"""

import csv
import io
import itertools
import os
import re
import sys
from decimal import Decimal

RULE_TABLES = ("findings", "escalations", "contraindications", "adjustments",
               "preferences", "watch")
RULES_FOLDER = ("pack", "questions", "choices", "levels") + RULE_TABLES
DATA_FOLDER = ("exercises", "steps", "doses", "plan", "tags", "sources")
HEADER = ("id", "level", "certain", "reasons", "missing", "routine", "excluded")


# ------------------------------------------------------------------ CSV files

def read_cells(text):
    """Lists of trimmed cells, blank lines left out; the header comes first."""
    text = text.lstrip("\ufeff")
    header = text.split("\n", 1)[0]
    delimiter = ";" if ";" in header and "," not in header else ","
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [[cell.strip(" ") for cell in line] for line in lines if line]


def read_file(path):
    """The whole text; newline="" keeps line breaks inside cells as they are."""
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def read_table(path):
    """One dictionary for each row, by column name."""
    cells = read_cells(read_file(path))
    return [dict(zip(cells[0], row)) for row in cells[1:]]


def read_tables(rules, data):
    """All tables of a pack, by name without folder and ending."""
    tables = {}
    for name in RULES_FOLDER:
        tables[name] = read_table(os.path.join(rules, name + ".csv"))
    for name in DATA_FOLDER:
        tables[name] = read_table(os.path.join(data, name + ".csv"))
    return tables


def split_list(cell):
    """The items of a list cell."""
    return [item.strip(" ") for item in cell.split(";") if item.strip(" ")]


# ----------------------------------------------------------------- conditions
#
# A parsed condition is a tuple, its kind first:
#   ("always",)                     ("not", X)
#   ("and", X, Y, ...)              ("or", X, Y, ...)
#   ("at_least", n, X, Y, ...)      ("fact", name)
#   ("compare", question, op, n)    ("between", question, low, high)
#   ("is", question, choices)       ("is_not", question, choice)
#   ("ticked", question, choice)

TOKEN = re.compile(r"\s*([a-z][a-z0-9_]*|[+-]?\d+(?:\.\d+)?|\.\.|[<>!]=|[<>=(){},.])")
NUMBER = re.compile(r"[+-]?\d")


def tokens_of(text):
    """The words, numbers and signs of a condition."""
    tokens = []
    place = 0
    text = text.rstrip()
    while place < len(text):
        match = TOKEN.match(text, place)
        if not match:
            raise ValueError("bad condition: " + text)
        tokens.append(match.group(1))
        place = match.end()
    return tokens


class Parser:
    """Recursive descent: or, and, not, then one test."""

    def __init__(self, text):
        self.tokens = tokens_of(text)
        self.place = 0

    def peek(self):
        """The next token, or "" at the end."""
        if self.place < len(self.tokens):
            return self.tokens[self.place]
        return ""

    def take(self, wanted=None):
        """Step over the next token; it has to be `wanted` if that is given."""
        token = self.peek()
        if token == "" or (wanted is not None and token != wanted):
            raise ValueError("bad condition: " + " ".join(self.tokens))
        self.place += 1
        return token

    def whole(self):
        """The whole cell."""
        result = self.either()
        if self.peek():
            raise ValueError("bad condition: " + " ".join(self.tokens))
        return result

    def either(self):
        """X or Y or ..."""
        parts = [self.both()]
        while self.peek() == "or":
            self.take()
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else ("or", *parts)

    def both(self):
        """X and Y and ..."""
        parts = [self.negated()]
        while self.peek() == "and":
            self.take()
            parts.append(self.negated())
        return parts[0] if len(parts) == 1 else ("and", *parts)

    def negated(self):
        """not X, ( X ), or one test."""
        if self.peek() == "not":
            self.take()
            return ("not", self.negated())
        if self.peek() == "(":
            self.take()
            inner = self.either()
            self.take(")")
            return inner
        if self.peek() == "at":
            return self.at_least()
        return self.test()

    def at_least(self):
        """at least n of (X, Y, ...)"""
        self.take("at")
        self.take("least")
        number = int(self.take())
        self.take("of")
        self.take("(")
        items = [self.either()]
        while self.peek() == ",":
            self.take()
            items.append(self.either())
        self.take(")")
        return ("at_least", number, *items)

    def test(self):
        """A name alone or a name compared with something."""
        name = self.take()
        if name == "always":
            return ("always",)
        if self.peek() == ".":
            self.take()
            return ("ticked", name, self.take())
        if self.peek() == "in":
            self.take()
            return self.membership(name)
        if self.peek() in ("<=", "<", ">=", ">", "=", "!="):
            return self.comparison(name, self.take())
        return ("fact", name)

    def membership(self, name):
        """in {a, b} or in A..B, after the word `in`."""
        if self.peek() != "{":
            low = Decimal(self.take())
            self.take("..")
            return ("between", name, low, Decimal(self.take()))
        self.take("{")
        choices = [self.take()]
        while self.peek() == ",":
            self.take()
            choices.append(self.take())
        self.take("}")
        return ("is", name, tuple(choices))

    def comparison(self, name, sign):
        """What stands behind the sign tells a number from a choice."""
        value = self.take()
        if NUMBER.match(value):
            return ("compare", name, sign, Decimal(value))
        if sign == "=":
            return ("is", name, (value,))
        return ("is_not", name, value)


def parse(text):
    """A condition cell as nested tuples."""
    return Parser(text).whole()


def parts_of(condition):
    """The conditions directly inside a `not`, `and`, `or` or `at least`."""
    kind = condition[0]
    if kind in ("not", "and", "or"):
        return condition[1:]
    if kind == "at_least":
        return condition[2:]
    return ()


def names_of(condition):
    """Every question and finding that a condition names itself."""
    if parts_of(condition):
        return set().union(*[names_of(part) for part in parts_of(condition)])
    if condition == ("always",):
        return set()
    return {condition[1]}


def compare(left, sign, right):
    """Decimal compares exactly."""
    if sign == "<":
        return left < right
    if sign == "<=":
        return left <= right
    if sign == ">":
        return left > right
    if sign == ">=":
        return left >= right
    if sign == "=":
        return left == right
    return left != right


# ----------------------------------------------------------------- Kleene logic

def kleene_not(value):
    """Unknown stays unknown."""
    return None if value is None else not value


def kleene_and(values):
    """One part ruled out settles it; else one unknown part leaves it open."""
    if False in values:
        return False
    return None if None in values else True


def kleene_or(values):
    """One certain part settles it; else one unknown part leaves it open."""
    if True in values:
        return True
    return None if None in values else False


def kleene_at_least(number, values):
    """Certain with n certain items, possible with n possible items."""
    if values.count(True) >= number:
        return True
    if values.count(True) + values.count(None) >= number:
        return None
    return False


# ----------------------------------------------------------------------- packs

class Pack:
    """The tables of a pack with their cells understood."""

    def __init__(self, tables):
        self.settings = {row["key"]: row["value"] for row in tables["pack"]}
        self.read_questions(tables)
        self.read_levels(tables)
        self.read_rules(tables)
        self.read_exercises(tables)
        self.priority = {name: self.priority_of(name) for name in self.questions}

    def read_questions(self, tables):
        """Questions by name: kind, choices, red flag, relevance."""
        self.questions = {}
        self.relevant = {}
        for row in tables["questions"]:
            words = row["type"].split()
            choices = [choice["name"] for choice in tables["choices"]
                       if len(words) == 2 and choice["list_name"] == words[1]]
            self.questions[row["name"]] = {
                "name": row["name"], "kind": words[0], "choices": choices,
                "red_flag": row["red_flag"] == "yes",
                "constraint": row["constraint"]}
            self.relevant[row["name"]] = parse(row["relevant"] or "always")

    def read_levels(self, tables):
        """Urgencies and routines by level; the least urgent level."""
        self.urgency = {row["name"]: int(row["urgency"]) for row in tables["levels"]}
        self.permits = {row["name"]: row["routine"] == "yes" for row in tables["levels"]}
        self.least_urgent = min(self.urgency, key=self.urgency.get)

    def read_rules(self, tables):
        """Findings by name as lists of conditions; the rules that decide, by id."""
        self.findings = {}
        for row in tables["findings"]:
            self.findings.setdefault(row["then"], []).append(parse(row["when"]))
        self.escalations = {}
        for row in tables["escalations"]:
            self.escalations[row["id"]] = {
                "when": parse(row["when"]), "level": row["level"],
                "if_unknown": row["if_unknown"] or row["level"]}
        self.contraindications = {}
        for row in tables["contraindications"]:
            self.contraindications[row["id"]] = {
                "when": parse(row["when"]), "avoid": split_list(row["avoid"]),
                "instead": split_list(row["instead"])}
        self.preferences = {}
        for row in tables["preferences"]:
            self.preferences[row["id"]] = {
                "when": parse(row["when"]), "prefer": split_list(row["prefer"]),
                "weight": int(row["weight"])}
        self.adjustments = {}
        for row in tables["adjustments"]:
            self.adjustments[row["id"]] = {
                "when": parse(row["when"]), "applies_to": split_list(row["applies_to"]),
                "scale": round(float(row["scale"] or 1) * 1000),
                "caps": {sort: int(row[sort + "_max"]) for sort in ("sets", "reps", "hold")
                         if row[sort + "_max"]}}
        self.watch = {row["id"]: {"when": parse(row["when"])}
                      for row in tables["watch"]}

    def read_exercises(self, tables):
        """Parts of a session; exercises with tags, needs (all of them, each any of), dose."""
        parts = {}
        for row in tables["plan"]:
            parts[row["part"]] = {
                "order": int(row["order"]), "least": int(row.get("least") or 0),
                "most": int(row.get("most") or 0), "share": int(row.get("share") or 0),
                "worth": int(row.get("worth") or 100)}
        self.parts = list(parts.values())
        variants = {row["name"]: row["variant_of"] for row in tables["exercises"]}
        self.exercises = {}
        for row in tables["exercises"]:
            needs = [[name.strip(" ") for name in item.split("|")]
                     for item in split_list(row["equipment"])]
            doses = [dose for dose in tables["doses"] if dose["exercise"] == row["name"]]
            self.exercises[row["name"]] = {
                "name": row["name"],
                "tags": [tag for tag in split_list(row["tags"]) if tag != "none"],
                "needs": needs, "part": parts[row["category"]],
                "muscles": split_list(row["muscles"]), "seconds": int(row["seconds"]),
                "family": family_of(row["name"], variants),
                "sides": max((int(dose["sides"]) for dose in doses if dose["sides"]), default=1),
                "low": {sort: low_end(doses, sort, blank)
                        for sort, blank in (("sets", 1), ("reps", 1), ("hold", 0))}}

    def conditions(self):
        """Every condition of the pack: of relevance, of findings, of rules."""
        found = list(self.relevant.values())
        for conditions in self.findings.values():
            found.extend(conditions)
        for rules in (self.escalations, self.contraindications, self.adjustments,
                      self.preferences, self.watch):
            found.extend(rule["when"] for rule in rules.values())
        return found

    def named_by(self, list_of_names):
        """The exercises that a list of tags and exercises (or `all`) names."""
        return {name for name, exercise in self.exercises.items()
                if "all" in list_of_names or name in list_of_names
                or any(tag in list_of_names for tag in exercise["tags"])}

    def reach(self, condition, seen):
        """Everything a condition depends on at all, through findings and relevance."""
        for name in names_of(condition):
            if name in seen:
                continue
            seen.add(name)
            for inner in self.findings.get(name, []):
                self.reach(inner, seen)
            if name in self.relevant:
                self.reach(self.relevant[name], seen)
        return seen

    def priority_of(self, question):
        """Urgency of the most urgent escalation that depends on it, None if none does."""
        urgencies = [self.urgency[rule["level"]] for rule in self.escalations.values()
                     if question in self.reach(rule["when"], set())]
        return max(urgencies) if urgencies else None


def family_of(name, variants):
    """The end of the chain of variants."""
    while variants[name]:
        name = variants[name]
    return name


def low_end(doses, sort, blank):
    """The least that any source says; of a range, one end alone stands for both."""
    said = [int(dose[sort + "_min"] or dose[sort + "_max"]) for dose in doses
            if dose[sort + "_min"] or dose[sort + "_max"]]
    return min(said, default=blank)


def load(rules, data):
    """A pack from its two folders."""
    return Pack(read_tables(rules, data))


# --------------------------------------------------------------- intake files

YES_WORDS = ("yes", "true", "1", "y")
NO_WORDS = ("no", "false", "0", "n")
UNKNOWN_WORDS = ("", "unknown", "not_sure")


def plain_word(cell):
    """Letter case, spaces and hyphens do not matter in names and answer words."""
    return cell.strip(" ").lower().replace(" ", "_").replace("-", "_")


def read_yes_no(cell):
    """A yes/no cell as a truth."""
    word = plain_word(cell)
    if word in UNKNOWN_WORDS:
        return None
    if word in YES_WORDS:
        return True
    if word in NO_WORDS:
        return False
    raise ValueError("bad yes/no: " + cell)


def read_answer(question, cell):
    """One cell as the answer to a question, None for unknown."""
    if question["kind"] == "yes_no":
        return read_yes_no(cell)
    if plain_word(cell) in UNKNOWN_WORDS:
        return None
    if question["kind"] in ("integer", "decimal"):
        return Decimal(cell)
    if question["kind"] == "select_multiple":
        return frozenset() if cell == "none" else frozenset(cell.split())
    return cell


class Ticks(frozenset):
    """The choices taken, and beside them those of which nothing is known."""

    unsure = frozenset()


def not_sure_of(cells):
    """The choices whose own cell says that it is not known."""
    return {choice for choice, cell in cells.items()
            if cell and plain_word(cell) in UNKNOWN_WORDS}


def read_columns(question, cells):
    """question/choice columns as one answer: something ticked, none, or unknown."""
    ticked = {choice for choice, cell in cells.items() if read_yes_no(cell) is True}
    if not ticked:
        return None
    answer = Ticks(ticked - {"none"})
    unsure = not_sure_of(cells)
    if "none" in unsure:
        unsure = set(question["choices"])
    if "none" not in ticked:
        unsure |= set(question["choices"]) - set(cells)
    answer.unsure = frozenset(unsure) - answer
    return answer


def beside_columns(question, answer, cells):
    """An answer of a cell of its own, where columns of choices stand beside it."""
    unsure = not_sure_of(cells)
    both = Ticks(answer)
    both.unsure = frozenset(question["choices"] if "none" in unsure else unsure) - both
    return both


def read_record(pack, columns, record, number):
    """One record as (id, answers); unanswered questions are not among the answers."""
    name = str(number)
    answers = {}
    boxes = {}
    for column, cell in zip(columns, record):
        question, _, choice = column.partition("/")
        if column == "id":
            name = cell or name
        elif choice:
            boxes.setdefault(question, {})[choice] = cell
        else:
            answers[column] = read_answer(pack.questions[column], cell)
    for question, cells in boxes.items():
        if answers.get(question) is None:
            answers[question] = read_columns(pack.questions[question], cells)
        else:
            answers[question] = beside_columns(pack.questions[question], answers[question],
                                               cells)
    known = {key: value for key, value in answers.items() if value is not None}
    return name, known


def read_intake(pack, text):
    """All people of an intake file, as (id, answers)."""
    cells = read_cells(text)
    columns = [plain_word(cell) for cell in cells[0]]
    return [read_record(pack, columns, record, number + 1)
            for number, record in enumerate(cells[1:])]


# ------------------------------------------------------------------ one person

class Person:
    """One person's answers, and the truth of everything asked of them."""

    def __init__(self, pack, answers):
        self.pack = pack
        self.answers = answers

    # -- conditions

    def relevance(self, question):
        """Is the question to be asked at all?"""
        return self.value(self.pack.relevant[question])

    def in_conflict(self, question):
        """A yes/no question answered yes although its relevance is ruled out."""
        return (self.pack.questions[question]["kind"] == "yes_no"
                and self.answers.get(question) is True
                and self.relevance(question) is False)

    def conflicts(self):
        """All questions in conflict."""
        return [name for name in self.pack.questions if self.in_conflict(name)]

    def test(self, question, truth_of_answer):
        """Relevant and answer; a question in conflict is unknown."""
        if self.in_conflict(question):
            return None
        return kleene_and([self.relevance(question), truth_of_answer])

    def value(self, condition):
        """The truth of a condition."""
        kind = condition[0]
        if kind == "always":
            return True
        if kind == "not":
            return kleene_not(self.value(condition[1]))
        if kind == "and":
            return kleene_and([self.value(part) for part in parts_of(condition)])
        if kind == "or":
            return kleene_or([self.value(part) for part in parts_of(condition)])
        if kind == "at_least":
            values = [self.value(part) for part in parts_of(condition)]
            return kleene_at_least(condition[1], values)
        if kind == "fact" and condition[1] in self.pack.findings:
            return kleene_or([self.value(when)
                              for when in self.pack.findings[condition[1]]])
        return self.test(condition[1], self.answer_to(condition))

    def answer_to(self, condition):
        """What the answer alone says to a test, relevance left aside."""
        kind = condition[0]
        answer = self.answers.get(condition[1])
        if answer is None:
            return None
        if kind == "fact":
            return answer
        if kind == "compare":
            return compare(answer, condition[2], condition[3])
        if kind == "between":
            return condition[2] <= answer <= condition[3]
        if kind == "is":
            return answer in condition[2]
        if kind == "is_not":
            return answer != condition[2]
        if condition[2] in getattr(answer, "unsure", ()):  # ticked
            return None
        return condition[2] in answer

    # -- rules

    def states(self, rules):
        """The truth of every rule of a table, by id."""
        return {name: self.value(rule["when"]) for name, rule in rules.items()}

    def search(self, condition, found):
        """Down through undecided parts to the questions that leave them so."""
        if self.value(condition) is not None:
            return
        if parts_of(condition):
            for part in parts_of(condition):
                self.search(part, found)
        elif condition[1] in self.pack.findings:
            for when in self.pack.findings[condition[1]]:
                self.search(when, found)
        else:
            self.search_question(condition, found)

    def search_question(self, condition, found):
        """A question's answer, if it does not tell, and its relevance."""
        question = condition[1]
        if self.answer_to(condition) is None or self.in_conflict(question):
            found.add(question)
        self.search(self.pack.relevant[question], found)

    def owns(self, exercise):
        """Everything needed is certainly at hand; of a|b one is enough."""
        question = self.pack.settings.get("equipment_question", "")
        for any_of in exercise["needs"]:
            if not any(self.value(("ticked", question, name)) is True for name in any_of):
                return False
        return True


# ---------------------------------------------------------------- the decision

class Decision:
    """Everything doc/engine.md says about one person's outcome."""

    def __init__(self, pack, answers):
        self.pack = pack
        self.person = Person(pack, answers)
        self.decide_level()
        self.decide_reasons()
        self.permitted = pack.permits[self.level]
        self.against = {}
        self.left_out = {}
        self.routine = []
        if self.permitted:
            self.decide_exclusions()
            self.decide_routine()
        self.decide_missing()

    def most_urgent(self, levels):
        """The most urgent of some levels."""
        return max(levels, key=self.pack.urgency.get)

    def decide_level(self):
        """Forced level, level, open escalations, certain."""
        pack = self.pack
        self.states = self.person.states(pack.escalations)
        sure = [name for name, state in self.states.items() if state is True]
        undecided = [name for name, state in self.states.items() if state is None]
        self.forced = self.most_urgent(
            [pack.least_urgent] + [pack.escalations[name]["level"] for name in sure])
        self.level = self.most_urgent(
            [self.forced] + [pack.escalations[name]["if_unknown"] for name in undecided])
        self.open = [name for name in undecided
                     if pack.urgency[pack.escalations[name]["level"]]
                     > pack.urgency[self.forced]]
        self.sure = sure
        self.certain = not self.open

    def decide_reasons(self):
        """Most urgent first, then certain ones first, then by id."""
        rules, urgency = self.pack.escalations, self.pack.urgency
        keyed = [(-urgency[rules[name]["level"]], 0, name) for name in self.sure]
        keyed += [(-urgency[rules[name]["if_unknown"]], 1, name) for name in self.open]
        self.reasons = [name + ("?" if is_open else "")
                        for _, is_open, name in sorted(keyed)]

    def decide_exclusions(self):
        """The contraindications that are not ruled out, and what they leave out."""
        states = self.person.states(self.pack.contraindications)
        self.against = {name: state for name, state in states.items() if state is not False}
        for rule in sorted(self.against):
            for name in self.pack.named_by(self.pack.contraindications[rule]["avoid"]):
                self.left_out.setdefault(name, []).append(rule)

    def weights(self):
        """The sum of weights of the certain preferences, by exercise."""
        total = {name: 0 for name in self.pack.exercises}
        for rule in self.pack.preferences.values():
            if self.person.value(rule["when"]) is True:
                for name in self.pack.named_by(rule["prefer"]):
                    total[name] += rule["weight"]
        return total

    def minutes(self):
        """Minutes of a session: those surely reached of the lengths told apart."""
        pack = self.pack
        question = pack.settings.get("minutes_question", "")
        if not question:
            return int(pack.settings["default_minutes"])
        low, _, high = pack.questions[question]["constraint"].partition("..")
        first = max(0, int(float(low or 0)))
        last = min(240, int(float(high or 240)))
        step = (last - first) // 30 + 1
        reached = [length for length in range(first, last + 1, step)
                   if self.person.value(parse("%s >= %d" % (question, length))) is True]
        return max(reached, default=int(pack.settings["default_minutes"]))

    def strictest(self, exercise):
        """The smallest cap of each sort, and the smallest scale in thousandths."""
        caps, scale = {}, 1000
        for rule in self.pack.adjustments.values():
            if (self.person.value(rule["when"]) is False
                    or exercise["name"] not in self.pack.named_by(rule["applies_to"])):
                continue
            scale = min(scale, rule["scale"])
            for sort, cap in rule["caps"].items():
                caps[sort] = min(cap, caps.get(sort, cap))
        return caps, scale

    def seconds(self, exercise):
        """How long the first dose takes, with the change to it."""
        caps, scale = self.strictest(exercise)
        change = int(self.pack.settings.get("changeover_seconds") or 0)
        low = {sort: min(exercise["low"][sort], caps.get(sort, exercise["low"][sort]))
               for sort in ("sets", "reps", "hold")}
        sort = "reps" if low["reps"] > 1 else "hold"
        if low[sort]:
            low[sort] = max(1, low[sort] * scale // 1000)
        once = low["sets"] * exercise["sides"] * (low["hold"] + exercise["seconds"])
        if exercise["part"]["share"]:
            room = self.minutes() * 60 * exercise["part"]["share"] // 100
            low["reps"] = max(1, min(low["reps"], max(0, room - change) // once))
        return once * low["reps"] + change

    def points(self, exercise, weights):
        """What an exercise brings to a session."""
        instead = int(self.pack.settings.get("instead_weight") or 0)
        offered = sum(instead for name, state in self.against.items() if state is True
                      and exercise["name"] in self.pack.contraindications[name]["instead"])
        return exercise["part"]["worth"] + weights[exercise["name"]] + offered

    def is_possible(self, session):
        """Fits into the time, into the parts, and has no movement twice."""
        families = [item["family"] for item in session]
        if (len(families) != len(set(families))
                or sum(item["time"] for item in session) > self.minutes() * 60):
            return False
        return all(not item["part"]["most"] or item["part"]["most"] >= sum(
            other["part"] is item["part"] for other in session) for item in session)

    def goodness(self, session):
        """Places filled that must be, then points."""
        balance = int(self.pack.settings.get("balance_weight") or 0)
        filled = sum(min(part["least"], sum(item["part"] is part for item in session))
                     for part in self.pack.parts)
        muscles = {muscle for item in session for muscle in item["muscles"]}
        return filled, sum(item["points"] for item in session) + balance * len(muscles)

    def decide_routine(self):
        """The best of all possible sessions; none where too few exercises are left."""
        weights = self.weights()
        fewest = int(self.pack.settings["fewest_exercises"])
        left = [dict(exercise, points=self.points(exercise, weights),
                     time=self.seconds(exercise))
                for name, exercise in self.pack.exercises.items()
                if name not in self.left_out and self.person.owns(exercise)]
        if len(left) < fewest or any(
                self.pack.contraindications[name]["avoid"] == ["all"] for name in self.against):
            return
        left.sort(key=lambda item: (item["part"]["order"], -item["points"], item["time"],
                                    item["name"]))
        best = None
        for wanted in itertools.product((True, False), repeat=len(left)):
            session = [item for item, is_in in zip(left, wanted) if is_in]
            if self.is_possible(session) and (best is None or self.goodness(session)
                                              > self.goodness(best)):
                best = session
        if len(best) >= fewest:
            self.routine = [item["name"] for item in best]

    def open_contraindications(self):
        """Undecided ones, unless certain ones leave out every exercise they name."""
        rules = self.pack.contraindications
        gone = set()
        for name, state in self.against.items():
            if state is True:
                gone |= self.pack.named_by(rules[name]["avoid"])
        return [name for name, state in self.against.items()
                if state is None and not self.pack.named_by(rules[name]["avoid"]) <= gone]

    def decide_missing(self):
        """The questions that leave the rules that matter undecided."""
        found = set()
        for name in self.open:
            self.person.search(self.pack.escalations[name]["when"], found)
        for name in self.open_contraindications():
            self.person.search(self.pack.contraindications[name]["when"], found)
        self.missing = sorted(found, key=self.missing_order)

    def missing_order(self, question):
        """Most urgent escalation that depends on it first, none last, then by name."""
        priority = self.pack.priority[question]
        if priority is None:
            return (1, 0, question)
        return (0, -priority, question)

    def marked(self, rules):
        """Rules by id, joined, with ? behind one that is not certain."""
        return "+".join(rule + ("" if self.against[rule] else "?")
                        for rule in sorted(rules))

    def excluded(self):
        """The entries of the excluded cell."""
        of_all = [rule for rule in self.against
                  if self.pack.contraindications[rule]["avoid"] == ["all"]]
        entries = ["all:" + self.marked(of_all)] if of_all else []
        for name in sorted(self.left_out):
            rules = [rule for rule in self.left_out[name] if rule not in of_all]
            if rules:
                entries.append(name + ":" + self.marked(rules))
        return entries

    def row(self, name):
        """The cells of the decision row."""
        return [name, self.level, "yes" if self.certain else "no",
                ";".join(self.reasons), ";".join(self.missing),
                ";".join(self.routine), ";".join(self.excluded())]


def cell_text(cell):
    """A cell as it is written: no formula, quoted only if it has to be."""
    if cell.startswith(("=", "+", "-", "@", "\t", "\r")):
        cell = "'" + cell
    if any(sign in cell for sign in ',"\r\n'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def line_of(cells):
    """One line of the output."""
    return ",".join(cell_text(cell) for cell in cells) + "\n"


def score(pack, people):
    """The lines of the decision file, the header first."""
    lines = [line_of(HEADER)]
    for name, answers in people:
        lines.append(line_of(Decision(pack, answers).row(name)))
    return lines


def main(arguments):
    """The command line."""
    if len(arguments) != 4:
        sys.stderr.write("usage: reference.py RULES DATA INTAKE.csv\n")
        return 2
    pack = load(arguments[1], arguments[2])
    people = read_intake(pack, read_file(arguments[3]))
    sys.stdout.buffer.write("".join(score(pack, people)).encode("utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
