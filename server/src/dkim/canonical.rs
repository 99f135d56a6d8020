/// In which form something is signed (RFC 6376, section 3.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// As it stands.
    Simple,
    /// With white space folded, which mail servers change.
    Relaxed,
}

/// A header field, without the end of its line.
pub(super) fn field_in(form: Form, field: &str) -> String {
    match form {
        Form::Simple => field.to_owned(),
        Form::Relaxed => {
            let (name, value) = field.split_once(':').unwrap_or((field, ""));
            let value = value.split([' ', '\t', '\r', '\n']).filter(|part| !part.is_empty());
            format!("{}:{}", name.trim().to_ascii_lowercase(), value.collect::<Vec<_>>().join(" "))
        }
    }
}

/// A body: without the empty lines at its end.
pub(super) fn body_in(form: Form, body: &[u8]) -> Vec<u8> {
    let mut lines: Vec<Vec<u8>> = split_lines(body).map(|line| line_in(form, line)).collect();
    while lines.last().is_some_and(Vec::is_empty) {
        lines.pop();
    }
    if lines.is_empty() {
        // Of an empty body, the simple form is one line.
        return if form == Form::Simple { b"\r\n".to_vec() } else { Vec::new() };
    }
    lines.into_iter().flat_map(|line| line.into_iter().chain(*b"\r\n")).collect()
}

fn split_lines(body: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(body);
    std::iter::from_fn(move || {
        let body = rest?;
        let end = memchr::memmem::find(body, b"\r\n");
        rest = end.map(|end| &body[end + 2..]);
        Some(end.map_or(body, |end| &body[..end]))
    })
}

fn line_in(form: Form, line: &[u8]) -> Vec<u8> {
    if form == Form::Simple {
        return line.to_vec();
    }
    let mut folded = Vec::with_capacity(line.len());
    for byte in line {
        match byte {
            b' ' | b'\t' if folded.last() == Some(&b' ') => {}
            b' ' | b'\t' => folded.push(b' '),
            byte => folded.push(*byte),
        }
    }
    if folded.last() == Some(&b' ') {
        folded.pop();
    }
    folded
}
