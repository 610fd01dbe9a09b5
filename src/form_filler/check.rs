//! What is wrong with the marks of a form, named by cell, when it is uploaded and not when it is filled.

use std::collections::HashSet;
use std::fmt;

use super::address::{Area, Cell};
use super::mark::{Piece, REPEAT, pieces};
use super::markup::Markup;
use super::read::{Binding, Form};
use super::sheet::{CellBits, RowBits, Sheet, runs};

/// The names that can be filled.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// With one value in the whole form.
    pub once: HashSet<String>,
    /// With a value for each unit, in a repeated row only.
    pub of_unit: HashSet<String>,
}

/// A mark that cannot be filled, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A name nobody knows.
    Unknown { sheet: String, cell: Cell, name: String },
    /// Braces that do not close, or hold no name.
    Broken { sheet: String, cell: Cell, text: String },
    /// Braces whose parts are formatted differently.
    Split { sheet: String, cell: Cell },
    /// A mark inside a formula, or a binding onto one.
    Formula { sheet: String, cell: Cell },
    /// A unit's value outside a repeated row.
    NoRow { sheet: String, cell: Cell, name: String },
    /// A binding onto a cell that a merged area covers.
    Covered { sheet: String, cell: Cell, area: Area },
    /// A binding onto a sheet the form does not have.
    NoSheet { sheet: String },
    /// Marks where none are filled: headers and footers, drawings, comments.
    Elsewhere { part: String },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Unknown { sheet, cell, name } => {
                write!(f, "Trang “{sheet}”, ô {cell}: không có dữ liệu nào tên “{name}”.")
            }
            Fault::Broken { sheet, cell, text } => {
                write!(f, "Trang “{sheet}”, ô {cell}: “{text}” không đúng cách viết {{{{tên}}}}.")
            }
            Fault::Split { sheet, cell } => write!(
                f,
                "Trang “{sheet}”, ô {cell}: {{{{…}}}} bị chia thành nhiều kiểu chữ; xóa ô rồi gõ lại liền một lượt."
            ),
            Fault::Formula { sheet, cell } => {
                write!(f, "Trang “{sheet}”, ô {cell}: ô có công thức, không điền giá trị vào đó được.")
            }
            Fault::NoRow { sheet, cell, name } => write!(
                f,
                "Trang “{sheet}”, ô {cell}: “{name}” là số của từng đơn vị nhưng dòng {} chưa có dấu {{{{units}}}}.",
                cell.row
            ),
            Fault::Covered { sheet, cell, area } => {
                write!(f, "Trang “{sheet}”, ô {cell} nằm trong vùng trộn ô {area}: chọn ô {}.", area.first)
            }
            Fault::NoSheet { sheet } => write!(f, "Biểu mẫu không có trang “{sheet}”."),
            Fault::Elsewhere { part } => write!(
                f,
                "Có {{{{…}}}} ở chỗ không điền được ({part}): chỉ ô của trang tính được điền, không điền đầu trang, chân \
                 trang, hình vẽ, ghi chú."
            ),
        }
    }
}

impl Fault {
    /// The sheet and cell it is at; a sheet that is not there, and what is no sheet, has no cell.
    pub fn place(&self) -> Option<(&str, Cell)> {
        match self {
            Fault::Unknown { sheet, cell, .. }
            | Fault::Broken { sheet, cell, .. }
            | Fault::Split { sheet, cell }
            | Fault::Formula { sheet, cell }
            | Fault::NoRow { sheet, cell, .. }
            | Fault::Covered { sheet, cell, .. } => Some((sheet, *cell)),
            Fault::NoSheet { .. } | Fault::Elsewhere { .. } => None,
        }
    }

    /// What to do about it in the form, for whoever made it.
    pub fn mending(&self) -> &'static str {
        match self {
            Fault::Unknown { .. } => {
                "Sửa theo bảng tên dùng được; mã chỉ tiêu phải có trong biểu mẫu của chế độ."
            }
            Fault::Broken { .. } => "Gõ lại cho đủ hai ngoặc mở, tên không dấu cách, hai ngoặc đóng.",
            Fault::Split { .. } => "Chọn ô, xóa hết rồi gõ lại liền một lượt, cùng một kiểu chữ.",
            Fault::Formula { .. } => "Đưa dấu sang ô khác và để công thức tham chiếu đến ô đó.",
            Fault::NoRow { .. } => "Ghi thêm {{units}} vào một ô của dòng đó.",
            Fault::Covered { .. } => "Chọn ô đầu của vùng trộn.",
            Fault::NoSheet { .. } => "Đặt lại tên trang như trước.",
            Fault::Elsewhere { .. } => "Đưa dấu vào một ô của trang tính.",
        }
    }
}

