import { z } from "zod";
import type { Context } from "@/lib/auth/actor";
import { parseInput } from "@/lib/core/parse-input";
import { prisma } from "@/lib/db/client";
import { isSetupToken } from "@/lib/services/people/setup-token";

const GetSetup = z.strictObject({ token: z.string().max(100) });

/** `done`: there is an institution. `locked`: there is none, and the printed address is needed. */
export async function getSetup(_ctx: Context, input: unknown): Promise<"open" | "locked" | "done"> {
  // open to all: whether this installation is new is no secret
  const { token } = parseInput(GetSetup, input);
  const [row] = await prisma().$queryRaw<Array<{ done: boolean }>>`SELECT any_institution() AS done`;
  if (row?.done) {
    return "done";
  }
  return (await isSetupToken(token)) ? "open" : "locked";
}
