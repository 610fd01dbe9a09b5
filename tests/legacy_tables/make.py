"""Makes the table of the first half of 2023 that a province kept by hand, with its traps, by openpyxl.

    make.py FILE          units down, indicators across
    make.py FILE turned   the same on its side
    make.py FILE next     a second table of the same period: one figure differs, one is the same, one is new

What must come of it stands in expected.txt, written by hand. Nothing of the program under test is used.
"""
import sys
import unicodedata

import openpyxl

NFD = lambda text: unicodedata.normalize("NFD", text)

HEADINGS = ["STT", "Tên đơn vị", "Số buổi tuyên truyền trực tiếp", "Lượt người dự (mã D02)",
            "Tờ rơi, tờ gấp (ĐVT: nghìn tờ)", "Kinh phí đã sử dụng (triệu đồng)", "Ghi chú"]
ROWS = [
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
    ["I", "Các sở, ban, ngành, đoàn thể", None, None, None, None, None],
    [1, "Sở TT&TT", None, None, None, 112.5, None],
    [2, NFD("SỞ  LĐ-TB&XH"), None, None, None, "1.245,5", "chuyển nhiệm vụ năm 2025"],
    [3, "UBMTTQ tỉnh", 12, "1.300", 1.5, "-", None],
    [4, "Hội LHPN tỉnh", 7, 640, None, None, None],
    [5, "Cổng TTĐT tỉnh", None, None, None, 8, None],
    ["II", "Các huyện, thành phố", None, None, None, None, None],
    [1, "UBND H. Lục Nam", 25, 2500, None, 40, None],
    [2, "huyện Lục Ngạn", "30", "gần 3.000", None, None, None],
    [3, "TX. Việt Yên", 11, 1100, None, None, "lên thị xã 01/02/2024"],
    [4, "H.Yên Dũng", 9, 900, None, None, None],
    [5, "Huyện Sơn \u00d0ộng", 4, 400, None, None, None],
    [6, "Thành phố BG", 20, 2000, None, None, None],
    [7, "Hiệp\u00a0Hòa", "x", 800, None, None, None],
    [8, "Thị xã Chũ", 3, 300, None, None, "chưa thành lập"],
    [None, "Cộng các huyện", 102, 11000, None, 40, None],
    [None, "Tổng cộng", 120, 12940, 1.5, 1406, None],
    [None, None, None, None, None, None, None],
    [None, "NGƯỜI LẬP BIỂU", None, None, None, "GIÁM ĐỐC", None],
]
# The second table: its Lục Nam differs, its Lục Ngạn is the same, its Tân Yên is new.
NEXT = [
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
    [1, "Lục Nam", 26, 2500, None, None, None],
    [2, "UBND huyện Lục Ngạn", 30, "gần 3.000", None, None, None],
    [3, "Tân Yên", 8, 810, None, None, None],
]


def table(kind):
    rows = NEXT if kind == "next" else ROWS
    grid = [["TỔNG HỢP KẾT QUẢ 6 THÁNG ĐẦU NĂM 2023"] + [None] * 6, [None] * 7,
            ["Kèm theo Báo cáo số 563/BC-CAT"] + [None] * 6, [None] * 7, HEADINGS, *rows]
    return [list(column) for column in zip(*grid)] if kind == "turned" else grid


kind = sys.argv[2] if len(sys.argv) > 2 else ""
book = openpyxl.Workbook()
cover = book.active
cover.title = "Bìa"
cover["B2"] = "Số liệu năm 2023"
sheet = book.create_sheet("6T 2023")
for line in table(kind):
    sheet.append(line)
if not kind:
    sheet.merge_cells("A1:G1")
sheet.row_dimensions[9].hidden = not kind
book.save(sys.argv[1])
