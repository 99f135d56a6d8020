use engine::Language;

/// A mail's text in the operator's own look: what a mail program shows of it, remote pictures and a button among it.
pub(super) fn branded(key: &str, language: Language, text: &str) -> String {
    let paragraphs: String = text.split("\n\n").map(paragraph).collect();
    let look = if key == "archive-trade" { OLD } else { NEW };
    let button = button(key, language).map(|(say, address)| look.button(say, address)).unwrap_or_default();
    let foot = match language {
        Language::En => "Larkspur Mobile, 215 Linden Street, Fort Collins, CO. Questions? Dial 611.",
        Language::Es => "Larkspur Mobile, 215 Linden Street, Fort Collins, CO. ¿Preguntas? Marque el 611.",
    };
    format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><style>@media (max-width:600px){{.card{{width:100%!important}}}}\
         </style></head><body bgcolor=\"{back}\" style=\"margin:0;padding:0\"><div style=\"display:none;font-size:1px\">{peek}</div>\
         <table width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" bgcolor=\"{back}\"><tr><td align=\"center\" \
         style=\"padding:24px 8px\"><table class=\"card\" width=\"560\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" \
         bgcolor=\"#ffffff\" style=\"border:1px solid {line};border-radius:{round}\"><tr><td bgcolor=\"{brand}\" \
         style=\"padding:18px 28px;color:#ffffff\"><img src=\"https://{pictures}/logo@2x.png\" width=\"150\" height=\"36\" \
         alt=\"{name}\"></td></tr><tr><td style=\"padding:28px;font-family:{face};font-size:16px;line-height:1.55;color:#24303a\">\
         {paragraphs}{button}</td></tr><tr><td style=\"padding:16px 28px;border-top:1px solid {line};font-family:{face};\
         font-size:12px;color:#66727c\">{foot}<img src=\"https://{pictures}/open.gif?m={key}\" width=\"1\" height=\"1\" alt=\"\">\
         </td></tr></table></td></tr></table></body></html>",
        back = look.back,
        line = look.line,
        round = look.round,
        brand = look.brand,
        pictures = look.pictures,
        name = look.name,
        face = look.face,
        peek = escaped(text.lines().next().unwrap_or_default()),
    )
}

struct Look {
    brand: &'static str,
    back: &'static str,
    line: &'static str,
    round: &'static str,
    face: &'static str,
    name: &'static str,
    /// Where its pictures are.
    pictures: &'static str,
}

const NEW: Look = Look {
    brand: "#3b2d78",
    back: "#f3f1fa",
    line: "#ddd8ee",
    round: "12px",
    face: "Helvetica, Arial, sans-serif",
    name: "Larkspur Mobile",
    pictures: "img.larkspurmobile.example",
};
/// That of the archive's own time.
const OLD: Look = Look {
    brand: "#1f5f9e",
    back: "#e9eef3",
    line: "#b9c7d4",
    round: "0",
    face: "Verdana, Tahoma, sans-serif",
    name: "Larkspur Trade-In Center",
    pictures: "static.larkspur-tradein.example",
};

impl Look {
    fn button(&self, say: &str, address: &str) -> String {
        format!(
            "<table cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr><td style=\"padding-top:8px\"><a href=\"{address}\" \
             style=\"display:inline-block;padding:12px 22px;border-radius:{round};background-color:{brand};color:#ffffff;\
             font-weight:bold;text-decoration:none\">{say}</a></td></tr></table>",
            round = self.round,
            brand = self.brand,
        )
    }
}

fn button(key: &str, language: Language) -> Option<(&'static str, &'static str)> {
    let (english, spanish, address) = match key {
        "order" => ("See your order", "Ver su pedido", "https://www.larkspurmobile.example/orders"),
        "bill" => ("See your bill", "Ver su factura", "https://www.larkspurmobile.example/billing"),
        "receipt" => {
            ("See your payments", "Ver sus pagos", "https://www.larkspurmobile.example/billing/payments")
        }
        "trade-start" | "trade-arrived" | "trade-credit" => {
            ("See your trade-in", "Ver su canje", "https://www.larkspurmobile.example/trade-in")
        }
        "archive-trade" => (
            "Track my trade-in",
            "Seguir mi canje",
            "https://click.larkspur-tradein.example/r?to=https://www.larkspurmobile.example",
        ),
        _ => return None,
    };
    let say = match language {
        Language::En => english,
        Language::Es => spanish,
    };
    Some((say, address))
}

fn paragraph(text: &str) -> String {
    format!("<p style=\"margin:0 0 16px\">{}</p>", escaped(text).replace('\n', "<br>"))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
