"""Measures how soon a preview answers with what was saved, and prints a table: preview.py PROGRAMS N…"""

import glob
import http.client
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

EDITS = int(os.environ.get("BENCH_EDITS", "21"))
# So many edits show whether memory grows.
MANY = int(os.environ.get("BENCH_MANY_EDITS", "0"))
BENCH = os.path.dirname(os.path.abspath(__file__))
PATIENCE = 120


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def until(port, path, word):
    """Asks for a page, without a pause, until it says the word; milliseconds since the call."""
    start = time.monotonic()
    while time.monotonic() - start < PATIENCE:
        try:
            status, body = get(port, path)
            if status == 200 and word in body:
                return (time.monotonic() - start) * 1000
        # A server that builds anew may cut a response short.
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(0.001)
    sys.exit(f"{path} never said {word}")


def memory(process):
    with open(f"/proc/{process.pid}/status", encoding="utf-8") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read())[1]) / 1024


def save(path, number):
    """Changes a word of the summary, as an editor does that writes the file in place."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    word = f"edited{number}times"
    text = re.sub(r"## Summary\n\n(edited\d+times )?", f"## Summary\n\n{word} ", text, count=1)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return word.encode()


def measure(name, command, page, source, port):
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until(port, page, b"</html>")
        first = (time.monotonic() - start) * 1000
        # What goes on in the background after the start is over by then.
        time.sleep(3)
        times = []
        for number in range(EDITS):
            word = save(source, number)
            times.append(until(port, page, word))
            time.sleep(0.2)
        before = memory(process)
        for number in range(MANY):
            until(port, page, save(source, EDITS + number))
        after = f" → {memory(process):.0f} MB after {MANY:,} more" if MANY and name == "casebook" else ""
        slow = sorted(times)[int(len(times) * 0.9)]
        return f"{first:,.0f} ms | {statistics.median(times):,.0f} ms | {slow:,.0f} ms | {before:.0f} MB{after}"
    finally:
        process.terminate()
        process.wait()


def contenders(programs, site):
    port = free_port()
    casebook = [f"{programs}/casebook", "--site", f"{site}/casebook", "serve", "--now", "2026-06-30", "--port", str(port)]
    yield "casebook", casebook, "/reviews/{}.html", port
    if shutil.which("hugo"):
        port = free_port()
        hugo = ["hugo", "server", "--source", f"{site}/hugo", "--port", str(port), "--bind", "127.0.0.1"]
        yield "hugo server", hugo, "/reviews/{}/", port
    else:
        print("hugo is not installed, so it is left out.", file=sys.stderr)


def compare(programs, count, site):
    for name in ["casebook", "hugo"]:
        shutil.copytree(f"{BENCH}/{name}", f"{site}/{name}")
    subprocess.run([f"{programs}/examples/content", site, str(count)], check=True)
    for name, command, page, port in contenders(programs, site):
        folder = "hugo" if name.startswith("hugo") else "casebook"
        sources = sorted(glob.glob(f"{site}/{folder}/content/reviews/*.md"))
        source = sources[len(sources) // 2]
        review = os.path.basename(source).removesuffix(".md")
        base = re.search(r'base_?url\s*=\s*"https?://[^/"]+(/[^"]*)?"', open(glob.glob(f"{site}/{folder}/*.toml")[0]).read(), re.I)
        path = ((base and base[1]) or "/").rstrip("/") + page.format(review)
        print(f"| {count:,} | {name} | {measure(name, command, path, source, port)} |", flush=True)


def main():
    programs = os.path.abspath(sys.argv[1])
    # In memory, the disk of the machine does not count.
    folder = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    print("| reviews | program | first page | save → page, median | slowest tenth | memory |")
    print("|--:|---|--:|--:|--:|--:|", flush=True)
    for count in sys.argv[2:]:
        with tempfile.TemporaryDirectory(dir=folder) as site:
            compare(programs, int(count), site)


main()
