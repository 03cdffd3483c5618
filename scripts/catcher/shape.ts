import PostalMime from "postal-mime";
import type { Caught } from "./store";

/** A message in a list; the mail itself is parsed only now. */
export async function line(caught: Caught): Promise<object> {
  if (caught.kind === "text") return caught;
  const { id, kind, at, from, to } = caught;
  const { subject } = await parsed(caught.raw);
  return { id, kind, at, from, to, subject: subject ?? "" };
}

export async function whole(caught: Caught): Promise<object> {
  if (caught.kind === "text") return caught;
  const { id, kind, at, from, to } = caught;
  const mail = await parsed(caught.raw);
  return {
    id,
    kind,
    at,
    from,
    to,
    sender: { name: mail.from?.name ?? "", address: mail.from?.address ?? "" },
    subject: mail.subject ?? "",
    html: mail.html ?? null,
    text: mail.text ?? null,
    date: mail.date ?? null,
    headers: mail.headers.map(({ key, value }) => ({ name: key, value })),
  };
}

function parsed(raw: string) {
  return PostalMime.parse(Buffer.from(raw, "base64"));
}
