import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { MadeDto } from "@/lib/services/keys/lineage";

/** API keys and signing keys by name, each with the way to its page. */
export async function MadeList({ made }: { made: readonly MadeDto[] }) {
  const t = await getTranslations("keys");
  return (
    <ul className="grid gap-0.5">
      {made.map(({ type, id, name }) => (
        <li key={id}>
          <Link
            href={type === "api_key" ? `/keys/${id}` : `/keys/signing/${id}`}
            className="break-words rounded-sm underline underline-offset-2"
          >
            {name}
          </Link>{" "}
          <span className="text-ink-muted text-sm">{type === "api_key" ? t("one") : t("signing.one")}</span>
        </li>
      ))}
    </ul>
  );
}
