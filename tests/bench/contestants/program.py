# SPDX-License-Identifier: MIT
"""A pack as a list of steps, each after those it needs, for the makers of the
contestants beside it. Read by the same code as tests/reference.

A step is a tuple, its kind first; parts are the numbers of earlier steps:
  ("always",)                     ("answer", question)       a yes/no answer
  ("number", question, low, high) ("choice", question, names)
  ("not", part)                   ("and", parts)             ("or", parts)
  ("at_least", n, parts)          ("flag", relevance, part, question)
A flag is a yes/no question that is asked only of some: where it is answered yes
although its relevance is ruled out, it is unknown (a conflict).
"""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "reference"))
import reference  # noqa: E402 (it is found by the line above)

EVER = 10 ** 9


class Program:
    """The steps of a pack, its rules in the order in which they are listed."""

    def __init__(self, folder):
        self.pack = reference.load(folder + "/rules", folder + "/data")
        self.steps = []
        self.place = {}
        self.findings = {}
        pack = self.pack
        self.questions = list(pack.questions.values())
        self.columns = ["id"] + [question["name"] for question in self.questions]
        self.levels = sorted(pack.urgency, key=pack.urgency.get)
        self.permits = [pack.permits[level] for level in self.levels]
        self.escalations = sorted((self.escalation(name) for name in pack.escalations),
                                  key=lambda rule: (-rule["level"], rule["id"]))
        self.avoidances = [self.avoidance(name) for name in sorted(pack.contraindications)]
        self.exercises = sorted(pack.exercises)
        self.missing = sorted((name for name in pack.questions if self.can_be_missing(name)),
                              key=self.urgency_first)

    def escalation(self, name):
        rule = self.pack.escalations[name]
        level, if_unknown = (self.levels.index(rule[key]) for key in ("level", "if_unknown"))
        if if_unknown > level:
            sys.exit(f"{name}: the contestants are written for if_unknown up to level")
        return {"id": name, "step": self.take(rule["when"]), "level": level,
                "if_unknown": if_unknown}

    def avoidance(self, name):
        rule = self.pack.contraindications[name]
        return {"id": name, "step": self.take(rule["when"]), "all": "all" in rule["avoid"],
                "exercises": self.pack.named_by(rule["avoid"])}

    def reasons(self):
        """Every way in which a rule can be listed, in order: (rule, is it open?)."""
        ways = [(rule, False) for rule in self.escalations]
        ways += [(rule, True) for rule in self.escalations]
        return sorted(ways, key=lambda way: (-way[0]["if_unknown" if way[1] else "level"],
                                             way[1], way[0]["id"]))

    def urgency_first(self, name):
        priority = self.pack.priority[name]
        return (-priority if priority is not None else EVER, name)

    def can_be_missing(self, question):
        rules = self.escalations + self.avoidances
        return any(question == asked for rule in rules for asked, _ in self.asks(rule["step"]))

    # ---- Steps ---------------------------------------------------------------------

    def add(self, *step):
        if step not in self.place:
            self.place[step] = len(self.steps)
            self.steps.append(step)
        return self.place[step]

    def take(self, condition):
        """The number of the step that says whether a condition holds."""
        kind = condition[0]
        if kind == "always":
            return self.add("always")
        if kind in ("and", "or"):
            return self.add(kind, tuple(self.take(part) for part in condition[1:]))
        if kind == "not":
            return self.add("not", self.take(condition[1]))
        if kind == "at_least":
            return self.add(kind, condition[1], tuple(self.take(part) for part in condition[2:]))
        if kind == "fact" and condition[1] in self.pack.findings:
            return self.finding(condition[1])
        return self.test(condition)

    def finding(self, name):
        if name not in self.findings:
            ways = tuple(self.take(when) for when in self.pack.findings[name])
            self.findings[name] = ways[0] if len(ways) == 1 else self.add("or", ways)
        return self.findings[name]

    def test(self, condition):
        """A test of a question, and of whether it applies."""
        name = condition[1]
        answer = self.add(*self.leaf(condition))
        relevance = self.take(self.pack.relevant[name])
        if self.steps[relevance] == ("always",):
            return answer
        if condition[0] != "fact":
            return self.add("and", (relevance, answer))
        return self.add("flag", relevance, answer, name)

    def leaf(self, condition):
        kind, name = condition[:2]
        if kind == "fact":
            return ("answer", name)
        if kind == "between":
            return ("number", name, int(condition[2]), int(condition[3]))
        if kind == "compare" and condition[2] in ("<", "<=", ">", ">=", "="):
            sign, number = condition[2], int(condition[3])
            low = {">": number + 1, ">=": number, "=": number}.get(sign, -EVER)
            high = {"<": number - 1, "<=": number, "=": number}.get(sign, EVER)
            return ("number", name, low, high)
        if kind == "is":
            return ("choice", name, tuple(condition[2]))
        sys.exit(f"the contestants are not written for {condition}")

    def parts(self, number):
        """The steps that a step is made of."""
        step = self.steps[number]
        return {"not": lambda: (step[1],), "and": lambda: step[1], "or": lambda: step[1],
                "at_least": lambda: step[2], "flag": lambda: (step[1], step[2])
                }.get(step[0], lambda: ())()

    def asks(self, number, path=()):
        """Whom an undecided step asks: pairs of a question and the steps under it that
        must be undecided as well. A flag asks about its own answer without a path: it
        is missing where it is unknown, or in conflict."""
        step = self.steps[number]
        if step[0] in ("answer", "number", "choice"):
            return [(step[1], path)]
        found = []
        if step[0] == "flag":
            return [(step[3], path)] + self.asks(step[1], path + (step[1],))
        for part in self.parts(number):
            found += self.asks(part, path + (part,))
        return found

    def flag_of(self, question):
        """The step of a question that is asked only of some, or None."""
        for number, step in enumerate(self.steps):
            if step[0] == "flag" and step[3] == question:
                return number
        return None

    def needed(self):
        """The questions that some step tests."""
        return {step[1] for step in self.steps if step[0] in ("answer", "number", "choice")}
