/** What the native API answered when it refused; the words are in the person's language already. */
export class ClientError extends Error {
  readonly code: string;
  readonly retryAfterSec: number | null;

  constructor(message: string, code: string, retryAfterSec: number | null) {
    super(message);
    this.name = "ClientError";
    this.code = code;
    this.retryAfterSec = retryAfterSec;
  }
}

/** One call of the native API from the browser. Throws ClientError for everything that is not a success. */
export async function fetchJson<T>(path: string, init: { method?: string; body?: unknown; signal?: AbortSignal } = {}): Promise<T> {
  const { method = "GET", body, signal } = init;
  const response = await fetch(path, {
    method,
    headers: { accept: "application/json", ...(method === "GET" || method === "DELETE" ? {} : { "content-type": "application/json" }) },
    ...(method === "GET" || method === "DELETE" ? {} : { body: JSON.stringify(body ?? {}) }),
    ...(signal ? { signal } : {}),
  });
  if (response.ok) {
    return (response.status === 204 ? undefined : await response.json()) as T;
  }
  const problem = (await response.json().catch(() => ({}))) as { detail?: string; code?: string };
  const wait = Number(response.headers.get("retry-after"));
  throw new ClientError(problem.detail ?? response.statusText, problem.code ?? "internal", wait > 0 ? wait : null);
}
