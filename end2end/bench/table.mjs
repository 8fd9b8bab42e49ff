// The table of `make bench`, from what was measured, and the same as target/bench.json.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const target = fileURLToPath(new URL("../../target/", import.meta.url));
const values = [];
for (const file of readdirSync(`${target}bench`).filter((name) => name.endsWith(".json")).sort()) {
  values.push(...JSON.parse(readFileSync(`${target}bench/${file}`, "utf8")));
}
const rows = values.map(({ name, value, unit, goal }) => {
  const ok = "least" in goal ? value >= goal.least : value <= goal.most;
  const wanted = "least" in goal ? (goal.least === 0 ? "" : `≥ ${goal.least}`) : `≤ ${goal.most}`;
  return { name, value: Number(value.toFixed(2)), unit, goal: wanted, verdict: ok ? "ok" : "short" };
});
writeFileSync(`${target}bench.json`, `${JSON.stringify(rows, null, 2)}\n`);
const wide = Math.max(...rows.map(({ name }) => name.length));
for (const { name, value, unit, goal, verdict } of rows) {
  console.log(`${name.padEnd(wide)}  ${String(value).padStart(9)}  ${unit.padEnd(6)}  ${goal.padEnd(8)}  ${verdict}`);
}
