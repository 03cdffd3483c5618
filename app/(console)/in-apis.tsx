import { getTranslations } from "next-intl/server";
import { CodeBlock } from "@/components/apis/code-block";
import { Section } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { env } from "@/lib/env";
import { type ApiView, curlOf, OPEN } from "@/lib/http/api-view";

/** A channel as each API that knows it shows it, and the request that would make it there. */
export async function InApis({ views }: { views: ReadonlyArray<ApiView | null> }) {
  const t = await getTranslations("apis");
  const known = views.filter((view) => view !== null);
  return (
    <Section title={t("inApis.title")} description={t("inApis.description", { key: OPEN.key })}>
      <div className="grid gap-2">
        {known.map((view) => (
          <View key={view.api} view={view} />
        ))}
      </div>
    </Section>
  );
}

async function View({ view: { api, shown, request } }: { view: ApiView }) {
  const t = await getTranslations("apis");
  const name = t(`names.${api}`);
  const command = curlOf(env().appOrigin, request);
  return (
    <details className="rounded-md border border-line px-3 py-2">
      <summary className="cursor-pointer rounded-sm font-medium touch:py-2.5">{name}</summary>
      <div className="mt-3 grid gap-4 pb-1">
        {shown !== null && (
          <div className="grid gap-1.5">
            <p className="text-ink-muted text-sm">{t("inApis.shown")}</p>
            <CodeBlock text={JSON.stringify(shown, null, 2)} />
          </div>
        )}
        <div className="grid gap-1.5">
          <div className="flex items-center justify-between gap-3">
            <p className="text-ink-muted text-sm">{shown === null ? t("inApis.subscribes") : t("inApis.creates")}</p>
            <CopyButton text={command} label={t("inApis.copy", { name })} copiedLabel={t("inApis.copied")} />
          </div>
          <CodeBlock text={command} />
        </div>
      </div>
    </details>
  );
}
