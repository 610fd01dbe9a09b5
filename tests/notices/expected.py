"""The notices of the demo's year 2025, worked out once more from the files of fixtures/demo and fixtures/catalogue: a second
implementation that shares nothing with the program. Writes year_2025.csv beside itself; `python3 expected.py --check` compares.

    python3 tests/notices/expected.py
"""
import csv
import sys
import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
DEMO = HERE.parent.parent / "fixtures" / "demo"
CALENDAR = HERE.parent.parent / "fixtures" / "catalogue" / "calendar.csv"
STEPS = [-15, -7, -3, -1, 0, 1, 3, 7]


def rows(path):
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(file))


def day(text):
    return date.fromisoformat(text) if text else None


KINDS = {row["day"]: row["kind"] for row in rows(CALENDAR)}


def worked(d):
    kind = KINDS.get(d.isoformat())
    return kind == "swapped_work" if kind else d.weekday() < 5


def back(d):
    while not worked(d):
        d -= timedelta(1)
    return d


def on(d):
    while not worked(d):
        d += timedelta(1)
    return d


def falls(deadline):
    """The step said on each day; of two on one day the later."""
    said = {}
    for step in STEPS:
        nominal = deadline + timedelta(step)
        said[back(nominal) if step <= 0 else on(nominal)] = step
    return said


def holds(row, d):
    return (not row["valid_from"] or day(row["valid_from"]) <= d) and (not row["valid_to"] or d <= day(row["valid_to"]))


def periods():
    with open(DEMO / "periods.toml", "rb") as file:
        return tomllib.load(file)["periods"]


def duties(period):
    """Who owes the period: the routes of its reference day, or the units it names."""
    reference = period["reference_on"]
    routes = [r for r in rows(DEMO / "routes.csv") if r["regime"] == period["regime"] and r["part"] == "own" and holds(r, reference)]
    named = period.get("units")
    return {r["unit"]: r for r in routes if named is None or r["unit"] in named}


def steps(period):
    path = DEMO / "reports" / "steps" / f"{period['regime']}_{period['code']}.csv"
    return rows(path) if path.exists() else []


def state(events, at):
    """What was so at that moment: (settled, last day of the correction, extended to, unlocked to)."""
    settled, correction, extended, unlocked = False, None, None, None
    for event in events:
        if datetime.fromisoformat(event["at"]) > at:
            break
        match event["action"]:
            case "send" | "receive" | "nil" | "exempt":
                settled, correction = True, None
            case "request_amendment":
                settled, correction = False, day(event["due"])
            case "extension_granted":
                extended = day(event["due"])
            case "unlock":
                unlocked = day(event["due"])
    return settled, correction, extended, unlocked


def main():
    members = rows(DEMO / "memberships.csv")

    def holding(unit, role, d):
        return sorted({m["username"] for m in members if m["unit"] == unit and m["role"] == role and holds(m, d)})

    out = []
    for period in periods():
        if period["due_rule"] == "undated":
            continue
        stated = period["stated_on"] - timedelta(1 if period["due_rule"] == "before" else 0)
        events = sorted(steps(period), key=lambda e: e["at"])
        opened = period["opened_at"].date()
        for unit, route in duties(period).items():
            own = [e for e in events if e["unit"] == unit]
            requested = route["mode"] != "giao"
            d = date(2025, 1, 1)
            while d.year == 2025:
                settled, correction, extended, unlocked = state(own, datetime(d.year, d.month, d.day, 7))
                deadline = correction or extended or stated
                sent = any(e["action"] == "send" and datetime.fromisoformat(e["at"]) <= datetime(d.year, d.month, d.day, 7) for e in own)
                if sent and not correction:
                    settled = True
                step = falls(deadline).get(d)
                lock = period.get("lock_on")
                # Nothing can be sent after the lock, unless it is a correction or the lock was moved for the unit.
                shut = not correction and lock and max(x for x in (lock, extended, unlocked) if x) < d
                if not settled and not shut and step is not None and d >= opened and worked(d):
                    aim = "correction" if correction else "report"

                    def say(level, people):
                        for person in people:
                            out.append([d.isoformat(), level, person, period["regime"], period["code"], unit, aim, deadline.isoformat(), str(step)])

                    officers, leaders = holding(unit, "officer", d), holding(unit, "unit_leader", d)
                    if step <= 0:
                        say("own", sorted(set(officers) | set(leaders)))
                    else:
                        say("own", officers or leaders)
                    if step >= 1 and not requested:
                        say("unit_leader", leaders)
                    if step >= 7 and not requested:
                        say("compiling_leader", holding(route["collector"], "compiling_leader", d))
                d += timedelta(1)
    out.sort()
    head = ["day", "level", "person", "regime", "period", "unit", "aim", "due_on", "step"]
    text = "\n".join(",".join(row) for row in [head, *out]) + "\n"
    target = HERE / "year_2025.csv"
    if "--check" in sys.argv:
        sys.exit(0 if target.read_text(encoding="utf-8") == text else "year_2025.csv is not what the files say")
    target.write_text(text, encoding="utf-8")


main()
