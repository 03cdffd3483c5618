"use client";

import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { ActionFormClient } from "@/components/form/action-form-client";
import type { FormStrings } from "@/components/form/form-strings";
import { nativeErrors } from "@/components/form/native-checks";
import { SubmitButton } from "@/components/form/submit-button";
import { Status } from "@/components/ui/badge";
import { Button, ButtonLink } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { FormAction } from "@/lib/actions/action-state";
import type { Fix, StepId } from "@/lib/channels/diagnosis";
import { type FormFieldSpec, type FormValue, holds } from "@/lib/channels/form-spec";
import { isFilling, setFields, valuesOf } from "./form-values";
import type { LadderView } from "./ladder";
import type { LadderLabels } from "./ladder-labels";
import { LadderPanel } from "./ladder-panel";
import { LeaveGuard } from "./leave-guard";
import { ProviderFields } from "./provider-fields";
import { useDiagnosis } from "./use-diagnosis";
import { useHostHelp } from "./use-host-help";
import { goToField } from "./where-to-look";

export type EditorLabels = {
  account: string;
  sender: string;
  more: string;
  moreOfSender: string;
  submit: string;
  region: string;
  /** With {fields}. */
  pasted: string;
  slips: Record<string, string>;
};

type Props = {
  /** What the provider asks for; none when the sender stands on an account that is there already. */
  config: readonly FormFieldSpec[];
  own: readonly FormFieldSpec[];
  initial: Readonly<Record<string, FormValue>>;
  notes?: Readonly<Record<string, ReactNode>> | undefined;
  regions?: readonly { id: string; host: string }[] | undefined;
  hidden: Readonly<Record<string, string>>;
  action: FormAction;
  /** Where a test of what the form says is asked for, and what is told beside the form. */
  test: { path: string; extra: Readonly<Record<string, unknown>> };
  /** The rungs of that test in their order, where they are known beforehand. */
  expected: readonly StepId[];
  /** Such a test may end with a message to the person who asks for it. */
  canSend: boolean;
  stored?: LadderView | undefined;
  /** Drawn by the server beside the stored result: when it was, and a button that needs no JavaScript. */
  storedNote?: ReactNode;
  labels: EditorLabels;
  ladder: LadderLabels;
  strings: FormStrings;
  cancel?: { href: string; label: string } | undefined;
  /** Stands above the buttons. */
  check?: ReactNode;
  /** Stands above the fields: what the provider asks of its customers. */
  children?: ReactNode;
};

/** The settings of a sender and, beside them, what a test of exactly these settings finds. */
export function SenderEditor(props: Props) {
  const { config, own, initial, labels, ladder, strings, hidden, cancel, test } = props;
  const formRef = useRef<HTMLFormElement>(null);
  const find = useCallback((inside: HTMLElement | null) => {
    formRef.current = inside?.closest("form") ?? null;
  }, []);
  const { run, start, stop } = useDiagnosis();
  const [applied, setApplied] = useState(false);
  const [saves, setSaves] = useState(0);
  const [enhanced, setEnhanced] = useState(false);
  const [watched, setWatched] = useState<Record<string, string>>({});
  const [unready, setUnready] = useState<readonly string[]>([]);
  const [send, setSend] = useState(false);
  const panel = useRef<HTMLElement>(null);
  const typed = useRef(new Set<string>());
  const host = useHostHelp({ formRef, labels });

  useEffect(() => {
    setEnhanced(true);
    if (formRef.current) setWatched(textsOf(formRef.current));
  }, []);

  function onInput(event: { target: EventTarget }) {
    const form = formRef.current;
    const { name, value } = event.target as HTMLInputElement;
    if (!form || !name) return;
    setWatched(textsOf(form));
    setUnready([]);
    if (!isFilling(form)) {
      typed.current.add(name);
      if (name === "security") matchPort(form, value);
      if (name === "host") host.onInput();
    }
    suggest(form, [...config, ...own], name, value, typed.current);
  }

  function onTest() {
    const form = formRef.current;
    if (!form || run.at === "running") return;
    const errors = nativeErrors(form, strings);
    const asked = [...config, ...own].filter(({ name }) => name in errors && name !== "name");
    setUnready(asked.map(({ name, label }) => `${label}: ${errors[name]}`));
    setApplied(false);
    panel.current?.scrollIntoView({ block: "nearest" });
    if (asked.length > 0) {
      const [first] = asked;
      const field = first && form.elements.namedItem(first.name);
      if (field instanceof HTMLElement) field.focus();
      return;
    }
    void start(test.path, { ...test.extra, ...bodyOf(form, config, own), ...(send ? { send } : {}) });
  }

  function onFix(fix: Fix) {
    const form = formRef.current;
    if (!form) return;
    setFields(form, Object.fromEntries(Object.entries(fix.set).map(([name, value]) => [name, String(value)])));
    setApplied(true);
  }

  const fields = { initial, watched, enhanced };
  const asked = [...config, ...own].filter(({ showWhen }) => !showWhen || holds(showWhen, watched[showWhen.field]));
  const cures = {
    onFix,
    onGoTo: (name: string) => formRef.current && goToField(formRef.current, name),
    fields: Object.fromEntries(asked.map(({ name, label }) => [name, label])),
  };
  return (
    <div className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,32rem)_minmax(0,1fr)]">
      <ActionFormClient
        action={props.action}
        strings={strings}
        resetOnSuccess
        onSuccess={() => setSaves((count) => count + 1)}
        className="min-w-0"
      >
        {/* biome-ignore lint/a11y/noStaticElementInteractions: it hears of what happens in the fields within */}
        <div ref={find} onInput={onInput} onPaste={host.onPaste} onBlur={host.onBlur} className="grid min-w-0 gap-7">
          {Object.entries(hidden).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          {config.length > 0 && (
            <Group legend={labels.account}>
              {props.children}
              {props.regions && <Region label={labels.region} regions={props.regions} formRef={formRef} />}
              <ProviderFields {...fields} fields={config} moreLabel={labels.more} notes={{ ...props.notes, ...hostNote(host) }} />
              <p role="status" className="sr-only">
                {host.slip ?? host.filled}
              </p>
            </Group>
          )}
          <Group legend={labels.sender}>
            <ProviderFields {...fields} fields={own} moreLabel={labels.moreOfSender} notes={props.notes ?? {}} />
          </Group>
          {props.check}
          <div className="flex flex-col gap-2 sm:flex-row sm:flex-wrap">
            <SubmitButton wide="phone">{labels.submit}</SubmitButton>
            <Button wide="phone" pending={run.at === "running"} onClick={onTest} className="lg:hidden noscript:hidden">
              {ladder.run}
            </Button>
            {cancel && (
              <ButtonLink href={cancel.href} variant="ghost" wide="phone">
                {cancel.label}
              </ButtonLink>
            )}
          </div>
        </div>
        <LeaveGuard formRef={formRef} saves={saves} strings={strings} />
      </ActionFormClient>
      <LadderPanel
        ref={panel}
        run={run}
        unready={unready}
        stored={props.stored}
        storedNote={props.storedNote}
        applied={applied}
        expected={inOrder(props.expected, watched.security)}
        send={props.canSend ? send : undefined}
        cures={cures}
        labels={ladder}
        retryIn={strings.retryIn}
        onTest={onTest}
        onStop={stop}
        onSend={setSend}
      />
    </div>
  );
}

