use leptos::prelude::*;

use crate::frame::icon;
use crate::visit::Visit;
use crate::words::{Text, home as words, verdict};

/// Two messages of nobody's, one that is vouched for and one that is not: what a history looks like.
pub(super) fn example(visit: &Visit) -> impl IntoView + use<> {
    let language = visit.language();
    let say = move |text: Text| text.in_language(language);
    let side = move |text: Text| view! { <p class="example-side">{say(text)}</p> };
    view! {
        <figure class="example">
            <figcaption>{say(words::EXAMPLE)}</figcaption>
            <div class="sheet joined">
                <div class="slip told">
                    {side(words::EXAMPLE_TOLD)}
                    <p class="example-title">{say(words::EXAMPLE_RECEIPT)}</p>
                    <p class="status status-matched">
                        {icon("matched")}{say(verdict::status(Some(engine::Verdict::Matched)))}
                    </p>
                </div>
                <div class="slip books">
                    {side(words::EXAMPLE_HAPPENED)}
                    <p class="example-title">{say(words::EXAMPLE_PAYMENT)}</p>
                </div>
            </div>
            <div class="sheet torn flagged">
                <div class="slip told">
                    {side(words::EXAMPLE_TOLD)}
                    <p class="example-title">{say(words::EXAMPLE_TRADE_IN)}</p>
                    <p class="status status-unmatched">
                        {icon("unmatched")}{say(verdict::status(Some(engine::Verdict::Unmatched)))}
                    </p>
                </div>
                <div class="slip ghost">
                    {side(words::EXAMPLE_HAPPENED)}
                    <p class="example-title">{say(words::EXAMPLE_NO_TRADE_IN)}</p>
                    <p class="comfort">{icon("looked")}<span>{say(words::EXAMPLE_NOTHING_CHANGED)}</span></p>
                </div>
            </div>
        </figure>
    }
}
