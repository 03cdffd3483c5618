import { NotFoundBody } from "@/components/shell/page-not-found";

export default function NotFound() {
  return (
    <main>
      <NotFoundBody homeHref="/contact-points" />
    </main>
  );
}
