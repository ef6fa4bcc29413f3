"""Measures each program on the same reviews, in turns, and prints a table: compare.py PROGRAMS N…"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
BENCH = os.path.dirname(os.path.abspath(__file__))


# It finds the output of the contender before it.
AGAIN = "casebook, nothing changed"


def size(folder):
    """The bytes and the number of the files below a folder."""
    files = [os.path.join(root, name) for root, _, names in os.walk(folder) for name in names]
    return sum(map(os.path.getsize, files)), len(files)


def measure(command, cwd, heard=None):
    """Seconds on the clock, seconds of CPU, and the peak memory in MB of a program and all that it starts. What it says is added to `heard`."""
    with tempfile.TemporaryFile() as said:
        start = time.monotonic()
        process = subprocess.Popen(command, cwd=cwd, stdout=said, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            said.seek(0)
            sys.exit(f"{command} failed:\n{said.read()[-2000:].decode(errors='replace')}")
        if heard is not None:
            said.seek(0)
            heard.append(said.read().decode(errors="replace"))
    # Linux counts in kB, macOS in bytes.
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit


def commands(programs, site, output):
    """Each contender: its name, the folder it writes, and the commands that it takes."""
    casebook = [os.path.join(programs, "casebook"), "--site", f"{site}/casebook", "build", "--now", "2026-06-30"]
    casebook += ["--output", f"{output}/casebook"]
    yield "casebook", [casebook]
    yield AGAIN, [casebook]
    yield "bare pipeline", [[os.path.join(programs, "examples/bare"), f"{site}/casebook", f"{output}/bare"]]
    hugo, zola = shutil.which("hugo"), shutil.which("zola")
    pagefind = os.environ.get("PAGEFIND") or shutil.which("pagefind")
    if hugo:
        build = [hugo, "--quiet", "--source", f"{site}/hugo", "--destination", f"{output}/hugo"]
        yield "hugo", [build]
        if pagefind:
            yield "hugo and pagefind", [build, [pagefind, "--site", f"{output}/hugo"]]
    if zola:
        yield "zola", [[zola, "--root", f"{site}/zola", "build", "--force", "--output-dir", f"{output}/zola"]]
    for name, path in [("hugo", hugo), ("zola", zola), ("pagefind", pagefind)]:
        if not path:
            print(f"{name} is not installed, so it is left out.", file=sys.stderr)


def compare(programs, count, folder):
    site, output = f"{folder}/site", f"{folder}/output"
    for name in ["casebook", "hugo", "zola"]:
        shutil.copytree(f"{BENCH}/{name}", f"{site}/{name}")
    subprocess.run([os.path.join(programs, "examples/content"), site, str(count)], check=True)
    contenders = list(commands(programs, site, output))
    results = {name: [] for name, _ in contenders}
    for _ in range(ROUNDS):
        for name, steps in contenders:
            if name != AGAIN:
                shutil.rmtree(output, ignore_errors=True)
                os.makedirs(output)
            measured = [measure(step, folder) for step in steps]
            wall, cpu, memory = zip(*measured)
            results[name].append((sum(wall), sum(cpu), max(memory), *size(output)))
    for name, runs in results.items():
        wall, cpu, memory, length, files = (statistics.median(column) for column in zip(*runs))
        written = f"{length / 1e6:.0f} MB in {files:,.0f}"
        print(f"| {count:,} | {name} | {wall:.2f} s | {cpu:.2f} s | {memory:.0f} MB | {written} |", flush=True)


def main():
    programs = os.path.abspath(sys.argv[1])
    # In memory, the disk of the machine does not count.
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    print("| reviews | program | time | CPU | memory | files |\n|--:|---|--:|--:|--:|--:|", flush=True)
    for count in sys.argv[2:]:
        with tempfile.TemporaryDirectory(dir=memory) as folder:
            compare(programs, int(count), folder)


if __name__ == "__main__":
    main()
