//! Texts made to be expensive: work and memory grow no faster than the text.
