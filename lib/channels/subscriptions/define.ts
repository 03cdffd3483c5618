import type { z } from "zod";

/** What one subscription may hold, by the type of its sender. */
export interface SubscriptionType<S extends z.ZodObject = z.ZodObject> {
  /** The type of the senders that it belongs to. */
  id: "push" | "chat";
  /** What a program gives. `hosts`: where else a push service may be, beside the known ones. */
  settings: (hosts: readonly string[]) => S;
  /** Settings that are sealed, and shown by nobody (R45). */
  secret: readonly (keyof z.output<S> & string)[];
  /** Settings that tell where it goes, and are shown masked. */
  masked: readonly (keyof z.output<S> & string)[];
  /** What it must be known by, where that is its address: then no two people hold the same one (R41). */
  address: ((settings: z.output<S>) => string) | null;
  /** One value for every spelling of one identifier. */
  key: (identifier: string) => string;
  /** How screens, logs and audit rows see it (R67). */
  mask: (identifier: string) => string;
}

export function defineSubscriptionType<S extends z.ZodObject>(type: SubscriptionType<S>): SubscriptionType<S> {
  return type;
}
