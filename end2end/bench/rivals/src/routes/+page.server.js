import { fromAddress } from "$lib/look.js";

/** The demo account is there for strangers, as where the sandbox runs. */
export const load = ({ url }) => ({ demo: true, ...fromAddress(url.searchParams) });
