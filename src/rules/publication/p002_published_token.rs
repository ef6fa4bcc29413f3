//! P002: an access token stands in what will be published.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::file;
use super::secret::{self, Secret};
use crate::diagnostic::{Diagnostic, Example, Findings, Level, Metadata, Subject};
use crate::rules::pattern::Patterns;
use crate::rules::{Check, Library, ReviewContext, Rule, passage};

pub(super) static RULE: Rule =
    Rule { metadata: &METADATA, checks: &[Check::Review(check), Check::Library(check_pages)] };

static METADATA: Metadata = Metadata {
    code: "P002",
    name: "published-token",
    level: Level::Error,
    collected: Level::Error,
    subject: Subject::Safety,
    summary: "An access token or key of a known service would be published.",
    why: "Bots search public pages for tokens and use them within minutes. Publishing cannot be undone.",
    remedy: "Revoke the token first: it is in the history of the repository already. Then write what kind of token it \
             was, not the token.",
    wrong: Example::Edit { replace: "Rules ran", with: "The job used `glpat-Zx8Kq2Lm9Rt4Vw7Yb3Nc`. Rules ran" },
    right: Example::Edit { replace: "Rules ran", with: "The job used a GitLab token, `glpat-…`. Rules ran" },
};

/// Kinds of tokens, and how they are recognised by their fixed parts alone. Nothing here measures randomness:
/// reviews are full of commits and transaction hashes.
///
/// The formats are those that Gitleaks knows (MIT, <https://github.com/gitleaks/gitleaks>, config/gitleaks.toml
/// at 009e025ad410) and that the services document; the patterns are written anew.
const TOKENS: [(&str, &str); 25] = [
    ("an AWS access key", r"\b(?:AKIA|ASIA)[A-Z2-7]{16}\b"),
    ("a GitHub token", r"\bgh[oprsu]_[A-Za-z0-9]{36,}\b"),
    ("a GitHub token", r"\bgithub_pat_[A-Za-z0-9_]{60,}\b"),
    ("a GitLab token", r"\bgl(?:pat|dt|rt|ptt|cbt|soat)-[A-Za-z0-9_-]{20,}"),
    ("a Slack token", r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}"),
    ("a Slack token", r"\bxapp-\d-[A-Z0-9]+-\d+-[a-z0-9]{20,}"),
    (
        "a Slack webhook",
        r"\bhooks\.slack\.com/(?:services|workflows|triggers)/(?<it>[A-Za-z0-9]+/[A-Za-z0-9]+/[A-Za-z0-9/]{16,})",
    ),
    ("a Discord webhook", r"\bdiscord(?:app)?\.com/api/webhooks/\d{15,}/(?<it>[\w-]{40,})"),
    ("a Stripe key", r"\b[rs]k_live_[A-Za-z0-9]{10,}"),
    ("a Google API key", r"\bAIza[0-9A-Za-z_-]{35}"),
    ("a Google OAuth secret", r"\bGOCSPX-[A-Za-z0-9_-]{28}"),
    ("an npm token", r"\bnpm_[A-Za-z0-9]{36}\b"),
    ("a PyPI token", r"\bpypi-AgE[A-Za-z0-9_-]{50,}"),
    ("a crates.io token", r"\bcio[A-Za-z0-9]{32}\b"),
    ("a SendGrid key", r"\bSG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{39,50}"),
    ("a Twilio key", r"\bSK[0-9a-f]{32}\b"),
    ("a Docker token", r"\bdckr_(?:pat|oat)_[A-Za-z0-9_-]{20,}"),
    ("a DigitalOcean token", r"\bdo[opr]_v1_[0-9a-f]{64}\b"),
    ("a Vault token", r"\bhv[sb]\.[A-Za-z0-9_-]{24,}"),
    ("a Hugging Face token", r"\bhf_[A-Za-z]{34}\b"),
    ("an Anthropic key", r"\bsk-ant-[a-z0-9]+-[A-Za-z0-9_-]{40,}"),
    ("an OpenAI key", r"\bsk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{20,}T3BlbkFJ[A-Za-z0-9_-]{20,}"),
    ("a Shopify token", r"\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}\b"),
    ("a Telegram bot token", r"\b\d{8,10}:AA[A-Za-z0-9_-]{33}\b"),
    ("a JSON web token", r"\beyJ[A-Za-z0-9_-]{14,}\.eyJ[A-Za-z0-9_-]{14,}\.[A-Za-z0-9_-]{20,}"),
];

/// No token has fewer characters.
const SHORTEST: usize = 15;

/// One of these stands in each, but for two kinds.
const SIGNS: [&str; 33] = [
    "AKIA",
    "ASIA",
    "gho_",
    "ghp_",
    "ghr_",
    "ghs_",
    "ghu_",
    "github_pat_",
    "glpat-",
    "gldt-",
    "glrt-",
    "glptt-",
    "glcbt-",
    "glsoat-",
    "xox",
    "xapp-",
    "hooks.slack.com/",
    "/api/webhooks/",
    "k_live_",
    "AIza",
    "GOCSPX-",
    "npm_",
    "pypi-AgE",
    "SG.",
    "dckr_",
    "_v1_",
    "hvs.",
    "hvb.",
    "hf_",
    "sk-",
    "shp",
    ":AA",
    "eyJ",
];

static SIGN: LazyLock<AhoCorasick> = LazyLock::new(|| AhoCorasick::new(SIGNS).expect("signs are few"));

