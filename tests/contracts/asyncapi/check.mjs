// Holds an AsyncAPI document against the specification: `node check.mjs FILE`. Prints what is wrong; exit 1 then.
import { readFileSync } from "node:fs";
import { Parser } from "@asyncapi/parser";

const { document, diagnostics } = await new Parser().parse(readFileSync(process.argv[2], "utf8"));
const errors = diagnostics.filter((each) => each.severity === 0);
for (const each of errors.slice(0, 20)) console.log(`${each.path.join("/")}: ${each.message}`);
if (!errors.length && document) console.log(`valid ${document.version()} ${document.allMessages().length} messages`);
process.exitCode = errors.length || !document ? 1 : 0;
