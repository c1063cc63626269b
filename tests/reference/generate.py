#!/usr/bin/env python3
"""A random but valid pack, and a random but valid intake file for it.

    generate.py --seed N --out DIR [--questions A..B] [--rows N]

writes DIR/rules, DIR/data and DIR/intake.csv.  The same seed gives the same
bytes.  The medicine is nonsense on purpose; the forms are all those that
doc/pack.md and doc/engine.md allow.
"""

import argparse
import csv
import io
import os
import sys
from decimal import Decimal

import people
import reference

COLUMNS = {
    "pack": "key,value",
    "questions": "type,name,label,hint,relevant,constraint,constraint_message,"
                 "section,screen,red_flag",
    "choices": "list_name,name,label",
    "levels": "name,label,urgency,routine,action",
    "findings": "id,when,then,because,source,reviewed_by,reviewed_on",
    "escalations": "id,when,level,if_unknown,because,advice,source,"
                   "reviewed_by,reviewed_on",
    "contraindications": "id,when,avoid,instead,because,source,reviewed_by,reviewed_on",
    "adjustments": "id,when,applies_to,hold_max,reps_max,sets_max,scale,change,"
                   "because,source,reviewed_by,reviewed_on",
    "preferences": "id,when,prefer,weight,because,source,reviewed_by,reviewed_on",
    "watch": "id,when,watch_for,then_do,source,reviewed_by,reviewed_on",
    "exercises": "name,label,category,position,tags,equipment,muscles,eases,"
                 "variant_of,seconds,source",
    "steps": "exercise,step,text",
    "doses": "exercise,source,sets_min,sets_max,reps_min,reps_max,hold_min,hold_max,"
             "sides,per_week,per_day",
    "plan": "part,order,label,least,most,share,worth,rest_days",
    "tags": "name,label,because",
    "sources": "name,title,year,address,kind",
}

# Some begin like words of the condition language, to trip a careless reader.
STEMS = ("ache", "numb", "stiff", "fever", "neck", "rib", "cough", "fall", "sleep",
         "desk", "lift", "twist", "arch", "reach", "weak", "warm", "night", "slow",
         "not_well", "in_pain", "at_rest", "of_late", "or_side", "and_more", "all_day",
         "least_so", "yes_man", "always_on", "idle", "none_left", "no_sleep", "a", "x2")
RESERVED = ("and or not at least of in always all none unknown not_sure yes no id").split()
WORDS = ("slowly", "breathe out", "a rib, or two", 'the "desk" neck', "café posture",
         "two weeks; or more", "stop at once", "more than – usual", "line one\nline two",
         "it's fine", "50 % of it", "see a person")


class Names:
    """Hands out names, none of them twice in a pack, whatever they are for."""

    def __init__(self, dice):
        self.dice = dice
        self.used = set(RESERVED)

    def new(self):
        """A stem, mostly with another stem or a number behind it."""
        while True:
            name = self.dice.choice(STEMS)
            if self.dice.random() < 0.8:
                name += "_" + self.dice.choice(STEMS)
            if self.dice.random() < 0.3:
                name += self.dice.choice(("_", "")) + str(self.dice.randrange(100))
            if name not in self.used:
                self.used.add(name)
                return name

    def several(self, low, high):
        """A random number of names."""
        return [self.new() for _ in range(self.dice.randint(low, high))]


def render(number):
    """A Decimal without exponent."""
    return format(number, "f")


# ----------------------------------------------------------------- conditions

