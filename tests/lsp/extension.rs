//! The extension for Visual Studio Code, as far as it can be looked at without one.

use serde_json::Value;

#[test]
fn the_extension_has_the_version_of_the_program_and_starts_it() {
    let package: Value = serde_json::from_str(include_str!("../../editors/vscode/package.json")).unwrap();
    let lock: Value = serde_json::from_str(include_str!("../../editors/vscode/package-lock.json")).unwrap();
    assert_eq!(package["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(lock["version"], env!("CARGO_PKG_VERSION"));
    let file = format!("casebook-{}.vsix", env!("CARGO_PKG_VERSION"));
    for document in [include_str!("../../docs/editors.md"), include_str!("../../editors/vscode/README.md")] {
        assert!(document.contains(&file), "no document tells of {file}");
    }
    let activation = package["activationEvents"].as_array().unwrap();
    assert!(activation.iter().any(|event| event == "workspaceContains:**/casebook.toml"), "{activation:?}");
    let setting = &package["contributes"]["configuration"]["properties"]["casebook.path"];
    assert_eq!(setting["default"], "casebook");
    let code = include_str!("../../editors/vscode/src/extension.ts");
    assert!(code.contains("args: [\"lsp\"]") && code.contains("get(\"path\", \"casebook\")"), "{code}");
}
