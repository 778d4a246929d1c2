#!/usr/bin/env python3
"""Measures ziping on a campaign that is made up for it, and openpyxl beside it.

    python3 cmd/campaign/measure.py [-n 10000] [--dir DIR] [--sample 1000]

Run it from the repository. It needs Go, Python 3 and, for the comparison,
openpyxl; for 10,000 projects some minutes and 1 GB of disk. It prints a Markdown
table: files a second and the peak memory (RSS) of each command, and whether check
found the planted faults, all and only these.
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

OPENPYXL = r"""
import sys, warnings
from multiprocessing import Pool
from openpyxl import load_workbook
warnings.simplefilter("ignore")

def read(name):
    cells = 0
    for values in (False, True):  # the formulas, then what they came to
        book = load_workbook(name, data_only=values)
        for sheet in book:
            for row in sheet.iter_rows():
                for cell in row:
                    cells += cell.value is not None
        book.close()
    return cells

if __name__ == "__main__":
    names = sys.stdin.read().split("\n")
    processes = int(sys.argv[1])
    if processes == 1:
        print(sum(map(read, names)))
    else:
        with Pool(processes) as pool:
            print(sum(pool.imap_unordered(read, names, 16)))
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
    if p.returncode not in (0, 1) or p.returncode == 1 and args[0] == sys.executable:  # check ends with 1 where it finds errors
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
    p.add_argument("--sample", type=int, default=1000, help="workbooks that openpyxl reads (1000)")
    p.add_argument("--dir", help="where to put the campaign; kept, and used again if it is there")
    args = p.parse_args()
    work = args.dir or tempfile.mkdtemp(prefix="ziping-campaign-")
    try:
        measure(os.path.abspath(work), args.n, args.sample)
    finally:
        if not args.dir:
            shutil.rmtree(work)


def measure(work, n, sample):
    os.makedirs(work, exist_ok=True)
    bin = os.path.join(work, "bin") + os.sep
    subprocess.run(["go", "build", "-o", bin, "./cmd/ziping", "./cmd/campaign"], check=True)
    ziping, table = bin + "ziping", []
    year, another = (os.path.join(work, f"campaign-{n}-{seed}") for seed in (1, 2))
    for seed, directory in (("1", year), ("2", another)):
        if not os.path.exists(os.path.join(directory, "faults.jsonl")):
            seconds, *_ = run([bin + "campaign", "-n", str(n), "-seed", seed, "-o", directory])
            print(f"made up {n} projects in {seconds:.0f} s", file=sys.stderr)
    returned, projects = os.path.join(year, "returned"), os.path.join(year, "projects")
    files = workbooks(returned)

    def row(what, count, measured):
        seconds, cpu, memory = measured
        table.append((what, count, seconds, cpu, memory))
        print(f"{what}: {count / seconds:.0f} files/s, {memory:.0f} MB", file=sys.stderr)
        return count / seconds, cpu / count

    def fresh(name):
        shutil.rmtree(os.path.join(work, name), ignore_errors=True)
        return os.path.join(work, name)

    returns = [returned, os.path.join(another, "returned")]
    lines, summary = os.path.join(work, "report.jsonl"), os.path.join(work, "summary.xlsx")
    row("template", n, run([ziping, "template", "-o", fresh("issued"), projects]))
    checked = row("check", len(files), run([ziping, "check", returned]))
    with open(lines, "wb") as out:
        row("check --format jsonl", len(files), run([ziping, "check", "--format", "jsonl", returned], out))
    html = os.path.join(work, "report.html")
    row("check --format html", len(files), run([ziping, "check", "--format", "html", "--force", "-o", html, returned]))
    row("annotate", len(files), run([ziping, "annotate", "-o", fresh("annotated"), returned]))
    row("collect", len(files), run([ziping, "collect", "--force", "--projects", projects, "-o", summary, returned]))
    twice = len(files) + len(workbooks(returns[1]))
    row("template, twice as many", 2 * n, run([ziping, "template", "-o", fresh("issued"), projects, os.path.join(another, "projects")]))
    row("check, twice as many", twice, run([ziping, "check", *returns]))
    row("annotate, twice as many", twice, run([ziping, "annotate", "-o", fresh("annotated"), *returns]))
    row("collect, twice as many", twice, run([ziping, "collect", "--force", "-o", summary, *returns]))

    some = files[:: max(1, len(files) // sample)][:sample]
    names = "\n".join(some).encode()
    chosen = row(f"check, {len(some)} of them", len(some), run([ziping, "check", "--files-from", "-"], stdin=names))
    python = {}
    try:
        for processes in (1, os.cpu_count() or 1):
            args = [sys.executable, "-c", OPENPYXL, str(processes)]
            python[processes] = row(f"openpyxl on the same, processes: {processes}", len(some), run(args, stdin=names))
    except OSError as e:
        print(f"openpyxl is left out: {e}", file=sys.stderr)
    report(table, files, compare(year, lines), chosen, checked, python)


def report(table, files, faults, chosen, checked, python):
    print(f"{len(files)} workbooks, {os.cpu_count()} cores, Python {sys.version.split()[0]}\n")
    print("| | files | seconds | files/s | CPU a file | peak memory |\n|---|--:|--:|--:|--:|--:|")
    for what, count, seconds, cpu, memory in table:
        print(f"| {what} | {count} | {seconds:.1f} | {count / seconds:.0f} | {1000 * cpu / count:.2f} ms | {memory:.0f} MB |")
    print(f"\n{faults[0]} findings planted: {faults[1]} missed, {faults[2]} false alarms")
    for processes, (rate, cpu) in python.items():
        print(f"check reads {chosen[0] / rate:.1f} times the files a second of openpyxl with {processes} process{'es' * (processes > 1)}"
              f" on the sample, {checked[0] / rate:.1f} times on the whole campaign; a file takes openpyxl {cpu / chosen[1]:.1f} times the CPU")


main()
