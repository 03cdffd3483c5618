import { votel } from "@/lib/dialects/votel/dialect";
import { unknownProgramPath } from "@/lib/http/program-route";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = unknownProgramPath(votel);
