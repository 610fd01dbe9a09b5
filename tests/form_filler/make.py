"""Makes a form as a recipient would, with openpyxl: marks, formats, conditions, checks, names, a chart, a comment.

    make.py OUT [still]      "still" leaves the row of units out
"""
import sys

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

target, still = sys.argv[1], "still" in sys.argv[2:]
book = openpyxl.Workbook()
sheet = book.active
sheet.title = "Biểu 1"
thin = Side(style="thin")
bold = Font(name="Times New Roman", size=13, bold=True)
sheet["A1"] = "TỔNG HỢP {{period.label}} CỦA {{province.name}}"
sheet.merge_cells("A1:F1")
sheet["A1"].font, sheet["A1"].alignment = bold, Alignment(horizontal="center")
for column, title in zip("ABCDEF", ["TT", "Đơn vị", "Số vụ", "Số người", "Cộng", "Tỷ trọng"]):
    sheet[f"{column}3"] = title
    sheet[f"{column}3"].font = bold
    sheet.column_dimensions[column].width = 11.5 if column != "B" else 42
if not still:
    sheet["A5"] = "{{units}}{{unit.order}}"
    sheet["B5"] = "{{ unit.name }}"
    sheet["C5"] = "{{D02.value}}"
    sheet["D5"] = "{{E01.value}}"
    sheet["E5"] = "=C5+D5"
    sheet["F5"] = "=C5/C$7"
    sheet["F5"].number_format = "0.0%"
for column in "ABCDEF":
    sheet[f"{column}5"].border = Border(thin, thin, thin, thin)
sheet["C5"].fill = PatternFill("solid", fgColor="FFF2CC")
sheet["C5"].number_format = "#,##0"
sheet.row_dimensions[5].height = 24
sheet["A7"] = "Cộng"
sheet.merge_cells("A7:B7")
sheet["C7"], sheet["D7"], sheet["E7"] = "=SUM(C5:C5)", "=SUM(D5:D6)", "=SUM(E$5:E$5)"
sheet["A9"] = "Toàn tỉnh {{D02.total}} vụ; so với cùng kỳ {{D02.percent}}."
sheet["C10"] = "{{D02.total}}"
sheet["D10"] = "{{D02.same_period}}"
sheet["C10"].font = bold
sheet["C11"] = "=C10-C7"
sheet.conditional_formatting.add("C5:D7", CellIsRule(operator="greaterThan", formula=["100"], fill=PatternFill("solid", bgColor="FFC7CE")))
sheet.conditional_formatting.add("A9:F9", FormulaRule(formula=["$C$10>$C$7"], font=Font(color="C00000")))
sheet.conditional_formatting.add("F5", CellIsRule(operator="greaterThan", formula=["0.5"], font=Font(color="C00000")))
one = DataValidation(type="whole", operator="lessThan", formula1="1000")
one.add("C5")
sheet.add_data_validation(one)
check = DataValidation(type="whole", operator="greaterThanOrEqual", formula1="$C$11")
check.add("D5:D10")
sheet.add_data_validation(check)
sheet.freeze_panes = "A5"
sheet.print_title_rows = "3:4"
sheet.print_area = "A1:F12"
sheet.page_setup.orientation = "landscape"
sheet["C7"].comment = Comment("Cộng các đơn vị", "Bộ")
chart = BarChart()
chart.add_data(Reference(sheet, min_col=3, min_row=5, max_row=5))
sheet.add_chart(chart, "H9")
other = book.create_sheet("Khác")
other["A1"] = "='Biểu 1'!C7*2"
other["A2"] = "=SUM('Biểu 1'!$C$5:$C$9)"
other["A3"] = "Không có dấu"
other["A4"] = '="C7 "&A3'
other["B1"] = "007"
book.defined_names["TONG"] = DefinedName("TONG", attr_text="'Biểu 1'!$C$7")
book.save(target)
