"use client";

import { ErrorBody } from "@/components/shell/page-error";

export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main>
      <ErrorBody reference={error.digest} retry={reset} />
    </main>
  );
}
