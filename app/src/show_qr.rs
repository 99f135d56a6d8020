//! A QR code as a drawing.

use std::fmt::Write as _;

use leptos::prelude::*;
use qrcode::{Color, EcLevel, QrCode};

/// The margin that readers ask for, in modules (ISO/IEC 18004, 9.1).
const QUIET: usize = 4;

/// The QR code of a text, which is what it is called; nothing where the text is too long for one.
pub(crate) fn qr(text: &str, called: String) -> Option<impl IntoView + use<>> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let side = code.width() + 2 * QUIET;
    let path = path(&code);
    Some(view! {
        <svg class="qr" viewBox=format!("0 0 {side} {side}") role="img" aria-label=called shape-rendering="crispEdges">
            <path d=path></path>
        </svg>
    })
}

/// The dark modules, each run of a row as one rectangle.
fn path(code: &QrCode) -> String {
    let mut path = String::new();
    for (row, modules) in code.to_colors().chunks(code.width()).enumerate() {
        let mut column = 0;
        for run in modules.chunk_by(|one, next| one == next) {
            let (x, y, modules) = (column + QUIET, row + QUIET, run.len());
            if run[0] == Color::Dark {
                write!(path, "M{x} {y}h{modules}v1h-{modules}z").expect("a string takes it");
            }
            column += modules;
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_has_the_finders_in_three_corners() {
        let code = QrCode::with_error_correction_level("https://operator.example/check", EcLevel::M)
            .expect("it fits");
        let last = code.width() - 7 + QUIET;
        for corner in ["M4 4h7v1h-7z".to_owned(), format!("M{last} 4h7v1h-7z"), format!("M4 {last}h7v1h-7z")]
        {
            assert!(path(&code).contains(&corner), "{corner}");
        }
    }
}
