// Values with their goals, collected in target/bench for the table of `make bench`.
import { execFileSync, type SpawnOptions, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export type Goal = { least: number } | { most: number };
export type Value = { name: string; value: number; unit: string; goal: Goal };

const folder = fileURLToPath(new URL("../../target/bench/", import.meta.url));

/** Keeps values under a name; the table is made of all files. */
export function keep(name: string, values: Value[]): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}${name}.json`, JSON.stringify(values, null, 2));
}

/** Requests per second that wrk sees. */
export function wrk(url: string, connections: number, seconds: number, header = "Accept-Encoding: br"): number {
  const flags = ["-t1", `-c${connections}`, `-d${seconds}s`, "-H", header, url];
  const said = execFileSync("wrk", flags, { encoding: "utf8" });
  const found = /Requests\/sec:\s+([\d.]+)/.exec(said);
  if (!found || /Non-2xx/.test(said)) throw new Error(`wrk: ${said}`);
  return Number(found[1]);
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Runs a command in the background until `stop` is called. */
export function background(command: string, args: string[], where: SpawnOptions = {}): { stop: () => void } {
  const child = spawn(command, args, { ...where, stdio: ["ignore", "inherit", "inherit"] });
  return { stop: () => void child.kill("SIGTERM") };
}
