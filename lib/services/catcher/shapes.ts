import { z } from "zod";

const mailLine = z.object({ id: z.string(), kind: z.literal("mail"), at: z.string(), to: z.array(z.string()), subject: z.string() });
const text = z.object({
  id: z.string(),
  kind: z.literal("text"),
  at: z.string(),
  to: z.string(),
  from: z.string().optional(),
  text: z.string(),
});
const mail = mailLine.extend({
  sender: z.object({ name: z.string(), address: z.string() }),
  html: z.string().nullable(),
  text: z.string().nullable(),
});

export const caughtList = z.object({
  messages: z.array(z.discriminatedUnion("kind", [mailLine, text])),
  next: z.string().nullable(),
});
export const caughtMessage = z.discriminatedUnion("kind", [mail, text]);

export type CaughtList = z.output<typeof caughtList>;
export type CaughtMail = z.output<typeof mail>;
