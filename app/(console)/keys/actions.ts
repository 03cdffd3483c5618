"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { formAction, text } from "@/lib/actions/form-action";
import { createAccessToken } from "@/lib/services/access-tokens/create";
import { revokeAccessToken } from "@/lib/services/access-tokens/revoke";
import { createKey } from "@/lib/services/keys/create";
import { revokeKey } from "@/lib/services/keys/revoke";
import { createSigningKey } from "@/lib/services/signing-keys/create";
import { revokeSigningKey } from "@/lib/services/signing-keys/revoke";

const SCOPE = "scope:";

export const createKeyAction = formAction(async (ctx, form) => {
  const actsAs = text(form, "actsAs");
  const { key } = await createKey(ctx, {
    name: text(form, "name"),
    ...(actsAs === "public" ? { kind: "public", owner: "institution" } : { owner: actsAs === "institution" ? "institution" : "self" }),
    scopes: [...form.keys()].filter((name) => name.startsWith(SCOPE)).map((name) => name.slice(SCOPE.length)),
    expiresInDays: Number(text(form, "expiresInDays")),
  });
  return { status: "ok", data: { secret: key } };
});

export const revokeKeyAction = formAction(async (ctx, form) => {
  const keyId = text(form, "keyId");
  await revokeKey(ctx, { keyId, signingKeys: form.has("signingKeys") });
  revalidatePath(`/keys/${keyId}`);
  redirect(`/keys/${keyId}`);
});

export const createAccessTokenAction = formAction(async (ctx, form) => {
  const { token } = await createAccessToken(ctx, { name: text(form, "name"), minutes: Number(text(form, "minutes")) });
  return { status: "ok", data: { secret: token } };
});

export const revokeAccessTokenAction = formAction(async (ctx, form) => {
  const accessTokenId = text(form, "accessTokenId");
  await revokeAccessToken(ctx, { accessTokenId });
  // both the list and its own page end one
  revalidatePath("/keys/tokens");
  revalidatePath(`/keys/tokens/${accessTokenId}`);
});

/** An empty field asks for a pair that is made here; only then is there something to show. */
export const createSigningKeyAction = formAction(
  async (ctx, form) => {
    const [publicKey, kid] = [text(form, "publicKey").trim(), text(form, "kid").trim()];
    const made = await createSigningKey(ctx, {
      name: text(form, "name"),
      ...(publicKey === "" ? {} : { publicKey }),
      ...(kid === "" ? {} : { kid }),
    });
    if (made.privateKey === null) {
      redirect(`/keys/signing/${made.id}`);
    }
    return { status: "ok", data: { secret: made.privateKey } };
  },
  { secret: ["publicKey"] },
);

export const revokeSigningKeyAction = formAction(async (ctx, form) => {
  const signingKeyId = text(form, "signingKeyId");
  await revokeSigningKey(ctx, { signingKeyId });
  revalidatePath(`/keys/signing/${signingKeyId}`);
  redirect(`/keys/signing/${signingKeyId}`);
});
