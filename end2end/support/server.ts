// A Pilotlight of its own for one test: fresh data folder, its own ports, the sandbox as Meta.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
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

  /** `slot` keeps tests that run at the same time apart. */
  constructor(slot: number) {
    const port = 3400 + slot * 20;
    this.addresses = [`127.0.0.1:${port}`, `127.0.0.1:${port + 10}`, `127.0.0.1:${port + 11}`];
    this.url = `http://${this.addresses[0]}`;
    this.metaUrl = `http://${this.addresses[1]}`;
    this.controlUrl = `http://${this.addresses[2]}`;
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
    while (Date.now() < until && !failed && child.exitCode === null && child.signalCode === null) {
      const ready = await fetch(`${this.url}/healthz`).then((answer) => answer.ok, () => false);
      if (ready) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`${binary} serve did not come up:\n${this.log}`);
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
