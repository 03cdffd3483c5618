"use client";

import { ErrorBody } from "@/components/shell/page-error";

export default function ConsoleError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <ErrorBody reference={error.digest} retry={reset} />;
}
