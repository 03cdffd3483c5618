import { slaunchx } from "@/lib/dialects/slaunchx/dialect";
import { unknownProgramPath } from "@/lib/http/program-route";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = unknownProgramPath(slaunchx);
