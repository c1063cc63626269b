# SPDX-License-Identifier: MIT
"""Writes a made-up pack of about so many rules, with as many hazards as a careful owner
would write: packs.py RULES FOLDER [COLUMNS]. The same numbers give the same pack.
The questions grow with the rules; with COLUMNS an intake has so many whatever RULES is,
and prevalence.csv beside the pack says how they are answered."""
import csv
import pathlib
import random
import sys


def table(folder, name, header, rows):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header.split(","), *rows])


def condition(dice, signs, findings, calm):
    """A sign, two signs, some of several, an age, or what follows from others."""
    some = dice.sample(signs, 4)
    return dice.choice([
        some[0], f"{some[0]} and {some[1]}", f"{some[0]} or {some[1]}",
        f"{some[0]} and not {dice.choice(calm)}", f"at least 2 of ({some[0]}, {some[1]}, {some[2]})",
        f"{some[0]} and age >= {dice.randrange(20, 80)}",
        f"{dice.choice(findings)} and {some[0]}" if findings else some[3],
    ])


def specific(dice, signs, findings, calm):
    """Several signs at once: rules of a large pack about few questions are for few people."""
    some = dice.sample(signs, 4)
    state = dice.choice(findings or some[3:])
    return dice.choice([
        f"{some[0]} and {some[1]}", f"{some[0]} and {some[1]} and age >= {dice.randrange(20, 80)}",
        f"{some[0]} and ({some[1]} or {some[2]})", f"{some[0]} and {some[1]} and not {dice.choice(calm)}",
        f"at least 2 of ({some[0]}, {some[1]}, {some[2]})", f"{state} and {some[0]}",
        f"{state} and ({some[0]} or age in {dice.randrange(20, 50)}..{dice.randrange(50, 80)})",
    ])


def names_of(count, columns):
    """Signs and habits; without id and age, a sixth of a fixed number are habits."""
    signs, habits = max(8, count // 4), max(4, count // 20)
    if columns:
        habits = max(4, (columns - 2) // 6)
        signs = columns - 2 - habits
    return [f"sign_{i}" for i in range(signs)], [f"habit_{i}" for i in range(habits)]


def prevalence(folder, flags):
    """Few have a sign; some of the signs are asked only of those who have another."""
    rows = [["*", "yes_no", "", "0.3", "yes 1; not_sure 0.2", ""],
            ["age", "integer", "", "0.2", "10..17 4; 18..64 80; 65..99 16", ""]]
    rows += [[name, "yes_no", f"{flags[i - 1]}=yes", "1", "yes 20", ""]
             for i, name in enumerate(flags) if i % 7 == 6]
    table(folder, "prevalence.csv", "question,kind,needs,blank,values,note", rows)


def write(folder, count, columns=0):
    dice = random.Random(count)
    flags, calm = names_of(count, columns)  # habits are no red flags, so `not` is fine
    # Few signs meet in many rules: there one that follows from another would count twice.
    free = [name for i, name in enumerate(flags) if i % 7 != 6] if columns else flags
    some = specific if columns else condition
    levels = ["home", "visit", "soon", "today", "now"]
    cited = ["me", "", ""]
    table(folder, "rules/pack.csv", "key,value", [
        ["name", f"made_up_{count}"], ["version", "1"], ["language", "en"], ["title", "Made up"],
        ["default_minutes", 15], ["fewest_exercises", 3], ["few_exercises_advice", "Ask somebody."],
        ["review_months", 12], ["emergency", "Call for help."], ["disclaimer", "Made up."],
        ["unreviewed", "Nobody has read this."], ["changeover_seconds", 10],
        ["instead_weight", 10], ["balance_weight", 10]])
    table(folder, "rules/questions.csv",
          "type,name,label,hint,relevant,constraint,constraint_message,section,screen,red_flag",
          [["integer", "age", "Age", "", "", "0..120", "", "", "", ""]] +
          [["yes_no", name, f"Sign {name}?", "", flags[i - 1] if i % 7 == 6 else "", "", "", "",
            f"screen_{i // 6}", "yes"] for i, name in enumerate(flags)] +
          [["yes_no", name, f"Habit {name}?", "", "", "", "", "", "habits", ""] for name in calm])
    table(folder, "rules/choices.csv", "list_name,name,label", [])
    table(folder, "rules/levels.csv", "name,label,urgency,routine,action",
          [[name, name, i, "yes" if i < 2 else "no", "Do it."] for i, name in enumerate(levels)])
    findings = [f"state_{i}" for i in range(count // 10)]
    table(folder, "rules/findings.csv", "id,when,then,because,source,reviewed_by,reviewed_on",
          [[f"find_{i}_{j}", some(dice, free, findings[:i], calm), name, "So it is.", *cited]
           for i, name in enumerate(findings) for j in range(2)])
    single = [[f"alone_{name}", name, levels[1 + i % 4], "visit", "A sign.", "", *cited]
              for i, name in enumerate(flags)]
    several = count - len(single) - 2 * len(findings) - count // 5 if columns else count // 3
    table(folder, "rules/escalations.csv",
          "id,when,level,if_unknown,because,advice,source,reviewed_by,reviewed_on",
          single + [[f"rule_{i}", some(dice, free, findings, calm), dice.choice(levels[1:]), "visit",
                     "Several signs.", "", *cited] for i in range(several)])
    tags = [f"tag_{i}" for i in range(12)]
    table(folder, "rules/contraindications.csv",
          "id,when,avoid,instead,because,source,reviewed_by,reviewed_on",
          [[f"leave_{i}", some(dice, free, findings, calm), dice.choice(tags), "", "So it is.", *cited]
           for i in range(count // 5)])
    for name, extra in (("adjustments", "applies_to,hold_max,reps_max,sets_max,scale,change"),
                        ("preferences", "prefer,weight"), ("watch", "watch_for,then_do")):
        because = "" if name == "watch" else "because,"
        table(folder, f"rules/{name}.csv",
              f"id,when,{extra},{because}source,reviewed_by,reviewed_on", [])
    table(folder, "rules/hazards.csv", "id,when,must,if_unknown,because,source",
          [[f"harm_{name}", name, f"level >= {levels[1 + i % 4]}", "level >= visit", "A sign.", "me"]
           for i, name in enumerate(flags)])
    names = [f"move_{i}" for i in range(24)]
    if columns:
        prevalence(folder, flags)
    table(folder, "data/exercises.csv",
          "name,label,category,position,tags,equipment,muscles,eases,variant_of,seconds,source",
          [[name, name, "body", "standing", ";".join(sorted(dice.sample(tags, 2))), "", "back", "", "", 3,
            "me"] for name in names])
    table(folder, "data/steps.csv", "exercise,step,text", [[name, 1, "Move."] for name in names])
    table(folder, "data/doses.csv", "exercise,source,sets_min,sets_max,reps_min,reps_max,hold_min,"
          "hold_max,sides,per_week,per_day",
          [[name, "me", 1, 1, 8, 10, "", "", 1, "", ""] for name in names])
    table(folder, "data/plan.csv", "part,order,label,least,most,share,worth,rest_days",
          [["body", 1, "All", 1, 3, "", 100, ""]])
    table(folder, "data/tags.csv", "name,label,because", [[name, name, "So it is."] for name in tags])
    table(folder, "data/sources.csv", "name,title,year,address,kind",
          [["me", "Made up", "", "", "none"]])


if __name__ == "__main__":
    write(pathlib.Path(sys.argv[2]), int(sys.argv[1]), int(sys.argv[3]) if len(sys.argv) > 3 else 0)
