import { notiflows } from "@/lib/dialects/notiflows/dialect";
import { unknownProgramPath } from "@/lib/http/program-route";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = unknownProgramPath(notiflows);
