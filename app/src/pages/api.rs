mod schema;

use leptos::prelude::*;

use crate::api_document::{Answer, ApiDocument, Content, Operation, Schema};
use crate::frame::Place;
use crate::respond::{NoPage, Page, respond};
use crate::visit::Visit;
use crate::words::api as words;

use schema::{coded, field, fields, link_to, schema_section};

/// How the operator's systems hand in their records, from the document that the code writes of itself.
#[component]
pub(super) fn Api() -> impl IntoView {
    respond(async move |visit| write(&visit))
}

#[expect(clippy::unnecessary_wraps, reason = "it is what a page is written by")]
fn write(visit: &Visit) -> Result<Page, NoPage> {
    let language = visit.language();
    let document = &*visit.context.api_document;
    let operations: Vec<_> = document
        .paths
        .iter()
        .flat_map(|(path, methods)| methods.iter().map(move |(method, operation)| (path, method, operation)))
        .map(|(path, method, operation)| operation_section(visit, path, method, operation))
        .collect();
    let body = view! {
        <div class="api">
        <h1>{words::TITLE.in_language(language)}</h1>
            <p class="lead" lang="en">{coded(&document.info.description)}</p>
            <p class="key-note">
                {coded(words::KEY.in_language(language))} " "
                <a href="/v1/openapi.json">{words::DOCUMENT.in_language(language)}</a>
            </p>
            <pre class="code" tabindex="0" role="region" aria-label=words::EXAMPLE.in_language(language)>
                <code>{example(&visit.context.public_url)}</code>
            </pre>
        {operations}
        <section class="block" aria-labelledby="records">
            <h2 id="records">{words::RECORDS.in_language(language)}</h2>
            {schemas(visit, document, |schema| !schema.properties.is_empty())}
        </section>
        <section class="block" aria-labelledby="values">
            <h2 id="values">{words::VALUES.in_language(language)}</h2>
            {schemas(visit, document, |schema| schema.properties.is_empty())}
        </section>
        </div>
    };
    Ok(Page { title: words::TITLE, place: Place::Elsewhere, body: body.into_any() })
}

fn schemas(visit: &Visit, document: &ApiDocument, belongs: fn(&Schema) -> bool) -> Vec<AnyView> {
    let schemas = document.components.schemas.iter().filter(|(_, schema)| belongs(schema));
    schemas.map(|(name, schema)| schema_section(visit.language(), name, schema)).collect()
}

fn example(public_url: &str) -> String {
    format!(
        "curl {public_url}/v1/messages \\\n  -H 'authorization: Bearer cfk_…' \\\n  \
         -H 'content-type: application/x-ndjson' \\\n  --data-binary @messages.ndjson"
    )
}

fn operation_section(visit: &Visit, path: &str, method: &str, operation: &Operation) -> AnyView {
    let language = visit.language();
    let id = format!("{method}{}", path.replace('/', "-"));
    let headers: Vec<_> = operation
        .parameters
        .iter()
        .map(|it| field(language, &it.name, &it.schema, &it.description, it.required))
        .collect();
    let bodies = operation.request_body.iter().flat_map(|body| &body.content).map(content_row);
    let bodies: Vec<_> = bodies.collect();
    let answers: Vec<_> = operation.responses.iter().map(answer_row).collect();
    view! {
        <section class="block" aria-labelledby=id.clone()>
            <h2 id=id.clone()><code>{format!("{} {path}", method.to_uppercase())}</code></h2>
            <p lang="en">{coded(&operation.summary)} " " {coded(&operation.description)}</p>
            <h3>{words::BODY.in_language(language)}</h3>
            <dl class="rows">{bodies}</dl>
            {(!headers.is_empty()).then(|| view! {
                <h3>{words::HEADERS.in_language(language)}</h3>
                {fields(headers)}
            })}
            <h3>{words::ANSWERS.in_language(language)}</h3>
            <dl class="rows">{answers}</dl>
        </section>
    }
    .into_any()
}

fn content_row((kind, content): (&String, &Content)) -> AnyView {
    view! { <div><dt><code>{kind.clone()}</code></dt><dd>{link_to(&content.schema)}</dd></div> }.into_any()
}

fn answer_row((status, answer): (&String, &Answer)) -> AnyView {
    let kinds: Vec<_> = answer
        .content
        .iter()
        .map(|(kind, content)| view! { <p class="hint"><code>{kind.clone()}</code> " " {link_to(&content.schema)}</p> })
        .collect();
    view! {
        <div>
            <dt><code>{status.clone()}</code></dt>
            <dd><span lang="en">{coded(&answer.description)}</span> {kinds}</dd>
        </div>
    }
    .into_any()
}
