use std::sync::Arc;

use app::held::{HELD_MAIL_BYTES_MAX, HELD_TEXT_BYTES_MAX, Held, HeldMail, HeldPaste, HeldRefusal};
use axum::extract::{FromRequest, Multipart, Request};
use bytes::Bytes;
use mail_parser::{MessageParser, MessagePart};

use crate::dkim::{DkimKeys, verify};

/// A form has a text and a file; what else comes is passed over.
const PARTS_MAX: usize = 4;

/// Puts the message that a form brings where the page that answers finds it. It is kept nowhere else, and gone with the
/// request.
pub(super) async fn read_held(request: Request, keys: &DkimKeys) -> Request {
    let (parts, body) = request.into_parts();
    let form = Request::from_parts(parts.clone(), body);
    let held = match read_form(form).await {
        Ok((text, mail)) => held(text, mail, keys),
        Err(refusal) => Held::Refused(refusal),
    };
    let mut request = Request::from_parts(parts, axum::body::Body::empty());
    request.extensions_mut().insert(Arc::new(held));
    request
}

/// The form's text and its file.
async fn read_form(form: Request) -> Result<(Option<Bytes>, Option<Bytes>), HeldRefusal> {
    let mut form = Multipart::from_request(form, &()).await.map_err(|_| HeldRefusal::Nothing)?;
    let (mut text, mut mail) = (None, None);
    for _ in 0..PARTS_MAX {
        // A body that is too long, or cut off, ends here.
        let Some(field) = form.next_field().await.map_err(|_| HeldRefusal::Long)? else { break };
        let name = field.name().unwrap_or_default().to_owned();
        let content = field.bytes().await.map_err(|_| HeldRefusal::Long)?;
        match &*name {
            "text" if content.len() > HELD_TEXT_BYTES_MAX => return Err(HeldRefusal::Long),
            "mail" if content.len() > HELD_MAIL_BYTES_MAX => return Err(HeldRefusal::Long),
            "text" => text = Some(content),
            "mail" => mail = Some(content),
            _ => {}
        }
    }
    Ok((text, mail))
}

fn held(text: Option<Bytes>, mail: Option<Bytes>, keys: &DkimKeys) -> Held {
    let text = text.map(|text| String::from_utf8_lossy(&text).into_owned());
    let text = text.filter(|text| !text.trim().is_empty());
    let mail = mail.filter(|mail| !mail.is_empty());
    match (text, mail) {
        (None, None) => Held::Refused(HeldRefusal::Nothing),
        (Some(_), Some(_)) => Held::Refused(HeldRefusal::Both),
        (Some(text), None) => Held::Text(HeldPaste(text)),
        (None, Some(mail)) => read_mail(&mail, keys)
            .map_or(Held::Refused(HeldRefusal::NoMail), |mail| Held::Mail(Box::new(mail))),
    }
}

/// What a mail's reader sees of it. `None` for what has neither a sender nor a text.
fn read_mail(file: &[u8], keys: &DkimKeys) -> Option<HeldMail> {
    let mail = MessageParser::default().parse(file)?;
    mail.from()?;
    // Only what is there: a text that the parser makes of the HTML would be compared twice.
    let is_html =
        mail.html_body.first().and_then(|part| mail.part(*part)).is_some_and(MessagePart::is_text_html);
    let html = is_html.then(|| mail.body_html(0)).flatten().map(std::borrow::Cow::into_owned);
    let text = mail.body_text(0).map(std::borrow::Cow::into_owned);
    if html.is_none() && text.is_none() {
        return None;
    }
    let subject = mail.subject().map(str::to_owned);
    Some(HeldMail { subject, text, html, signature: verify(file, keys) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_mail_what_its_reader_sees_is_read() {
        let keys = DkimKeys::default();
        let plain = b"From: a@b.example\r\nSubject: =?utf-8?q?Su_canje?=\r\nContent-Type: text/plain; charset=utf-8\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\nRecibimos su tel=C3=A9fono =\r\nusado.\r\n";
        let mail = read_mail(plain, &keys).unwrap();
        assert_eq!(mail.subject.as_deref(), Some("Su canje"));
        assert_eq!(mail.text.as_deref().map(str::trim), Some("Recibimos su teléfono usado."));
        assert_eq!(mail.html, None);
        let both = b"From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\n\
            Content-Type: text/plain\r\n\r\nplain\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>seen</p>\r\n--x--\r\n";
        let mail = read_mail(both, &keys).unwrap();
        assert_eq!(mail.html.as_deref().map(str::trim), Some("<p>seen</p>"));
        for nothing in [&b""[..], b"no mail", b"\x00\x01\x02", b"Subject: x\r\n\r\ny"] {
            assert!(read_mail(nothing, &keys).is_none(), "{nothing:?}");
        }
    }
}
