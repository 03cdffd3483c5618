import { closient } from "@/lib/dialects/closient/dialect";
import { unknownProgramPath } from "@/lib/http/program-route";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = unknownProgramPath(closient);
