"""Measures what the search costs to make and to use, beside Pagefind, and prints tables: search.py PROGRAMS N…"""

import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

from compare import BENCH, measure

TOOLS = f"{BENCH}/relevance"


def pagefind_program():
    """The program itself, and not the script that npm puts around it, whose memory would be measured."""
    named = os.environ.get("PAGEFIND")
    found = glob.glob(f"{TOOLS}/node_modules/@pagefind/*/bin/pagefind*")
    # With `extended` it cuts Chinese and Japanese into words, too.
    return named or min(filter(lambda path: os.access(path, os.X_OK), found), key=len)


def count(folder):
    return sum(len(files) for _, _, files in os.walk(folder))


def kilobytes(sizes):
    """The median, and the largest."""
    ordered = sorted(sizes)
    return f"{ordered[len(ordered) // 2] / 1000:.0f} ({ordered[-1] / 1000:.0f}) KB"


def make(programs, number, folder):
    """Builds the site and both indexes; prints what that took."""
    site, public = f"{folder}/casebook", f"{folder}/casebook/public"
    shutil.copytree(f"{BENCH}/casebook", site)
    subprocess.run([os.path.join(programs, "examples/content"), folder, str(number)], check=True)
    build = [os.path.join(programs, "casebook"), "--site", site, "build", "--now", "2026-06-30", "--timings"]
    heard = []
    wall, cpu, memory = measure(build, folder, heard)
    index = float(re.search(r"([\d.]+) ms  search index", heard[0]).group(1)) / 1000
    files, share = count(f"{public}/search"), 100 * index / wall
    print(f"| {number:,} | Casebook | {index:.2f} s ({share:.0f} % of the build) | {memory:.0f} MB (the whole build) | {files} |", flush=True)
    shutil.copytree(public, f"{folder}/copy")
    wall, cpu, memory = measure([pagefind_program(), "--site", f"{folder}/copy"], folder)
    print(f"| {number:,} | Pagefind | {wall:.2f} s (after the build) | {memory:.0f} MB | {count(f'{folder}/copy/pagefind')} |", flush=True)
    return f"{folder}/copy"


def main():
    programs = os.path.abspath(sys.argv[1])
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    used = []
    print("| reviews | program | index | memory | files |\n|--:|---|--:|--:|--:|", flush=True)
    for number in map(int, sys.argv[2:]):
        with tempfile.TemporaryDirectory(dir=memory) as folder:
            public = make(programs, number, folder)
            answer = subprocess.run(["node", f"{TOOLS}/use.mjs", public], check=True, stdout=subprocess.PIPE)
            used.append((number, json.loads(answer.stdout)))
    print("\nThe first question of a reader, compressed: the median of several (the largest).\n")
    print("| reviews | program | index | and scripts | and excerpts of ten results |\n|--:|---|--:|--:|--:|")
    for number, answer in used:
        for name in ["Casebook", "Pagefind"]:
            sent = answer[name]["sent"]
            index = [one["index"] for one in sent]
            scripts = [one["index"] + one["scripts"] for one in sent]
            everything = [one["index"] + one["scripts"] + one["excerpts"] for one in sent]
            print(f"| {number:,} | {name} | {kilobytes(index)} | {kilobytes(scripts)} | {kilobytes(everything)} |")
    print("\nFrom the last keystroke to the first result, with all files at hand: the median (the longest).\n")
    print("| reviews | box of every page | page of search, with facets |\n|--:|--:|--:|")
    for number, answer in used:
        times = [sorted(answer["waits"][place]) for place in ["box", "page"]]
        box, page = (f"{each[len(each) // 2]:.0f} ({each[-1]:.0f}) ms" for each in times)
        print(f"| {number:,} | {box} | {page} |")


main()
