import { notiflows } from "@/lib/dialects/notiflows/dialect";
import { notiflowsRoutes } from "@/lib/dialects/notiflows/routes";
import { serveProgram } from "@/lib/http/program-route";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = serveProgram(notiflows, notiflowsRoutes.apiSubscriptions);
