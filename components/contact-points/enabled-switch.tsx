"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useActionState } from "react";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toast-store";
import { type FormAction, idle } from "@/lib/actions/action-state";
import { callAction } from "@/lib/queries/call-action";
import { contactPointKeys } from "@/lib/queries/contact-points";

type Props = {
  id: string;
  enabled: boolean;
  label: string;
  action: FormAction;
};

/** Moves at once and moves back with the reason when it was refused. Before JavaScript it is a form. */
export function EnabledSwitch({ id, enabled, label, action }: Props) {
  const router = useRouter();
  const client = useQueryClient();
  const [, formAction] = useActionState(action, idle);
  const change = useMutation({
    mutationFn: (wanted: boolean) => callAction(action, { contactPointId: id, enabled: String(wanted) }),
    onError: (error) => toast({ message: error.message, tone: "bad" }),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: contactPointKeys.all });
      router.refresh();
    },
  });
  const shown = change.isPending ? change.variables : enabled;
  return (
    <form action={formAction} className="flex">
      <input type="hidden" name="contactPointId" value={id} />
      <Switch
        name="enabled"
        checked={shown}
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
