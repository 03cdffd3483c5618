"use client";

import { CircleOff } from "lucide-react";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { useErrorStrings } from "./error-strings";

type ErrorBodyProps = {
  /** The error's digest, which the log has too. */
  reference?: string | undefined;
  retry: () => void;
};

export function ErrorBody({ reference, retry }: ErrorBodyProps) {
  const strings = useErrorStrings();
  return (
    <div className="grid min-h-[60dvh] place-content-center">
      <EmptyState
        icon={<CircleOff />}
        level={1}
        title={strings.title}
        description={
          <>
            {strings.description}
            {reference && <span className="mt-1 block text-ink-faint text-sm">{strings.reference.replace("{id}", reference)}</span>}
          </>
        }
        actions={
          <Button variant="primary" onClick={retry}>
            {strings.retry}
          </Button>
        }
      />
    </div>
  );
}
