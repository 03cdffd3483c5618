"use client";

import dynamic from "next/dynamic";
import { type ReactNode, type SubmitEvent, useEffect, useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import type { ActionState, FormAction } from "@/lib/actions/action-state";
import { type FormFieldSpec, type FormSpec, type FormValue, holds } from "@/lib/channels/form-spec";
import { ButtonLink } from "../ui/button";
import { FormAlert } from "./form-alert";
import { FormContext } from "./form-context";
import type { FormStrings } from "./form-strings";
import type { PhoneSettings } from "./phone-input";
import { SpecControl } from "./spec-control";
import { rulesFor } from "./spec-rules";
import { SubmitButton } from "./submit-button";
import { submitterOf, useFormAction } from "./use-form-action";
import { useUnsavedGuard } from "./use-unsaved-guard";

// Fetched when somebody is about to lose what they typed, which is seldom.
const ConfirmDialog = dynamic(() => import("../ui/confirm-dialog").then((module) => module.ConfirmDialog));

export type SpecFormProps = {
  spec: FormSpec;
  action: FormAction;
  submitLabel: string;
  /** What is stored now, by field name; secrets are ignored. A phone's country is under its name + "Country". */
  initial?: Readonly<Record<string, FormValue>> | undefined;
  /** Needed when a field's control is "phone". */
  phone?: PhoneSettings | undefined;
  /** Posted along: ids, a version. */
  hidden?: Readonly<Record<string, string>> | undefined;
  cancel?: { href: string; label: string } | undefined;
  /** Ask before a changed form is left; on unless switched off. */
  guard?: boolean | undefined;
  /** Stands between the fields and the buttons. */
  children?: ReactNode;
  /** Only from a client component. */
  onSuccess?: ((state: Extract<ActionState, { status: "ok" }>) => void) | undefined;
};

type Values = Record<string, FormValue>;

export function SpecFormClient(props: SpecFormProps & { strings: FormStrings }) {
  const { spec, action, submitLabel, initial, phone, hidden, cancel, guard = true, strings } = props;
  const form = useForm<Values>({ reValidateMode: "onChange" });
  const { state, formAction, pending, send, formRef, alertRef } = useFormAction(action, (ok) => {
    unsaved.markSaved();
    props.onSuccess?.(ok);
  });
  const unsaved = useUnsavedGuard(formRef, guard && !pending);
  const [hasAsked, setHasAsked] = useState(false);
  if (unsaved.asking && !hasAsked) setHasAsked(true);
  const [enhanced, setEnhanced] = useState(false);
  useEffect(() => setEnhanced(true), []);

  const refused = state.status === "error" ? state : undefined;
  const names = new Set(spec.fields.map((field) => field.name));
  const { setError } = form;
  useEffect(() => {
    if (state.status !== "error") return;
    const own = state.fields?.filter(({ path }) => formRef.current?.elements.namedItem(path)) ?? [];
    own.forEach(({ path, message }, index) => {
      setError(path, { type: "server", message }, { shouldFocus: index === 0 });
    });
    if (own.length === 0) alertRef.current?.focus();
  }, [state, setError, formRef, alertRef]);

  const sources = [...new Set(spec.fields.flatMap((field) => field.showWhen?.field ?? []))];
  const watched = useWatch({ control: form.control, name: sources });
  function visible({ showWhen }: FormFieldSpec): boolean {
    if (!showWhen) return true;
    const source = spec.fields.find((field) => field.name === showWhen.field);
    const live = enhanced ? watched[sources.indexOf(showWhen.field)] : undefined;
    return holds(showWhen, live ?? (source && startValue(source)));
  }
  function startValue(field: FormFieldSpec): FormValue | undefined {
    if (field.secret) return undefined;
    const typed = refused?.values;
    if (field.control === "checkbox" && typed) return field.name in typed;
    return typed?.[field.name] ?? initial?.[field.name] ?? field.defaultValue;
  }
  function errorOf(name: string): string | undefined {
    if (enhanced) return form.formState.errors[name]?.message;
    return refused?.fields?.find((field) => field.path === name)?.message;
  }

  function onSubmit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const [element, submitter] = [event.currentTarget, submitterOf(event)];
    void form.handleSubmit(() => send(element, submitter))(event);
  }
  function suggest(source: string, value: string) {
    for (const field of spec.fields) {
      if (field.suggestFrom !== source || form.getFieldState(field.name).isDirty) continue;
      form.setValue(field.name, value.slice(0, field.maxLength));
    }
  }

  return (
    <form
      ref={formRef}
      id={spec.id}
      action={formAction}
      noValidate={enhanced}
      onSubmit={onSubmit}
      onInput={(event) => {
        const target = event.target as HTMLInputElement;
        if (target.name) suggest(target.name, target.value);
      }}
      aria-busy={pending || undefined}
      className="grid max-w-form gap-5"
    >
      <FormContext value={{ pending, errors: {}, values: refused?.values, strings }}>
        <FormAlert state={state} strings={strings} shown={(path) => names.has(path)} ref={alertRef} />
        {Object.entries(hidden ?? {}).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {spec.fields.map((field) => {
          const shown = visible(field);
          return (
            <SpecControl
              key={field.name}
              field={field}
              shown={shown}
              enhanced={enhanced}
              error={errorOf(field.name)}
              value={startValue(field)}
              phone={phone && { ...phone, defaultCountry: phoneCountry(field.name, phone) }}
              strings={strings}
              registration={form.register(field.name, shown ? rulesFor(field, strings.checks) : {})}
            />
          );
        })}
        {props.children}
        <div className="flex flex-col gap-2 pt-1 sm:flex-row">
          <SubmitButton wide="phone">{submitLabel}</SubmitButton>
          {cancel && (
            <ButtonLink href={cancel.href} variant="ghost" wide="phone">
              {cancel.label}
            </ButtonLink>
          )}
        </div>
      </FormContext>
      {hasAsked && (
        <ConfirmDialog
          open={unsaved.asking}
          onClose={unsaved.stay}
          onConfirm={unsaved.leave}
          title={strings.unsaved.title}
          description={strings.unsaved.description}
          labels={{
            confirm: strings.unsaved.leave,
            cancel: strings.unsaved.stay,
            close: strings.unsaved.close,
          }}
        />
      )}
    </form>
  );

  function phoneCountry(name: string, settings: PhoneSettings): string {
    const key = `${name}Country`;
    return String(refused?.values?.[key] ?? initial?.[key] ?? settings.defaultCountry);
  }
}
