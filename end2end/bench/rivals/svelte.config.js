import adapter from "@sveltejs/adapter-node";

export default {
  kit: {
    adapter: adapter({ out: "build" }),
    // Some of the pages that ours link to are not here.
    prerender: { entries: [] },
  },
};
