// Starts `casebook lsp` for the Markdown and TOML files of a site.

import { commands, window, workspace, type ExtensionContext } from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from "vscode-languageclient/node";

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  context.subscriptions.push(
    commands.registerCommand("casebook.restart", start),
    workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration("casebook.path")) await start();
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

async function start(): Promise<void> {
  await client?.stop();
  const command = workspace.getConfiguration("casebook").get("path", "casebook");
  const server: ServerOptions = { command, args: ["lsp"] };
  const options: LanguageClientOptions = {
    documentSelector: [
      { scheme: "file", language: "markdown" },
      { scheme: "file", language: "toml" },
      { scheme: "file", pattern: "**/{casebook,factors}.toml" },
    ],
  };
  client = new LanguageClient("casebook", "Casebook", server, options);
  try {
    await client.start();
  } catch (problem) {
    client = undefined;
    const choice = await window.showErrorMessage(
      `Casebook was not started by "${command}". Install it, or set its path. ${problem}`,
      "Open the setting",
    );
    if (choice) await commands.executeCommand("workbench.action.openSettings", "casebook.path");
  }
}