/// Whether a word may be a token, or hold one. The signs of two kinds stand in many words: there, the length of what
/// follows tells.
fn may_be_token(word: &str) -> bool {
    let is_long =
        |(at, sign): (usize, &str)| word[at + sign.len()..].bytes().take_while(u8::is_ascii_alphanumeric).count() >= 32;
    word.len() >= SHORTEST
        && (SIGN.is_match(word) || ["cio", "SK"].iter().any(|sign| word.match_indices(sign).any(is_long)))
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns::new(TOKENS.map(|(_, pattern)| pattern)));

fn check(context: &ReviewContext<'_>, findings: &mut Findings<'_>) {
    for passage in passage::published(context) {
        secret::report(&METADATA, passage, find(&passage.text), findings);
    }
}

fn check_pages(library: &Library<'_>, found: &mut Vec<Diagnostic>) {
    secret::report_others(&METADATA, library, find, found);
    secret::report_files(&METADATA, file::always_published(library), find, found);
}

fn find(text: &str) -> Vec<Secret> {
    let mut secrets = Vec::new();
    for (range, number) in PATTERNS.find_in_words(text, may_be_token) {
        let token = &text[range.clone()];
        if !secret::is_placeholder(token) {
            let beginning: String = token.chars().take(4).collect();
            secrets.push(Secret { what: format!("{} that begins with `{beginning}`", TOKENS[number].0), range });
        }
    }
    secrets
}

#[cfg(test)]
mod tests {
    use super::find;

    /// Pieces that are put together here, so that nobody who searches this file for tokens finds one.
    #[test]
    fn tokens_are_known_by_their_fixed_parts() {
        let random =
            "q7Zt2Kx9Lw4Rv8Nb3Mc6Yd1Pf5Hg0JsAuEi7Zt2Kx9Lw4Rv8Nb3Mc6Yd1Pf5Hg0JsAuEi7Zt2Kx9Lw4Rv8Nb3Mc6Yd1Pf5Hg0Js";
        let hex = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";
        for (kind, parts) in [
            ("an AWS access key", ["AKIA", "Q3Z7KX4MWT5RVNB2"]),
            ("a GitHub token", ["ghp_", &random[..36]]),
            ("a GitHub token", ["github_pat_", &random[..82]]),
            ("a GitLab token", ["glpat-", &random[..20]]),
            ("a Slack token", ["xapp-", "1-A0B1C2D3E-7706543210987-q7zt2kx9lw4rv8nb3mc6yd1p"]),
            ("a Discord webhook", ["https://discord.com/api/webhooks/123456789012345678/", &random[..60]]),
            ("a crates.io token", ["cio", &random[..32]]),
            ("a Docker token", ["dckr_pat_", &random[..27]]),
            ("a DigitalOcean token", ["dop_v1_", &hex[..64]]),
            ("a Vault token", ["hvs.", &random[..24]]),
            ("a Hugging Face token", ["hf_", "qZtKxLwRvNbMcYdPfHgJsAuEiZtKxLwRvN"]),
            ("an Anthropic key", ["sk-ant-api03-", &random[..60]]),
            ("an OpenAI key", ["sk-proj-", "q7Zt2Kx9Lw4Rv8Nb3Mc6T3BlbkFJYd1Pf5Hg0JsAuEi7Zt2K"]),
            ("a Shopify token", ["shpat_", &hex[..32]]),
            ("a Telegram bot token", ["523456789", ":AAq7Zt2Kx9Lw4Rv8Nb3Mc6Yd1Pf5Hg0JsAu"]),
            ("a Slack token", ["xoxb-", "263594206564-2343594206574-FGqddMF8t08v8N7Oq4i57vs1"]),
            ("a Slack webhook", ["https://hooks.slack.com/services/", "T0A1B2C3D/B4E5F6G7H/q7Zt2Kx9Lw4Rv8Nb3Mc6Yd1P"]),
            ("a Stripe key", ["sk_live_", &random[..24]]),
            ("a Google API key", ["AIza", &random[..35]]),
            ("an npm token", ["npm_", &random[..36]]),
            ("a PyPI token", ["pypi-AgEIcHlwaS5vcmc", &random[..60]]),
            ("a SendGrid key", ["SG.", "q7Zt2Kx9Lw4Rv8Nb3Mc6Yd.1Pf5Hg0JsAuEi7Zt2Kx9Lw4Rv8Nb3Mc6Yd1Pf5Hg0JsA"]),
            ("a Twilio key", ["SK", &hex[..32]]),
            ("a JSON web token", ["eyJ", "hbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiIsIm4iOjF9.q7Zt2Kx9Lw4Rv8Nb3Mc6Yd1Pf5Hg0Js"]),
        ] {
            let text = format!("It was {}{}, and so on.", parts[0], parts[1]);
            let found = find(&text);
            assert_eq!(found.len(), 1, "{kind}: {text}");
            assert!(found[0].what.starts_with(kind), "{}", found[0].what);
            assert!(!found[0].what.contains(parts[1]) && text[found[0].range.end..].starts_with(", and"), "{text}");
        }
    }

    #[test]
    fn hashes_slugs_masks_and_examples_are_no_tokens() {
        for text in [
            "commit 009e025ad4106ab333aa0b9dc4f2a884390d134c",
            "0x5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060",
            "https://pypi.example/pypi-support-specialist-who-answers-many-questions-of-people-and-machines",
            "AKIAIOSFODNN7EXAMPLE",
            "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "ghp_****************, `glpat-…`, npm_<token>",
            "AIza",
            "eyJhbGciOiJIUzI1NiJ9 is only a header",
        ] {
            assert!(find(text).is_empty(), "{text}");
        }
    }
}
