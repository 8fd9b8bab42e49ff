// Proves that inside a crate no modules know each other in a circle: each can be read after those that it knows.
// Cargo proves the same between crates. Usage: node scripts/cycles.mjs CRATE_FOLDER…
//
// A module knows another one when a path of its code leads there, in a `use` or where it stands. What a module only
// passes on (`pub use`) counts as its origin's. Tests may know whom they like, so they are left out. Calls of methods
// write no path and are not seen.
import { readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";

/** Circles of two modules that may stay: `{ crate: "…", pair: ["…", "…"], reason: "…" }`. */
const ALLOWED = [];

/** What the module of `lib.rs` or `main.rs` is called here. */
const ROOT = "crate";

const TEST_MODULE = /#\[cfg\(test\)\]\s*(?:pub )?mod \w+ \{[\s\S]*$/m;
const COMMENT = /\/\/.*$/gm;
const VISIBLE_IN = /\bpub\(in [^)]*\)/g;
const USE = /\b(pub(?:\([^)]*\))?\s+)?use\s+([^;]+);/g;
const WRITTEN_OUT = /\b[a-z]\w*(?:::\w+)+/g;

function main(folders) {
  if (folders.length === 0) fail("usage: node scripts/cycles.mjs CRATE_FOLDER…");
  const complaints = folders.flatMap((folder) => examine(basename(folder), readModules(join(folder, "src"))));
  if (complaints.length > 0) fail(complaints.join("\n"));
}

function fail(message) {
  console.log(message);
  process.exit(1);
}

/** What is wrong with a crate: its circles, and what is allowed without need. */
function examine(crate, modules) {
  const graph = whoKnowsWhom(modules);
  const allowed = ALLOWED.filter((entry) => entry.crate === crate);
  const circles = findCircles(graph);
  const isAllowed = (circle) => allowed.some(({ pair }) => isSame(circle, pair));
  const needless = allowed.filter(({ pair }) => !circles.some((circle) => isSame(circle, pair)));
  return [
    ...circles.filter((circle) => !isAllowed(circle)).map((circle) => describe(crate, circle, graph)),
    ...needless.map(({ pair }) => `${crate}: ${pair.join(" and ")} are no circle any more; strike them from ALLOWED`),
  ];
}

function isSame(circle, pair) {
  return circle.length === pair.length && pair.every((name) => circle.includes(name));
}

/** A circle, and by which names each module of it leads to which other one. */
function describe(crate, circle, graph) {
  const edges = circle.flatMap((from) =>
    [...graph.get(from)]
      .filter(([to]) => circle.includes(to))
      .map(([to, names]) => `    ${from} -> ${to}: ${[...names].sort().join(", ") || "the module"}`),
  );
  return [`${crate}: ${circle.join(", ")}`, ...edges].join("\n");
}

/** Every module of a crate by its name, with its code. */
function readModules(source) {
  const modules = new Map();
  for (const file of readdirSync(source, { recursive: true }).sort()) {
    if (!file.endsWith(".rs")) continue;
    const parts = file.slice(0, -".rs".length).split("/");
    if (parts.includes("tests") || parts.at(-1) === "testing") continue;
    const name = ["lib.rs", "main.rs"].includes(file) ? ROOT : parts.join("::");
    const text = readFileSync(join(source, file), "utf8");
    modules.set(name, text.replace(TEST_MODULE, "").replace(COMMENT, "").replace(VISIBLE_IN, "pub"));
  }
  return modules;
}

