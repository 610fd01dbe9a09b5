"""Makes the workbook of table.tsv by openpyxl, as a province kept it: a cover sheet, a merged title, a hidden row.

    make.py FILE

A cell is a number where it reads as one, unless it begins with '; "nfd:" asks for letters and accents apart, \\u00xx is that
character. What must come of it stands in expected.txt, written by hand. Nothing of the program under test is used.
"""
import pathlib
import re
import sys
import unicodedata

import openpyxl

HERE = pathlib.Path(__file__).parent


def value(typed):
    typed = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), typed)
    if typed.startswith("nfd:"):
        return unicodedata.normalize("NFD", typed[4:])
    if typed.startswith("'"):
        return typed[1:]
    try:
        return float(typed) if "." in typed else int(typed)
    except ValueError:
        return typed or None


book = openpyxl.Workbook()
cover = book.active
cover.title = "Bìa"
cover["B2"] = "Số liệu năm 2023"
sheet = book.create_sheet("6T 2023")
for line in (HERE / "table.tsv").read_text("utf-8").splitlines():
    sheet.append([value(cell) for cell in line.split("\t")])
sheet.merge_cells("A1:G1")
sheet.row_dimensions[9].hidden = True
book.save(sys.argv[1])
