import { Agent, type IncomingHttpHeaders, request } from "node:http";

export interface Call {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

export interface Target {
  port: number;
  /** Makes the next request; every one may be different. */
  next: () => Call;
  expect: number;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

export interface Load {
  perSecond: number;
  medianMs: number;
}

/** Keeps so many connections busy for a while, each with one request after the other. An unexpected status ends it. */
export async function load(target: Target, connections: number, ms: number): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  const startedAt = performance.now();
  const until = startedAt + ms;
  const connection = async (): Promise<void> => {
    for (let begun = performance.now(); begun < until; begun = performance.now()) {
      const answer = await send(agent, target.port, target.next());
      if (answer.status !== target.expect) throw new Error(`unexpected answer: ${answer.status} ${answer.text.slice(0, 300)}`);
      times.push(performance.now() - begun);
    }
  };
  await Promise.all(Array.from({ length: connections }, connection));
  const seconds = (performance.now() - startedAt) / 1000;
  agent.destroy();
  return { perSecond: times.length / seconds, medianMs: median(times) };
}

export function send(agent: Agent, port: number, { method, path, headers = {}, body }: Call): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { "content-type": "application/json", "content-length": String(Buffer.byteLength(body)) };
    const outgoing = request({ agent, host: "127.0.0.1", port, method, path, headers: { ...headers, ...length } }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      response.on("error", reject);
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1] ?? 0, sorted[Math.floor(middle)] ?? 0];
  return (low + high) / 2;
}
