"""Runs every test and ends with a line that machines read."""

import sys
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

result = unittest.TextTestRunner(verbosity=1).run(unittest.TestLoader().discover(str(HERE), top_level_dir=str(HERE.parent)))
failed = len(result.failures) + len(result.errors)
print(f"{result.testsRun - failed - len(result.skipped)} passed, {failed} failed, {len(result.skipped)} skipped")
sys.exit(failed > 0)
