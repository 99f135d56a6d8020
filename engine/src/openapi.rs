//! Schemas of what is written as a text, for the document of an API.

use std::borrow::Cow;

use utoipa::openapi::schema::{AdditionalProperties, ObjectBuilder, Schema, SchemaType, Type};
use utoipa::openapi::{KnownFormat, RefOr, SchemaFormat};
use utoipa::{PartialSchema, ToSchema};

use crate::account::{AccountStatus, TimeZone};
use crate::{
    AccountId, BatchName, Date, E164, Imei, Instant, Kind, MergeValue, MessageId, Money, Reference,
    TemplateName, TransactionId,
};

const ID: &str = "^[A-Za-z0-9._:-]{1,128}$";

macro_rules! text_schemas {
    ($($name:ident: $schema:expr;)+) => {$(
        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                $schema.schema_type(SchemaType::Type(Type::String)).into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                stringify!($name).into()
            }
        }
    )+};
}

fn text() -> ObjectBuilder {
    ObjectBuilder::new()
}

fn pattern(pattern: &str, told: &str) -> ObjectBuilder {
    text().pattern(Some(pattern)).description(Some(told))
}

fn name(told: &str) -> ObjectBuilder {
    text().min_length(Some(1)).max_length(Some(256)).description(Some(told))
}

text_schemas! {
    AccountId: pattern(ID, "The operator's own id of an account");
    MessageId: pattern(ID, "The operator's own id of a message");
    TransactionId: pattern(ID, "The operator's own id of a transaction");
    TemplateName: name("The template that a message was written from");
    BatchName: name("The run of sends that a message left in");
    Kind: pattern("^[a-z0-9_]+(\\.[a-z0-9_]+)*$", "What happened: lower-case words joined by dots, noun and verb");
    Instant: text()
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
        .description(Some("A moment, as RFC 3339 writes it"));
    Date: text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Date))).description(Some("A day"));
    E164: pattern("^\\+[0-9]{7,15}$", "A number, as E.164 writes it");
    Imei: pattern("^[0-9]{14,16}$", "A device's IMEI: 14 to 16 digits, the check digit right where it is there");
    Reference: text()
        .pattern(Some("[A-Za-z0-9]"))
        .min_length(Some(1))
        .max_length(Some(128))
        .description(Some("A number or code by which the operator and the customer speak of it"));
    TimeZone: text().description(Some("A time zone's name in the IANA database, such as America/Los_Angeles"));
    AccountStatus: text().description(Some("active, suspended, closed, or another"));
}

impl PartialSchema for Money {
    fn schema() -> RefOr<Schema> {
        let value = text()
            .schema_type(SchemaType::Type(Type::String))
            .pattern(Some(r"^-?[0-9]+(\.[0-9]+)?$"))
            .description(Some("The amount, with a point before its decimals"));
        let currency = text().schema_type(SchemaType::Type(Type::String)).pattern(Some("^[A-Z]{3}$"));
        ObjectBuilder::new()
            .schema_type(SchemaType::Type(Type::Object))
            .property("value", value)
            .property("currency", currency.description(Some("ISO 4217")))
            .required("value")
            .required("currency")
            .additional_properties(Some(AdditionalProperties::FreeForm(false)))
            .into()
    }
}

impl ToSchema for Money {}

impl PartialSchema for MergeValue {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(SchemaType::AnyValue)
            .description(Some("The value of a merge field: any JSON"))
            .into()
    }
}

impl ToSchema for MergeValue {}
