import { redirect } from "@sveltejs/kit";
import { list } from "$lib/server/accounts.js";

export function load({ locals }) {
  if (!locals.me) redirect(302, "/login?next=/accounts");
  return { accounts: list(locals.me.key, Date.now()) };
}
