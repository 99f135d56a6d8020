use engine::Language;
use store::{Act, ActorKind};

use super::{Text, text};
use crate::kept_audit::BadField;
use crate::kept_seen::Days;
use crate::locale::Locale;

pub(crate) const HEADING: Text = text("Audit log", "Registro de auditoría");
pub(crate) const LEAD: Text = text(
    "Who did what, to which account, why and from where. Entries are only added, each sealed to the one before it.",
    "Quién hizo qué, en qué cuenta, por qué y desde dónde. Solo se añaden entradas, cada una sellada con la anterior.",
);
pub(crate) const FIND: Text = text("Find entries", "Buscar entradas");
pub(crate) const ACT: Text = text("What was done", "Qué se hizo");
pub(crate) const ANYTHING: Text = text("Anything", "Cualquier cosa");
pub(crate) const ACTOR: Text = text("Who did it", "Quién lo hizo");
pub(crate) const ACTOR_HINT: Text = text(
    "A sign-in name, or the name of a key or command",
    "Un usuario, o el nombre de una clave o un comando",
);
pub(crate) const ACCOUNT: Text = text("Account number", "Número de cuenta");
pub(crate) const ACCOUNT_HINT: Text = text("Whole and exact", "Completo y exacto");
pub(crate) const FROM: Text = text("First day", "Primer día");
pub(crate) const UNTIL: Text = text("Last day", "Último día");
pub(crate) const SEARCH: Text = text("Search", "Buscar");
pub(crate) const CLEAR: Text = text("Show everything", "Mostrar todo");
pub(crate) const EXPORT: Text = text("Take it along", "Descargar");
pub(crate) const EXPORT_WHAT: Text = text(
    "All entries that this search finds, not this page alone. The log keeps that you took them.",
    "Todas las entradas que encuentra esta búsqueda, no solo esta página. Queda registrado que las descargó.",
);
pub(crate) const AS_CSV: Text = text("As a table (CSV)", "Como tabla (CSV)");
pub(crate) const AS_JSON: Text = text("As JSON lines", "Como líneas JSON");
pub(crate) const ENTRIES: Text = text("Entries", "Entradas");
pub(crate) const NOTHING: Text = text("No entry is like that", "Ninguna entrada es así");
pub(crate) const NOTHING_WHY: Text = text(
    "Names and numbers are found whole and exact. Leave a field empty to find more.",
    "Los nombres y números se buscan completos y exactos. Deje un campo vacío para encontrar más.",
);
pub(crate) const PAGES: Text = text("Pages of the log", "Páginas del registro");
pub(crate) const LATEST: Text = text("Back to latest", "Volver a lo más reciente");
pub(crate) const EARLIER: Text = text("Earlier", "Anteriores");
pub(crate) const UTC: Text = text("Times are in UTC.", "Las horas son UTC.");
pub(crate) const ALARM: Text = text("Alarm", "Alarma");

pub(crate) const SEEN_HEADING: Text = text("Who saw what", "Quién vio qué");
pub(crate) const SEEN_LEAD: Text = text(
    "Whose data a credential has seen: for the day on which one is stolen or misused.",
    "Los datos de quién vio una credencial: para el día en que alguna se robe o se use mal.",
);
pub(crate) const SEEN_BY: Text = text("Whose credential", "De quién es la credencial");
pub(crate) const SEEN_BY_HINT: Text = text(
    "The sign-in name of a person, or an ingest key’s name",
    "El usuario de una persona, o el nombre de una clave",
);
pub(crate) const SINCE: Text = text("How far back", "Desde cuándo");
pub(crate) const SHOW: Text = text("Show the accounts", "Mostrar las cuentas");
pub(crate) const SEEN_NOTHING: Text = text("No account was seen", "No se vio ninguna cuenta");
pub(crate) const SEEN_NOBODY: Text = text(
    "Nobody signs in so, and no key is called so. Type it whole and exact.",
    "Nadie entra así y ninguna clave se llama así. Escríbalo completo y exacto.",
);
pub(crate) const SEEN_KEY: Text = text(
    "With an ingest key records are handed in. Nothing is read with it.",
    "Con una clave se entregan registros. No se lee nada con ella.",
);
pub(crate) const RECORDED: Text = text("This is recorded too", "Esto también se registra");
pub(crate) const RECORDED_WHAT: Text = text(
    "The audit log keeps that you asked, and about whom.",
    "El registro de auditoría guarda que usted preguntó, y por quién.",
);
pub(crate) const FIRST_SEEN: Text = text("First", "Primera vez");
pub(crate) const LAST_SEEN: Text = text("Last", "Última vez");

