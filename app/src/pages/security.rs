mod confirm;
mod notice;
mod password;
mod sessions;

pub(super) use confirm::ConfirmPage;
pub(super) use password::PasswordPage;
pub(super) use sessions::Security;
