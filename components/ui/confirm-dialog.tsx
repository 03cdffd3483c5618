"use client";

import { type ReactNode, useState, useTransition } from "react";
import { Button } from "./button";
import type { ButtonShape } from "./button-class";
import { Dialog } from "./dialog";

export type ConfirmLabels = { confirm: string; cancel: string; close: string };

export type ConfirmDialogProps = {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  /** What will be lost or will happen, named. */
  description: ReactNode;
  labels: ConfirmLabels;
  tone?: "danger" | "primary" | undefined;
  /** A server action or a client function; the dialog stays until it is done. */
  onConfirm: () => unknown;
  children?: ReactNode;
};

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onClose, title, description, labels, tone = "danger", onConfirm, children } = props;
  const [pending, startTransition] = useTransition();
  return (
    <Dialog
      open={open}
      onClose={onClose}
      locked={pending}
      title={title}
      description={description}
      closeLabel={labels.close}
      footer={
        <>
          <Button onClick={onClose} wide="phone" data-autofocus>
            {labels.cancel}
          </Button>
          <Button
            variant={tone}
            wide="phone"
            pending={pending}
            onClick={() => {
              if (pending) return;
              startTransition(async () => {
                await onConfirm();
                onClose();
              });
            }}
          >
            {labels.confirm}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}

export type ConfirmButtonProps = Omit<ConfirmDialogProps, "open" | "onClose"> & {
  trigger: ReactNode;
  variant?: ButtonShape["variant"];
  size?: ButtonShape["size"];
  icon?: ReactNode;
  className?: string | undefined;
};

/** A button that asks first. */
export function ConfirmButton({ trigger, variant, size, icon, className, ...dialog }: ConfirmButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant={variant} size={size} icon={icon} aria-haspopup="dialog" className={className} onClick={() => setOpen(true)}>
        {trigger}
      </Button>
      <ConfirmDialog {...dialog} open={open} onClose={() => setOpen(false)} />
    </>
  );
}
