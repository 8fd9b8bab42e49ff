// How a widget looks, as addresses carry it: app/src/draft.rs.

const USUAL = {
  layout: "grid",
  click: "instagram",
  font: "inherit",
  text: "#1a1f2b",
  accent: "#1d5fd0",
  background: "#ffffff",
  transparent: "on",
  images: "on",
  videos: "on",
  albums: "on",
};
const LOOK = { gap: "8", ratio: "square", caption_lines: "0", caption_size: "14", hover: "zoom", radius: "4" };
const SCREENS = {
  desktop: { columns: "6", rows: "2" },
  phone: { columns: "3", rows: "3" },
  tablet: { columns: "4", rows: "2" },
};

/** What an address asks for: the fields, and in which state of the world. */
export function fromAddress(params) {
  const asked = {};
  for (const [key, value] of params) {
    if (key.startsWith("settings[") && key.endsWith("]") && value.length <= 500) asked[key.slice(9, -1)] = value;
  }
  const any = Object.keys(asked).length > 0;
  return { look: any ? { ...LOOK, ...asked } : { ...USUAL, ...LOOK }, scenario: params.get("scenario") ?? "healthy" };
}

/** What the preview's frame loads. */
export function preview(look, scenario) {
  const fields = { ...look };
  for (const [screen, sizes] of Object.entries(SCREENS)) {
    for (const [field, usual] of Object.entries({ ...LOOK, ...sizes })) fields[`${screen}.${field}`] = look[field] || usual;
  }
  for (const field of [...Object.keys(LOOK), "columns", "rows"]) delete fields[field];
  const told = Object.keys(fields).sort().filter((field) => fields[field] !== "");
  const query = told.map((field) => `settings[${field}]=${encodeURIComponent(fields[field])}`).join("&");
  return `/preview/demo?scenario=${scenario}&${query}`;
}
