"""Fills every figure and every text of many units' workbooks with openpyxl, and says what was typed.

    fill.py FOLDER

fills each FOLDER/*.xlsx in place. Lines of the output are "file TAB code TAB figure": whole numbers, as they were typed. Nothing of
the program under test is used.
"""
import pathlib
import random
import sys

import openpyxl

chance = random.Random(40)
CODE, MEASURE, INPUT, LEVEL = 1, 3, 6, 7
TEXT = 2

for path in sorted(pathlib.Path(sys.argv[1]).glob("*.xlsx")):
    book = openpyxl.load_workbook(path)
    sheet = next(s for s in book if s.title == "Số liệu")
    # One figure for a group of lines: no part is larger than its whole.
    figures = {}
    for row in range(1, sheet.max_row + 1):
        code = sheet.cell(row, CODE).value
        if not isinstance(code, str) or not (len(code) >= 2 and code[0].isalpha() and code[1:].isdigit()):
            continue
        if sheet.cell(row, INPUT).value == "tự tính":
            continue
        if sheet.cell(row, MEASURE).value == "có/không":
            sheet.cell(row, INPUT, "có")
            continue
        figure = figures.setdefault(code[0], chance.randrange(1, 5000))
        sheet.cell(row, INPUT, figure)
        sheet.cell(row, LEVEL).value = None
        print(path.stem, code, figure, sep="\t")
    texts = next((s for s in book if s.title == "Thuyết minh"), None)
    below = False
    for row in range(1, texts.max_row if texts is not None else 1):
        code = texts.cell(row, CODE).value
        if code == "Mã":
            below = True
        elif below and code and code != "(tiếp)" and not texts.cell(row + 1, TEXT).value:
            texts.cell(row + 1, TEXT, f"Nội dung phần {code} trong tệp {path.stem}, viết để thử.")
    book.save(path)
