"""The first table of an id on a page as Python's own reader of HTML sees it, and a workbook's first sheet as openpyxl does:
two JSON lists of rows.

    look.py PAGE.html ID BOOK.xlsx
"""
import html.parser
import json
import re
import sys

import openpyxl

VOID = {"br", "input", "meta", "link", "img", "rect", "line", "hr"}
LEFT_OUT = {"svg", "button", "select", "script"}


class Page(html.parser.HTMLParser):
    def __init__(self, wanted):
        super().__init__(convert_charrefs=True)
        self.actions, self.heading = set(), False
        self.wanted, self.rows, self.cell, self.inside, self.hidden, self.stack = wanted, [], None, False, 0, []

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        classes = (found.get("class") or "").split()
        if tag == "table":
            self.inside = found.get("id") == self.wanted
        if tag not in VOID:
            hides = tag in LEFT_OUT or "vh" in classes or "phone" in classes
            self.hidden += hides
            self.stack.append((tag, hides))
        if not self.inside:
            return
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.cell = ["", int(found.get("colspan", 1)), "num" in classes]
            self.heading = tag == "th" and len(self.rows) == 1
        elif (tag in ("br", "p", "li", "div") or "tag" in classes) and self.cell:
            self.cell[0] += "\0"

    def handle_endtag(self, tag):
        while self.stack:
            open_tag, hides = self.stack.pop()
            self.hidden -= hides
            if open_tag == tag:
                break
        if tag == "table":
            self.inside = False
        elif self.cell and tag in ("p", "li", "div"):
            self.cell[0] += "\0"
        elif self.cell and tag in ("td", "th"):
            lines = [" ".join(line.split()) for line in self.cell[0].split("\0")]
            words = "; ".join(line for line in lines if line)
            if self.heading and not words and self.cell[1] == 1 and self.rows[-1]:
                self.actions.add(len(self.rows[-1]))
            self.rows[-1].append([words, self.cell[2]])
            self.rows[-1] += [["", False]] * (self.cell[1] - 1)
            self.cell = None

    def handle_data(self, data):
        if self.inside and self.cell and not self.hidden:
            self.cell[0] += data


def parted(rows):
    """A rate with its share beside it stands in two columns."""
    pattern = re.compile(r"([+−-]?[\d.,]+%) (\d+/\d+)")
    for at in reversed(range(max(map(len, rows), default=0))):
        if any(at < len(row) and pattern.fullmatch(row[at][0]) for row in rows):
            for number, row in enumerate(rows):
                if at < len(row):
                    found = pattern.fullmatch(row[at][0])
                    heading = f"{row[at][0]} (số lượng)" if number == 0 else ""
                    row[at : at + 1] = (
                        [[found[1], True], [found[2], False]] if found else [row[at], [heading, False]]
                    )
    return rows


page = Page(sys.argv[2])
page.feed(open(sys.argv[1], encoding="utf-8").read())
book = openpyxl.load_workbook(sys.argv[3], data_only=True)
cells = [["" if value is None else value for value in row] for row in book.active.iter_rows(values_only=True)]
seen = [[cell for at, cell in enumerate(row) if at not in page.actions] for row in page.rows if row]
json.dump([parted(seen), cells], sys.stdout, ensure_ascii=False, default=str)
