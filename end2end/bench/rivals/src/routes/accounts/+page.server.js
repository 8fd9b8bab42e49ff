import { redirect } from "@sveltejs/kit";
import { list } from "$lib/server/accounts.js";

export function load({ locals, url }) {
  if (!locals.me) redirect(302, "/login?next=/accounts");
  const search = url.searchParams.get("q") ?? "";
  return { search, accounts: list(locals.me.key, search, Date.now()) };
}
