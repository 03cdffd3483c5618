import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export interface Sink {
  port: number;
  /** How many mails it was given so far, and when the last one was (ms since the epoch). */
  state(): Promise<{ received: number; lastAt: number }>;
  stop(): void;
}

export async function startSink(...args: Array<"drips" | "silent">): Promise<Sink> {
  const child = fork(join(import.meta.dirname, "sink.ts"), args, { execArgv: [], stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const { port } = await answer<{ port: number }>(child);
  return {
    port,
    state: () => {
      child.send("state");
      return answer(child);
    },
    stop: () => child.disconnect(),
  };
}

async function answer<T>(child: ChildProcess): Promise<T> {
  const [message] = (await once(child, "message")) as [T];
  return message;
}
