# SPDX-License-Identifier: MIT
"""The rules of a pack for CLIPS; clips_judge.c runs them. An answer or a step that is
yes or unknown (maybe) is a fact; what is ruled out has none. Steps higher up wait for
those below them, by salience, as CLIPS has no third truth of its own."""
import itertools


class Writer:
    """Writes templates and rules. Numbers given to C are places in the lists of byhand.h."""

    def __init__(self, program):
        self.program = program
        self.height = []
        for number in range(len(program.steps)):
            parts = program.parts(number)
            self.height.append(1 + max((self.height[part] for part in parts), default=-1))

    # ---- Patterns --------------------------------------------------------------------

    def yes(self, number):
        step = self.program.steps[number]
        if step[0] == "answer":
            return f"({step[1]} (is yes))"
        if step[0] == "number":
            v = f"?v{number}"
            tests = [f"(>= {v} {step[2]})"] if step[2] > -10 ** 9 else []
            tests += [f"(<= {v} {step[3]})"] if step[3] < 10 ** 9 else []
            return f"({step[1]} (is {v}&:" + "&:".join(tests) + "))"
        if step[0] == "choice":
            return f"({step[1]} (is {'|'.join(step[2])}))"
        return f"(n{number} (is yes))"

    def maybe(self, number):
        step = self.program.steps[number]
        if step[0] == "answer":
            return f"({step[1]} (is maybe))"
        if step[0] in ("number", "choice"):
            return f"({step[1]}_unknown)"
        return f"(n{number} (is maybe))"

    def possible(self, number):
        step = self.program.steps[number]
        if step[0] in ("number", "choice"):
            return f"(or {self.yes(number)} {self.maybe(number)})"
        return f"({step[1]})" if step[0] == "answer" else f"(n{number})"

    def ruled_out(self, number):
        step = self.program.steps[number]
        if step[0] in ("number", "choice"):
            return f"(not {self.yes(number)}) (not {self.maybe(number)})"
        return f"(not {self.possible(number)})"

    # ---- Steps -----------------------------------------------------------------------

    def step(self, number):
        """Two rules: yes, and where that did not fire, maybe."""
        step = self.program.steps[number]
        parts = self.program.parts(number)
        kind = step[0]
        if kind in ("answer", "number", "choice"):
            return ""
        if kind == "and":
            yes = " ".join(map(self.yes, parts))
            maybe = " ".join(map(self.possible, parts))
        elif kind == "or":
            yes = "(or " + " ".join(map(self.yes, parts)) + ")"
            maybe = "(or " + " ".join(map(self.maybe, parts)) + ")"
        elif kind == "at_least":
            yes, maybe = (self.some(step[1], parts, say) for say in (self.yes, self.possible))
        elif kind == "not":
            yes, maybe = self.ruled_out(step[1]), self.maybe(step[1])
        elif kind == "flag":
            yes = f"{self.yes(step[1])} {self.yes(step[2])}"
            maybe = f"{self.possible(step[1])} {self.possible(step[2])}"
        else:
            return ""
        text = f"(deftemplate n{number} (slot is))\n"
        salience = 1000 - 3 * self.height[number]
        text += self.rule(f"n{number}-yes", salience, yes, f"(assert (n{number} (is yes)))")
        text += self.rule(f"n{number}-maybe", salience - 1, f"{maybe} (not (n{number}))",
                          f"(assert (n{number} (is maybe)))")
        if kind == "flag":
            place = self.program.missing.index(step[3])
            text += self.rule(f"n{number}-conflict", salience,
                              f"{self.ruled_out(step[1])} {self.yes(step[2])}",
                              f"(conflict {place}) (assert (n{number} (is maybe)))")
        return text

    def some(self, count, parts, say):
        ways = ["(and " + " ".join(map(say, some)) + ")"
                for some in itertools.combinations(parts, count)]
        return "(or " + " ".join(ways) + ")"

    def rule(self, name, salience, holds, then):
        first = "(person) " if holds.startswith("(not") else ""
        return (f"(defrule {name} (declare (salience {salience}))\n"
                f"\t{first}{holds}\n\t=>\n\t{then})\n")

    # ---- The whole ---------------------------------------------------------------------

    def templates(self):
        text = "(deftemplate person)\n(deftemplate asks (slot rule))\n"
        for question in self.program.questions:
            name = question["name"]
            text += f"(deftemplate {name} (slot is))\n"
            if question["kind"] != "yes_no":
                text += f"(deftemplate {name}_unknown)\n"
        return text

    def verdicts(self, kind, rules):
        text = ""
        for place, rule in enumerate(rules):
            text += self.rule(f"{rule['id']}-yes", 0, self.yes(rule["step"]), f"({kind} {place} yes)")
            text += self.rule(f"{rule['id']}-maybe", 0, self.maybe(rule["step"]),
                              f"({kind} {place} maybe)")
            for count, (question, path) in enumerate(self.program.asks(rule["step"])):
                holds = " ".join([f"(asks (rule {rule['id']}))"] + [self.maybe(at) for at in path])
                text += self.rule(f"{rule['id']}-asks-{count}", 0, holds,
                                  f"(missing {self.program.missing.index(question)})")
        return text

    def whole(self):
        text = "; Made from the tables of a pack by tests/bench/contestants: not to be edited.\n"
        text += self.templates()
        text += "".join(map(self.step, range(len(self.program.steps))))
        return (text + self.verdicts("escalate", self.program.escalations)
                + self.verdicts("avoid", self.program.avoidances))


def write(program):
    """All templates and rules."""
    return Writer(program).whole()
