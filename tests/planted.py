# SPDX-License-Identifier: MIT
"""Plants one bug after the other into a copy of the shipped pack. Each must be caught,
and shown with a person or a row that somebody understands.

    planted.py SCAPULA SOURCE_FOLDER

Each bug: a name, the file, what stands there, what is put instead, the command that
catches it, and what it must say."""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

BUGS = [
    ("a rule is gone", "rules/escalations.csv", r"\nfever_with_back_pain,[^\n]*", "",
     "prove", ["NOT PROVED", "fever_chills=yes", "The outcome is"]),
    ("an exception that looks harmless", "rules/escalations.csv",
     r"\nweak_arm_or_leg,limb_weakness,", "\nweak_arm_or_leg,limb_weakness and not recent_injury,",
     "prove", ["harm_limb_weakness", "limb_weakness=yes; recent_injury=yes", "weak_arm_or_leg does not"]),
    ("an exercise has lost a tag", "data/exercises.csv", r"(\nseated_twist,[^\n]*?)rot_end;", r"\1",
     "prove", ["harm_stiff_spine", "seated_twist"]),
    ("a comparison is turned", "rules/escalations.csv",
     r"\nnew_pain_and_thin_bones,osteoporosis and duration_weeks <= 6 and age >= 50,",
     "\nnew_pain_and_thin_bones,osteoporosis and duration_weeks <= 6 and age <= 50,",
     "prove", ["harm_new_pain_and_thin_bones", "osteoporosis=yes"]),
    ("a threshold is off by one", "rules/escalations.csv", r"(\nunder_18,)age < 18,", r"\1age < 17,",
     "prove", ["NOT PROVED", "age=17"]),
    ("a level is too low", "rules/escalations.csv", r"(\nweak_arm_or_leg,limb_weakness,)same_day,", r"\1visit,",
     "prove", ["harm_limb_weakness", "The outcome is visit", "Look at rules/escalations.csv"]),
    ("an unknown reassures", "rules/escalations.csv", r"(\nchest_pain_now,chest_pain,emergency,)same_day,",
     r"\1visit,", "prove", ["harm_chest_pain: where it is not known whether chest_pain", "chest_pain=not_sure",
                        "chest_pain: not sure allows no exercise that yes forbids"]),
    ("everybody goes to hospital", "rules/escalations.csv", r"\nweak_arm_or_leg,limb_weakness,same_day,",
     "\nweak_arm_or_leg,age >= 1,emergency,", "prove", ["everyday_desk", "level <= self_care", "weak_arm_or_leg holds"]),
    ("a rule can never hold", "rules/escalations.csv", r"\nweak_arm_or_leg,limb_weakness,",
     "\nweak_arm_or_leg,limb_weakness and not limb_weakness,", "prove",
     ["weak_arm_or_leg: this rule can hold", "There is nobody", "can never hold"]),
    ("relevance hides a gate", "rules/questions.csv", r"(\nyes_no,major_injury,[^\n]*?),recent_injury,",
     r"\1,recent_injury and age >= 65,", "prove", ["asks_injury", "recent_injury=yes", "asked only where"]),
    ("a choice is renamed", "rules/choices.csv", r"\n(changes),electric_shocks,",
     r"\n\1,electric_shock,", "lint", ["electric_shocks", "is no choice of"]),
    ("an exercise has another's tags", "data/exercises.csv", r"(\nscap_squeeze,[^\n]*?,strength,[^\n,]*,)[^\n,]*,",
     r"\1prone,", "prove", ["NOT PROVED", "scap_squeeze"]),
]


def plant(pack, file, old, new):
    path = pack / file
    text = path.read_text()
    changed, count = re.subn(old, new, text, count=1)
    if not count or changed == text:
        return f"{file} has nothing like {old}"
    path.write_text(changed)
    return None


def run(scapula, command, pack):
    done = subprocess.run([scapula, command, "--rules", pack / "rules", "--data", pack / "data"],
                          capture_output=True, text=True, timeout=120)
    return done.returncode, re.sub(r"\s+", " ", done.stdout + done.stderr)


def main(scapula, source):
    for number, (name, file, old, new, command, wanted) in enumerate(BUGS, 1):
        with tempfile.TemporaryDirectory(prefix="scapula-planted-") as folder:
            pack = pathlib.Path(folder)
            for part in ("rules", "data"):
                shutil.copytree(pathlib.Path(source) / part, pack / part)
            wrong = plant(pack, file, old, new)
            if not wrong:
                code, said = run(scapula, command, pack)
                missing = [text for text in wanted if text not in said.replace(str(pack) + "/", "")]
                if code != 1 or missing:
                    wrong = f"{command} ends with {code}, does not say {missing}; it says: {said[:1500]}"
        print(("not " if wrong else "") + f"ok {number} - {name}: {command} catches it")
        if wrong:
            print("# " + wrong)
    print(f"1..{len(BUGS)}")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