pub(crate) const NOT_YOURS: Text =
    text("This page is not for your role", "Esta página no es para su función");
pub(crate) const NOT_YOURS_TITLE: Text = text("Not for your role", "No es para su función");
pub(crate) const NOT_YOURS_WHAT: Text = text(
    "You are signed in, and may do your own work. This page is for somebody else’s.",
    "Ha iniciado sesión y puede hacer su trabajo. Esta página es para el de otra persona.",
);
pub(crate) const WHY_NOT_YOURS: Text = text("Do you need it?", "¿La necesita?");
pub(crate) const WHY_NOT_YOURS_WHAT: Text = text(
    "Ask whoever runs this service. Nobody has two roles under one sign-in: who looks up does not watch the lookups.",
    "Pregunte a quien administra este servicio. Nadie tiene dos funciones con un mismo usuario: quien consulta no vigila \
     las consultas.",
);
pub(crate) const TO_AUDIT: Text = text("Go to the audit log", "Ir al registro de auditoría");

/// What was done.
pub(crate) const fn act(act: Act) -> Text {
    match act {
        Act::SignIn => text("Signed in", "Inició sesión"),
        Act::SignInRefused => text("Sign-in refused", "Inicio de sesión rechazado"),
        Act::SignOut => text("Signed out", "Cerró la sesión"),
        Act::PasswordChanged => text("Password changed", "Contraseña cambiada"),
        Act::MemberInvited => text("Member invited", "Miembro invitado"),
        Act::MemberWithdrawn => text("Member’s sign-in taken away", "Acceso de miembro retirado"),
        Act::PagesClosed => text("Personal pages closed", "Páginas personales cerradas"),
        Act::PagesOpened => text("Personal pages opened", "Páginas personales abiertas"),
        Act::LookupOpened => text("Account opened", "Cuenta abierta"),
        Act::LookupClosed => text("Account closed by hand", "Cuenta cerrada a mano"),
        Act::LookupRefused => text("Search opened nothing", "Búsqueda sin resultado"),
        Act::BudgetExceeded => text("Too many accounts", "Demasiadas cuentas"),
        Act::HoneypotTouched => text("Honeypot touched", "Señuelo tocado"),
        Act::HoneypotAdded => text("Honeypot added", "Señuelo añadido"),
        Act::HoneypotRemoved => text("Honeypot removed", "Señuelo retirado"),
        Act::UserAdded => text("Person added", "Persona añadida"),
        Act::UserSuspended => text("Person suspended", "Persona suspendida"),
        Act::UserReinstated => text("Person reinstated", "Persona readmitida"),
        Act::KeyAdded => text("Ingest key made", "Clave creada"),
        Act::KeyRevoked => text("Ingest key revoked", "Clave revocada"),
        Act::RecordsImported => text("Records imported", "Registros importados"),
        Act::CataloguePublished => text("Catalogue published", "Catálogo publicado"),
        Act::BackupMade => text("Backup made", "Copia de seguridad hecha"),
        Act::AuditExported => text("Audit log exported", "Registro de auditoría descargado"),
        Act::AccountExported => text("Account taken along as a file", "Cuenta descargada"),
        Act::PreferencesExported => text("Preferences exported", "Preferencias exportadas"),
        Act::CheckpointReplaced => text("Checkpoint replaced", "Punto de control sustituido"),
        Act::ReportMade => text("Report made", "Reporte hecho"),
        Act::ReportNoted => text("Report gone on with", "Reporte continuado"),
        Act::ReportAnswered => text("Report answered", "Reporte respondido"),
        Act::ReportClosed => text("Report closed", "Reporte cerrado"),
        Act::SeenReported => text("Asked who saw what", "Preguntó quién vio qué"),
        Act::IncidentPublished => text("Incident published", "Incidente publicado"),
        Act::IncidentWithdrawn => text("Incident withdrawn", "Incidente retirado"),
    }
}

