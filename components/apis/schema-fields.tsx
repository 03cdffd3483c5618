import type { ReactNode } from "react";
import { type JsonSchema, type Schemas, typeOf } from "@/components/apis/schema-type";
import { Words } from "@/components/apis/words";
import { Badge } from "@/components/ui/badge";

const DEPTH_MAX = 4;

interface Props {
  schema: JsonSchema;
  schemas: Schemas;
  /** What is said of a member that has to be there, or of one that need not. */
  marks: { required?: string; optional?: string };
  depth?: number;
}

/** What a body consists of, member by member, as far down as it helps. */
export function SchemaFields({ schema, schemas, marks, depth = 0 }: Props): ReactNode {
  const whole = resolved(schema, schemas);
  const choices = (whole["oneOf"] ?? whole["anyOf"]) as JsonSchema[] | undefined;
  const objects = choices?.map((each) => resolved(each, schemas)).filter((each) => each["properties"]);
  if (objects && objects.length > 1) {
    return (
      <ul className="grid gap-2">
        {objects.map((each) => (
          <li key={titleOf(each)}>
            <details className="rounded-md border border-line px-3 py-2">
              <summary className="cursor-pointer break-all rounded-sm font-mono text-sm touch:py-3">{titleOf(each)}</summary>
              <div className="pt-2">
                <SchemaFields schema={each} schemas={schemas} marks={marks} depth={depth} />
              </div>
            </details>
          </li>
        ))}
      </ul>
    );
  }
  const inner = objects?.[0] ?? (whole["type"] === "array" ? resolved((whole["items"] ?? {}) as JsonSchema, schemas) : whole);
  const members = Object.entries((inner["properties"] ?? {}) as Record<string, JsonSchema>);
  const required = (inner["required"] ?? []) as string[];
  if (members.length === 0 || depth > DEPTH_MAX) {
    return depth === 0 ? <p className="font-mono text-sm">{typeOf(whole)}</p> : null;
  }
  return (
    <ul className={depth === 0 ? "divide-y divide-line" : "mt-1 divide-y divide-line border-line border-l pl-3"}>
      {members.map(([name, member]) => (
        <li key={name} className="py-1.5">
          <div className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
            <span className="font-medium font-mono text-sm">{name}</span>
            <span className="break-all font-mono text-ink-muted text-xs">{typeOf(member)}</span>
            <Mark text={required.includes(name) ? marks.required : marks.optional} />
          </div>
          {typeof member["description"] === "string" && (
            <p className="text-ink-muted text-sm">
              <Words text={member["description"]} />
            </p>
          )}
          <SchemaFields schema={member} schemas={schemas} marks={marks} depth={depth + 1} />
        </li>
      ))}
    </ul>
  );
}

function Mark({ text }: { text: string | undefined }): ReactNode {
  return text === undefined ? null : <Badge icon={null}>{text}</Badge>;
}

function resolved(schema: JsonSchema, schemas: Schemas): JsonSchema {
  const ref = schema["$ref"];
  return typeof ref === "string" ? (schemas[ref.split("/").at(-1) ?? ""] ?? {}) : schema;
}

/** One of several shapes by the member that tells them apart. */
function titleOf({ properties, required }: JsonSchema): string {
  const members = Object.entries((properties ?? {}) as Record<string, JsonSchema>);
  const told = members.find(([, { const: only }]) => only !== undefined);
  return told ? `${told[0]}: ${JSON.stringify(told[1]["const"])}` : ((required ?? members.map(([name]) => name)) as string[]).join(", ");
}
