// Who is signed in: backend/src/service/people.rs.
import { createHash } from "node:crypto";
import { moment, prepare, uuid } from "./database.js";

const DAY = 86_400_000;
const IDLE = 90 * DAY;
const ABSOLUTE = 365 * DAY;

const bySecret = prepare(`
  SELECT person.id, person.email, person.password_hash, person.name, session.created_at, session.seen_at
  FROM session JOIN person ON person.id = session.person_id WHERE session.secret_hash = ?`);
const platforms = prepare("SELECT platform FROM identity WHERE person_id = ?");

/** The person with this secret in their cookie, or null. */
export function signedIn(secret, now) {
  const found = bySecret().get(createHash("sha256").update(secret).digest("hex"));
  if (!found || moment(found.seen_at) < now - IDLE || moment(found.created_at) < now - ABSOLUTE) return null;
  const at = platforms().all(found.id).map((row) => row.platform);
  return {
    key: found.id,
    shown: {
      id: uuid(found.id),
      name: found.name,
      name_is_private: found.email === found.name,
      logins: {
        email: found.password_hash !== null,
        instagram: at.includes("instagram"),
        facebook: at.includes("facebook"),
      },
    },
  };
}
