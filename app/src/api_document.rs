//! What `/v1` takes and answers, as far as its page shows it: a part of an OpenAPI 3.1 document.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The document.
#[derive(Debug, Deserialize)]
pub struct ApiDocument {
    pub(crate) info: Info,
    /// By path, and by method.
    pub(crate) paths: BTreeMap<String, BTreeMap<String, Operation>>,
    pub(crate) components: Components,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Info {
    pub(crate) description: String,
}

/// What may be asked at an address by a method.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Operation {
    pub(crate) summary: String,
    #[serde(default)]
    pub(crate) description: String,
    #[serde(default)]
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) request_body: Option<Body>,
    /// By status.
    pub(crate) responses: BTreeMap<String, Answer>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) description: String,
    #[serde(default)]
    pub(crate) required: bool,
    pub(crate) schema: Schema,
}

/// By type of content.
#[derive(Debug, Deserialize)]
pub(crate) struct Body {
    pub(crate) content: BTreeMap<String, Content>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Answer {
    pub(crate) description: String,
    #[serde(default)]
    pub(crate) content: BTreeMap<String, Content>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Content {
    pub(crate) schema: Schema,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Components {
    pub(crate) schemas: BTreeMap<String, Schema>,
}

/// What a value has to be.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Schema {
    #[serde(rename = "$ref")]
    pub(crate) reference: Option<String>,
    #[serde(rename = "type")]
    pub(crate) types: Types,
    pub(crate) description: String,
    pub(crate) format: Option<String>,
    #[serde(rename = "enum")]
    pub(crate) values: Vec<String>,
    pub(crate) pattern: Option<String>,
    pub(crate) min_length: Option<u64>,
    pub(crate) max_length: Option<u64>,
    pub(crate) items: Option<Box<Schema>>,
    pub(crate) one_of: Vec<Schema>,
    pub(crate) properties: BTreeMap<String, Schema>,
    pub(crate) required: Vec<String>,
}

/// One type's name, several, or none where any will do.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Types {
    One(String),
    Several(Vec<String>),
}

impl Default for Types {
    fn default() -> Self {
        Self::Several(Vec::new())
    }
}

const NOTHING: &str = "null";

impl Schema {
    /// The name of the schema that it refers to.
    pub(crate) fn referred(&self) -> Option<&str> {
        self.reference.as_deref()?.rsplit('/').next()
    }

    /// What the value is where it is there: a field that may be left out may be `null`, too.
    pub(crate) fn unless_null(&self) -> &Self {
        self.one_of.iter().find(|schema| !schema.types.are(NOTHING)).unwrap_or(self)
    }

    /// What is said of it.
    pub(crate) fn told(&self) -> &str {
        if self.description.is_empty() { &self.unless_null().description } else { &self.description }
    }

    /// The names of its types, but of nothing.
    pub(crate) fn type_names(&self) -> Vec<&str> {
        match &self.types {
            Types::One(name) => vec![name],
            Types::Several(names) => {
                names.iter().map(String::as_str).filter(|name| *name != NOTHING).collect()
            }
        }
    }
}

impl Types {
    fn are(&self, name: &str) -> bool {
        matches!(self, Self::One(one) if one == name)
    }
}
