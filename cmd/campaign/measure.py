#!/usr/bin/env python3
"""Measures ziping on a campaign that is made up for it, beside other programs and the
least that reading takes.

    python3 cmd/campaign/measure.py [-n 10000] [--dir DIR] [--sample 400] [--rounds 3]

Run it from the repository. It needs Go and Python 3; openpyxl, Node.js with exceljs and
xlsx (NODE_PATH) and Chromium for what is measured of them. For 10,000 projects it takes
some minutes and 1 GB of disk. It prints the table of README.md: the CPU (user and system)
of whole processes, start-up included, the least of some rounds in which the programs
take turns, and how many times that is of the limit: inflating the parts of a form that
matter and walking their tags. Whether check found the planted faults, all and only these,
it says below.
"""
import argparse
import collections
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

# Each reads the workbooks that stdin names, and all their cells.
OPENPYXL = """
import sys, warnings
from openpyxl import load_workbook
warnings.simplefilter("ignore")
cells = 0
for name in sys.stdin.read().split("\\n"):
    book = load_workbook(name, read_only=%s)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                cells += cell.value is not None
    book.close()
print(cells)
"""
SHEETJS = """
const X = require("xlsx"), names = require("fs").readFileSync(0, "utf8").split("\\n");
let cells = 0;
for (const name of names) {
  const book = X.readFile(name);
  for (const sheet of book.SheetNames) cells += Object.keys(book.Sheets[sheet]).length;
}
console.log(cells);
"""
EXCELJS = """
const E = require("exceljs"), names = require("fs").readFileSync(0, "utf8").split("\\n");
(async () => {
  let cells = 0;
  for (const name of names) {
    const book = new E.Workbook();
    await book.xlsx.readFile(name);
    book.eachSheet((sheet) => sheet.eachRow((row) => row.eachCell(() => cells++)));
  }
  console.log(cells);
})();
"""


def run(args, out=subprocess.DEVNULL, stdin=None):
    """Runs a command; returns the seconds, those of CPU, and the peak RSS in MB, of
    the largest process if there are several. A process is begun with the RSS of
    this one, so this one must stay small."""
    begin = time.monotonic()
    p = subprocess.Popen(args, stdin=subprocess.PIPE if stdin else None, stdout=out, stderr=subprocess.PIPE)
    if stdin:
        with contextlib.suppress(BrokenPipeError):  # it has ended; why, it says below
            p.stdin.write(stdin)
            p.stdin.close()
    err = p.stderr.read()
    _, status, usage = os.wait4(p.pid, 0)
    p.returncode = os.waitstatus_to_exitcode(status)
    if p.returncode not in (0, 1) or p.returncode == 1 and "ziping" not in os.path.basename(args[0]):  # check ends with 1 where it finds errors
        raise OSError(f"{' '.join(args)[:100]} … ends with {p.returncode}: {err.decode()[-1000:]}")
    kilobytes = usage.ru_maxrss / 1024 if sys.platform == "darwin" else usage.ru_maxrss
    return time.monotonic() - begin, usage.ru_utime + usage.ru_stime, kilobytes / 1024


def workbooks(directory):
    return sorted(os.path.join(d, f) for d, _, files in os.walk(directory) for f in files if f.endswith(".xlsx"))


def compare(directory, lines):
    """Compares what check found with the faults that were planted."""
    with open(os.path.join(directory, "faults.jsonl"), encoding="utf-8") as f:
        planted = collections.Counter((x["file"], x["rule"], x["cell"], x["field"]) for x in map(json.loads, f))
    found = collections.Counter()
    with open(lines, encoding="utf-8") as f:
        for file in map(json.loads, f):
            if "summary" in file:  # the last line
                continue
            name = os.path.relpath(file["file"], directory).replace(os.sep, "/")
            for table in file["tables"]:
                found.update((name, x["rule"], x["cell"], x["field"]) for x in table["findings"])
    for sign, differs in (("missed", planted - found), ("false alarm", found - planted)):
        for x in sorted(differs)[:20]:
            print(f"{sign}: {' '.join(x)}", file=sys.stderr)
    return planted.total(), (planted - found).total(), (found - planted).total()


def main():
    p = argparse.ArgumentParser(description="Measures ziping on a made-up campaign.")
    p.add_argument("-n", type=int, default=10000, help="projects (10000)")
    p.add_argument("--sample", type=int, default=400, help="workbooks that are read in turns with the other programs (400)")
    p.add_argument("--rounds", type=int, default=3, help="how often (3)")
    p.add_argument("--dir", help="where to put the campaign; kept, and used again if it is there")
    args = p.parse_args()
    work = args.dir or tempfile.mkdtemp(prefix="ziping-campaign-")
    try:
        measure(os.path.abspath(work), args)
    finally:
        if not args.dir:
            shutil.rmtree(work)


def build(bin):
    subprocess.run(["go", "build", "-o", bin, "./cmd/ziping", "./cmd/campaign"], check=True)
    try:
        subprocess.run(["go", "build", "-o", bin], cwd=".ci/peers", check=True)
    except subprocess.CalledProcessError as e:
        print(f"the peers in Go are left out: {e}", file=sys.stderr)


