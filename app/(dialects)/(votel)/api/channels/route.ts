import { votel } from "@/lib/dialects/votel/dialect";
import { votelRoutes } from "@/lib/dialects/votel/routes";
import { serveProgram } from "@/lib/http/program-route";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = serveProgram(votel, votelRoutes.channels);
