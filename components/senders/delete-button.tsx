"use client";

import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
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
};

type Props = { senderId: string; keepNumber?: boolean; labels: DeleteLabels; action: FormAction };

/** Asks first; what still depends on the sender is named where the question stood. */
export function DeleteSender({ senderId, keepNumber = false, labels, action }: Props) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [refused, setRefused] = useState<string>();
  const [pending, startTransition] = useTransition();

  function show(shown: boolean) {
    setRefused(undefined);
    setOpen(shown);
  }

  function confirm() {
    if (pending) return;
    startTransition(async () => {
      try {
        await callAction(action, { senderId, ...(keepNumber ? { keepNumber: "true" } : {}) });
      } catch (error) {
        setRefused(error instanceof Error ? error.message : "");
        return;
      }
      toast({ message: labels.deleted });
      router.push("/senders");
    });
  }

  return (
    <>
      <Button icon={<Trash2 aria-hidden />} aria-haspopup="dialog" className="noscript:hidden" onClick={() => show(true)}>
        {labels.trigger}
      </Button>
      <Dialog
        open={open}
        onClose={() => show(false)}
        locked={pending}
        title={labels.title}
        description={labels.description}
        closeLabel={labels.close}
        footer={
          <>
            <Button onClick={() => show(false)} wide="phone" data-autofocus>
              {labels.cancel}
            </Button>
            {refused === undefined && (
              <Button variant="danger" wide="phone" pending={pending} onClick={confirm}>
                {labels.confirm}
              </Button>
            )}
          </>
        }
      >
        {refused !== undefined && (
          <Alert tone="bad" live="alert">
            {refused}
          </Alert>
        )}
      </Dialog>
    </>
  );
}
