import { native } from "@/lib/http/native";
import { unknownProgramPath } from "@/lib/http/program-route";

export const { GET, POST, PATCH, PUT, DELETE, OPTIONS } = unknownProgramPath(native);
