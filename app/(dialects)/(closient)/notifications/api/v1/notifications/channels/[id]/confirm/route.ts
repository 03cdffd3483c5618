import { closient } from "@/lib/dialects/closient/dialect";
import { closientRoutes } from "@/lib/dialects/closient/routes";
import { serveProgram } from "@/lib/http/program-route";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = serveProgram(closient, closientRoutes.confirm);
