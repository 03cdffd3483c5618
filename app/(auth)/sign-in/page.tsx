import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { AuthPage } from "@/app/(auth)/auth-page";
import { ActionForm } from "@/components/form/action-form";
import { PasswordField, TextField } from "@/components/form/fields";
import { HumanCheck } from "@/components/form/human-check";
import { SubmitButton } from "@/components/form/submit-button";
import { Alert } from "@/components/ui/alert";
import { single } from "@/lib/actions/page";
import { currentContext } from "@/lib/auth/session";
import { safeNext } from "@/lib/core/safe-next";
import { getSetup } from "@/lib/services/setup/get-setup";
import { signInAction } from "./actions";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("signIn.title") };
}

export default async function SignInPage({ searchParams }: Props) {
  const [t, ctx, query] = await Promise.all([getTranslations("auth"), currentContext(), searchParams]);
  const next = single(query.next);
  if (ctx.actor.type === "member" || ctx.actor.type === "account") {
    redirect(safeNext(next));
  }
  if ((await getSetup(ctx, { token: "" })) !== "done") {
    redirect("/setup");
  }
  const notice = single(query.notice);
  return (
    <AuthPage title={t("signIn.title")}>
      <div className="grid gap-4">
        {notice === "reset" && <Alert tone="good">{t("signIn.passwordReset")}</Alert>}
        {notice === "deleted" && <Alert tone="good">{t("signIn.accountDeleted")}</Alert>}
        {single(query.error) && <Alert tone="bad">{t("signIn.failed")}</Alert>}
        <ActionForm action={signInAction} label={t("signIn.title")}>
          <input type="hidden" name="next" value={next ?? ""} />
          <TextField
            name="email"
            type="email"
            inputMode="email"
            label={t("field.email")}
            autoComplete="username"
            autoCapitalize="off"
            spellCheck={false}
            maxLength={320}
            required
          />
          <PasswordField name="password" label={t("field.password")} autoComplete="current-password" required />
          <HumanCheck action="sign_in" />
          <SubmitButton wide>{t("signIn.submit")}</SubmitButton>
        </ActionForm>
        <Link href="/forgot-password" className="justify-self-start rounded text-accent underline-offset-2 hover:underline">
          {t("signIn.forgot")}
        </Link>
      </div>
    </AuthPage>
  );
}
