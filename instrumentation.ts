import type { Instrumentation } from "next";

export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === "nodejs" && process.env.NEXT_PHASE !== "phase-production-build") {
    const { refuseUnsafeStart, startServerParts } = await import("@/lib/http/start-server");
    startServerParts();
    await refuseUnsafeStart();
  }
}

/** What a page, an action or a route threw and nobody expected, with the id that its answer shows. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { logRequestError } = await import("@/lib/http/start-server");
    logRequestError(error, request, context.routePath);
  }
};
