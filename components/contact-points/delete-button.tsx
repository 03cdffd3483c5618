"use client";

import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { ConfirmButton } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast-store";
import type { FormAction } from "@/lib/actions/action-state";
import { callAction } from "@/lib/queries/call-action";

export type DeleteLabels = {
  trigger: string;
  title: string;
  description: string;
  confirm: string;
  cancel: string;
  close: string;
  deleted: string;
  undo: string;
  restored: string;
};

type Props = { contactPointId: string; listHref: string; labels: DeleteLabels; remove: FormAction; restore: FormAction };

/** Asks, naming what is lost; afterwards it can be undone while the notice stands. */
export function DeleteButton({ contactPointId, listHref, labels, remove, restore }: Props) {
  const router = useRouter();

  async function undo() {
    try {
      await callAction(restore, { contactPointId });
      toast({ message: labels.restored, tone: "good" });
      router.push(`/contact-points/${contactPointId}`);
    } catch (error) {
      toast({ message: error instanceof Error ? error.message : "", tone: "bad" });
    }
  }

  async function confirm() {
    try {
      await callAction(remove, { contactPointId });
    } catch (error) {
      toast({ message: error instanceof Error ? error.message : "", tone: "bad" });
      return;
    }
    toast({ message: labels.deleted, action: { label: labels.undo, onAction: undo }, durationMs: 20_000 });
    router.push(listHref);
  }

  return (
    <ConfirmButton
      trigger={labels.trigger}
      icon={<Trash2 aria-hidden />}
      title={labels.title}
      description={labels.description}
      labels={{ confirm: labels.confirm, cancel: labels.cancel, close: labels.close }}
      onConfirm={confirm}
    />
  );
}
