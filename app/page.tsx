import { redirect } from "next/navigation";
import { currentContext } from "@/lib/auth/session";
import { getSetup } from "@/lib/services/setup/get-setup";

/** The bare address: to the console, to the sign-in, or to what set-up needs. */
export default async function StartPage() {
  const ctx = await currentContext();
  const { actor } = ctx;
  if (actor.type === "member" || actor.type === "account") {
    redirect("/contact-points");
  }
  redirect((await getSetup(ctx, { token: "" })) === "done" ? "/sign-in" : "/setup");
}
