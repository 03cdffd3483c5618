"use client";

import dynamic from "next/dynamic";
import { type RefObject, useContext, useEffect, useState } from "react";
import { FormContext } from "@/components/form/form-context";
import type { FormStrings } from "@/components/form/form-strings";
import { useUnsavedGuard } from "@/components/form/use-unsaved-guard";

// Fetched when somebody is about to lose what they typed, which is seldom.
const ConfirmDialog = dynamic(() => import("@/components/ui/confirm-dialog").then((module) => module.ConfirmDialog));

type Props = {
  formRef: RefObject<HTMLFormElement | null>;
  /** How often it was saved: what stands there then is not lost. */
  saves: number;
  strings: FormStrings;
};

/** Asks before settings that were changed and not saved are left behind. */
export function LeaveGuard({ formRef, saves, strings }: Props) {
  const pending = useContext(FormContext)?.pending ?? false;
  const guard = useUnsavedGuard(formRef, !pending);
  const { markSaved } = guard;
  useEffect(() => {
    if (saves > 0) markSaved();
  }, [saves, markSaved]);
  const [hasAsked, setHasAsked] = useState(false);
  if (guard.asking && !hasAsked) setHasAsked(true);
  if (!hasAsked) return null;
  const { title, description, leave, stay, close } = strings.unsaved;
  return (
    <ConfirmDialog
      open={guard.asking}
      onClose={guard.stay}
      onConfirm={guard.leave}
      title={title}
      description={description}
      labels={{ confirm: leave, cancel: stay, close }}
    />
  );
}
