#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Kills `score` at random moments: kills.py SCAPULA INTAKE FOLDER

After each kill the output has its old bytes (or is not there) or all of the new ones, never
a part; the next run gives the same bytes as ever, and no other file is left behind. KILLS
says how often (40), KILLS_SECONDS when it is enough (20), KILLS_SEED which moments.
"""
import os
import random
import signal
import subprocess
import sys
import time

SCAP, INTAKE, FOLDER = sys.argv[1:4]
KILLS = int(os.environ.get("KILLS", "40"))
SECONDS = float(os.environ.get("KILLS_SECONDS", "20"))
SEED = int(os.environ.get("KILLS_SEED", str(time.time_ns())))
OLD = b"old\n"
# What is written, and what stands there before.
CASES = [
    (["-o", "out.csv"], False),
    (["-o", "out.csv"], True),
    (["-o", "out.csv.gz", "--rejects", "rejects.csv.gz"], False),
    (["-o", "out.csv.zst", "--rejects", "rejects.csv"], True),
    (["--worklist", "-o", "out.csv"], True),
]


def start(arguments):
    return subprocess.Popen([SCAP, "score", INTAKE, *arguments], cwd=FOLDER,
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def files():
    return sorted(os.listdir(FOLDER))


def read(name):
    with open(os.path.join(FOLDER, name), "rb") as file:
        return file.read()


def clear():
    for name in files():
        os.remove(os.path.join(FOLDER, name))


def names(arguments):
    return [word for word in arguments if word.startswith(("out", "rejects"))]


def whole(arguments):
    """What an undisturbed run writes, and how long it takes when it is quick."""
    took = []
    for _ in range(3):
        clear()
        began = time.time()
        code = start(arguments).wait()
        took.append(time.time() - began)
    if code not in (0, 1) or files() != sorted(names(arguments)):
        raise SystemExit(f"Bail out! score ends with {code} and leaves {files()}")
    return {name: read(name) for name in names(arguments)}, min(took)


def lay_out(arguments, old):
    for name in names(arguments):
        path = os.path.join(FOLDER, name)
        if os.path.exists(path):
            os.remove(path)
        if old:
            with open(path, "wb") as file:
                file.write(OLD)


def kill_once(case, wholes, where):
    """What is wrong after a kill and the run behind it; how far the killed one came."""
    arguments, old = case
    expected, took = wholes[tuple(arguments)]
    lay_out(arguments, old)
    run = start(arguments)
    time.sleep(where * took)
    run.send_signal(signal.SIGKILL)
    ended = run.wait() != -signal.SIGKILL
    new = 0
    for name in names(arguments):
        there = name in files()
        if there and read(name) not in ([OLD] if old else []) + [expected[name]]:
            return f"{name} is neither old nor whole", ended, new
        if old and not there:
            return f"{name} is gone", ended, new
        new += there and read(name) == expected[name]
    left = [name for name in files() if name not in expected]
    if len(left) > len(expected):
        return f"left behind: {left}", ended, new
    if start(arguments).wait() not in (0, 1):
        return "the next run fails", ended, new
    if {name: read(name) for name in files() if name in expected} != expected:
        return "the next run gives other bytes", ended, new
    left = [name for name in files() if name not in expected]
    return (f"still left behind: {left}" if left else None), ended, new


def main():
    chance = random.Random(SEED)
    cases = [case for case in CASES
             if os.environ.get("ZLIB", "yes") == "yes" and os.environ.get("ZSTD", "yes") == "yes"
             or not any(word.endswith((".gz", ".zst")) for word in case[0])]
    wholes = {}
    for arguments, _ in cases:
        wholes.setdefault(tuple(arguments), whole(arguments))
    clear()
    began, done, late, new, wrong = time.time(), 0, 0, 0, []
    while done < KILLS and time.time() - began < SECONDS:
        case = cases[done % len(cases)]
        clear()
        # Many moments lie close around the end, where the names are given.
        where = chance.uniform(0, 1) if chance.random() < 0.5 else chance.uniform(0.8, 1)
        fault, ended, given = kill_once(case, wholes, where)
        done, late, new = done + 1, late + ended, new + given
        if fault:
            wrong.append(f"{' '.join(case[0])} at {where:.3f}: {fault}")
    print(f"# {done} kills in {time.time() - began:.0f} s, {late} came too late, {new} files were "
          f"whole already; seed {SEED}")
    for line in wrong:
        print(f"# {line}")
    print(("not " if wrong else "") + "ok - a killed run leaves nothing or all, and the next is whole")
    print(("" if done > late else "not ") + "ok - some were killed in the middle")


main()
