import { probe } from "@/lib/http/probe";
import { isShuttingDown } from "@/lib/http/shutdown";
import { checkReadiness } from "@/lib/services/health/check-readiness";

export const dynamic = "force-dynamic";

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = probe(async () => {
  if (isShuttingDown()) {
    return Response.json({ status: "stopping", checks: {} }, { status: 503 });
  }
  const checks = await checkReadiness();
  const ready = Object.values(checks).every((check) => check === "ok");
  return Response.json({ status: ready ? "ready" : "not_ready", checks }, { status: ready ? 200 : 503 });
});
