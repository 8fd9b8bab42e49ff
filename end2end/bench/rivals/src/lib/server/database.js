// The database of a Pilotlight that is running. Named by DATABASE, and only read.
import Database from "better-sqlite3";

let db;

/** A statement, prepared once: when it is first used, since there is no database while the app is built. */
export function prepare(sql) {
  let statement;
  return () => (statement ??= (db ??= new Database(process.env.DATABASE, { readonly: true })).prepare(sql));
}

/** An id as people read it. */
export function uuid(bytes) {
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A moment in milliseconds. */
export const moment = (text) => (text === null ? null : Date.parse(text));

export const json = (text) => (text === null ? null : JSON.parse(text));