class Conditions:
    """Writes random conditions about questions and findings that exist already."""

    def __init__(self, dice, questions, choices):
        self.dice = dice
        self.questions = questions
        self.choices = choices

    def threshold(self, question):
        """A number inside the constraint."""
        low, high = people.limits(question)
        if self.dice.random() < 0.1:
            return self.dice.choice((low, high))
        if question["kind"] == "integer":
            return Decimal(self.dice.randint(int(low), int(high)))
        places = self.dice.choice((0, 1, 2, 6))
        scale = 10 ** places
        number = self.dice.randint(int(low * scale) + 1, int(high * scale) - 1)
        return Decimal(number) / scale

    def sign(self, text):
        """A comparison sign, with and without spaces."""
        return self.dice.choice((" %s ", " %s ", "%s", " %s", "%s ", "  %s ")) % text

    def number_test(self, question):
        """age >= 65, age in 18..64"""
        if self.dice.random() < 0.25:
            low, high = sorted((self.threshold(question), self.threshold(question)))
            if low < high and (low, high) != people.limits(question):
                return "%s in %s..%s" % (question["name"], render(low), render(high))
        number = self.threshold(question)
        low, high = people.limits(question)
        signs = [">=", "<=", "<", ">", "=", "!="]
        for sign in {low: (">=", "<"), high: ("<=", ">")}.get(number, ()):
            signs.remove(sign)  # it would come out the same for every answer
        return question["name"] + self.sign(self.dice.choice(signs)) + render(number)

    def choice_test(self, question):
        """sex = female, sex != female, sex in {female, other}"""
        choices = self.choices[question["list"]]
        form = self.dice.randrange(3)
        if form == 0:
            return question["name"] + self.sign("=") + self.dice.choice(choices)
        if form == 1:
            return question["name"] + self.sign("!=") + self.dice.choice(choices)
        some = self.dice.sample(choices, self.dice.randint(1, len(choices)))
        comma = self.dice.choice((", ", ",", " , "))
        edge = self.dice.choice(("", "", " "))
        return "%s in {%s%s%s}" % (question["name"], edge, comma.join(some), edge)

    def test(self, name):
        """One test of a question or a finding."""
        question = self.questions.get(name)
        if question is None or question["kind"] == "yes_no":
            return name
        if question["kind"] == "select_one":
            return self.choice_test(question)
        if question["kind"] == "select_multiple":
            return name + "." + self.dice.choice(self.choices[question["list"]])
        return self.number_test(question)

    def item(self, names):
        """An item of an `at least`: mostly a test, seldom more."""
        roll = self.dice.random()
        if roll < 0.12 and len(names) >= 2:
            word = self.dice.choice((" and ", " or "))
            return "(" + self.test(names.pop()) + word + self.test(names.pop()) + ")"
        if roll < 0.25:
            return "not " + self.test(names.pop())
        return self.test(names.pop())

    def at_least(self, names):
        """Items are about different things, so that no item implies another."""
        names = self.dice.sample(names, min(len(names), self.dice.randint(1, 5)))
        items = []
        while names:
            items.append(self.item(names))
        comma = self.dice.choice((", ", ",", " , "))
        return "at least %d of (%s)" % (self.dice.randint(1, len(items)), comma.join(items))

    def negation(self, names, depth):
        """not X, not not X, not (X and Y)"""
        roll = self.dice.random()
        if roll < 0.5:
            return "not " + self.test(self.dice.choice(names))
        if roll < 0.6:
            return "not not " + self.test(self.dice.choice(names))
        space = self.dice.choice((" ", " ", ""))
        return "not%s(%s)" % (space, self.nested(names, depth - 1))

    def nested(self, names, depth):
        """A condition; parts are left without parentheses half of the time."""
        roll = self.dice.random()
        if depth <= 0 or roll < 0.3:
            return self.test(self.dice.choice(names))
        if roll < 0.45:
            return self.negation(names, depth)
        if roll < 0.6:
            return self.at_least(names)
        parts = [self.nested(names, depth - 1) for _ in range(self.dice.randint(2, 3))]
        parts = [part if self.dice.random() < 0.5 else "(" + part + ")" for part in parts]
        return self.dice.choice((" and ", " or ")).join(parts)

    def write(self, names, always=0.02):
        """A condition about a few of the names, so that rules differ in their reach."""
        if not names or self.dice.random() < always:
            return "always"
        some = self.dice.sample(names, min(len(names), self.dice.randint(1, 5)))
        return self.nested(some, self.dice.choice((0, 1, 1, 2, 2, 3)))


# ------------------------------------------------------------------------ packs