/** What is to be said of the server stands below its field. */
function hostNote({ slip, filled }: { slip: string | undefined; filled: string }): Record<string, ReactNode> {
  if (!slip && !filled) return {};
  return { host: <Status tone={slip ? "bad" : "good"}>{slip ?? filled}</Status> };
}

function Group({ legend, children }: { legend: string; children: ReactNode }) {
  return (
    <fieldset className="grid min-w-0 gap-4">
      <legend className="mb-3 font-semibold text-md">{legend}</legend>
      {children}
    </fieldset>
  );
}

type RegionProps = { label: string; regions: readonly { id: string; host: string }[]; formRef: { current: HTMLFormElement | null } };

/** Where the account lives decides which server it has. */
function Region({ label, regions, formRef }: RegionProps) {
  return (
    <Field label={label} required className="noscript:hidden">
      {({ id }) => (
        <Select
          id={id}
          options={regions.map((region) => ({ value: region.host, label: region.id }))}
          onChange={(event) => formRef.current && setFields(formRef.current, { host: event.target.value })}
        />
      )}
    </Field>
  );
}

/** Encryption from the start comes before the server says its first word. */
function inOrder(steps: readonly StepId[], security: string | undefined): readonly StepId[] {
  if (security !== "tls" || !steps.includes("tls")) return steps;
  const others: StepId[] = steps.filter((step) => step !== "tls");
  return others.toSpliced(others.indexOf("tcp") + 1, 0, "tls");
}

function textsOf(form: HTMLFormElement): Record<string, string> {
  return Object.fromEntries([...new FormData(form)].filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

/** A secret that was left empty is the stored one. */
function bodyOf(form: HTMLFormElement, config: readonly FormFieldSpec[], own: readonly FormFieldSpec[]) {
  const from = Object.entries(valuesOf(form, own)).filter(([name]) => name === "fromAddress" || name === "fromNumber");
  return { ...(config.length > 0 ? { config: valuesOf(form, config) } : {}), ...Object.fromEntries(from) };
}

const USUAL_PORT: Record<string, string> = { tls: "465", starttls: "587" };

/** The port follows the kind of encryption as long as it is one of the usual two. */
function matchPort(form: HTMLFormElement, security: string) {
  const port = form.elements.namedItem("port");
  const usual = USUAL_PORT[security];
  if (usual && port instanceof HTMLInputElement && ["", ...Object.values(USUAL_PORT)].includes(port.value)) {
    setFields(form, { port: usual });
  }
}

function suggest(form: HTMLFormElement, fields: readonly FormFieldSpec[], source: string, value: string, typed: ReadonlySet<string>) {
  for (const { name, suggestFrom, control } of fields) {
    if (suggestFrom !== source || typed.has(name) || (control === "email" && !value.includes("@"))) continue;
    setFields(form, { [name]: value });
  }
}
