//! Where an output folder may lie.

use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::file;

/// Refuses an output folder that holds the site or a part of it, or to which a link of the site leads. `named` is where
/// `folder` is.
///
/// # Errors
///
/// The folder is refused.
pub(super) fn check(folder: &Path, named: &Path, site: &Path) -> Result<()> {
    ensure!(
        !site.starts_with(named),
        "the output folder {} holds the site itself; choose another one",
        folder.display()
    );
    ensure!(!folder.is_file(), "{} is a file, and the output is a folder; choose another name", folder.display());
    for part in ["content", "static", "themes", ".casebook"] {
        ensure!(
            !named.starts_with(site.join(part)),
            "the output folder lies in `{part}`, which is part of the site; choose another one"
        );
    }
    // The site must not choose a folder of this machine: a link in it may lead anywhere.
    let absolute = std::path::absolute(folder).ok();
    let below = absolute.as_deref().and_then(|folder| folder.strip_prefix(site).ok()?.to_str());
    if let Some(below) = below {
        let problem = "to write where a link leads, name the folder itself with --output";
        file::check_folder(site, &below.replace(std::path::MAIN_SEPARATOR, "/")).context(problem)?;
    }
    Ok(())
}
