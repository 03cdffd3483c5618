"use client";

import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { ConfirmButton } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast-store";
import type { FormAction } from "@/lib/actions/action-state";
import { callAction } from "@/lib/queries/call-action";

type DeleteLabels = {
  trigger: string;
  title: string;
  description: string;
  confirm: string;
  cancel: string;
  close: string;
  deleted: string;
};

type Props = { subscriptionId: string; labels: DeleteLabels; action: FormAction };

/** Asks first: only the person's own device can come back. */
export function DeleteSubscription({ subscriptionId, labels, action }: Props) {
  const router = useRouter();

  async function confirm() {
    try {
      await callAction(action, { subscriptionId });
    } catch (error) {
      toast({ message: error instanceof Error ? error.message : "", tone: "bad" });
      return;
    }
    toast({ message: labels.deleted });
    router.refresh();
  }

  return (
    <ConfirmButton
      size="sm"
      variant="ghost"
      trigger={labels.trigger}
      icon={<Trash2 aria-hidden />}
      className="noscript:hidden"
      title={labels.title}
      description={labels.description}
      labels={{ confirm: labels.confirm, cancel: labels.cancel, close: labels.close }}
      onConfirm={confirm}
    />
  );
}
