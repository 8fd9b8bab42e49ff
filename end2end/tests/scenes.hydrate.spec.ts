// Every page, opened once: it is accessible in both themes, wide and narrow, what the server renders of it comes
// alive without a complaint, and its texts find room in every language. The `page` fixture fails the test on console errors and violations of the content
// security policy.
import { violationsOf } from "../support/accessibility";
import { cutOff, languages, speak } from "../support/languages";
import { scenes } from "../support/pages";
import { expect, hydrated, test } from "../support/test";

for (const scene of scenes) {
  test(`${scene.name} is accessible in light and dark, and hydrates`, async ({ page, sandbox }) => {
    const warnings: string[] = [];
    page.on("console", (message) => message.type() === "warning" && warnings.push(message.text()));
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await scene.open(page, sandbox);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await violationsOf(page), `${colorScheme}, ${width} pixels`).toEqual([]);
        const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(sideways, `${width} pixels: nothing to scroll sideways`).toBeLessThanOrEqual(0);
      }
    }

    expect(await cutOff(page), "what this scene says, 390 pixels wide").toEqual([]);

    // Only now: a reload would take away what a scene has done since its page came, such as a refused login.
    await page.emulateMedia({ colorScheme: null, reducedMotion: null });
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.reload();
    await hydrated(page);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    for (const language of languages) {
      await speak(page, language);
      // 640 is what is left of 1280 at 200 %.
      for (const width of [1280, 640, 390]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await cutOff(page), `${language[0]}, ${width} pixels`).toEqual([]);
      }
    }
    expect(warnings.filter((warning) => /hydrat|panick/i.test(warning))).toEqual([]);
  });
}
