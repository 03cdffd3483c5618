import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { createServer as createTlsServer, type SecureContextOptions, TLSSocket } from "node:tls";
import type { Certificate } from "@/tests/support/certificate";

export const DROP = Symbol("drop the connection");
export const SILENCE = Symbol("say nothing");

export type Answer = string | typeof DROP | typeof SILENCE | { say: string; then: typeof DROP } | { say: string; afterMs: number };

/**
 * What to answer to a command. "GREETING" comes first, "BODY" with a message's first bytes,
 * "." at its end; undefined leaves the answer to a server that takes everything.
 */
export type Script = (command: string, visit: { connection: number; tls: boolean }) => Answer | undefined;

export type ScriptedSmtp = {
  port: number;
  connections: () => number;
  /** Of these, how many still stand. */
  open: () => number;
  commands: string[];
  messages: string[];
  /** Every byte that arrived outside of TLS. */
  inClear: () => string;
  /** Writes to every open connection, out of turn. */
  drip: (text: string) => void;
  stop: () => Promise<void>;
};

export type ScriptedSmtpOptions = {
  /** One that was allowed before; else any that is free. */
  port?: number;
  script?: Script;
  extensions?: string[];
  /** What is offered once TLS stands; otherwise the same. */
  securedExtensions?: string[];
  /** Takes a whole connection over: a server of some other kind. What it hears still counts as heard in clear. */
  takeOver?: (socket: Socket) => void;
  /** Old versions, weak ciphers. */
  tls?: Pick<SecureContextOptions, "minVersion" | "maxVersion" | "ciphers">;
  certificate?: Certificate;
  implicitTls?: boolean;
  /** Sent in clear right behind the answer to STARTTLS. */
  injected?: string;
};

/** A mail server that says what a test tells it to, over a real socket. */
export async function startScriptedSmtp(options: ScriptedSmtpOptions = {}): Promise<ScriptedSmtp> {
  const sockets = new Set<Socket>();
  const commands: string[] = [];
  const messages: string[] = [];
  const clear: Buffer[] = [];
  let connections = 0;

  function converse(socket: Socket, connection: number, tls: boolean): void {
    let rest = "";
    let body: string | undefined;
    const answer = (command: string, usual: string) => {
      const chosen = options.script?.(command, { connection, tls }) ?? usual;
      if (chosen === SILENCE || chosen === "") return;
      if (chosen === DROP) return void socket.destroy();
      if (typeof chosen === "string") return void socket.write(`${chosen}\r\n`);
      if ("afterMs" in chosen) return void setTimeout(() => !socket.destroyed && socket.write(`${chosen.say}\r\n`), chosen.afterMs);
      socket.end(`${chosen.say}\r\n`);
    };
    const onLine = (line: string) => {
      if (body === undefined) return onCommand(line);
      if (line !== ".") {
        if (body === "") answer("BODY", "");
        body += `${line}\r\n`;
        return;
      }
      messages.push(body);
      body = undefined;
      answer(".", "250 2.0.0 Ok: queued as 4ABC123");
    };
    const onCommand = (line: string) => {
      commands.push(line);
      const verb = line.split(" ")[0]?.toUpperCase() ?? "";
      if (verb === "STARTTLS" && options.certificate && !options.script?.(line, { connection, tls })) return upgrade();
      if (verb === "DATA") body = "";
      answer(line, usualAnswer(verb));
      if (verb === "QUIT") socket.end();
    };
    const usualAnswer = (verb: string) => {
      if (verb === "EHLO")
        return ["test.example", ...((tls ? options.securedExtensions : undefined) ?? options.extensions ?? [])]
          .map((line, index, all) => `250${index < all.length - 1 ? "-" : " "}${line}`)
          .join("\r\n");
      return { DATA: "354 go on", QUIT: "221 bye", AUTH: "235 ok", STARTTLS: "502 unknown" }[verb] ?? "250 ok";
    };
    const upgrade = () => {
      socket.removeAllListeners("data");
      socket.write(`220 go on\r\n${options.injected ?? ""}`);
      const secured = new TLSSocket(socket, { isServer: true, ...options.certificate, ...options.tls });
      secured.on("error", () => socket.destroy());
      converse(secured, connection, true);
    };
    socket.on("data", (chunk) => {
      if (!tls) clear.push(chunk);
      rest += chunk.toString("latin1");
      const lines = rest.split("\r\n");
      rest = lines.pop() ?? "";
      for (const line of lines) if (!socket.destroyed) onLine(Buffer.from(line, "latin1").toString("utf8"));
    });
    if (!(tls && !options.implicitTls)) answer("GREETING", "220 test.example ESMTP");
  }

  const accept = (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    if (options.takeOver) {
      socket.on("data", (chunk) => void (options.implicitTls || clear.push(chunk)));
      options.takeOver(socket);
      return;
    }
    converse(socket, connections, options.implicitTls === true);
  };
  const server = options.implicitTls
    ? createTlsServer({ ...options.certificate, ...options.tls, noDelay: true }, accept)
    : createServer({ noDelay: true }, accept);
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");

  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    open: () => sockets.size,
    commands,
    messages,
    inClear: () => Buffer.concat(clear).toString("latin1"),
    drip: (text) => {
      for (const socket of sockets) socket.write(text);
    },
    stop: async () => {
      if (!server.listening) return;
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, "close");
    },
  };
}
