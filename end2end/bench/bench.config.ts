// The measurements of `make bench`: one after the other, nothing else running.
import { defineConfig } from "@playwright/test";
import tests from "../playwright.config";

export default defineConfig({
  ...tests,
  testDir: ".",
  testMatch: /\.bench\.ts$/,
  outputDir: "../test-results/bench",
  workers: 1,
  retries: 0,
  timeout: 15 * 60_000,
  globalTimeout: 40 * 60_000,
  reporter: [["line"]],
  projects: [{ name: "bench" }],
});
