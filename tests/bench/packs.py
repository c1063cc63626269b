# SPDX-License-Identifier: MIT
"""Writes a made-up pack of about so many rules, with as many hazards as a careful owner
would write: packs.py RULES FOLDER. The same number gives the same pack."""
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


def write(folder, count):
    dice = random.Random(count)
    flags = [f"sign_{i}" for i in range(max(8, count // 4))]
    calm = [f"habit_{i}" for i in range(max(4, count // 20))]  # no red flags, so `not` is fine
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
          [[f"find_{i}_{j}", condition(dice, flags, findings[:i], calm), name, "So it is.", *cited]
           for i, name in enumerate(findings) for j in range(2)])
    single = [[f"alone_{name}", name, levels[1 + i % 4], "visit", "A sign.", "", *cited]
              for i, name in enumerate(flags)]
    table(folder, "rules/escalations.csv",
          "id,when,level,if_unknown,because,advice,source,reviewed_by,reviewed_on",
          single + [[f"rule_{i}", condition(dice, flags, findings, calm), dice.choice(levels[1:]), "visit",
                     "Several signs.", "", *cited] for i in range(count // 3)])
    tags = [f"tag_{i}" for i in range(12)]
    table(folder, "rules/contraindications.csv",
          "id,when,avoid,instead,because,source,reviewed_by,reviewed_on",
          [[f"leave_{i}", condition(dice, flags, findings, calm), dice.choice(tags), "", "So it is.", *cited]
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
    write(pathlib.Path(sys.argv[2]), int(sys.argv[1]))
