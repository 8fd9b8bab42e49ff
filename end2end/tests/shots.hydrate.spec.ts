// Pictures of every page, to be looked at: `make shots`.
import { languages, speak } from "../support/languages";
import { scenes } from "../support/pages";
import { test } from "../support/test";

if (process.env.SHOTS) {
  for (const scene of scenes) {
    test(`picture of ${scene.name}`, async ({ page, sandbox }) => {
      await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
      await scene.open(page, sandbox);
      await page.mouse.move(0, 0);
      for (const language of languages) {
        // English as the scene left it: a reload would take away what it has done since its page came.
        if (language[0] !== "en") await speak(page, language);
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
          for (const width of [390, 1280]) {
            await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
            const path = `test-results/shots/${scene.name}-${language[0]}-${width}-${colorScheme}.png`;
            await page.screenshot({ path, fullPage: true });
          }
        }
      }
    });
  }
}
