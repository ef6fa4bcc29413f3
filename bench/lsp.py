"""Measures how soon the language server answers an edit with its findings, and prints a table: lsp.py PROGRAMS N…"""

import glob
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

EDITS = int(os.environ.get("BENCH_EDITS", "200"))
BENCH = os.path.dirname(os.path.abspath(__file__))


class Editor:
    """A conversation with the server."""

    def __init__(self, program, site):
        self.server = subprocess.Popen([program, "lsp"], cwd=site, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.asked = 0
        folder = {"uri": f"file://{site}", "name": "site"}
        self.ask("initialize", {"processId": None, "rootUri": None, "workspaceFolders": [folder], "capabilities": {}})
        self.tell("initialized", {})

    def send(self, message):
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self.server.stdin.flush()

    def tell(self, method, params):
        self.send({"method": method, "params": params})

    def read(self):
        length = 0
        while (line := self.server.stdout.readline().strip()):
            length = int(line.split(b": ")[1]) if line.startswith(b"Content-Length") else length
        return json.loads(self.server.stdout.read(length))

    def ask(self, method, params):
        self.asked += 1
        self.send({"id": self.asked, "method": method, "params": params})
        while True:
            message = self.read()
            if message.get("id") == self.asked:
                return message

    def until(self, uri, version):
        """Reads until the findings of this version of a text are there. An earlier version must not come any more."""
        while True:
            message = self.read()
            params = message.get("params", {})
            if message.get("method") == "textDocument/publishDiagnostics" and params["uri"] == uri:
                if params.get("version") == version:
                    return len(params["diagnostics"])

    def end(self):
        self.ask("shutdown", None)
        self.tell("exit", {})
        self.server.wait()


def milliseconds(run):
    start = time.monotonic()
    run()
    return 1000 * (time.monotonic() - start)


def measure(program, site):
    source = sorted(glob.glob(f"{site}/content/reviews/*.md"))[-1]
    with open(source, encoding="utf-8") as file:
        text = file.read()
    uri = f"file://{source}"
    editor = Editor(program, site)
    document = {"uri": uri, "languageId": "markdown", "version": 1, "text": text}

    def open_it():
        editor.tell("textDocument/didOpen", {"textDocument": document})
        editor.until(uri, 1)

    first = milliseconds(open_it)
    line = next(at for at, words in enumerate(text.split("\n")) if words.startswith("## ")) + 2

    def edit(version):
        place = {"line": line, "character": 0}
        change = {"range": {"start": place, "end": place}, "text": "x"}
        editor.tell("textDocument/didChange", {"textDocument": {"uri": uri, "version": version}, "contentChanges": [change]})

    def edit_and_wait(version):
        edit(version)
        editor.until(uri, version)

    edits = [milliseconds(lambda: edit_and_wait(2 + count)) for count in range(EDITS)]
    place = {"textDocument": {"uri": uri}, "position": {"line": 2, "character": 0}}
    questions = [milliseconds(lambda: editor.ask("textDocument/completion", place)) for _ in range(20)]

    def burst():
        for count in range(EDITS):
            edit(2 + EDITS + count)
        editor.until(uri, 1 + 2 * EDITS)

    all_at_once = milliseconds(burst)
    editor.end()
    return first, edits, questions, all_at_once


def main():
    programs = os.path.abspath(sys.argv[1])
    print(f"{'reviews':>8} {'opened':>9} {'edit':>9} {'slowest tenth':>14} {'completion':>11} {f'{EDITS} at once':>13}   (ms)")
    for count in map(int, sys.argv[2:]):
        with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as folder:
            subprocess.run([f"{programs}/examples/content", folder, str(count)], check=True)
            site = f"{folder}/casebook"
            shutil.copy(f"{BENCH}/casebook/casebook.toml", site)
            first, edits, questions, all_at_once = measure(f"{programs}/casebook", site)
            tenth = sorted(edits)[len(edits) * 9 // 10]
            print(
                f"{count:>8} {first:>9.0f} {statistics.median(edits):>9.1f} {tenth:>14.1f} "
                f"{statistics.median(questions):>11.1f} {all_at_once:>13.0f}"
            )


main()
