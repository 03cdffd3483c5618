"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useActionState } from "react";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toast-store";
import { type FormAction, idle } from "@/lib/actions/action-state";
import { callAction } from "@/lib/queries/call-action";

type Props = { senderId: string; enabled: boolean; label: string; action: FormAction };

/** Moves at once and moves back with the reason when it was refused. Before JavaScript it is a form. */
export function SenderSwitch({ senderId, enabled, label, action }: Props) {
  const router = useRouter();
  const [, formAction] = useActionState(action, idle);
  const change = useMutation({
    mutationFn: (wanted: boolean) => callAction(action, { senderId, enabled: String(wanted) }),
    onError: (error) => toast({ message: error.message, tone: "bad" }),
    onSettled: () => router.refresh(),
  });
  return (
    <form action={formAction} className="flex">
      <input type="hidden" name="senderId" value={senderId} />
      <Switch
        name="enabled"
        checked={change.isPending ? change.variables : enabled}
        label={label}
        pending={change.isPending}
        onClick={(event) => {
          event.preventDefault();
          if (!change.isPending) change.mutate(!enabled);
        }}
      />
    </form>
  );
}
