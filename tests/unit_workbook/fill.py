"""Fills a unit's workbook with openpyxl as people do, traps and all, and says what a reader should find.

    fill.py IN FOLDER COUNT

writes FOLDER/0.xlsx, 1.xlsx …, each with traps of its own. Lines of the output are "number TAB code TAB figure TAB said",
figures as stored (scaled integers, đồng), computed here with Python's own integers and decimals: nothing of the program
under test is used. "-" is a blank, "?" a cell that must be refused.
"""
import random
import sys
import unicodedata
from decimal import Decimal

import openpyxl

source, folder, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
chance = random.Random()

CODE, INPUT, LEVEL, NOTE = 1, 6, 7, 8
MEASURE = 3


def dotted(number):
    return f"{number:,}".replace(",", ".")


def whole():
    number = chance.choice([0, 7, 1245, 12000, chance.randrange(10**6), chance.randrange(10**9)])
    thousands = chance.randrange(1, 900)
    return chance.choice([
        (number, number, ""),
        (float(number), number, ""),
        (str(number), number, ""),
        (dotted(number), number, ""),
        (dotted(number).replace(".", "\u00a0") if number >= 10**6 else str(number), number, ""),
        (f"gần {dotted(number)}", number, "nearly"),
        (unicodedata.normalize("NFD", f"hơn {number}"), number, "over"),
        (f"{thousands},5 nghìn", thousands * 1000 + 500, ""),
        ("không", 0, ""),
        ("-", None, ""),
        (None, None, ""),
        ("08", 8, ""),
        (f"={number}+0", "?", ""),
        ("chưa có số", "?", ""),
        (12.5, "?", ""),
    ])


def money():
    dong = chance.randrange(10**12)
    millions = Decimal(dong) / 10**6
    return chance.choice([
        (float(millions), dong, ""),
        (str(millions).replace(".", ","), dong, ""),
        ("4,2 tỷ đồng", 4_200_000_000, ""),
        (f"gần {dotted(dong // 10**6)}", dong // 10**6 * 10**6, "nearly"),
        (None, None, ""),
    ])


def yes_no():
    return chance.choice([("có", 1, ""), ("Không", 0, ""), (True, 1, ""), (1, 1, ""), (None, None, "")])


def fill(seed):
    chance.seed(seed)
    book = openpyxl.load_workbook(source)
    sheet = next(s for s in book if s.title == "Số liệu")
    expected = []
    for row in range(1, sheet.max_row + 1):
        code = sheet.cell(row, CODE).value
        if not isinstance(code, str) or not (len(code) >= 2 and code[0].isalpha() and code[1:].isdigit()):
            continue
        if sheet.cell(row, INPUT).value == "tự tính":
            continue
        measure = sheet.cell(row, MEASURE).value
        kind = {"có/không": yes_no, "triệu đồng": money}.get(measure, whole)
        value, figure, said = kind()
        if value is None:
            sheet.cell(row, INPUT).value = None
        else:
            sheet.cell(row, INPUT, value)
        sheet.cell(row, LEVEL).value = None
        sheet.cell(row, NOTE).value = None
        expected.append((code, figure, said))

    # What people do to sheets: rows put in, a total below, sheets renamed and moved, rows hidden, cells merged.
    more = chance.randrange(0, 3)
    if more:  # openpyxl empties the sheet when asked for none
        sheet.insert_rows(3, amount=more)
    last = sheet.max_row
    sheet.cell(last + 2, 2, "Tổng cộng")
    sheet.cell(last + 2, INPUT, 999999)
    sheet.title = chance.choice(["Số liệu", "Sheet1", "so lieu (2)"])
    for hidden in chance.sample(range(4, last), 3):
        sheet.row_dimensions[hidden].hidden = True
    sheet.merge_cells(start_row=last + 4, start_column=1, end_row=last + 5, end_column=4)
    book.move_sheet(sheet, offset=chance.choice([-1, 0, 2]))
    book.save(f"{folder}/{seed}.xlsx")
    for code, figure, said in expected:
        print(seed, code, "-" if figure is None else figure, said or "exact", sep="\t")


for number in range(count):
    fill(number)