/** For each module, the modules it knows, each with the names by which it does. */
function whoKnowsWhom(modules) {
  const uses = new Map([...modules].map(([name, code]) => [name, readUses(name, code, modules)]));
  const passedOn = new Map();
  for (const [name, { imports }] of uses) {
    for (const { local, path, isPublic } of imports) if (isPublic) passedOn.set(`${name}::${local}`, path);
  }
  const graph = new Map();
  for (const [name, { imports, rest }] of uses) {
    const known = new Map();
    const add = (path) => {
      const origin = path && originOf(path, modules, passedOn);
      if (!origin || origin.module === name) return;
      if (!known.has(origin.module)) known.set(origin.module, new Set());
      if (origin.name) known.get(origin.module).add(origin.name);
    };
    imports.filter(({ isPublic }) => !isPublic).forEach(({ path }) => add(path));
    const locals = new Map(imports.map(({ local, path }) => [local, path]));
    for (const [written] of rest.matchAll(WRITTEN_OUT)) {
      const [first, ...others] = written.split("::");
      add(locals.has(first) ? [...locals.get(first), ...others] : fromRoot(name, written, modules));
    }
    graph.set(name, known);
  }
  return graph;
}

/** What a module imports from its own crate, and the rest of its code. */
function readUses(name, code, modules) {
  const imports = [];
  const rest = code.replace(USE, (_, isPublic, tree) => {
    for (const { path: written, as } of spread(tree.replace(/\s+/g, " "))) {
      const path = fromRoot(name, written, modules);
      if (path) imports.push({ local: as ?? path.at(-1), path, isPublic: Boolean(isPublic) });
    }
    return "";
  });
  return { imports, rest };
}

/** The paths of a `use` tree: `a::{b, c::{self, d as e}}` is a::b, a::c, and a::c::d as e. */
function spread(tree) {
  const open = tree.indexOf("{");
  if (open < 0) {
    const [path, as] = tree.trim().split(/ as /);
    return [{ path: path.replace(/::self$/, ""), as }];
  }
  const head = tree.slice(0, open).trim();
  const branches = splitAtCommas(tree.slice(open + 1, tree.lastIndexOf("}")));
  return branches.flatMap((branch) => spread(head + branch));
}

/** Splits at the commas that stand within no further braces. */
function splitAtCommas(text) {
  const parts = [""];
  let depth = 0;
  for (const char of text) {
    if (char === "{") depth++;
    if (char === "}") depth--;
    if (char === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += char;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

/** A path as names from the crate's root; nothing when it leaves the crate. */
function fromRoot(name, written, modules) {
  let base = name === ROOT ? [] : name.split("::");
  const parts = written.split("::");
  if (parts[0] === "crate") return parts.slice(1);
  if (parts[0] === "self") return [...base, ...parts.slice(1)];
  if (parts[0] === "super") {
    while (parts[0] === "super") {
      base = base.slice(0, -1);
      parts.shift();
    }
    return [...base, ...parts];
  }
  // A path may begin with a child's bare name.
  return modules.has([...base, parts[0]].join("::")) ? [...base, ...parts] : undefined;
}

/** The module in which a path ends, and the name of what it means there, unless that is the module itself. */
function originOf(path, modules, passedOn) {
  for (let length = path.length; length >= 0; length--) {
    const module = path.slice(0, length).join("::") || ROOT;
    if (!modules.has(module)) continue;
    const origin = passedOn.get(`${module}::${path[length]}`);
    if (origin) return originOf([...origin, ...path.slice(length + 1)], modules, passedOn);
    return { module, name: path[length] };
  }
}

/** The groups of modules of which each leads to every other one (Tarjan's strongly connected components). */
function findCircles(graph) {
  const circles = [];
  const order = new Map();
  const lowest = new Map();
  const open = [];
  const visit = (module) => {
    order.set(module, order.size);
    lowest.set(module, order.get(module));
    open.push(module);
    for (const next of graph.get(module)?.keys() ?? []) {
      if (!order.has(next)) visit(next);
      if (open.includes(next)) lowest.set(module, Math.min(lowest.get(module), lowest.get(next)));
    }
    if (lowest.get(module) !== order.get(module)) return;
    const circle = open.splice(open.indexOf(module));
    if (circle.length > 1) circles.push(circle.sort());
  };
  for (const module of graph.keys()) if (!order.has(module)) visit(module);
  return circles;
}

main(process.argv.slice(2));
