// The product's texts, for sentences whose exact wording no test is about. Promised words are written out in
// the tests themselves.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

type Texts = { [key: string]: string | Texts };
export type Language = "en" | "ko" | "pt-br";

const read = (language: Language): Texts =>
  JSON.parse(readFileSync(fileURLToPath(new URL(`../../app/locales/${language}.json`, import.meta.url)), "utf8"));
const texts: Record<Language, Texts> = { en: read("en"), ko: read("ko"), "pt-br": read("pt-br") };

/** The text of a key such as `form.credentials`, in English unless told, with its values filled in. */
export function words(key: string, values: Record<string, string> = {}, language: Language = "en"): string {
  const found = key.split(".").reduce<string | Texts | undefined>(
    (node, part) => (typeof node === "object" ? node[part] : undefined),
    texts[language],
  );
  if (typeof found !== "string") throw new Error(`app/locales/${language}.json has no text ${key}`);
  return found.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => values[name] ?? `{{ ${name} }}`);
}
