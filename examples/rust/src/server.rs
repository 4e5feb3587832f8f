//! The MCP side: names, schemas and descriptions of the tools.

use rmcp::{
    Json, ServerHandler,
    handler::server::wrapper::Parameters,
    model::{Implementation, ServerCapabilities, ServerConfig},
    tool, tool_handler, tool_router,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::digest::{self, Algorithm};
use crate::encoding::{self, Alphabet};

/// The server; it keeps no state.
#[derive(Clone, Copy, Debug)]
pub struct HashTools;

/// A text to sum up.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct DigestInput {
    /// The text; its UTF-8 bytes are summed up.
    pub text: String,
    pub algorithm: Algorithm,
}

/// A digest as hexadecimal digits, and how many bytes it sums up.
#[derive(Debug, JsonSchema, Serialize)]
pub struct DigestOutput {
    pub digest: String,
    pub bytes: usize,
}

/// A text and the digest it should have.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct VerifyInput {
    pub text: String,
    pub algorithm: Algorithm,
    /// The expected digest as hexadecimal digits.
    pub expected: String,
}

/// Whether the digest is the expected one.
#[derive(Debug, JsonSchema, Serialize)]
pub struct VerifyOutput {
    pub matches: bool,
}

/// A text to encode.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct EncodeInput {
    pub text: String,
    #[serde(default)]
    pub alphabet: Alphabet,
}

/// The encoded text.
#[derive(Debug, JsonSchema, Serialize)]
pub struct EncodeOutput {
    pub encoded: String,
}

/// Base64 to decode; padding may be missing.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct DecodeInput {
    pub encoded: String,
    #[serde(default)]
    pub alphabet: Alphabet,
}

/// The decoded text.
#[derive(Debug, JsonSchema, Serialize)]
pub struct DecodeOutput {
    pub text: String,
}

/// A name within a namespace.
#[derive(Debug, Deserialize, JsonSchema)]
pub struct NameInput {
    /// One of dns, url, oid, x500, or any UUID.
    pub namespace: String,
    pub name: String,
}

/// The UUID of the name.
#[derive(Debug, JsonSchema, Serialize)]
pub struct NameOutput {
    pub uuid: String,
}

#[tool_router]
impl HashTools {
    #[tool(
        description = "Compute the SHA-256, SHA-512 or CRC-32 of a text",
        annotations(read_only_hint = true, idempotent_hint = true, open_world_hint = false)
    )]
    fn digest_text(&self, Parameters(input): Parameters<DigestInput>) -> Json<DigestOutput> {
        Json(DigestOutput { digest: input.algorithm.digest(input.text.as_bytes()), bytes: input.text.len() })
    }

    #[tool(
        description = "Tell whether a text has the expected digest",
        annotations(read_only_hint = true, idempotent_hint = true, open_world_hint = false)
    )]
    fn verify_digest(&self, Parameters(input): Parameters<VerifyInput>) -> Result<Json<VerifyOutput>, String> {
        let matches = digest::verify(&input.text, input.algorithm, &input.expected)?;
        Ok(Json(VerifyOutput { matches }))
    }

    #[tool(
        description = "Encode a text as base64, with the standard or the URL alphabet",
        annotations(read_only_hint = true, idempotent_hint = true, open_world_hint = false)
    )]
    fn encode_base64(&self, Parameters(input): Parameters<EncodeInput>) -> Json<EncodeOutput> {
        Json(EncodeOutput { encoded: encoding::encode(&input.text, input.alphabet) })
    }

    #[tool(
        description = "Decode base64 to a text",
        annotations(read_only_hint = true, idempotent_hint = true, open_world_hint = false)
    )]
    fn decode_base64(&self, Parameters(input): Parameters<DecodeInput>) -> Result<Json<DecodeOutput>, String> {
        let text = encoding::decode(&input.encoded, input.alphabet)?;
        Ok(Json(DecodeOutput { text }))
    }

    #[tool(
        description = "Make the version 5 UUID of a name: the same name always has the same UUID",
        annotations(read_only_hint = true, idempotent_hint = true, open_world_hint = false)
    )]
    fn name_uuid(&self, Parameters(input): Parameters<NameInput>) -> Result<Json<NameOutput>, String> {
        let uuid = encoding::name_uuid(&input.namespace, &input.name)?;
        Ok(Json(NameOutput { uuid }))
    }
}

#[tool_handler]
impl ServerHandler for HashTools {
    // Name and version are those of Cargo.toml, the only place that holds them.
    fn get_info(&self) -> ServerConfig {
        let package = Implementation::new(env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(package.with_title("Hash tools"))
    }
}
