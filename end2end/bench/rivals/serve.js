// One process per core, as Node.js uses several of them for one port. PROCESSES says how many otherwise.
import cluster from "node:cluster";
import { availableParallelism } from "node:os";

if (cluster.isPrimary) {
  const count = Number(process.env.PROCESSES ?? availableParallelism());
  for (let started = 0; started < count; started++) cluster.fork();
} else {
  await import("./build/index.js");
}
