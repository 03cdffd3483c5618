import "server-only";
import { redirect } from "next/navigation";
import { idle } from "@/lib/actions/action-state";
import { formAction } from "@/lib/actions/form-action";

/**
 * As `formAction`, for a form without words of its own: a menu's switch or button. What is refused there was refused
 * for who is asking, so it leads to the sign-in page or to the error page with its reference.
 */
export function plainAction(handler: Parameters<typeof formAction>[0]): (form: FormData) => Promise<void> {
  const run = formAction(handler);
  return async (form) => {
    const state = await run(idle, form);
    if (state.status !== "error") {
      return;
    }
    if (state.code === "unauthenticated") {
      redirect("/sign-in");
    }
    throw new Error(`${state.code} (${state.requestId})`);
  };
}
