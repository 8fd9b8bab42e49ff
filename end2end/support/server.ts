// A Pilotlight of its own for one test: fresh data folder, its own ports, the sandbox as Meta.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
export const binary = process.env.PILOTLIGHT_BIN ?? join(root, "target/release/pilotlight");

export class Pilotlight {
  readonly url: string;
  readonly metaUrl: string;
  readonly controlUrl: string;
  readonly dataDir = mkdtempSync(join(tmpdir(), "pilotlight-end2end-"));
  log = "";
  private child: ChildProcess | undefined;
  private readonly addresses: [string, string, string];

  private constructor(ports: number[], private readonly settings: NodeJS.ProcessEnv) {
    const [listen, meta, control] = ports.map((port) => `127.0.0.1:${port}`);
    this.addresses = [listen ?? "", meta ?? "", control ?? ""];
    this.url = `http://${listen}`;
    this.metaUrl = `http://${meta}`;
    this.controlUrl = `http://${control}`;
  }

  /** Nothing runs yet, but its ports are free. `settings` are more of its environment. */
  static async create(settings: NodeJS.ProcessEnv = {}): Promise<Pilotlight> {
    return new Pilotlight([await freePort(), await freePort(), await freePort()], settings);
  }

  private environment(): NodeJS.ProcessEnv {
    const [listen, meta, control] = this.addresses;
    // What the person at this machine has configured must not leak into a test.
    const clean = Object.entries(process.env).filter(([name]) => !/^(PILOTLIGHT|LEPTOS)_/.test(name));
    return {
      ...Object.fromEntries(clean),
      PILOTLIGHT_LISTEN: listen,
      PILOTLIGHT_SANDBOX: "true",
      PILOTLIGHT_SANDBOX_LISTEN: meta,
      PILOTLIGHT_SANDBOX_CONTROL_LISTEN: control,
      PILOTLIGHT_DATA_DIR: this.dataDir,
      // As much as we ever log, because every test searches it for secrets.
      PILOTLIGHT_LOG: "info,server=debug,app=debug,backend=debug,sandbox=debug",
      ...this.settings,
    };
  }

  /** Starts `pilotlight serve` and waits until it answers. */
  async start(...flags: string[]): Promise<void> {
    const child = spawn(binary, ["serve", ...flags], {
      cwd: this.dataDir,
      env: this.environment(),
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.child = child;
    const keep = (chunk: Buffer) => (this.log += chunk.toString());
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
    let failed = false;
    child.on("error", (error) => {
      failed = true;
      this.log += `${error}\n`;
    });
    const until = Date.now() + 15_000;
    const asked: string[] = [];
    while (Date.now() < until && !failed && child.exitCode === null && child.signalCode === null) {
      const said = await this.isUp();
      if (said === "up") return;
      if (said !== asked.at(-1)) asked.push(said);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const end = child.exitCode ?? child.signalCode ?? "it still runs";
    throw new Error(`${binary} serve did not come up (${end}; ${asked.join(", then ")}):\n${this.log}`);
  }

  /** "up", or why not. A connection that hangs is given up: it may have been taken by something that is gone. */
  private async isUp(): Promise<string> {
    try {
      const answer = await fetch(`${this.url}/healthz`, { signal: AbortSignal.timeout(2_000) });
      return answer.ok ? "up" : `answered ${answer.status}`;
    } catch (error) {
      return error instanceof Error ? String(error.cause ?? error) : String(error);
    }
  }

  /** Stops the process; `SIGKILL` is a crash. The data folder stays. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    const child = this.child;
    this.child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.kill(signal);
    // Open connections may hold up a graceful end; a test does not wait for them.
    const impatience = setTimeout(() => child.kill("SIGKILL"), 3_000);
    await gone;
    clearTimeout(impatience);
  }

  /** What the process holds in memory, in MB. `undefined` where the system does not tell. */
  memory(): number | undefined {
    try {
      const status = readFileSync(`/proc/${this.child?.pid}/status`, "utf8");
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
    } catch {
      return undefined;
    }
  }

  /** Removes everything. */
  async dispose(): Promise<void> {
    await this.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

/**
 * Each of the tests that run at once has ports of its own: one that is free now may be another's in a moment. They
 * begin above 10080, which neither browsers nor `fetch` talk to ("bad port" in the Fetch standard).
 */
const PORTS = 1_000;
const first = 11_000 + PORTS * (Number(process.env.TEST_PARALLEL_INDEX ?? 0) % 20);
let next = Math.floor(Math.random() * PORTS);

/** A port nobody listens on: other Pilotlights may be running on this machine. */
async function freePort(): Promise<number> {
  for (;;) {
    // Below the ports that outgoing connections are given.
    const port = first + (next++ % PORTS);
    const free = await new Promise<boolean>((resolve) => {
      const probe = createServer();
      probe.once("error", () => resolve(false));
      probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
    });
    if (free) return port;
  }
}