/// What sort of actor it was, behind a name or in place of one.
pub(crate) const fn actor_kind(kind: ActorKind) -> Text {
    match kind {
        ActorKind::User => text("person", "persona"),
        ActorKind::Unproved => text("somebody who did not prove it", "alguien que no lo demostró"),
        ActorKind::Key => text("ingest key", "clave"),
        ActorKind::Command => text("command", "comando"),
        ActorKind::Job => text("the server itself", "el propio servidor"),
    }
}

pub(crate) const fn bad_field(bad: BadField) -> Text {
    match bad {
        BadField::Account => text(
            "No account is called so: letters, digits and -_.: without spaces.",
            "Ninguna cuenta se llama así: letras, cifras y -_.: sin espacios.",
        ),
        BadField::Days => text(
            "Write days as 2026-04-10, the first one not after the last.",
            "Escriba los días como 2026-04-10, el primero no después del último.",
        ),
    }
}

/// A reason that is a word of ours is told in the reader's language; what a person wrote stays as it is.
pub(crate) fn known_reason(reason: &str) -> Option<Text> {
    Some(match reason {
        "nothing" => text("no account was found", "no se encontró ninguna cuenta"),
        "several" => text("several accounts were found", "se encontraron varias cuentas"),
        "deleted" => text("the account was deleted", "la cuenta fue eliminada"),
        "too_many" => text("too many searches in vain", "demasiadas búsquedas sin resultado"),
        "hour" => text("within an hour", "en una hora"),
        "day" => text("within a day", "en un día"),
        "suspended" => text("the person is suspended", "la persona está suspendida"),
        "not_listed" => text("a member no longer", "ya no es miembro"),
        "customer" => text("customer", "cliente"),
        "agent" => text("support agent", "agente de atención"),
        "supervisor" => text("supervisor", "supervisión"),
        "auditor" => text("auditor", "auditoría"),
        _ => return reason.parse().ok().map(act),
    })
}

pub(crate) const fn days(days: Days) -> Text {
    match days {
        Days::One => text("The last 24 hours", "Las últimas 24 horas"),
        Days::Seven => text("The last 7 days", "Los últimos 7 días"),
        Days::Thirty => text("The last 30 days", "Los últimos 30 días"),
        Days::Ever => text("Ever", "Siempre"),
    }
}

pub(crate) fn account_number(number: &str, language: Language) -> String {
    match language {
        Language::En => format!("Account {number}"),
        Language::Es => format!("Cuenta {number}"),
    }
}

pub(crate) fn whom(name: &str, language: Language) -> String {
    match language {
        Language::En => format!("Whom: {name}"),
        Language::Es => format!("A quién: {name}"),
    }
}

pub(crate) fn from_client(client: &str, language: Language) -> String {
    match language {
        Language::En => format!("From {client}"),
        Language::Es => format!("Desde {client}"),
    }
}

pub(crate) fn entry_number(sequence: i64, language: Language) -> String {
    match language {
        Language::En => format!("No. {sequence}"),
        Language::Es => format!("N.º {sequence}"),
    }
}

pub(crate) fn accounts_seen(count: u64, locale: &Locale) -> String {
    let shown = locale.count(count);
    match (locale.language, count) {
        (Language::En, 1) => "1 account".to_owned(),
        (Language::En, _) => format!("{shown} accounts"),
        (Language::Es, 1) => "1 cuenta".to_owned(),
        (Language::Es, _) => format!("{shown} cuentas"),
    }
}

pub(crate) fn times(count: u64, language: Language) -> String {
    match (language, count) {
        (Language::En, 1) => "once".to_owned(),
        (Language::En, _) => format!("{count} times"),
        (Language::Es, 1) => "una vez".to_owned(),
        (Language::Es, _) => format!("{count} veces"),
    }
}

pub(crate) fn more_accounts(count: u64, locale: &Locale) -> String {
    let count = locale.count(count);
    match locale.language {
        Language::En => format!("And {count} more: `counterfoil seen` lists all of them."),
        Language::Es => format!("Y {count} más: `counterfoil seen` las muestra todas."),
    }
}

pub(crate) fn suspended_since(when: &str, language: Language) -> String {
    match language {
        Language::En => format!("Suspended since {when}"),
        Language::Es => format!("Suspendida desde {when}"),
    }
}
