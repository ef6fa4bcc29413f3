//! Pages and the preview as readers see them in a browser.

mod hostile_site;
mod pages;
mod preview;
