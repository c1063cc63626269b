#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What a session may never do, looked at for every condition of the shipped pack, alone
and with each other one.

routines.py JSON_CALL PACK    the folder that holds rules/ and data/

Prints TAP, with a line `# PEOPLE: problem` for the first problems; exit code 1 when
there is one.
"""
import csv
import itertools
import json
import pathlib
import subprocess
import sys

MINUTES = (5, 10, 15, 20, 30)
TOLD = 20

# A condition is what somebody who has it answers. Two that answer one question
# differently are of two people, and make no pair.
CONDITIONS = {
    "slipped disc": {"herniated_disc": True},
    "small injury": {"recent_injury": True},
    "long pain": {"duration_weeks": 20, "chronic_examined": True},
    "thin bones": {"osteoporosis": True},
    "weak artery": {"risks": ["aorta_disease"]},
    "steroids": {"risks": ["steroids"]},
    "broken spine": {"illness": ["vertebral_fracture"]},
    "worn joints": {"arthritis": True, "joint_disease": ["wear"]},
    "inflamed joints": {"arthritis": True, "joint_disease": ["inflamed"]},
    "stiffened spine": {"arthritis": True, "joint_disease": ["stiff_spine"]},
    "fibromyalgia": {"illness": ["fibromyalgia"]},
    "curved spine": {"scoliosis": True, "scoliosis_changes": False},
    "growing curve": {"scoliosis": True, "scoliosis_changes": True},
    "sore neck": {"body": ["neck_problem"]},
    "sore knees": {"body": ["knee_problem"]},
    "sore wrists": {"body": ["wrist_problem"]},
    "sore shoulder": {"body": ["shoulder_impingement"]},
    "frozen shoulder": {"body": ["frozen_shoulder"]},
    "loose shoulder": {"body": ["shoulder_instability"]},
    "tight hips": {"body": ["tight_hips"]},
    "not to the floor": {"body": ["cannot_floor"]},
    "not standing long": {"body": ["cannot_stand"]},
    "early pregnancy": {"age": 30, "pregnancy": True, "pregnancy_weeks": 8},
    "later pregnancy": {"age": 30, "pregnancy": True, "pregnancy_weeks": 24},
    "treated blood pressure": {"illness": ["high_blood_pressure"], "pressure_controlled": True},
    "high blood pressure": {"illness": ["high_blood_pressure"], "pressure_controlled": False},
    "cleared heart": {"illness": ["heart_disease"], "heart_stable": True},
    "heart not cleared": {"illness": ["heart_disease"], "heart_stable": False},
    "vertigo": {"illness": ["vertigo"]},
    "eye pressure": {"illness": ["eye_pressure"]},
    "blood thinners": {"illness": ["blood_thinners"]},
    "reflux": {"illness": ["reflux"]},
    "loose joints": {"illness": ["hypermobility"]},
    "operation": {"recent_surgery": True},
    "past cancer": {"cancer_history": True},
    "older": {"age": 70},
    "under 18": {"age": 15},
    "pain of 6": {"pain": 6},
    "pain of 9": {"pain": 9},
}

# Rules that leave something out only where two conditions meet.
TOGETHER = {"avoid_pregnancy_illness"}

# Rules that leave out everything, of conditions whose level permits no routine anyway.
NO_ROUTINE = {
    "avoid_steroid_bones": "steroids",
    "avoid_spine_fracture": "broken spine",
    "avoid_unstable_heart": "heart not cleared",
    "avoid_weak_artery": "weak artery",
    "avoid_surgery": "operation",
    "avoid_strong_pain": "pain of 9",
}


def read(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


class Pack:
    def __init__(self, root):
        self.questions = read(root / "rules/questions.csv")
        self.rules = {row["id"] for row in read(root / "rules/contraindications.csv")}
        self.exercises = {row["name"]: row for row in read(root / "data/exercises.csv")}
        self.things = [row["name"] for row in read(root / "rules/choices.csv")
                       if row["list_name"] == "things"]
        settings = {row["key"]: row["value"] for row in read(root / "rules/pack.csv")}
        self.changeover = int(settings["changeover_seconds"])

    def healthy(self):
        answers = {row["name"]: False if row["type"] == "yes_no" else []
                   for row in self.questions if row["type"].split()[0] in ("yes_no", "select_multiple")}
        return answers | {"age": 30, "sex": "female", "pain": 3, "duration_weeks": 3,
                          "equipment": self.things}

    def owned(self, exercise, things):
        """True where every thing that it needs is there; `a|b` is either."""
        need = [part.strip() for part in self.exercises[exercise]["equipment"].split(";")]
        return all(set(part.split("|")) & set(things) for part in need if part)


def meet(names):
    """The answers of somebody with all these conditions; None where they can't meet."""
    answers = {}
    for name in names:
        for question, value in CONDITIONS[name].items():
            if isinstance(value, list):
                answers[question] = sorted({*answers.get(question, []), *value})
            elif answers.setdefault(question, value) != value:
                return None
    return answers


