import { slaunchx } from "@/lib/dialects/slaunchx/dialect";
import { slaunchxRoutes } from "@/lib/dialects/slaunchx/routes";
import { serveProgram } from "@/lib/http/program-route";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = serveProgram(slaunchx, slaunchxRoutes.types);
