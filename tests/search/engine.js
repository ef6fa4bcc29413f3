// Runs the engine of the theme outside a browser: node engine.js COMMAND INPUT.
"use strict";
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
require("../../themes/default/assets/search-engine.js");
const engine = globalThis.casebookSearch;

/** The data of a file of the index. */
function data(folder, name) {
  let taken;
  const script = readFileSync(join(folder, `${name}.js`), "utf8");
  new Function("casebookData", script)((given) => (taken = given));
  return taken;
}

const commands = {
  /** Every character of the Basic Multilingual Plane that this engine knows. */
  assigned: () => Array.from({ length: 0x10000 }, (_, code) => code).filter((code) => code > 0x20 && (code < 0xd800 || code > 0xf8ff)).map((code) => String.fromCharCode(code)).filter((c) => !/\p{Cn}/u.test(c)).join(""),
  words: (texts) => texts.map((text) => engine.words(text).map(({ word, kind }) => word + ["", "*", "+"][kind])),
  async search({ folder, queries }) {
    const searcher = engine.open(data(folder, "index"), async (name) => data(folder, name));
    const answers = [];
    for (const query of queries) {
      const asked = searcher.parse(query);
      const { hits, unknown, unknownValues } = await searcher.search(asked);
      answers.push({ hits: hits.map((hit) => [hit.number, hit.score, hit.sections()]), unknown, fields: asked.unknownFields, values: unknownValues });
    }
    return answers;
  },
};

const [command, input] = process.argv.slice(2);
Promise.resolve(commands[command](JSON.parse(readFileSync(input, "utf8")))).then((answer) => process.stdout.write(JSON.stringify(answer)));
