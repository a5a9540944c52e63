import subprocess
import sys

PROGRAM = """
import resource
import numpy as np
from hrs_ros.training.memory import keep_freed_memory

def faults():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(3):
        np.ones(12_000_000)  # 96 MB, touched and freed
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

plain = faults()
if not keep_freed_memory():
    print("not here")
else:
    faults()  # grows the heap once
    print(plain, faults())
"""


def test_freed_memory_is_used_again() -> None:
    # In a process of its own: the setting cannot be taken back.
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    if done.stdout.strip() != "not here":
        plain, kept = map(int, done.stdout.split())
        assert kept < plain / 10
