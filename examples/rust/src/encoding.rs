//! Base64 and name-based UUIDs.

use base64::{
    Engine,
    alphabet::{STANDARD, URL_SAFE},
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The two alphabets of RFC 4648.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Alphabet {
    /// `+` and `/`, with padding.
    #[default]
    Standard,
    /// `-` and `_`, without padding.
    Url,
}

impl Alphabet {
    fn engine(self) -> GeneralPurpose {
        // Padding is often lost on the way, so it is not asked for when reading.
        let config = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
        match self {
            Self::Standard => GeneralPurpose::new(&STANDARD, config),
            Self::Url => GeneralPurpose::new(&URL_SAFE, config.with_encode_padding(false)),
        }
    }
}

/// Encodes the UTF-8 bytes of a text.
pub fn encode(text: &str, alphabet: Alphabet) -> String {
    alphabet.engine().encode(text)
}

/// Decodes to a text; the error says what is wrong with the encoded form.
pub fn decode(encoded: &str, alphabet: Alphabet) -> Result<String, String> {
    let bytes = alphabet.engine().decode(encoded.trim()).map_err(|error| format!("encoded: {error}"))?;
    String::from_utf8(bytes).map_err(|error| format!("encoded: the decoded bytes are no UTF-8 text: {error}"))
}

/// Makes the version 5 UUID of a name; the namespace is one of the well-known four or a UUID.
pub fn name_uuid(namespace: &str, name: &str) -> Result<String, String> {
    let space = match namespace {
        "dns" => Uuid::NAMESPACE_DNS,
        "url" => Uuid::NAMESPACE_URL,
        "oid" => Uuid::NAMESPACE_OID,
        "x500" => Uuid::NAMESPACE_X500,
        other => Uuid::try_parse(other)
            .map_err(|_| format!("namespace: {other:?} is neither dns, url, oid, x500 nor a UUID"))?,
    };
    Ok(Uuid::new_v5(&space, name.as_bytes()).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_alphabets_differ_in_two_letters_and_the_padding() {
        assert_eq!(encode("<<?>>>?", Alphabet::Standard), "PDw/Pj4+Pw==");
        assert_eq!(encode("<<?>>>?", Alphabet::Url), "PDw_Pj4-Pw");
    }

    #[test]
    fn padding_is_optional_when_decoding() {
        assert_eq!(decode("w7w=", Alphabet::Standard).as_deref(), Ok("ü"));
        assert_eq!(decode(" w7w\n", Alphabet::Url).as_deref(), Ok("ü"));
    }

    #[test]
    fn what_is_no_base64_or_no_text_is_explained() {
        assert!(decode("PDw_", Alphabet::Standard).unwrap_err().starts_with("encoded: Invalid symbol"));
        assert!(decode("/w==", Alphabet::Standard).unwrap_err().contains("no UTF-8 text"));
    }

    #[test]
    fn the_uuid_of_a_name_is_always_the_same() {
        let uuid = name_uuid("dns", "www.example.com");
        assert_eq!(uuid.as_deref(), Ok("2ed6657d-e927-568b-95e1-2665a8aea6a2"));
        assert_eq!(name_uuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com"), uuid);
    }

    #[test]
    fn an_unknown_namespace_is_refused() {
        assert!(name_uuid("DNS ", "x").unwrap_err().contains("neither dns"));
    }
}
