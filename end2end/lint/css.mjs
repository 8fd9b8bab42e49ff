// Every style sheet must parse. The build falls back to the raw file on a parse error without a word, so a typo
// would only be seen by somebody's eyes.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle, transform } from "lightningcss";

const root = fileURLToPath(new URL("../..", import.meta.url));
const styles = ["style", "sandbox/src", "server/src/http/embed"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true })
    .filter((name) => name.endsWith(".css"))
    .map((name) => join(folder, name)),
);

const problems = [];
const attempt = (file, action) => {
  try {
    for (const warning of action().warnings) {
      problems.push(`${file}:${warning.loc?.line}: ${warning.message}`);
    }
  } catch (error) {
    problems.push(`${error.fileName ?? file}:${error.loc?.line ?? "?"}: ${error.message}`);
  }
};

for (const file of styles) {
  attempt(file, () => transform({ filename: file, code: readFileSync(join(root, file)) }));
}
// The whole, as the build puts it together: an @import of a missing file shows up here.
attempt("style/main.css", () => bundle({ filename: join(root, "style/main.css"), minify: true }));

for (const problem of problems) console.error(problem);
console.log(`${styles.length} style sheets, ${problems.length} problems`);
process.exit(problems.length > 0 || styles.length === 0 ? 1 : 0);
