"""The totals of a workbook once more, in another language: reads the sheet of data straight from its XML, folds the rows
of units by the rule each indicator names, and prints one line per indicator: code, total, units with a figure, units
asked. Standard library only; exact fractions, no floating point."""

import sys
import zipfile
from fractions import Fraction
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def texts_of(element):
    return "".join(part.text or "" for part in element.iter(MAIN + "t"))


def column_of(reference):
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number


def rows_of(path, sheet_name):
    with zipfile.ZipFile(path) as book:
        links = {}
        for link in ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels")):
            links[link.get("Id")] = "xl/" + link.get("Target").lstrip("/").removeprefix("xl/")
        sheets = ElementTree.fromstring(book.read("xl/workbook.xml")).find(MAIN + "sheets")
        part = next(links[s.get(LINK)] for s in sheets if s.get("name") == sheet_name)
        shared = []
        if "xl/sharedStrings.xml" in book.namelist():
            strings = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
            shared = [texts_of(item) for item in strings.findall(MAIN + "si")]
        for row in ElementTree.fromstring(book.read(part)).iter(MAIN + "row"):
            cells = {}
            for cell in row.findall(MAIN + "c"):
                value = cell.find(MAIN + "v")
                kind = cell.get("t", "n")
                if kind == "inlineStr":
                    found = texts_of(cell)
                elif value is None or value.text is None:
                    continue
                elif kind == "s":
                    found = shared[int(value.text)]
                elif kind == "str":
                    found = value.text
                else:
                    found = Fraction(value.text)
                cells[column_of(cell.get("r"))] = found
            yield cells


def half_up(value):
    """Hundredths, half away from zero."""
    scaled = abs(value) * 100
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if value >= 0 else -whole, 100)


def fold(rule, units):
    """Total, n and N of the rows of units that are asked and count."""
    given, asked, values, parts = 0, 0, [], []
    for unit in units:
        if unit.get("cong_vao_tong") != "co" or unit["trang_thai"] == "duoc_mien":
            continue
        below = unit["cap"] == "cap_duoi"
        asked += unit.get("so_don_vi_phai_bao_cao", 0) if below else 1
        if rule == "ty_le":
            if "tu_so" not in unit or "mau_so" not in unit:
                continue
            parts.append((unit["tu_so"], unit["mau_so"]))
        elif "gia_tri" not in unit:
            continue
        else:
            value = unit["gia_tri"]
            values.append((1 if value != 0 else 0) if rule == "dem_co" and not below else value)
        given += unit.get("so_don_vi_co_so_lieu", 0) if below else 1
    if rule == "ty_le":
        whole = sum(part[1] for part in parts)
        total = half_up(100 * sum(part[0] for part in parts) / whole) if whole else None
    elif not values:
        total = None
    else:
        total = max(values) if rule == "lon_nhat" else sum(values)
    return total, given, asked


def decimal(value):
    """A fraction whose denominator divides a power of ten, as a decimal."""
    if value is None:
        return "-"
    value, places = Fraction(value), 0
    while value.denominator != 1:
        value *= 10
        places += 1
    digits = str(abs(value.numerator)).rjust(places + 1, "0")
    whole, rest = digits[: len(digits) - places], digits[len(digits) - places :]
    return ("-" if value < 0 else "") + whole + ("." + rest if rest else "")


def main(path):
    rows = rows_of(path, "Dữ liệu")
    headings = {column: text for column, text in next(rows).items()}
    rules, units = {}, {}
    for row in rows:
        cells = {headings[column]: value for column, value in row.items()}
        code = cells["ma_chi_tieu"]
        if cells["cap"] == "tong":
            rules[code] = cells["quy_tac"]
        else:
            units.setdefault(code, []).append(cells)
    for code, rule in rules.items():
        total, given, asked = fold(rule, units.get(code, []))
        print(code, decimal(total), given, asked, sep="\t")


if __name__ == "__main__":
    main(sys.argv[1])
