//! Nothing that is withheld reaches an output byte: markers in every placement.
