"""Reads a calendar with the package icalendar and says what it understood, one event a line.

    look.py FILE

Lines are "uid TAB sequence TAB status TAB start TAB offset TAB summary TAB alarms": the start as a date or an instant in
UTC, the offset of the zone in hours or "-", the alarms as local mornings before the day. Whatever is not sound ends it.
"""
import datetime
import sys

import icalendar

raw = open(sys.argv[1], "rb").read()
for line in raw.split(b"\r\n"):
    assert len(line) <= 75, f"{len(line)} octets"
    line.decode("utf-8")
    assert b"\n" not in line and b"\r" not in line
calendar = icalendar.Calendar.from_ical(raw)
assert not calendar.errors, calendar.errors
assert str(calendar["VERSION"]) == "2.0" and calendar["PRODID"]
zones = list(calendar.walk("VTIMEZONE"))
assert [str(zone["TZID"]) for zone in zones] == ["Asia/Ho_Chi_Minh"]
seen = set()
for event in calendar.walk("VEVENT"):
    assert not event.errors, event.errors
    for name in ("UID", "DTSTAMP", "SEQUENCE", "SUMMARY", "DTSTART", "STATUS"):
        assert name in event, name
    uid = str(event["UID"])
    assert uid not in seen, "a name stands once"
    seen.add(uid)
    start = event["DTSTART"].dt
    zone = "-"
    if isinstance(start, datetime.datetime):
        zone = str(int(start.utcoffset().total_seconds() // 3600))
        local = start
        start = start.astimezone(datetime.timezone.utc)
    else:
        local = datetime.datetime.combine(start, datetime.time())
        assert event["DTEND"].dt == start + datetime.timedelta(days=1)
    alarms = []
    for alarm in event.walk("VALARM"):
        assert str(alarm["ACTION"]) == "DISPLAY" and alarm["DESCRIPTION"]
        assert "UID" not in alarm and "DTSTAMP" not in alarm
        rings = local + alarm["TRIGGER"].dt
        alarms.append(f"{(local.date() - rings.date()).days}@{rings:%H:%M}")
    print(uid, int(event["SEQUENCE"]), str(event["STATUS"]), start, zone, str(event["SUMMARY"]), ",".join(alarms), sep="\t")
