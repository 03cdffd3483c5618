import { createServer, type Socket } from "node:net";

// A mail server in a process of its own that takes everything at once and keeps nothing but the count.
// The parent asks for the count over IPC. Started with `silent` it says a byte a second and never greets; with `drips` it
// greets, and then says each answer a byte a second: nothing fails, and a mail takes most of a minute.
const MANNER = process.argv[2];
const BYTE_EVERY_MS = 1_000;
let received = 0;
let lastAt = 0;

const server = createServer((socket) => (MANNER === "silent" ? neverGreet(socket) : converse(socket)));
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.({ port: typeof address === "object" && address !== null ? address.port : 0 });
});
process.on("message", () => process.send?.({ received, lastAt }));
process.on("disconnect", () => process.exit(0));

function converse(socket: Socket): void {
  let pending = "";
  let inBody = false;
  socket.setNoDelay(true);
  socket.on("error", () => socket.destroy());
  socket.write("220 sink\r\n");
  socket.on("data", (chunk) => {
    pending += chunk.toString("latin1");
    for (;;) {
      const end = pending.indexOf(inBody ? "\r\n.\r\n" : "\r\n");
      if (end < 0) return;
      const line = pending.slice(0, end);
      pending = pending.slice(end + (inBody ? 5 : 2));
      if (inBody) {
        inBody = false;
        received += 1;
        lastAt = Date.now();
        say(socket, `250 2.0.0 taken ${received}\r\n`);
      } else {
        inBody = /^DATA$/i.test(line);
        answer(socket, line);
      }
    }
  });
}

function neverGreet(socket: Socket): void {
  const timer = setInterval(() => socket.write("2"), BYTE_EVERY_MS);
  socket.on("error", () => socket.destroy());
  socket.on("close", () => clearInterval(timer));
  socket.resume();
}

function answer(socket: Socket, line: string): void {
  if (/^EHLO/i.test(line))
    say(socket, MANNER === "drips" ? "250 sink\r\n" : "250-sink\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 PIPELINING\r\n");
  else if (/^DATA$/i.test(line)) say(socket, "354 go on\r\n");
  else if (/^QUIT$/i.test(line)) socket.end("221 bye\r\n");
  else say(socket, "250 ok\r\n");
}

function say(socket: Socket, text: string): void {
  if (MANNER !== "drips") {
    socket.write(text);
    return;
  }
  const bytes = [...text];
  const timer = setInterval(() => {
    socket.write(bytes.shift() ?? "");
    if (bytes.length === 0) clearInterval(timer);
  }, BYTE_EVERY_MS);
  socket.once("close", () => clearInterval(timer));
}
