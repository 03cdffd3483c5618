"use client";

import { type FormEvent, useEffect, useState } from "react";
import { CodeBlock } from "@/components/apis/code-block";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";

interface Props {
  method: string;
  path: string;
  /** What says who one is; `prefix` is put before what is typed. */
  headers: Array<{ name: string; prefix: string }>;
  parameters: Array<{ name: string; in: string; required: boolean }>;
  /** null: it takes none. */
  body: string | null;
  labels: { body: string; send: string; sending: string; answer: string; failed: string; noScript: string };
}

interface Shown {
  status: string;
  text: string;
}

/**
 * Sends one request with a key that is typed here. It goes into that request alone: it is kept nowhere, and the
 * session of whoever reads the page does not go along.
 */
export function TryIt({ method, path, headers, parameters, body, labels }: Props) {
  const [shown, setShown] = useState<Shown | null>(null);
  const [pending, setPending] = useState(false);
  // before this script runs, the browser itself would send the form, and put the key into the page's address
  const [ready, setReady] = useState(false);
  useEffect(() => setReady(true), []);

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const values = new FormData(event.currentTarget);
    // what is answered alike twice is read out twice
    setShown(null);
    setPending(true);
    try {
      setShown(await answerTo(requestOf({ method, path, headers, parameters, body }, values)));
    } catch {
      setShown({ status: "", text: "" });
    } finally {
      setPending(false);
    }
  }

  return (
    <>
      <noscript>{labels.noScript}</noscript>
      <form onSubmit={send} className="grid max-w-form gap-4 noscript:hidden" autoComplete="off">
        {headers.map(({ name, prefix }) => (
          <Field key={name} label={name} hint={prefix === "" ? undefined : `${prefix}…`} required>
            {(control) => <Input {...control} name={`header ${name}`} type="password" autoComplete="off" mono spellCheck={false} />}
          </Field>
        ))}
        {parameters.map(({ name, in: place, required }) => (
          <Field key={`${place} ${name}`} label={name} required={required}>
            {(control) => <Input {...control} name={`${place} ${name}`} autoComplete="off" mono spellCheck={false} />}
          </Field>
        ))}
        {body !== null && (
          <Field label={labels.body}>
            {(control) => (
              <Textarea
                {...control}
                name="body"
                defaultValue={body}
                rows={Math.min(body.split("\n").length + 1, 16)}
                className="font-mono"
                spellCheck={false}
              />
            )}
          </Field>
        )}
        <div>
          <Button type="submit" variant="primary" disabled={!ready} pending={pending}>
            {pending ? labels.sending : labels.send}
          </Button>
        </div>
      </form>
      <div className="mt-4 grid gap-1.5">
        {/* what is read out is whether it went well, and not the whole of a body */}
        <p role="status" className="text-ink-muted text-sm">
          {shown && (shown.status === "" ? labels.failed : `${labels.answer} ${shown.status}`)}
        </p>
        {shown && shown.text !== "" && <CodeBlock text={shown.text} />}
      </div>
    </>
  );
}

const LONGEST = 20_000;

async function answerTo(request: Request): Promise<Shown> {
  const response = await fetch(request);
  const text = (await response.text()).slice(0, LONGEST);
  return { status: String(response.status), text: indented(text) };
}

function requestOf({ method, path, headers, parameters, body }: Omit<Props, "labels">, values: FormData): Request {
  const value = (name: string) => String(values.get(name) ?? "");
  const url = new URL(
    path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(value(`path ${name}`))),
    window.location.origin,
  );
  for (const { name, in: place } of parameters) {
    if (place === "query" && value(`query ${name}`) !== "") url.searchParams.set(name, value(`query ${name}`));
  }
  const sent = new Headers(headers.map(({ name, prefix }): [string, string] => [name, prefix + value(`header ${name}`).trim()]));
  if (body !== null) sent.set("content-type", "application/json");
  return new Request(url, {
    method,
    headers: sent,
    credentials: "omit",
    cache: "no-store",
    ...(body === null ? {} : { body: value("body") }),
  });
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
