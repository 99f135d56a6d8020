/// A mail's header fields as they stand, and its body, with lines that end as mail's do.
pub(super) struct MailFields {
    fields: Vec<String>,
    pub(super) body: Vec<u8>,
}

/// A header of more fields than this is no mail of ours.
const FIELDS_MAX: usize = 500;
/// Fields that a reader sees once; another one could be shown in the place of the signed one.
const ONCE: [&str; 4] = ["from", "subject", "date", "content-type"];

impl MailFields {
    pub(super) fn read(mail: &[u8]) -> Self {
        let mail = with_mail_lines(mail);
        let (head, body) = match memchr::memmem::find(&mail, b"\r\n\r\n") {
            Some(end) => (&mail[..end], mail[end + 4..].to_vec()),
            None => (&mail[..], Vec::new()),
        };
        let head = String::from_utf8_lossy(head);
        let mut fields: Vec<String> = Vec::new();
        for line in head.split("\r\n") {
            // A line that begins with white space goes on with the one before it.
            let goes_on = line.starts_with([' ', '\t']);
            if let Some(field) = fields.last_mut().filter(|_| goes_on) {
                field.push_str("\r\n");
                field.push_str(line);
            } else if fields.len() < FIELDS_MAX {
                fields.push(line.to_owned());
            } else {
                break;
            }
        }
        Self { fields, body }
    }

    /// The fields of a name in lower case, from the top.
    pub(super) fn named<'a>(&'a self, name: &'a str) -> impl DoubleEndedIterator<Item = &'a str> {
        let is_named = move |field: &&str| {
            field.split_once(':').is_some_and(|(known, _)| known.trim().eq_ignore_ascii_case(name))
        };
        self.fields.iter().map(String::as_str).filter(is_named)
    }

    /// Whether what a reader sees is there once.
    pub(super) fn is_plain(&self) -> bool {
        ONCE.iter().all(|name| self.named(name).count() <= 1)
    }
}

/// The domain of the address that a mail says it comes from.
pub(super) fn sender_domain(mail: &MailFields) -> Option<String> {
    let mut senders = mail.named("from");
    let (sender, None) = (senders.next()?, senders.next()) else { return None };
    let (_, value) = sender.split_once(':')?;
    // What is quoted is a name. In angle brackets, or bare; of several addresses none is the sender.
    let value: String = value.split('"').step_by(2).collect();
    let address = value.rsplit_once('<').map_or(&*value, |(_, rest)| rest.split('>').next().unwrap_or(rest));
    let (_, domain) = address.rsplit_once('@')?;
    let domain = domain.trim().to_ascii_lowercase();
    let is_domain = domain.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte));
    (is_domain && value.matches('@').count() == 1).then_some(domain)
}

/// Files have lost the carriage returns that were signed.
fn with_mail_lines(mail: &[u8]) -> Vec<u8> {
    let mut lines = Vec::with_capacity(mail.len() + mail.len() / 32);
    let mut before = 0;
    for byte in mail {
        if *byte == b'\n' && before != b'\r' {
            lines.push(b'\r');
        }
        lines.push(*byte);
        before = *byte;
    }
    lines
}