def measure(work, args):
    os.makedirs(work, exist_ok=True)
    bin = os.path.join(work, "bin") + os.sep
    build(bin)
    ziping, n, table = bin + "ziping", args.n, []
    year, another = (os.path.join(work, f"campaign-{n}-{seed}") for seed in (1, 2))
    for seed, directory in (("1", year), ("2", another)):
        if not os.path.exists(os.path.join(directory, "faults.jsonl")):
            seconds, *_ = run([bin + "campaign", "-n", str(n), "-seed", seed, "-o", directory])
            print(f"made up {n} projects in {seconds:.0f} s", file=sys.stderr)
    returned, projects = os.path.join(year, "returned"), os.path.join(year, "projects")
    files = workbooks(returned)

    def row(what, count, measured):
        table.append((what, count, *measured))
        print(f"{what}: {1000 * measured[1] / count:.2f} ms a form, {measured[2]:.0f} MB", file=sys.stderr)

    def fresh(name):
        shutil.rmtree(os.path.join(work, name), ignore_errors=True)
        return os.path.join(work, name)

    some = files[:: max(1, len(files) // args.sample)][: args.sample]
    for what, measured in in_turns(bin, ziping, some, args.rounds).items():
        row(what, len(some), measured)
    row("ziping check of one form", 1, least([ziping, "check", some[0]], args.rounds))
    row("ziping --version", 1, least([ziping, "--version"], args.rounds))

    returns = [returned, os.path.join(another, "returned")]
    lines, html, summary = (os.path.join(work, name) for name in ("report.jsonl", "report.html", "summary.xlsx"))
    twice = len(files) + len(workbooks(returns[1]))
    row("check", len(files), run([ziping, "check", returned]))
    row("check, twice as many", twice, run([ziping, "check", *returns]))
    with open(lines, "wb") as out:
        row("check --format jsonl", len(files), run([ziping, "check", "--format", "jsonl", returned], out))
    row("check --format html", len(files), run([ziping, "check", "--format", "html", "--force", "-o", html, returned]))
    row("annotate", len(files), run([ziping, "annotate", "-o", fresh("annotated"), returned]))
    row("annotate, twice as many", twice, run([ziping, "annotate", "-o", fresh("annotated"), *returns]))
    row("collect", len(files), run([ziping, "collect", "--force", "--projects", projects, "-o", summary, returned]))
    row("collect, twice as many", twice, run([ziping, "collect", "--force", "-o", summary, *returns]))
    row("collect --from-jsonl", len(files), run([ziping, "collect", "--force", "--from-jsonl", "-o", summary, lines]))
    row("template", n, run([ziping, "template", "-o", fresh("issued"), projects]))
    row("template, twice as many", 2 * n, run([ziping, "template", "-o", fresh("issued"), projects, os.path.join(another, "projects")]))
    report(table, files, compare(year, lines))
    try:
        print(subprocess.run([bin + "peers", "browser", html], check=True, capture_output=True, text=True).stdout, end="")
    except (OSError, subprocess.CalledProcessError) as e:
        print(f"report.html in Chromium is left out: {e}", file=sys.stderr)


def in_turns(bin, ziping, some, rounds):
    """Has programs read the same workbooks in turns; returns what the least took of each."""
    programs = {
        LIMIT: [bin + "campaign", "-limit"],
        "ziping read": [ziping, "read", "--format", "jsonl", *some],
        "ziping check": [ziping, "check", "--files-from", "-"],
        "thedatashed/xlsxreader": [bin + "peers", "xlsxreader"],
        "excelize": [bin + "peers", "excelize"],
        "SheetJS": ["node", "-e", SHEETJS],
        "exceljs": ["node", "-e", EXCELJS],
        "openpyxl, read-only": [sys.executable, "-c", OPENPYXL % True],
        "openpyxl": [sys.executable, "-c", OPENPYXL % False],
    }
    best = {}
    for _ in range(rounds):
        for what, args in list(programs.items()):
            try:
                measured = run(args, stdin="\n".join(some).encode())
            except OSError as e:
                print(f"{what} is left out: {e}", file=sys.stderr)
                del programs[what]
                continue
            best[what] = min(best.get(what, measured), measured, key=lambda m: m[1])
    return best


LIMIT = "the limit: inflate and walk"


def least(args, rounds):
    return min((run(args) for _ in range(4 * rounds)), key=lambda m: m[1])


def report(table, files, faults):
    limit = next(cpu / count for what, count, _, cpu, _ in table if what == LIMIT)
    print("| | forms | CPU a form | of the limit | forms a second | peak memory |\n|---|--:|--:|--:|--:|--:|")
    for what, count, seconds, cpu, memory in table:
        rate = f"{count / seconds:.0f}" if count > 1 else ""
        print(f"| {what} | {count} | {1000 * cpu / count:.2f} ms | {cpu / count / limit:.1f} | {rate} | {memory:.0f} MB |")
    print(f"\n{os.cpu_count()} cores, Python {sys.version.split()[0]}; {faults[0]} findings planted: {faults[1]} missed, {faults[2]} false alarms")


main()
