import { getTranslations } from "next-intl/server";
import type { FormFieldSpec } from "@/lib/channels/form-spec";

/** The workspace and its tokens; `stored`: there are some already, and an empty field keeps them. */
export async function workspaceFields(stored = false): Promise<FormFieldSpec[]> {
  const t = await getTranslations("connections.form");
  const secret = { control: "password", secret: true, maxLength: 8192, autoComplete: "off" } as const;
  return [
    {
      name: "workspaceId",
      label: t("workspaceId"),
      control: "text",
      required: true,
      maxLength: 255,
      placeholder: "T123456",
      autoComplete: "off",
    },
    { name: "workspaceName", label: t("workspaceName"), control: "text", required: false, maxLength: 255, autoComplete: "off" },
    { name: "accessToken", label: t("accessToken"), required: !stored, stored, ...secret },
    { name: "refreshToken", label: t("refreshToken"), hint: t("refreshTokenHint"), required: false, advanced: true, ...secret },
  ];
}

/** Whose a new connection is to be, and on which account. */
export async function ownerFields(integrations: ReadonlyArray<{ value: string; label: string }>): Promise<FormFieldSpec[]> {
  const t = await getTranslations("connections.form");
  return [
    { name: "integrationId", label: t("integration"), control: "select", required: true, options: [...integrations] },
    {
      name: "externalId",
      label: t("externalId"),
      hint: t("externalIdHint"),
      control: "text",
      required: false,
      maxLength: 255,
      autoComplete: "off",
    },
    { name: "contexts", label: t("contexts"), hint: t("contextsHint"), control: "textarea", required: false, maxLength: 1100 },
  ];
}

export async function identifierField(): Promise<FormFieldSpec> {
  const t = await getTranslations("connections.form");
  return {
    name: "identifier",
    label: t("identifier"),
    hint: t("identifierHint"),
    control: "text",
    required: false,
    maxLength: 255,
    autoComplete: "off",
    advanced: true,
  };
}
