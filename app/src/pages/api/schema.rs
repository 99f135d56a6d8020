use engine::Language;
use leptos::prelude::*;

use crate::api_document::Schema;
use crate::words::api as words;

/// A schema, with its fields or with what its value has to be.
pub(super) fn schema_section(language: Language, name: &str, schema: &Schema) -> AnyView {
    let own: Vec<_> = in_order(schema)
        .map(|(name, of, is_required)| field(language, name, of, of.told(), is_required))
        .collect();
    let value = own.is_empty().then(|| view! { <p class="bounds">{bounds(language, schema)}</p> });
    view! {
        <section class="schema" aria-labelledby=name.to_owned()>
            <h3 id=name.to_owned()><code>{name.to_owned()}</code></h3>
            <p lang="en">{coded(&schema.description)}</p>
            {value}
            {(!own.is_empty()).then(|| fields(own))}
        </section>
    }
    .into_any()
}

/// Its fields, those first that have to be there.
fn in_order(schema: &Schema) -> impl Iterator<Item = (&str, &Schema, bool)> {
    let is_required = |name: &String| schema.required.contains(name);
    let named = |required: bool| {
        let of_sort = schema.properties.iter().filter(move |(name, _)| is_required(name) == required);
        of_sort.map(move |(name, field)| (name.as_str(), field, required))
    };
    named(true).chain(named(false))
}

pub(super) fn fields(rows: Vec<AnyView>) -> impl IntoView {
    view! { <dl class="rows">{rows}</dl> }
}

/// A field: its name, what it is for, and what it has to be.
pub(super) fn field(
    language: Language,
    name: &str,
    schema: &Schema,
    told: &str,
    is_required: bool,
) -> AnyView {
    let required =
        is_required.then(|| view! { " " <span class="role">{words::REQUIRED.in_language(language)}</span> });
    view! {
        <div>
            <dt><code>{name.to_owned()}</code> {required}</dt>
            <dd>
                <span lang="en">{coded(told)}</span>
                <p class="hint">{bounds(language, schema)}</p>
            </dd>
        </div>
    }
    .into_any()
}

/// What a value has to be, in the terms of JSON Schema.
fn bounds(language: Language, schema: &Schema) -> AnyView {
    let of = schema.unless_null();
    let length = match (of.min_length, of.max_length) {
        (None, None) => None,
        (least, most) => Some(words::characters(least, most, language)),
    };
    let values = (!of.values.is_empty()).then(|| of.values.join(" · "));
    let codes = [of.format.clone(), values, of.pattern.clone()].into_iter().flatten();
    let codes: Vec<_> = codes.map(|code| view! { " " <code>{code}</code> }).collect();
    view! { {link_to(schema)} {codes} {length.map(|length| format!(" {length}"))} }.into_any()
}

/// A text in which what stands between backticks is code.
pub(super) fn coded(text: &str) -> Vec<AnyView> {
    let part = |(place, part): (usize, &str)| {
        let part = part.to_owned();
        if place % 2 == 1 { view! { <code>{part}</code> }.into_any() } else { part.into_any() }
    };
    text.split('`').enumerate().map(part).collect()
}

/// Its type, or the schema that it refers to.
pub(super) fn link_to(schema: &Schema) -> AnyView {
    let of = schema.unless_null();
    if let Some(name) = of.referred() {
        return view! { <a href=format!("#{name}")>{name.to_owned()}</a> }.into_any();
    }
    match &of.items {
        Some(each) => view! { {link_to(each)} "[]" }.into_any(),
        None => view! { <code>{of.type_names().join(" | ")}</code> }.into_any(),
    }
}
