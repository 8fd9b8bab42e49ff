// The product's texts, for sentences whose exact wording no test is about. Promised words are written out in
// the tests themselves.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

type Texts = { [key: string]: string | Texts };
const path = fileURLToPath(new URL("../../app/locales/en.json", import.meta.url));
const texts: Texts = JSON.parse(readFileSync(path, "utf8"));

/** The English text of a key such as `form.credentials`, with its values filled in. */
export function words(key: string, values: Record<string, string> = {}): string {
  const found = key.split(".").reduce<string | Texts | undefined>(
    (node, part) => (typeof node === "object" ? node[part] : undefined),
    texts,
  );
  if (typeof found !== "string") throw new Error(`app/locales/en.json has no text ${key}`);
  return found.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => values[name] ?? `{{ ${name} }}`);
}
