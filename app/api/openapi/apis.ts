import { NATIVE_PATHS } from "@/app/api/openapi/native-paths";
import { closientApi } from "@/lib/dialects/closient/api";
import { notiflowsApi } from "@/lib/dialects/notiflows/api";
import { novuApi } from "@/lib/dialects/novu/api";
import { slaunchxApi } from "@/lib/dialects/slaunchx/api";
import { votelApi } from "@/lib/dialects/votel/api";
import type { ApiDescription } from "@/lib/http/openapi/describe";
import { type OpenApiDocument, openApiDocument } from "@/lib/http/openapi/document";
import { nativeDescription } from "@/lib/http/openapi/native";

/** Every public API there is, ours first. */
export const APIS: readonly ApiDescription[] = [
  { ...nativeDescription, paths: NATIVE_PATHS },
  closientApi,
  notiflowsApi,
  novuApi,
  slaunchxApi,
  votelApi,
];

const made = new Map<string, OpenApiDocument>();

/** An API's document, made once in a process; undefined for a name that is none. */
export function documentOf(name: string): OpenApiDocument | undefined {
  const api = APIS.find((each) => each.name === name);
  if (api && !made.has(name)) {
    made.set(name, openApiDocument(api));
  }
  return made.get(name);
}
