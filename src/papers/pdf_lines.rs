//! Pieces of text on a page as lines: pieces at one height stand in one line, a wide gap becomes spaces, more room
//! above a line than usual a blank line.

use super::Refusal;
use super::pdf_budget::Budget;

/// A piece of text where it is drawn, in points; y grows upwards.
pub(super) struct Piece {
    pub x: f32,
    pub y: f32,
    pub end: f32,
    pub size: f32,
    pub text: String,
}

/// Pieces of a page at most: beyond it is a drawing.
pub(super) const MOST_PIECES: usize = 200_000;

/// The lines of a page. The letters of the pieces have been counted, the spaces between them are counted here.
pub(super) fn lines(mut pieces: Vec<Piece>, budget: &mut Budget) -> Result<String, Refusal> {
    pieces.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.x.total_cmp(&b.x)));
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        let same = rows
            .last()
            .and_then(|row| row.first())
            .is_some_and(|first| (first.y - piece.y).abs() < 0.45 * first.size.min(piece.size).max(1.0));
        match rows.last_mut() {
            Some(row) if same => row.push(piece),
            _ => rows.push(vec![piece]),
        }
    }
    rows.retain(|row| row.iter().any(|piece| !piece.text.trim().is_empty()));
    let left = rows.iter().flatten().map(|piece| piece.x).fold(f32::INFINITY, f32::min);
    let height = |row: &[Piece]| row.first().map_or(0.0, |piece| piece.y);
    let mut gaps: Vec<f32> = rows.windows(2).map(|pair| height(&pair[0]) - height(&pair[1])).collect();
    gaps.sort_by(f32::total_cmp);
    let usual = gaps.get(gaps.len() / 3).copied().unwrap_or(0.0);
    let mut text = String::new();
    let mut above: Option<f32> = None;
    for mut row in rows {
        row.sort_by(|a, b| a.x.total_cmp(&b.x));
        let y = height(&row);
        if above.is_some_and(|above| above - y > usual * 1.25) {
            text.push('\n');
        }
        text.push_str(&line(&row, left, budget)?);
        text.push('\n');
        above = Some(y);
    }
    Ok(text)
}

fn line(row: &[Piece], left: f32, budget: &mut Budget) -> Result<String, Refusal> {
    let mut text = String::new();
    let mut space = |text: &mut String, count: usize| {
        text.push_str(&" ".repeat(count));
        budget.letters(count)
    };
    let mut end: Option<f32> = None;
    for piece in row {
        let letter = (piece.size * 0.5).max(0.5);
        match end {
            None => space(&mut text, spaces((piece.x - left) / letter))?,
            Some(end) => {
                let gap = (piece.x - end) / piece.size.max(0.5);
                let spaced = text.ends_with(' ') || piece.text.starts_with(' ');
                if gap > 1.6 {
                    space(&mut text, spaces(gap * 2.0).max(4))?;
                } else if gap > 0.16 && !spaced {
                    space(&mut text, 1)?;
                }
            }
        }
        text.push_str(&piece.text);
        end = Some(end.map_or(piece.end, |end| end.max(piece.end)));
    }
    Ok(text.trim_end().to_owned())
}

/// Spaces for a distance in letters, within a page.
fn spaces(letters: f32) -> usize {
    let within = letters.clamp(0.0, 200.0).round();
    (0..200_u8).find(|count| f32::from(*count) >= within).map_or(200, usize::from)
}
