import type { Socket } from "node:net";
import SMTPConnection, { type SMTPConnectionOptions } from "nodemailer/lib/smtp-connection";

/** Asks a server, without signing in, whether it takes addresses that are not ASCII (RFC 6531). */
export async function offersSmtputf8(
  options: SMTPConnectionOptions,
  signal: AbortSignal,
  openSocket?: (signal: AbortSignal) => Promise<Socket>,
): Promise<boolean> {
  const socket = await openSocket?.(signal);
  const connection = new SMTPConnection({ ...options, ...(socket && { connection: socket }) });
  return new Promise<boolean>((resolve, reject) => {
    const onAbort = () => fail(abortError(signal));
    const fail = (error: Error) => {
      signal.removeEventListener("abort", onAbort);
      connection.close();
      reject(error);
    };
    // Stays attached: a server may break the connection while we say goodbye.
    connection.on("error", fail);
    connection.once("end", () => fail(new Error("the server ended the connection")));
    signal.addEventListener("abort", onAbort);
    if (signal.aborted) return onAbort();
    connection.connect((error) => {
      if (error) return fail(error);
      signal.removeEventListener("abort", onAbort);
      // After the handshake the last reply is the one to EHLO, over TLS where TLS is used.
      resolve(/^250[ -]SMTPUTF8\b/im.test(connection.lastServerResponse || ""));
      connection.quit();
    });
  });
}

function abortError(signal: AbortSignal): Error {
  return Object.assign(new Error("aborted", { cause: signal.reason }), { code: "EABORT" });
}
