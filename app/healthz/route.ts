import { probe } from "@/lib/http/probe";

export const dynamic = "force-dynamic";

/** The process answers; nothing else is asked. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = probe(() => Response.json({ status: "ok" }));
