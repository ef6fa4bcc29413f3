//! Files beside reviews: only what may stay in them is published.
