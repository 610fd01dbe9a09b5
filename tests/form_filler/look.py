"""Says what a workbook holds, as openpyxl reads it: a JSON object, cells and all that stands around them."""
import json
import sys

import openpyxl

book = openpyxl.load_workbook(sys.argv[1])
found = {"names": {name: one.attr_text for name, one in book.defined_names.items()}, "sheets": {}}
for sheet in book:
    cells = {}
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None or cell.has_style:
                look = [cell.font.name, cell.font.sz, cell.font.b, cell.number_format, cell.fill.fgColor.rgb, cell.border.left.style]
                cells[cell.coordinate] = [cell.value, look, cell.comment.text if cell.comment else None]
    found["sheets"][sheet.title] = {
        "cells": cells,
        "merged": sorted(str(area) for area in sheet.merged_cells.ranges),
        "widths": {name: one.width for name, one in sheet.column_dimensions.items()},
        "heights": {str(number): one.height for number, one in sheet.row_dimensions.items() if one.height},
        "conditions": sorted([str(one.sqref), [rule.formula for rule in one.rules]] for one in sheet.conditional_formatting),
        "checks": sorted([str(one.sqref), one.formula1] for one in sheet.data_validations.dataValidation),
        "frozen": sheet.freeze_panes,
        "titles": sheet.print_title_rows,
        "area": sheet.print_area,
        "orientation": sheet.page_setup.orientation,
        "charts": [[s.val.numRef.f for s in chart.series] + [chart.anchor._from.row] for chart in sheet._charts],
    }
json.dump(found, sys.stdout, ensure_ascii=False, sort_keys=True)
