import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import { type Reply, readLine } from "@/lib/delivery/smtp-diagnosis/reply";

/** What kept a reply from coming. `text`: something was said that is no reply, `heard` is its beginning. */
export type FaultKind = "silent" | "slow" | "endless" | "lost" | "text";

export class ConversationFault extends Error {
  constructor(
    readonly kind: FaultKind,
    readonly heard = "",
  ) {
    super(kind);
  }
}

const MAX_REPLY_BYTES = 64 * 1024;
const MAX_HEARD = 256;
const NEWLINE = 0x0a;

interface Waiting {
  resolve: (reply: Reply) => void;
  reject: (fault: ConversationFault) => void;
}

/** An SMTP client of single lines: says one, hears one reply. It never says anything that it was not told to. */
export class Conversation {
  #pending: Buffer = Buffer.alloc(0);
  #heard = "";
  #size = 0;
  #lines: string[] = [];
  #code: number | undefined;
  #waiting: Waiting | undefined;
  #fault: ConversationFault | undefined;

  constructor(
    readonly socket: Socket,
    private readonly readTimeoutMs: number,
  ) {
    socket.on("data", this.#onData);
    socket.on("error", this.#onEnd);
    socket.on("end", this.#onEnd);
    socket.on("close", this.#onEnd);
  }

  get secured(): boolean {
    return this.socket instanceof TLSSocket;
  }

  /** Bytes that came before anybody asked for them. */
  get unread(): boolean {
    return this.#pending.length > 0;
  }

  ask(line: string, timeoutMs = this.readTimeoutMs): Promise<Reply> {
    this.#write(`${line}\r\n`);
    return this.read(timeoutMs);
  }

  /** For what must never be seen on the way: throws before a byte of it leaves in clear (R43). */
  askInPrivate(line: string): Promise<Reply> {
    if (!this.secured) throw new Error("a secret was about to be said in clear");
    return this.ask(line);
  }

  /** A message's body, already with its dots doubled and its end. */
  handOver(body: string): Promise<Reply> {
    if (!this.#fault) this.socket.write(body);
    return this.read();
  }

  /** The whole reply has to come within the time: a server that drips is as good as silent. */
  read(timeoutMs = this.readTimeoutMs): Promise<Reply> {
    return new Promise<Reply>((resolve, reject) => {
      // A silence may be broken later; a reply that came in part is lost.
      const timer = setTimeout(() => {
        if (this.#heardAnything) this.#fail("slow");
        else this.#waiting?.reject(new ConversationFault("silent"));
      }, timeoutMs);
      const settling =
        <T>(settle: (value: T) => void) =>
        (value: T) => {
          clearTimeout(timer);
          this.#waiting = undefined;
          settle(value);
        };
      this.#waiting = { resolve: settling(resolve), reject: settling(reject) };
      this.#advance();
    });
  }

  /** Hands the socket over to whoever speaks on it next; this conversation is over. */
  release(): Socket {
    this.#fault ??= new ConversationFault("lost");
    this.socket.off("data", this.#onData);
    this.socket.off("error", this.#onEnd);
    this.socket.off("end", this.#onEnd);
    this.socket.off("close", this.#onEnd);
    return this.socket;
  }

  get #heardAnything(): boolean {
    return this.#lines.length > 0 || this.#pending.length > 0;
  }

  #write(text: string): void {
    if (/[\r\n\0]/.test(text.slice(0, -2))) throw new Error("a command is one line");
    if (!this.#fault) this.socket.write(text);
  }

  #onData = (chunk: Buffer): void => {
    if (this.#fault) return;
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
    if (this.#heard.length < MAX_HEARD) this.#heard = (this.#heard + chunk.toString("latin1")).slice(0, MAX_HEARD);
    this.#size += chunk.length;
    if (this.#size > MAX_REPLY_BYTES) this.#fail("endless");
    else this.#advance();
  };

  #onEnd = (): void => {
    this.#advance();
    this.#fault ??= new ConversationFault("lost", this.#heard);
    this.#waiting?.reject(this.#fault);
  };

  #fail(kind: FaultKind): void {
    this.#fault ??= new ConversationFault(kind, this.#heard);
    this.#waiting?.reject(this.#fault);
  }

  #advance(): void {
    while (this.#waiting) {
      const end = this.#pending.indexOf(NEWLINE);
      if (end < 0) {
        // What was said before the line broke still counts: a last 421, for one.
        if (this.#fault) this.#waiting.reject(this.#fault);
        return;
      }
      const line = readLine(this.#pending.toString("utf8", 0, end).replace(/\r$/, ""));
      this.#pending = this.#pending.subarray(end + 1);
      if (!line || (this.#code !== undefined && line.code !== this.#code)) {
        this.#fail("text");
        return;
      }
      this.#code = line.code;
      this.#lines.push(line.text);
      if (line.last) this.#finish();
    }
  }

  #finish(): void {
    const reply = { code: this.#code ?? 0, lines: this.#lines };
    this.#lines = [];
    this.#code = undefined;
    this.#heard = this.#pending.toString("latin1", 0, MAX_HEARD);
    this.#size = this.#pending.length;
    this.#waiting?.resolve(reply);
  }
}
