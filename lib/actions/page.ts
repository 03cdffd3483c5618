import "server-only";
import { notFound, redirect } from "next/navigation";
import { signInHref } from "@/lib/actions/sign-in-href";
import type { Context } from "@/lib/auth/actor";
import { may, type Permission } from "@/lib/auth/permissions";
import { currentContext } from "@/lib/auth/session";
import { AppError } from "@/lib/core/errors";
import { isId } from "@/lib/core/ids";
import { auditExpectedFailure } from "@/lib/services/audit/expected-failure";

/** The first line of every console page: who is looking, and whether they may. A page one may not see is not there. */
export async function pageContext(permission: Permission): Promise<Context> {
  const ctx = await currentContext();
  if (ctx.actor.type === "account") {
    redirect("/account");
  }
  if (ctx.actor.type !== "member") {
    redirect(await signInHref());
  }
  if (!may(ctx.actor, permission)) {
    await auditExpectedFailure(ctx, new AppError("forbidden"));
    notFound();
  }
  return ctx;
}

/** Runs a read for a page: what is not there, or not theirs, is the 404 page. */
export async function orNotFound<T>(read: Promise<T>): Promise<T> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof AppError && (error.code === "not_found" || error.code === "forbidden")) {
      notFound();
    }
    throw error;
  }
}

/** An id out of a page's address; anything that cannot be one is the 404 page. */
export function idParam(value: string): string {
  if (!isId(value)) {
    notFound();
  }
  return value;
}

/** One value of a search parameter; the first when it is repeated. */
export function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
