import { randomBytes, randomUUID } from "node:crypto";

/** A UUIDv4, the form in which every id of ours is stored and shown. */
export function newId(): string {
  return randomUUID();
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Whether a string from outside can be one of our ids; anything else would be an error in SQL. */
export function isId(value: string): boolean {
  return UUID.test(value);
}

/** `req_` and 16 characters; names one request in logs, audit rows and error messages. */
export function newRequestId(): string {
  return `req_${randomBytes(10).toString("hex").slice(0, 16)}`;
}
