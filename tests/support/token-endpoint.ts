import { once } from "node:events";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface TokenAnswer {
  status?: number;
  body: string;
}

/** A token endpoint over TLS that answers as a test tells it to, and keeps what it was asked. */
export async function tokenEndpoint(
  certificate: { cert: string; key: string },
  answer: (visit: number, form: URLSearchParams) => TokenAnswer,
): Promise<{ asked: string[]; port: number }> {
  const asked: string[] = [];
  const endpoint: Server = createServer(certificate, async (request, response) => {
    const form = Buffer.concat(await request.toArray()).toString();
    asked.push(form);
    const { status = 200, body } = answer(asked.length, new URLSearchParams(form));
    response.writeHead(status, { "Content-Type": "application/json" }).end(body);
  });
  endpoint.listen(0, "127.0.0.1");
  await once(endpoint, "listening");
  onTestFinished(() => void endpoint.close());
  return { asked, port: (endpoint.address() as AddressInfo).port };
}

/** The strictest kind: each refresh token is good for one time, and comes with the next one. */
export function oneTimeTokens(first: string): (visit: number, form: URLSearchParams) => TokenAnswer {
  let good = first;
  let given = 0;
  return (_, form) => {
    if (form.get("refresh_token") !== good) {
      return { status: 400, body: '{"error":"invalid_grant"}' };
    }
    given += 1;
    good = `refresh-${given}`;
    return { body: JSON.stringify({ access_token: `token-${given}`, expires_in: 3600, refresh_token: good }) };
  };
}
