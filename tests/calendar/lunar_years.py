"""Writes lunar_years.csv: Tết and Giỗ Tổ of 1980 to 2099 by PyEphem, an astronomical library that shares nothing with
the series of src/calendar/lunar.rs. Repeat: pip install ephem==4.2; python3 lunar_years.py > lunar_years.csv"""

import math
from datetime import datetime, timedelta

import ephem


def local_day(instant):
    return (ephem.Date(instant).datetime() + timedelta(hours=7)).date()


def new_moons():
    found, at = [], ephem.Date("1978/11/1")
    while ephem.Date(at).datetime().year <= 2100:
        at = ephem.next_new_moon(at)
        found.append(local_day(at))
        at = ephem.Date(at + 1)
    return found


MOONS = new_moons()


def sun_sign(day):
    at = ephem.Date(datetime(day.year, day.month, day.day) - timedelta(hours=7))
    sun = ephem.Sun(at)
    seen = ephem.Ecliptic(ephem.Equatorial(sun.g_ra, sun.g_dec, epoch=at), epoch=at)
    return int(math.degrees(seen.lon) % 360 // 30)


def eleventh_month(year):
    solstice = local_day(ephem.next_winter_solstice(ephem.Date(f"{year}/12/1")))
    return max(i for i, moon in enumerate(MOONS) if moon <= solstice)


def months(year):
    first, last = eleventh_month(year - 1), eleventh_month(year)
    found = [(MOONS[i], MOONS[i + 1]) for i in range(first, last)]
    if len(found) == 13:
        leap = next(i for i in range(1, 13) if sun_sign(found[i][0]) == sun_sign(found[i][1]))
        del found[leap]
    return found


print("year,tet,gio_to")
for year in range(1980, 2100):
    ordinary = months(year)
    print(f"{year},{ordinary[2][0]},{ordinary[4][0] + timedelta(days=9)}")
