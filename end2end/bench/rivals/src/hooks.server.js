import alive from "../../../../app/src/shell/alive.js?raw";
import live from "../../../../app/src/shell/live.js?raw";
import translation from "../../../../app/src/shell/translation.js?raw";
import typed from "../../../../app/src/shell/typed.js?raw";
import { signedIn } from "$lib/server/people.js";

/** The bytes of the script that our pages begin with. It does nothing here: SvelteKit starts a page in its own way. */
const lines = (live + alive.replace("TRANSLATION", () => translation).replace("TYPED", () => typed))
  .split("\n")
  .map((line) => line.trim())
  .filter((line) => line !== "" && !line.startsWith("//"));
const script = `<script type="text/plain">${lines.join("\n")}</script>`;

const THEMES = ["system", "light", "dark"];

export function handle({ event, resolve }) {
  const secret = event.cookies.get("pilotlight_session");
  event.locals.me = secret ? signedIn(secret, Date.now()) : null;
  const chosen = event.cookies.get("pilotlight_theme");
  const theme = THEMES.includes(chosen) ? chosen : "system";
  return resolve(event, { transformPageChunk: ({ html }) => withHead(html, theme) });
}

/** Only the head has places to fill in, and the rest may be long. */
function withHead(html, theme) {
  const body = html.indexOf("<body>");
  if (body < 0) return html;
  return html.slice(0, body).replace("%theme%", theme).replace("%script%", () => script) + html.slice(body);
}
