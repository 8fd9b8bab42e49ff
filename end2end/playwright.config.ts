import { existsSync } from "node:fs";
import { defineConfig, devices } from "@playwright/test";
import { binary } from "./support/server";

if (!existsSync(binary)) throw new Error(`${binary} is missing: build it with \`make build\``);

const ci = process.env.CI === "true" || process.env.CI === "1";
// scripts/end2end.sh says which browser; this is for a run without it.
const browser = process.env.CHROMIUM ?? ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"].find(existsSync);

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results/files",
  // Every test starts a Pilotlight and a sandbox of its own (support/server.ts), so nothing is shared.
  fullyParallel: true,
  workers: 2,
  forbidOnly: ci,
  // A test that needs a second run has failed.
  retries: 0,
  timeout: 60_000,
  globalTimeout: 20 * 60_000,
  expect: { timeout: 8_000 },
  reporter: [["list"], ["json", { outputFile: "test-results/report.json" }]],
  use: {
    ...devices["Desktop Chrome"],
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    actionTimeout: 10_000,
    navigationTimeout: 15_000,
    // Recording every test doubles the time of a run: scripts/end2end.sh runs what failed once more with traces.
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: browser,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        // An installation that people reach is on the internet, this one is on loopback, which a page without an
        // origin may not even ask.
        "--disable-features=BlockInsecurePrivateNetworkRequests,LocalNetworkAccessChecks",
      ],
    },
  },
  projects: [
    { name: "js" },
    // The same pages must do their job before, and without, wasm. `hydrate` is about what wasm adds, `server`
    // needs no page at all.
    { name: "no-js", use: { javaScriptEnabled: false }, testIgnore: /(hydrate|server)\.spec\.ts$/ },
  ],
});
