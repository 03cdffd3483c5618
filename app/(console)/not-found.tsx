import { NotFoundBody } from "@/components/shell/page-not-found";

export default function NotFound() {
  return <NotFoundBody homeHref="/contact-points" />;
}
