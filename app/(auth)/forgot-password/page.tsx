import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { AuthPage } from "@/app/(auth)/auth-page";
import { ActionForm } from "@/components/form/action-form";
import { TextField } from "@/components/form/fields";
import { SubmitButton } from "@/components/form/submit-button";
import { forgotPasswordAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("forgot.title") };
}

export default async function ForgotPasswordPage() {
  const t = await getTranslations("auth");
  return (
    <AuthPage
      title={t("forgot.title")}
      description={t("forgot.description")}
      footer={
        <Link href="/sign-in" className="rounded text-accent underline-offset-2 hover:underline">
          {t("forgot.back")}
        </Link>
      }
    >
      <ActionForm action={forgotPasswordAction} label={t("forgot.title")}>
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
        <SubmitButton wide>{t("forgot.submit")}</SubmitButton>
      </ActionForm>
    </AuthPage>
  );
}