class Maker:
    """Fills the tables of one pack."""

    def __init__(self, dice, least, most):
        self.dice = dice
        self.names = Names(dice)
        self.tables = {name: [] for name in COLUMNS}
        self.count = dice.randint(least, most)

    def add(self, table, **cells):
        """One row; what is not given is blank."""
        row = {column: "" for column in COLUMNS[table].split(",")}
        row.update(cells)
        self.tables[table].append(row)

    def words(self):
        """Some text for a cell that no decision depends on."""
        return self.dice.choice(WORDS)

    def sometimes(self, text, chance=0.5):
        """The text, or a blank cell."""
        return text if self.dice.random() < chance else ""

    def source(self):
        """One or two sources."""
        few = self.dice.sample(self.sources, min(len(self.sources), self.dice.randint(1, 2)))
        return self.dice.choice((";", "; ")).join(few)

    def signature(self):
        """Reviewed or not."""
        if self.dice.random() < 0.5:
            return {}
        return {"reviewed_by": "Dr. Example", "reviewed_on": "2024-0%d-1%d" % (
            self.dice.randint(1, 9), self.dice.randint(0, 9))}

    def make(self):
        """All tables, each after those it names."""
        self.make_sources()
        self.make_levels()
        self.make_choices()
        self.make_questions()
        self.make_logic()
        self.make_exercises()
        self.make_escalations()
        self.heed_red_flags()
        self.make_contraindications()
        self.make_adjustments()
        self.make_preferences()
        self.make_watch()
        self.make_settings()
        for name in ("questions", "findings", "escalations", "contraindications",
                     "exercises", "plan", "levels"):
            self.dice.shuffle(self.tables[name])
        return self.tables

    def make_sources(self):
        """A few sources."""
        self.sources = self.names.several(1, 4)
        for name in self.sources:
            self.add("sources", name=name, title=self.words(),
                     year=self.sometimes("2019"),
                     address=self.sometimes("https://example.org/" + name),
                     kind=self.dice.choice(("guideline", "study", "website")))

    def make_levels(self):
        """2 to 6 levels from least to most urgent; some of the calm ones have a routine."""
        self.levels = self.names.several(2, 6)
        urgencies = sorted(self.dice.sample(range(0, 120), len(self.levels)))
        calm = self.dice.randint(1, len(self.levels)) if self.dice.random() < 0.95 else 0
        for place, name in enumerate(self.levels):
            self.add("levels", name=name, label=self.words(),
                     routine="yes" if place < calm else "no",
                     urgency=str(urgencies[place]), action=self.words())

    def make_choices(self):
        """Two or three lists of choices; several questions may use the same one."""
        self.choices = {}
        for list_name in self.names.several(2, 3):
            choices = self.names.several(1, 5)
            if self.dice.random() < 0.5:
                choices.append("other")
            self.choices[list_name] = choices
            for name in choices:
                self.add("choices", list_name=list_name, name=name, label=self.words())

    def kinds(self):
        """Every kind once if there is room, then mostly yes/no."""
        kinds = ["yes_no", "yes_no", "integer", "select_multiple", "select_one",
                 "decimal", "text"][:self.count]
        more = ("yes_no",) * 6 + ("integer", "decimal", "select_one", "select_multiple")
        while len(kinds) < self.count:
            kinds.append(self.dice.choice(more))
        self.dice.shuffle(kinds)
        return kinds

    def constraint(self, kind):
        """Limits for numbers, a pattern for text; sometimes none."""
        if kind == "text":
            return self.dice.choice(("", "/^[a-z ,]{1,40}$/"))
        if kind == "integer":
            return self.dice.choice(("", "0..10", "16..110", "1..60", "-5..5"))
        if kind == "decimal":
            return self.dice.choice(("", "0..10", "34.5..42.0", "0.25..3", "-2.5..2.5"))
        return ""

    def make_questions(self):
        """The questions without their relevance."""
        self.questions = {}
        screens = self.names.several(1, 3)
        for kind in self.kinds():
            question = {"name": self.names.new(), "kind": kind,
                        "constraint": self.constraint(kind), "list": "",
                        "red_flag": kind == "yes_no" and self.dice.random() < 0.45}
            if kind.startswith("select"):
                question["list"] = self.dice.choice(sorted(self.choices))
            self.questions[question["name"]] = question
            self.add("questions", type=(kind + " " + question["list"]).strip(),
                     name=question["name"], label=self.words(),
                     hint=self.sometimes(self.words()),
                     constraint=question["constraint"],
                     constraint_message=self.words() if question["constraint"] else "",
                     section=self.sometimes("about you"),
                     screen=self.sometimes(self.dice.choice(screens)),
                     red_flag="yes" if question["red_flag"] else self.sometimes("no", 0.2))

    def make_logic(self):
        """Relevance and findings; each only names what came before it: no cycles."""
        self.conditions = Conditions(self.dice, self.questions, self.choices)
        self.known = []
        self.rows = {row["name"]: row for row in self.tables["questions"]}
        steps = list(self.questions) + [""] * self.dice.randint(0, 6)
        self.dice.shuffle(steps)
        for name in steps:
            if name:
                self.place_question(name)
            else:
                self.place_finding()

    def place_question(self, name):
        """Sometimes a relevance; from here on the question may be named."""
        row = self.rows[name]
        if self.known and self.dice.random() < 0.35:
            row["relevant"] = self.conditions.write(self.known, always=0.05)
            row["screen"] = ""
        if self.questions[name]["kind"] != "text":
            self.known.append(name)

    def place_finding(self):
        """A finding with one to three rules."""
        if not self.known:
            return
        name = self.names.new()
        for _ in range(self.dice.randint(1, 3)):
            self.add("findings", id=self.names.new(), then=name, because=self.words(),
                     when=self.conditions.write(self.known), source=self.source(),
                     **self.signature())
        self.known.append(name)

    def needs(self, choices):
        """An equipment cell: all of some items, each one choice or one of several."""
        items = []
        for _ in range(self.dice.choice((0, 0, 0, 1, 1, 2))):
            several = self.dice.sample(choices, min(len(choices), self.dice.randint(1, 2)))
            items.append(self.dice.choice(("|", "|", " | ")).join(several))
        return self.dice.choice((";", "; ")).join(dict.fromkeys(items))

    def question_of_kind(self, *kinds):
        """The name of some question of a kind, mostly; else blank."""
        fitting = [name for name, question in self.questions.items()
                   if question["kind"] in kinds]
        return self.dice.choice(fitting) if fitting and self.dice.random() < 0.8 else ""

    def make_exercises(self):
        """Exercises with tags, equipment, steps and doses; the plan they hang on."""
        parts = self.names.several(1, 4)
        orders = self.dice.sample(range(1, 30), len(parts))
        for part, order in zip(parts, orders):
            least = self.dice.randint(0, 2)
            self.add("plan", part=part, order=str(order), label=self.words(),
                     least=self.sometimes(str(least)),
                     most=self.sometimes(str(max(1, least) + self.dice.randint(0, 2))),
                     share=self.sometimes(str(self.dice.randint(5, 100)), 0.3),
                     worth=self.sometimes(str(self.dice.randint(1, 150))))
        self.tags = self.names.several(1, 5)
        for tag in self.tags:
            self.add("tags", name=tag, label=self.words(), because=self.words())
        self.equipment = self.question_of_kind("select_multiple")
        choices = self.choices[self.questions[self.equipment]["list"]] if self.equipment else []
        self.exercises = []
        self.tags_of = {}
        for name in self.names.several(1, 9):
            self.make_exercise(name, parts, choices)
            self.exercises.append(name)

    def make_exercise(self, name, parts, choices):
        """One exercise, its steps and its doses."""
        tags = self.dice.sample(self.tags, min(len(self.tags), self.dice.choice((0, 1, 1, 2))))
        self.tags_of[name] = tags
        source = self.source()
        variant = self.dice.choice(self.exercises) if self.exercises else ""
        self.add("exercises", name=name, label=self.words(),
                 category=self.dice.choice(parts), position="sitting",
                 tags="; ".join(tags) or self.sometimes("none"),
                 equipment=self.needs(choices) if choices else "",
                 muscles=";".join(self.dice.sample(("chest", "neck", "back", "arm"),
                                                  self.dice.randint(0, 3))),
                 variant_of=self.sometimes(variant, 0.2),
                 seconds=str(self.dice.randint(1, 20)), source=source)
        for step in range(self.dice.randint(1, 3)):
            self.add("steps", exercise=name, step=str(step + 1), text=self.words())
        for one in source.replace(" ", "").split(";"):
            self.make_dose(name, one)

    def make_dose(self, exercise, source):
        """One row of doses, some of it blank."""
        cells = {}
        for what, most in (("sets", 2), ("reps", self.dice.choice((4, 15))),
                           ("hold", self.dice.choice((10, 60)))):
            if self.dice.random() < 0.6:
                low = self.dice.randint(1, most)
                cells[what + "_min"] = str(low)
                cells[what + "_max"] = str(self.dice.randint(low, most))
        self.add("doses", exercise=exercise, source=source,
                 sides=self.dice.choice(("", "1", "2")),
                 per_week=self.sometimes("3"), per_day=self.sometimes("1"), **cells)

    def rule(self):
        """The cells that every rule has."""
        return {"id": self.names.new(), "when": self.conditions.write(self.known),
                "source": self.source(), **self.signature()}

    def targets(self, chance_of_all):
        """all, or some tags and exercises."""
        if self.dice.random() < chance_of_all:
            return ["all"]
        everything = self.tags + self.exercises
        return self.dice.sample(everything, min(len(everything), self.dice.randint(1, 3)))

    def reach(self):
        """The names that an escalation's condition depends on, for each of them."""
        pack = reference.Pack({**self.tables, "contraindications": [], "preferences": [],
                               "adjustments": [], "watch": []})
        return [(row, pack.reach(pack.escalations[row["id"]]["when"], set()))
                for row in self.tables["escalations"]]

    def heed_red_flags(self):
        """Each can escalate, and left unanswered none leads to the least urgent level."""
        flags = {name for name, question in self.questions.items() if question["red_flag"]}
        for row, names in self.reach():
            if row["level"] == self.levels[0]:
                continue
            flags -= names
        for name in sorted(flags):
            self.add("escalations", **{**self.rule(), "when": name},
                     level=self.dice.choice(self.levels[1:]), because=self.words())
        flags = {name for name, question in self.questions.items() if question["red_flag"]}
        for row, names in self.reach():
            if row["if_unknown"] == self.levels[0] != row["level"] and flags & names:
                row["if_unknown"] = self.dice.choice(("", self.levels[1]))

    def make_escalations(self):
        """if_unknown is blank or a level up to the row's own."""
        for _ in range(self.dice.randint(1, 7)):
            place = self.dice.randrange(len(self.levels))
            if place == 0 and self.dice.random() < 0.7:
                place = len(self.levels) - 1
            calmer = self.levels[self.dice.randint(0, place)]
            self.add("escalations", level=self.levels[place],
                     if_unknown=self.sometimes(calmer, 0.7), because=self.words(),
                     advice=self.sometimes(self.words()), **self.rule())

    def make_contraindications(self):
        """Seldom all; `instead` never names what the row leaves out."""
        for _ in range(self.dice.randint(0, 6)):
            avoid = self.targets(0.12)
            others = [name for name in self.exercises if name not in avoid
                      and not set(self.tags_of[name]) & set(avoid)]
            instead = self.dice.choice(others) if others and avoid != ["all"] else ""
            self.add("contraindications", avoid="; ".join(avoid),
                     instead=self.sometimes(instead, 0.3), because=self.words(), **self.rule())

    def make_adjustments(self):
        """At least one of the five cells."""
        for _ in range(self.dice.randint(0, 3)):
            cells = {"hold_max": "10", "reps_max": "5", "sets_max": "2",
                     "scale": "0.5", "change": self.words()}
            given = self.dice.sample(sorted(cells), self.dice.randint(1, 5))
            self.add("adjustments", applies_to=";".join(self.targets(0.2)),
                     because=self.words(), **{name: cells[name] for name in given},
                     **self.rule())

    def make_preferences(self):
        """Small weights often, so that sums are often equal."""
        for _ in range(self.dice.randint(0, 5)):
            weight = self.dice.choice((1, 1, 2, 3, self.dice.randint(1, 100)))
            prefer = [name for name in self.targets(0) if name != "all"]
            self.add("preferences", prefer=";".join(prefer), weight=str(weight),
                     because=self.words(), **self.rule())

    def make_watch(self):
        """Nothing in a decision row depends on these."""
        for _ in range(self.dice.randint(0, 3)):
            self.add("watch", watch_for=self.words(), then_do=self.words(), **self.rule())

    def make_settings(self):
        """pack.csv; the two keys that may be left out are left out at times."""
        settings = {"name": self.names.new(), "version": "1.0", "language": "en",
                    "title": "A random pack", "default_minutes": "20",
                    "fewest_exercises": str(self.dice.randint(0, 3)),
                    "few_exercises_advice": self.words(), "review_months": "24",
                    "emergency": self.words(), "disclaimer": self.words(),
                    "unreviewed": self.words()}
        minutes = [name for name, question in self.questions.items()
                   if question["kind"] == "integer" and question["constraint"] == "1..60"]
        for key, most in (("changeover_seconds", 30), ("instead_weight", 80),
                          ("balance_weight", 60)):
            if self.dice.random() < 0.7:
                settings[key] = str(self.dice.randint(0, most))
        if minutes:
            settings["minutes_question"] = minutes[0]
        if self.equipment:
            settings["equipment_question"] = self.equipment
        for key, value in settings.items():
            self.add("pack", key=key, value=value)