def people(pack):
    """Of whom, with how many minutes and which things: the answers."""
    groups = [()] + [(name,) for name in CONDITIONS] + list(itertools.combinations(CONDITIONS, 2))
    for names in groups:
        answers = meet(names)
        if answers is None:
            continue
        answers = pack.healthy() | answers
        yield (names, 15, ()), answers | {"minutes": 15, "equipment": []}
        for minutes in MINUTES:
            yield (names, minutes, pack.things), answers | {"minutes": minutes}


def decide(json_call, root, requests):
    """The decision about each; all of them in one go."""
    lines = "".join(json.dumps({"answers": answers}) + "\n" for answers in requests)
    out = subprocess.run([json_call, root / "rules", root / "data", "--lines"], input=lines,
                         text=True, capture_output=True, check=True).stdout
    decoder, at = json.JSONDecoder(), 0
    for _ in requests:
        answer, at = decoder.raw_decode(out, at)
        at += 1
        yield answer.get("decision")


# ---- What must hold --------------------------------------------------------------

class Check:
    def __init__(self, pack):
        self.pack, self.problems, self.seen = pack, {}, set()
        self.out = {}       # exercises left out, by conditions
        self.rules = {}     # the rules that do it, by conditions
        self.urgency = {}   # by conditions
        self.given = set()  # who has a routine

    def problem(self, test, who, text):
        names, minutes, things = who
        things = "everything" if things else "nothing"
        self.problems.setdefault(test, []).append(
            f"{' + '.join(names) or 'healthy'}, {minutes} minutes, {things} at hand: {text}")

    def session(self, who, decision):
        _, minutes, things = who
        routine = decision["routine"]
        names = [one["exercise"] for one in routine]
        total = sum(one["seconds"] + self.pack.changeover for one in routine)
        if total != decision["routine_seconds"]:
            self.problem("time", who, f"routine_seconds is not the sum, {total}")
        if total > minutes * 60:
            self.problem("time", who, f"it takes {total} seconds")
        out = {name for rule in decision["excluded"] for name in rule["exercises"]}
        for name in set(names) & out:
            self.problem("allowed", who, f"{name} is left out and done")
        for name in names:
            if not self.pack.owned(name, things):
                self.problem("equipment", who, f"{name} needs what is not there")
        if bool(routine) == bool(decision["no_routine"]):
            self.problem("allowed", who, "a routine and a reason for none, or neither")
        if routine and not decision["level"]["permits_routine"]:
            self.problem("allowed", who, "the level permits no routine")

    def week(self, who, decision):
        plan = decision["plan"]
        strength = {one["exercise"] for one in decision["routine"] if one["part"] == "strength"}
        days = {day["day"]: set(day["exercises"]) for day in plan["days"]}
        done = {one["exercise"] for one in decision["routine"]}
        for day, exercises in days.items():
            if exercises - done:
                self.problem("allowed", who, f"day {day} has more than the session")
            if exercises & strength and days.get(day % 7 + 1, set()) & strength:
                self.problem("strength", who, f"on day {day} and the day after")
        if decision["routine"] and (len(days) != 7 or not plan["weeks"]):
            self.problem("week", who, "there is no whole week, or no weeks")
        for week, (day, exercises) in itertools.product(plan["weeks"], days.items()):
            seconds = {dose["exercise"]: dose["seconds"] for dose in week["doses"]}
            total = sum(seconds[name] + self.pack.changeover for name in exercises)
            if total > who[1] * 60:
                self.problem("week", who, f"day {day} of week {week['week']} takes {total} seconds")

    def exclusions(self, who, decision):
        """Once for each group: neither minutes nor things decide what is left out."""
        names = who[0]
        out = {name for rule in decision["excluded"] for name in rule["exercises"]}
        rules = {rule["rule"] for rule in decision["excluded"]}
        self.seen |= rules
        if not all(rule["certain"] for rule in decision["excluded"]):
            self.problem("union", who, "a rule is not sure, with all answers known")
        if names not in self.urgency:
            self.urgency[names] = decision["level"]["urgency"]
            if decision["level"]["permits_routine"]:
                self.out[names], self.rules[names] = out, rules
            self.union(who)

    def union(self, who):
        names = who[0]
        if len(names) != 2:
            return
        alone = [(name,) for name in names]
        # A cleared heart alone has new pain, which counts; in the pair the pain is old.
        comparable = set(names) != {"long pain", "cleared heart"}
        if comparable and self.urgency[names] < max(self.urgency[one] for one in alone):
            self.problem("union", who, "less urgent than one of them alone")
        if names not in self.out or not all(one in self.out for one in alone):
            return
        rules = set().union(*(self.rules[one] for one in alone))
        out = set().union(*(self.out[one] for one in alone))
        more = self.rules[names] - rules
        if rules - self.rules[names] or more - TOGETHER:
            self.problem("union", who, f"other rules: {sorted(self.rules[names] ^ rules)}")
        if out - self.out[names] or (self.out[names] != out and not more):
            self.problem("union", who, f"other exercises: {sorted(self.out[names] ^ out)}")

    def person(self, who, decision):
        if decision is None:
            self.problem("decided", who, "a question is still open")
            return
        if decision["missing"] or decision["conflicts"] or not decision["certain"]:
            self.problem("decided", who, "something is not known")
        self.session(who, decision)
        self.week(who, decision)
        self.exclusions(who, decision)
        if decision["routine"]:
            self.given.add((who[0], who[1], bool(who[2])))

    def at_the_end(self):
        for minutes in MINUTES:
            if ((), minutes, True) not in self.given:
                self.problem("given", ((), minutes, self.pack.things), "no routine")
        for names, minutes in itertools.product(self.out, (10, 15, 20, 30)):
            whole = len(self.out[names]) == len(self.pack.exercises)
            if not whole and (names, minutes, True) not in self.given:
                self.problem("given", (names, minutes, self.pack.things), "no routine")
        for names in [()] + [(name,) for name in CONDITIONS]:
            whole = len(self.out.get(names, self.pack.exercises)) == len(self.pack.exercises)
            if not whole and (names, 15, False) not in self.given:
                self.problem("given", (names, 15, ()), "no routine")
        for rule in sorted(self.pack.rules - self.seen):
            names = (NO_ROUTINE.get(rule, ""),)
            if names in self.out or names not in self.urgency:
                self.problem("rules", (names, 15, ()), f"{rule} leaves nothing out")


TESTS = {
    "decided": "everything is known, and decided",
    "time": "no session takes longer than the minutes",
    "allowed": "no session holds what is left out",
    "equipment": "no session needs what is not at hand",
    "strength": "no strength on two days in a row",
    "week": "no day of any week takes longer than the minutes",
    "union": "two conditions leave out what each of them does",
    "given": "there is a routine wherever something is left and ten minutes are there",
    "rules": "every contraindication leaves something out, or its level permits no routine",
}


def main():
    json_call, root = sys.argv[1], pathlib.Path(sys.argv[2])
    check = Check(Pack(root))
    everyone = list(people(check.pack))
    for (who, _), decision in zip(everyone, decide(json_call, root, [one for _, one in everyone])):
        check.person(who, decision)
    check.at_the_end()
    for number, (test, text) in enumerate(TESTS.items(), 1):
        problems = check.problems.get(test, [])
        print(f"{'not ' if problems else ''}ok {number} - {text}")
        for problem in problems[:TOLD]:
            print(f"# {problem}")
    print(f"# {len(everyone)} people, {len(check.given)} with a routine")
    print(f"1..{len(TESTS)}")
    return bool(check.problems)


if __name__ == "__main__":
    sys.exit(main())
