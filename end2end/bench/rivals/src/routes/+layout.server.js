export const load = ({ locals }) => ({ me: locals.me?.shown ?? null });
