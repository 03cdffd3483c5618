import Link from "next/link";
import type { ReactNode } from "react";
import { Logo } from "@/components/shell/logo";

/** For everybody, signed in or not: what it tells is what the documents tell. */
export default function ReferenceLayout({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto min-h-dvh w-full max-w-page px-4 py-5 sm:px-6">
      <Link href="/" className="mb-6 inline-flex rounded-md">
        <Logo />
      </Link>
      <main>{children}</main>
    </div>
  );
}
