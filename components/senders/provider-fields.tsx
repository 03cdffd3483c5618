"use client";

import { ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { CheckboxField, PasswordField, RadioField, SelectField, TextareaField, TextField } from "@/components/form/fields";
import { useFormContext } from "@/components/form/form-context";
import { type FormFieldSpec, type FormValue, holds } from "@/lib/channels/form-spec";

/** Always as long, whatever is kept (R45). */
const STORED = "••••••••";
/** As many choices as stand side by side; more become a list to open. */
const MOST_RADIOS = 4;

type Props = {
  fields: readonly FormFieldSpec[];
  initial: Readonly<Record<string, FormValue>>;
  /** What the fields that others depend on say now; empty before JavaScript. */
  watched: Readonly<Record<string, string>>;
  enhanced: boolean;
  /** By field: when a stored secret was set and by whom; or why a value cannot be right. */
  notes: Readonly<Record<string, ReactNode>>;
  moreLabel: string;
};

/** The fields of a provider or a sender, drawn from their declaration; what is seldom changed is folded away. */
export function ProviderFields({ fields, moreLabel, ...rest }: Props) {
  const advanced = fields.filter((field) => field.advanced);
  const plain = fields.filter((field) => !field.advanced);
  return (
    <>
      {rowsOf(plain).map((row) =>
        row.length === 1 ? (
          row.map((field) => <OneField key={field.name} field={field} {...rest} />)
        ) : (
          <div key={row[0]?.name} className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_7rem]">
            {row.map((field) => (
              <OneField key={field.name} field={field} {...rest} />
            ))}
          </div>
        ),
      )}
      {advanced.length > 0 && (
        <More label={moreLabel} names={advanced.map(({ name }) => name)}>
          {advanced.map((field) => (
            <OneField key={field.name} field={field} {...rest} />
          ))}
        </More>
      )}
    </>
  );
}

/** A port stands beside the server that it belongs to. */
function rowsOf(fields: readonly FormFieldSpec[]): FormFieldSpec[][] {
  const rows: FormFieldSpec[][] = [];
  for (const field of fields) {
    const before = rows.at(-1);
    if (field.name === "port" && before?.length === 1) before.push(field);
    else rows.push([field]);
  }
  return rows;
}

function More({ label, names, children }: { label: string; names: readonly string[]; children: ReactNode }) {
  const { errors } = useFormContext();
  const [open, setOpen] = useState(false);
  const wrong = names.some((name) => name in errors);
  return (
    <details open={open || wrong} onToggle={(event) => setOpen(event.currentTarget.open)} className="group rounded-md border border-line">
      <summary className="flex min-h-10 cursor-pointer list-none items-center gap-2 rounded-md px-3 font-medium text-ink-muted text-sm hover:text-ink touch:min-h-11">
        <ChevronRight aria-hidden className="size-4 shrink-0 transition-transform group-open:rotate-90" />
        {label}
      </summary>
      <div className="grid gap-4 px-3 pt-1 pb-4">{children}</div>
    </details>
  );
}

type OneProps = Omit<Props, "fields" | "moreLabel"> & { field: FormFieldSpec };

function OneField({ field, initial, watched, enhanced, notes }: OneProps) {
  const { values } = useFormContext();
  const { showWhen } = field;
  const source = showWhen && (watched[showWhen.field] ?? values?.[showWhen.field] ?? initial[showWhen.field]);
  const shown = !showWhen || holds(showWhen, source);
  // Before JavaScript nothing can bring a hidden field back, so there it stays in sight and the server decides.
  return (
    <fieldset disabled={enhanced && !shown} className={shown ? "min-w-0" : "hidden min-w-0 noscript:block"}>
      <Control
        field={field}
        value={initial[field.name] ?? field.defaultValue}
        required={field.required && shown}
        note={notes[field.name]}
      />
    </fieldset>
  );
}

type ControlProps = { field: FormFieldSpec; value: FormValue | undefined; required: boolean; note: ReactNode };

function Control({ field, value, required, note }: ControlProps) {
  const { name, label, options = [] } = field;
  const text = value === undefined ? undefined : String(value);
  const hint = note ?? field.hint;
  const shared = {
    name,
    label,
    hint,
    placeholder: field.placeholder,
    maxLength: field.maxLength,
    autoComplete: field.autoComplete ?? "off",
  };
  switch (field.control) {
    case "select":
      return options.length <= MOST_RADIOS ? (
        <Choice field={field} value={text} required={required} />
      ) : (
        <SelectField name={name} label={label} hint={hint} options={options} defaultValue={text} required={required} />
      );
    case "checkbox":
      return <CheckboxField name={name} label={label} hint={hint} defaultChecked={value === true} />;
    case "textarea":
      return (
        <TextareaField {...shared} defaultValue={text} required={required} rows={5} spellCheck={false} className="font-mono text-sm" />
      );
    case "password":
      return (
        <PasswordField
          {...shared}
          autoComplete={field.autoComplete ?? "new-password"}
          placeholder={field.stored ? STORED : field.placeholder}
          required={required && !field.stored}
          kept={field.stored}
        />
      );
    default:
      return (
        <TextField
          {...shared}
          type={field.control === "phone" ? "tel" : field.control}
          inputMode={field.inputMode}
          min={field.min}
          max={field.max}
          step={field.control === "number" ? "any" : undefined}
          defaultValue={text}
          required={required}
          autoCapitalize="off"
          spellCheck={false}
        />
      );
  }
}

function Choice({ field, value, required }: { field: FormFieldSpec; value: string | undefined; required: boolean }) {
  return (
    <div>
      <RadioField
        look="row"
        name={field.name}
        legend={field.label}
        options={field.options ?? []}
        defaultValue={value}
        required={required}
      />
      {field.hint && <p className="mt-0.5 text-ink-muted text-sm">{field.hint}</p>}
    </div>
  );
}
