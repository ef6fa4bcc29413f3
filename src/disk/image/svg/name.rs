//! What may stay in a drawing: the names of elements and attributes that draw, and of those that hold words.

use std::collections::HashSet;
use std::sync::LazyLock;

/// A list of names.
type Words = LazyLock<HashSet<&'static str>>;

fn set(words: &'static str) -> HashSet<&'static str> {
    words.split_whitespace().collect()
}

/// Elements of SVG. Everything else goes with all that is in it: scripts, metadata, fonts of its own making.
static ELEMENTS: Words = LazyLock::new(|| {
    set("a animate animateMotion animateTransform circle clipPath defs desc ellipse feBlend feColorMatrix \
         feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight \
         feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode \
         feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence filter \
         foreignObject g image line linearGradient marker mask mpath path pattern polygon polyline radialGradient \
         rect set stop style svg switch symbol text textPath title tspan use view")
});

/// Elements of HTML in the labels of a drawing: text and its shape. Mermaid and draw.io write labels that way.
static LABEL_ELEMENTS: Words = LazyLock::new(|| {
    set("a b blockquote br center code div em font h1 h2 h3 h4 h5 h6 hr i li ol p pre s small span strike strong \
         sub sup table tbody td tfoot th thead tr u ul")
});

/// Elements that change an attribute with time.
const ANIMATIONS: [&str; 3] = ["animate", "animateTransform", "set"];

/// Elements whose text is seen or read out. The text of others is neither, so it can only be a remark.
const WITH_TEXT: [&str; 7] = ["a", "desc", "style", "text", "textPath", "title", "tspan"];

/// Attributes whose value is no style: words, names, and numbers.
static PLAIN_ATTRIBUTES: Words = LazyLock::new(|| {
    set("attributeName class d id in in2 keyPoints keySplines keyTimes lang path points preserveAspectRatio \
         requiredExtensions requiredFeatures result role systemLanguage tabindex version viewBox begin end")
});

/// Attributes that say how something looks. These, and no others, may change with time.
static LOOKS: Words = LazyLock::new(|| {
    set("alignment-baseline baseProfile baseline-shift clip clip-path clip-rule color color-interpolation \
         color-interpolation-filters color-rendering cx cy direction display dominant-baseline dx dy \
         enable-background fill fill-opacity fill-rule filter flood-color flood-opacity font font-family font-size \
         font-size-adjust font-stretch font-style font-variant font-weight fr fx fy gradientTransform height \
         image-rendering isolation kerning letter-spacing lighting-color marker marker-end marker-mid marker-start \
         mask mask-type mix-blend-mode offset opacity overflow paint-order pathLength patternTransform \
         pointer-events r refX refY rotate rx ry shape-rendering startOffset stdDeviation stop-color stop-opacity \
         stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity \
         stroke-width text-anchor text-decoration text-overflow text-rendering textLength transform \
         transform-origin unicode-bidi vector-effect visibility white-space width word-spacing writing-mode x x1 \
         x2 y y1 y2")
});

/// The other attributes: how shapes, gradients, filters and movements are put together.
static SHAPES: Words = LazyLock::new(|| {
    set("accumulate additive amplitude azimuth baseFrequency bias by calcMode clipPathUnits diffuseConstant \
         divisor dur edgeMode elevation exponent fill filterRes filterUnits from gradientUnits intercept k1 k2 k3 \
         k4 kernelMatrix kernelUnitLength lengthAdjust limitingConeAngle markerHeight markerUnits markerWidth \
         maskContentUnits maskUnits max media method min mode numOctaves operator order orient origin \
         patternContentUnits patternUnits pointsAtX pointsAtY pointsAtZ preserveAlpha primitiveUnits radius \
         repeatCount repeatDur restart scale seed side slope spacing specularConstant specularExponent \
         spreadMethod stitchTiles style surfaceScale tableValues targetX targetY to type values xChannelSelector \
         yChannelSelector z zoomAndPan align colspan dir face rowspan size valign")
});

/// Whether an element of SVG draws, or holds words that are seen or read out.
pub(super) fn is_element(name: &str) -> bool {
    ELEMENTS.contains(&name)
}

/// Whether an element of HTML may stand in a label.
pub(super) fn is_label_element(name: &str) -> bool {
    LABEL_ELEMENTS.contains(&name)
}

/// Whether the element changes an attribute with time, which it names.
pub(super) fn is_animation(name: &str) -> bool {
    ANIMATIONS.contains(&name)
}

/// Whether the text in an element of SVG is seen or read out.
pub(super) fn holds_text(name: &str) -> bool {
    WITH_TEXT.contains(&name)
}

/// What an attribute without a namespace is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Attribute {
    /// Words, names and numbers, which stay as they are.
    Plain,
    /// A style, or a value that could be one: it stays when it draws and nothing else.
    Style,
    /// Not listed, so it is removed.
    Unknown,
}

/// Whether an attribute may stay, by its name.
pub(super) fn attribute(name: &str) -> Attribute {
    if PLAIN_ATTRIBUTES.contains(&name) || name.starts_with("aria-") {
        Attribute::Plain
    } else if is_look(name) || SHAPES.contains(&name) {
        Attribute::Style
    } else {
        Attribute::Unknown
    }
}

/// Whether an attribute says how something looks.
pub(super) fn is_look(name: &str) -> bool {
    LOOKS.contains(&name)
}

/// Whether a name needs no escape in XML.
pub(super) fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

#[cfg(test)]
mod tests {
    use super::{ELEMENTS, LABEL_ELEMENTS, LOOKS, PLAIN_ATTRIBUTES, SHAPES};

    #[test]
    fn the_lists_hold_names_and_nothing_that_runs_or_leads_elsewhere() {
        let attributes = [&PLAIN_ATTRIBUTES, &LOOKS, &SHAPES].map(|words| words.iter()).into_iter().flatten();
        for name in ELEMENTS.iter().chain(LABEL_ELEMENTS.iter()).chain(attributes) {
            assert!(name.starts_with(char::is_alphabetic) && name.ends_with(char::is_alphanumeric), "{name}");
            assert!(!name.starts_with("on") && !name.contains("href") && !name.contains("src"), "{name}");
        }
        for name in ["script", "iframe", "metadata", "cursor", "font", "audio", "video", "handler", "img", "style"] {
            assert!(!LABEL_ELEMENTS.contains(name) || name == "font", "{name}");
            assert!(!ELEMENTS.contains(name) || name == "style", "{name}");
        }
    }
}
