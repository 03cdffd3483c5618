import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { APIS, documentOf } from "@/app/api/openapi/apis";
import { CodeBlock } from "@/components/apis/code-block";
import { MethodBadge } from "@/components/apis/method-badge";
import { SchemaFields } from "@/components/apis/schema-fields";
import { typeOf } from "@/components/apis/schema-type";
import { TryIt } from "@/components/apis/try-it";
import { Words } from "@/components/apis/words";
import { Section } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { PageHeader } from "@/components/ui/page-header";
import { Cell, HeadCell, Row, Table } from "@/components/ui/table";
import { env } from "@/lib/env";
import { curlOf } from "@/lib/http/api-view";
import type { OpenApiDocument, OperationObject, Parameter, ResponseObject } from "@/lib/http/openapi/document";
import { exampleOf } from "@/lib/http/openapi/example";

type Params = { params: Promise<{ name: string; operation: string }> };

interface Found {
  document: OpenApiDocument;
  path: string;
  method: string;
  operation: OperationObject;
}

function find(name: string, operationId: string): Found | undefined {
  const document = documentOf(name);
  for (const [path, methods] of Object.entries(document?.paths ?? {})) {
    for (const [method, operation] of Object.entries(methods)) {
      if (document && operation.operationId === operationId) return { document, path, method: method.toUpperCase(), operation };
    }
  }
  return;
}

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { name, operation } = await params;
  return { title: find(name, operation)?.operation.summary ?? "" };
}

export default async function OperationPage({ params }: Params) {
  const { name, operation: operationId } = await params;
  const found = find(name, operationId);
  if (!found) {
    notFound();
  }
  const { document, path, method, operation } = found;
  const t = await getTranslations("apis");
  const { schemas } = document.components;
  const bodySchema = operation.requestBody?.content["application/json"].schema;
  const body = bodySchema && exampleOf(bodySchema);
  const headers = credentialsOf(name);
  const command = curlOf(env().appOrigin, {
    method,
    path: path.replaceAll(/\{(\w+)\}/g, "$$$1"),
    headers: Object.fromEntries(headers.map((header) => [header.name, `${header.prefix}$${header.variable}`])),
    ...(bodySchema ? { body } : {}),
  });
  return (
    <>
      <PageHeader
        title={<span lang="en">{operation.summary}</span>}
        description={<span className="break-all font-mono">{path}</span>}
        status={<MethodBadge method={method} />}
        back={{ href: `/reference/${name}`, label: document.info.title }}
      />
      <div className="grid gap-5">
        {operation.parameters.length > 0 && <Parameters parameters={operation.parameters} />}
        {bodySchema && (
          <Section title={t("reference.body")}>
            <SchemaFields schema={bodySchema} schemas={schemas} marks={{ required: t("reference.required") }} />
          </Section>
        )}
        <Section
          title={t("reference.example")}
          actions={<CopyButton text={command} label={t("inApis.copy", { name: operation.summary })} copiedLabel={t("inApis.copied")} />}
        >
          <CodeBlock text={command} />
        </Section>
        <Answers document={document} operation={operation} />
        <Section title={t("tryIt.title")} description={t("tryIt.description")}>
          <TryIt
            method={method}
            path={path}
            headers={headers.map(({ name: header, prefix }) => ({ name: header, prefix }))}
            parameters={operation.parameters
              .filter((each) => each.in !== "header")
              .map((each) => ({ name: each.name, in: each.in, required: each.required }))}
            body={bodySchema ? JSON.stringify(body, null, 2) : null}
            labels={{
              body: t("reference.body"),
              send: t("tryIt.send"),
              sending: t("tryIt.sending"),
              answer: t("tryIt.answer"),
              failed: t("tryIt.failed"),
              noScript: t("tryIt.noScript"),
            }}
          />
        </Section>
      </div>
    </>
  );
}

/** The headers of an API's first way to say who one is, and the shell variable that an example has in each. */
function credentialsOf(name: string): Array<{ name: string; prefix: string; variable: string }> {
  const [way = {}] = APIS.find((api) => api.name === name)?.security ?? [];
  return Object.entries(way).map(([id, scheme]) =>
    scheme.type === "http"
      ? { name: "Authorization", prefix: "Bearer ", variable: "TOKEN" }
      : { name: scheme.name, prefix: scheme.name === "Authorization" ? "ApiKey " : "", variable: id === "user" ? "TOKEN" : "KEY" },
  );
}

async function Parameters({ parameters }: { parameters: Parameter[] }) {
  const t = await getTranslations("apis.reference");
  const columns = [{ label: t("name") }, { label: t("place") }, { label: t("meaning") }];
  return (
    <Section title={t("parameters")} padded={false}>
      <Table label={t("parameters")} columns={columns}>
        {parameters.map(({ name, in: place, required, description, schema }) => (
          <Row key={`${place} ${name}`}>
            <HeadCell>
              <span className="@2xl:whitespace-nowrap break-all font-mono text-sm">{name}</span>
            </HeadCell>
            <Cell label={t("place")}>{required ? `${t(`places.${place}`)} · ${t("required")}` : t(`places.${place}`)}</Cell>
            <Cell label={t("meaning")} wrap>
              <span className="break-words font-mono text-ink-muted text-sm">{typeOf(schema)}</span>
              {description !== undefined && (
                <p>
                  <Words text={description} />
                </p>
              )}
            </Cell>
          </Row>
        ))}
      </Table>
    </Section>
  );
}

async function Answers({ document, operation }: { document: OpenApiDocument; operation: OperationObject }) {
  const t = await getTranslations("apis.reference");
  const { schemas, responses } = document.components;
  const answers = Object.entries(operation.responses).map(([status, given]): [string, ResponseObject | undefined] => [
    status,
    "$ref" in given ? responses[status] : given,
  ]);
  // refusals are alike: what they consist of is told once
  const firstOf = new Map(answers.toReversed().map(([status, answer]) => [shapeOf(answer), status]));
  return (
    <Section title={t("answers")}>
      <ul className="grid gap-2">
        {answers.map(([status, answer]) => {
          const [media, content] = Object.entries(answer?.content ?? {})[0] ?? [];
          return (
            <li key={status}>
              <details className="rounded-md border border-line px-3 py-2" open={status.startsWith("2")}>
                <summary className="cursor-pointer rounded-sm touch:py-3">
                  <span className="font-medium font-mono">{status}</span> <Words text={answer?.description ?? ""} />
                </summary>
                {content && (
                  <div className="grid gap-1 pt-2">
                    <p className="font-mono text-ink-muted text-xs">{media}</p>
                    {firstOf.get(shapeOf(answer)) === status ? (
                      <SchemaFields schema={content.schema} schemas={schemas} marks={{ optional: t("notAlways") }} />
                    ) : (
                      <p>{t("sameAs", { status: firstOf.get(shapeOf(answer)) ?? "" })}</p>
                    )}
                  </div>
                )}
              </details>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

function shapeOf(answer: ResponseObject | undefined): string {
  return JSON.stringify(Object.values(answer?.content ?? {})[0]?.schema ?? null);
}