impl Form {
    /// Everything that is wrong with the marks and bindings, in the order of sheets and cells.
    pub fn faults(&self, bindings: &[Binding], known: &Known) -> Vec<Fault> {
        let mut faults = Vec::new();
        for sheet in &self.sheets {
            let bound: Vec<&Binding> =
                bindings.iter().filter(|binding| binding.sheet == sheet.name).collect();
            for row in &sheet.rows {
                let repeated = sheet.repeats(row) || marks(&bound, row.number);
                for cell in &row.cells {
                    marked(sheet, cell, repeated, known, &mut faults);
                }
            }
            for binding in bound.iter().filter(|binding| binding.name != REPEAT) {
                self.bound(sheet, binding, marks(&bound, binding.cell.row), known, &mut faults);
            }
        }
        for binding in bindings {
            if !self.sheets.iter().any(|sheet| sheet.name == binding.sheet) {
                faults.push(Fault::NoSheet { sheet: binding.sheet.clone() });
            }
        }
        self.elsewhere(&mut faults);
        faults
    }

    fn bound(&self, sheet: &Sheet, binding: &Binding, marked: bool, known: &Known, faults: &mut Vec<Fault>) {
        let (at, cell) = (sheet.name.clone(), binding.cell);
        let row = sheet.rows.iter().find(|row| row.number == cell.row);
        let here = row.and_then(|row| row.cells.iter().find(|found| found.cell == cell));
        if here.is_some_and(|here| here.formula.is_some()) {
            faults.push(Fault::Formula { sheet: at, cell });
        } else if let Some(area) = sheet.merged.iter().find(|area| area.holds(cell) && area.first != cell) {
            faults.push(Fault::Covered { sheet: at, cell, area: *area });
        } else {
            let repeated = marked || row.is_some_and(|row: &RowBits| sheet.repeats(row));
            faults.extend(named(sheet, cell, &binding.name, repeated, known));
        }
    }

    /// Marks in parts that are not filled.
    fn elsewhere(&self, faults: &mut Vec<Fault>) {
        for sheet in &self.sheets {
            let page = ["oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"];
            let markup = &sheet.markup;
            if (markup.close(sheet.data)..markup.bits.len()).any(|bit| {
                page.iter().any(|name| markup.opens(bit, name)) && markup.inside(bit).contains("{{")
            }) {
                faults.push(Fault::Elsewhere {
                    part: format!("đầu trang, chân trang của “{}”", sheet.name)
                });
            }
        }
        for name in self.archive.names() {
            let drawn = ["xl/drawings/", "xl/comments", "xl/charts/", "xl/threadedComments/"];
            if drawn.iter().any(|folder| name.starts_with(folder)) && name.ends_with(".xml") {
                let bytes = self.archive.part(name).unwrap_or_default();
                let said = Markup::read(name, bytes).is_ok_and(|markup| {
                    (0..markup.bits.len()).map(|bit| markup.plain(bit)).any(|t| t.contains("{{"))
                });
                if said {
                    faults.push(Fault::Elsewhere { part: name.to_owned() });
                }
            }
        }
    }
}

/// Whether a binding marks the row to be repeated.
pub(super) fn marks(bound: &[&Binding], row: u32) -> bool {
    bound.iter().any(|binding| binding.name == REPEAT && binding.cell.row == row)
}

fn marked(sheet: &Sheet, cell: &CellBits, repeated: bool, known: &Known, faults: &mut Vec<Fault>) {
    let (at, place) = (sheet.name.clone(), cell.cell);
    if cell.formula.is_some_and(|formula| sheet.markup.inside(formula).contains("{{")) {
        faults.push(Fault::Formula { sheet: at, cell: place });
        return;
    }
    let Some(inside) = &cell.marked else { return };
    let texts = runs(inside);
    let whole = pieces(&texts.concat());
    let apart = texts.iter().flat_map(|text| pieces(text)).any(|piece| matches!(piece, Piece::Broken(_)));
    let broken = whole.iter().any(|piece| matches!(piece, Piece::Broken(_)));
    let by_run =
        texts.iter().flat_map(|text| pieces(text)).filter(|piece| matches!(piece, Piece::Name(_))).count();
    let by_cell = whole.iter().filter(|piece| matches!(piece, Piece::Name(_))).count();
    if !broken && (apart || by_run != by_cell) {
        faults.push(Fault::Split { sheet: at, cell: place });
        return;
    }
    for piece in whole {
        match piece {
            Piece::Broken(text) => faults.push(Fault::Broken { sheet: at.clone(), cell: place, text }),
            Piece::Name(name) if name != REPEAT => faults.extend(named(sheet, place, &name, repeated, known)),
            Piece::Name(_) | Piece::Text(_) => {}
        }
    }
}

fn named(sheet: &Sheet, cell: Cell, name: &str, repeated: bool, known: &Known) -> Option<Fault> {
    let (sheet, name) = (sheet.name.clone(), name.to_owned());
    if known.once.contains(&name) || (repeated && known.of_unit.contains(&name)) {
        None
    } else if known.of_unit.contains(&name) {
        Some(Fault::NoRow { sheet, cell, name })
    } else {
        Some(Fault::Unknown { sheet, cell, name })
    }
}
