import type { IncomingMessage, ServerResponse } from "node:http";

export type Exchange = { readonly request: IncomingMessage; readonly response: ServerResponse };

type Handle = { _httpMessage?: unknown };
type HandleList = { _getActiveHandles: () => Handle[] };

/**
 * The requests that wait for an answer in this process. Next listens before it runs the instrumentation hook, so some can
 * have come in unseen. Node has no public way to name them; a Node without this one stops the start.
 */
export function waitingRequests(): Exchange[] {
  const handles = (process as unknown as HandleList)._getActiveHandles();
  return handles.flatMap((handle) => {
    const response = handle._httpMessage;
    return isServerResponse(response) && !response.headersSent ? [{ request: response.req, response }] : [];
  });
}

function isServerResponse(message: unknown): message is ServerResponse {
  return typeof message === "object" && message !== null && "statusCode" in message && "req" in message;
}
