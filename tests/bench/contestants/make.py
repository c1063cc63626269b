# SPDX-License-Identifier: MIT
"""Writes the rules of a pack for another engine: make.py awk|sql|clips PACK
PACK is a folder with rules/ and data/. See program.py."""
import importlib
import sys

import program

if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in ("awk", "sql", "clips"):
        sys.exit("usage: make.py awk|sql|clips PACK")
    maker = importlib.import_module(sys.argv[1])
    sys.stdout.write(maker.write(program.Program(sys.argv[2])))