def table_text(columns, rows):
    """A table in the plainest CSV."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([row[column] for column in columns])
    return out.getvalue()


def write_pack(tables, out):
    """The two folders."""
    for folder, names in (("rules", reference.RULES_FOLDER), ("data", reference.DATA_FOLDER)):
        os.makedirs(os.path.join(out, folder), exist_ok=True)
        for name in names:
            path = os.path.join(out, folder, name + ".csv")
            with open(path, "w", encoding="utf-8", newline="") as file:
                file.write(table_text(COLUMNS[name].split(","), tables[name]))


# ---------------------------------------------------------------------- intakes

class Intake:
    """A random intake file: which columns there are, and how cells are spelled."""

    def __init__(self, pack, dice):
        self.pack = pack
        self.dice = dice
        self.sampler = people.Sampler(pack, dice)
        self.choose_columns()

    def choose_columns(self):
        """(question, choice) pairs; a blank choice is the question's own cell."""
        self.columns = []
        for name, question in self.pack.questions.items():
            if self.columns and self.dice.random() < 0.08:
                continue
            form = "cell"
            if question["kind"] == "select_multiple":
                form = self.dice.choice(("cell", "boxes", "both"))
            if form != "boxes":
                self.columns.append((name, ""))
            if form != "cell":
                self.columns += self.boxes(name, question, form == "both")
        self.dice.shuffle(self.columns)
        self.has_id = self.dice.random() < 0.85 or len(self.columns) < 2
        if self.has_id:
            self.columns.insert(self.dice.choice((0, 0, len(self.columns))), ("id", ""))

    def boxes(self, name, question, complete):
        """question/choice columns; question/none is there half of the time."""
        choices = list(question["choices"])
        if not complete and len(choices) > 1 and self.dice.random() < 0.2:
            choices.pop()
        if self.dice.random() < 0.5:
            choices.append("none")
        return [(name, choice) for choice in choices]

    def spelled(self, name):
        """Letter case, spaces and hyphens as a form export may have them."""
        style = self.dice.randrange(5)
        if style == 1:
            return name.upper()
        if style == 2:
            return name.capitalize().replace("_", " ")
        if style == 3:
            return name.replace("_", "-")
        if style == 4:
            return name.title().replace("_", " ", 1)
        return name

    def header(self):
        """The spelled column names."""
        cells = []
        for name, choice in self.columns:
            cells.append(self.spelled(name) + ("/" + self.spelled(choice) if choice else ""))
        return cells

    def unknown(self):
        """A cell that says nothing; mostly blank."""
        if self.dice.random() < 0.6:
            return ""
        return self.dice.choice(("unknown", "not_sure", "not sure", "not-sure", "Unknown",
                                 "NOT SURE", "Not_Sure"))

    def truth(self, value):
        """A yes or a no in one of its spellings."""
        if value:
            return self.dice.choice(("yes", "yes", "YES", "Yes", "1", "y", "Y", "true", "TRUE"))
        return self.dice.choice(("no", "no", "NO", "No", "0", "n", "N", "false", "False"))

    def number(self, value, kind):
        """Sign, leading and trailing zeros."""
        text = render(value)
        if value >= 0 and self.dice.random() < 0.1:
            text = self.dice.choice(("+", "0")) + text
        if kind == "decimal" and "." not in text and self.dice.random() < 0.3:
            text += ".0"
        return text

    def several(self, value):
        """Choices in any order, none for no choice at all."""
        names = sorted(value)
        self.dice.shuffle(names)
        return self.dice.choice((" ", " ", "  ")).join(names) or "none"

    def cell(self, name, answer):
        """One answer, spelled somehow."""
        kind = self.pack.questions[name]["kind"]
        if kind == "text":
            return self.dice.choice(("", "a word", "some words, with a comma"))
        if answer is None:
            return self.unknown()
        if kind == "yes_no":
            return self.truth(answer)
        if kind in ("integer", "decimal"):
            return self.number(answer, kind)
        if kind == "select_multiple":
            return self.several(answer)
        return answer

    def box(self, choice, answer):
        """One question/choice cell; ticked boxes say that the rest are not, save what is not sure."""
        if answer is None:
            return self.dice.choice(("", "0", "unknown"))
        ticked = choice in answer or (choice == "none" and not answer)
        if ticked:
            return self.dice.choice(("1", "1", "yes", "TRUE", "y"))
        return self.dice.choice(("0", "0", "", "no", "False", "not_sure"))

    def record_name(self, number):
        """Ids that need quoting, look like formulas, or are left to the record number."""
        style = self.dice.randrange(14)
        odd = {0: "=sum(%d)", 1: "+%d", 2: "-%d", 3: "@p%d", 4: "Doe, J. %d", 5: 'a "%d"',
               6: "Zoë %d", 7: "=1,%d", 8: "p'%d"}
        if style in odd:
            return odd[style] % number
        if style == 9 and self.dice.random() < 0.3:
            return ""
        return "row-%d" % number

    def record(self, number):
        """The cells of one person."""
        answers = self.sampler.person(self.dice.choice((0, 0, 0.15, 0.5, 0.9, 1)))
        both = {name: self.dice.choice(("cell", "boxes", "both"))
                for name in self.pack.questions}
        cells = []
        for name, choice in self.columns:
            if name == "id":
                cells.append(self.record_name(number))
            else:
                cells.append(self.place(name, choice, answers.get(name), both[name]))
        return cells

    def place(self, name, choice, answer, side):
        """Where a question has a cell and boxes, the answer is in one or both."""
        doubled = (name, "") in self.columns and any(
            column[0] == name and column[1] for column in self.columns)
        if doubled and side == "cell" and choice:
            return ""
        if doubled and side == "boxes" and not choice:
            return ""
        return self.box(choice, answer) if choice else self.cell(name, answer)

    def written(self, cell, delimiter):
        """Quotes where needed and sometimes where not; spaces around at times."""
        spaced = "\n" not in cell and self.dice.random() < 0.08
        if spaced:
            cell = self.dice.choice((" %s", "%s ", "  %s ")) % cell
        if any(sign in cell for sign in (delimiter, '"', "\n")) or self.dice.random() < 0.08:
            return '"' + cell.replace('"', '""') + '"'
        return cell

    def text(self, rows):
        """The whole file."""
        delimiter = self.dice.choice((",", ",", ",", ";"))
        end = self.dice.choice(("\n", "\n", "\r\n"))
        lines = [delimiter.join(self.header())]
        for number in range(1, rows + 1):
            cells = [self.written(cell, delimiter) for cell in self.record(number)]
            lines.append(delimiter.join(cells))
        mark = "\ufeff" if self.dice.random() < 0.1 else ""
        return mark + end.join(lines) + (end if self.dice.random() < 0.9 else "")


# ----------------------------------------------------------------- command line

def generate(seed, out, least=5, most=14, rows=40):
    """One pack and one intake file in the folder `out`."""
    dice = people.dice_for("pack", seed)
    tables = Maker(dice, least, most).make()
    write_pack(tables, out)
    pack = reference.Pack(tables)
    text = Intake(pack, people.dice_for("intake", seed)).text(rows)
    with open(os.path.join(out, "intake.csv"), "w", encoding="utf-8", newline="") as file:
        file.write(text)


def span(text):
    """A..B as two whole numbers."""
    low, high = text.split("..")
    return int(low), int(high)


def main():
    """The command line."""
    parser = argparse.ArgumentParser(description="write a random pack and intake file")
    parser.add_argument("--seed", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--questions", type=span, default=(5, 14), metavar="A..B")
    parser.add_argument("--rows", type=int, default=40)
    options = parser.parse_args()
    generate(options.seed, options.out, *options.questions, rows=options.rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
