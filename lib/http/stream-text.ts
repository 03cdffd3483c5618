import { logger } from "@/lib/core/logger";

/** A text made piece by piece, no faster than it is read. The first piece is there before the status is sent. */
export async function streamText(chunks: AsyncGenerator<string, void>, headers: Record<string, string>): Promise<Response> {
  const encoder = new TextEncoder();
  let next = await chunks.next();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (next.done) {
          controller.close();
          return;
        }
        controller.enqueue(encoder.encode(next.value));
        try {
          next = await chunks.next();
        } catch (error) {
          logger.error({ err: error }, "a streamed answer broke off");
          controller.error(error);
        }
      },
      async cancel() {
        await chunks.return();
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { headers });
}
