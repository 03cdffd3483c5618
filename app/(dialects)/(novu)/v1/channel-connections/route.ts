import { novu } from "@/lib/dialects/novu/dialect";
import { novuRoutes } from "@/lib/dialects/novu/routes";
import { serveProgram } from "@/lib/http/program-route";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = serveProgram(novu, novuRoutes.connections);
