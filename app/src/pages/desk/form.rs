use engine::Language;
use leptos::prelude::*;
use store::{FIND_CHARS_MAX, REASON_CHARS_MAX};

use crate::frame::icon;
use crate::kept_search::{KeptSearch, Refusal};
use crate::open_lookup::OpenLookup;
use crate::visit::Visit;
use crate::words::{Text, desk as words};

/// Whom to look for, and why. After a refusal, what was typed is there again, and the field that it is about has the
/// focus.
pub(super) fn form(visit: &Visit, kept: Option<&KeptSearch>) -> impl IntoView + use<> {
    let language = visit.language();
    let refusal = kept.map(|kept| kept.refusal);
    let of_reason = refusal.is_some_and(is_of_reason);
    let search = Field {
        name: "search",
        label: words::SEARCH,
        hint: words::SEARCH_HINT,
        value: kept.map(|kept| kept.search.clone()).unwrap_or_default(),
        refusal: refusal.filter(|_| !of_reason),
        focused: !of_reason,
        chars_max: FIND_CHARS_MAX,
    };
    let reason = Field {
        name: "reason",
        label: words::REASON,
        hint: words::REASON_HINT,
        value: kept.map(|kept| kept.reason.clone()).unwrap_or_default(),
        refusal: refusal.filter(|_| of_reason),
        focused: of_reason,
        chars_max: REASON_CHARS_MAX,
    };
    let action = ServerAction::<OpenLookup>::new();
    view! {
        <ActionForm action attr:class="form">
            {search.write(language)}
            {reason.write(language)}
            <button class="button button-main">{words::OPEN_ACCOUNT.in_language(language)}</button>
        </ActionForm>
    }
}

fn is_of_reason(refusal: Refusal) -> bool {
    matches!(refusal, Refusal::ReasonShort | Refusal::ReasonLong | Refusal::ReasonControl)
}

/// One line to type into: Enter sends the form from either.
struct Field {
    name: &'static str,
    label: Text,
    hint: Text,
    value: String,
    refusal: Option<Refusal>,
    focused: bool,
    chars_max: usize,
}

impl Field {
    fn write(self, language: Language) -> impl IntoView + use<> {
        let (hint_id, error_id) = (format!("{}-hint", self.name), format!("{}-error", self.name));
        let described_by = match self.refusal {
            Some(_) => format!("{error_id} {hint_id}"),
            None => hint_id.clone(),
        };
        let error = self.refusal.map(|refusal| {
            view! {
                <p class="field-error" id=error_id>
                    {icon("unmatched")}
                    {words::refused(refusal).in_language(language)}
                </p>
            }
        });
        view! {
            <div class="field">
                <label for=self.name>{self.label.in_language(language)}</label>
                <p class="hint" id=hint_id>{self.hint.in_language(language)}</p>
                <input
                    class="field-input"
                    id=self.name
                    name=self.name
                    type="text"
                    value=self.value
                    autocomplete="off"
                    autocapitalize="none"
                    required
                    maxlength=self.chars_max.to_string()
                    autofocus=self.focused
                    aria-invalid=self.refusal.map(|_| "true")
                    aria-describedby=described_by
                />
                {error}
            </div>
        }
    }
}
