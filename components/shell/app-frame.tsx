import { X } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { iconButtonClass } from "../ui/icon-button";
import { Toaster } from "../ui/toaster";
import { Drawer } from "./drawer";
import { Logo } from "./logo";
import { MoreButton } from "./more-button";
import { type NavItem, NavLink } from "./nav-link";

export type NavGroup = { label?: string | undefined; items: readonly NavItem[] };

export type AppFrameProps = {
  nav: readonly NavGroup[];
  /** Up to four that stand at the foot of a phone; by default the first four. */
  phoneNav?: readonly NavItem[] | undefined;
  homeHref: string;
  institution?: ReactNode;
  user: ReactNode;
  bell?: ReactNode;
  /** <Banner>s, the most urgent first. */
  banners?: ReactNode;
  children: ReactNode;
};

const drawerId = "shell-drawer";

/** The signed-in frame: a sidebar from 768 px; below it a bar above, a bar of main places at the foot, the rest in a drawer. */
export function AppFrame(props: AppFrameProps) {
  const t = useTranslations("shell");
  const { nav, homeHref, institution, user, bell, banners, children } = props;
  const all = nav.flatMap((group) => group.items);
  const bottom = props.phoneNav ?? all.slice(0, 4);
  return (
    <div className="flex min-h-dvh flex-col md:grid md:grid-cols-[15rem_minmax(0,1fr)]">
      <SkipLink label={t("skip")} />
      <header className="sticky top-0 hidden h-dvh flex-col border-line border-r bg-sunken md:flex">
        <div className="flex min-h-14 items-center justify-between pr-3 pl-4">
          <Link href={homeHref} className="rounded-md">
            <Logo />
          </Link>
          {bell}
        </div>
        {institution && <div className="px-3 pb-3">{institution}</div>}
        <nav aria-label={t("nav.main")} className="min-h-0 flex-1 overflow-y-auto px-3 py-1">
          <NavGroups nav={nav} />
        </nav>
        <div className="border-line border-t p-2">{user}</div>
      </header>

      <header className="sticky top-0 z-30 flex h-14 items-center gap-1 border-line border-b bg-surface pr-2 pl-4 md:hidden">
        <Link href={homeHref} className="mr-auto rounded-md">
          <Logo />
        </Link>
        {bell}
      </header>

      <div className="flex min-w-0 flex-1 flex-col">
        {banners && (
          <aside aria-label={t("banners")} className="empty:hidden">
            {banners}
          </aside>
        )}
        <main id="main" tabIndex={-1} className="mx-auto w-full max-w-page flex-1 px-4 pt-5 pb-10 outline-none sm:px-6 md:px-8 md:pt-8">
          {children}
        </main>
      </div>

      <nav
        aria-label={t("nav.phone")}
        className="sticky bottom-0 z-30 border-line border-t bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
      >
        <ul className="flex">
          {bottom.map((item) => (
            <li key={item.href} className="min-w-0 flex-1">
              <NavLink item={item} look="bottom" />
            </li>
          ))}
          <li className="min-w-0 flex-1">
            <MoreButton drawerId={drawerId} label={t("nav.more")} />
          </li>
        </ul>
      </nav>

      <Drawer id={drawerId} label={t("nav.more")}>
        <div className="flex h-14 items-center justify-end px-2">
          <button type="button" popoverTarget={drawerId} popoverTargetAction="hide" aria-label={t("nav.close")} className={iconButtonClass}>
            <X aria-hidden />
          </button>
        </div>
        {institution && <div className="px-3 pb-3">{institution}</div>}
        <nav aria-label={t("nav.all")} className="min-h-0 flex-1 overflow-y-auto px-3">
          <NavGroups nav={nav} />
        </nav>
        <div className="border-line border-t p-2 pb-[calc(env(safe-area-inset-bottom)+0.5rem)]">{user}</div>
      </Drawer>
      <Toaster labels={{ region: t("toasts.region"), dismiss: t("toasts.dismiss") }} />
    </div>
  );
}

function NavGroups({ nav }: { nav: readonly NavGroup[] }) {
  return nav.map((group, index) => (
    <div key={group.label ?? index} className="mb-3">
      {group.label && <p className="px-2.5 pb-1 text-ink-faint text-xs">{group.label}</p>}
      <ul className="space-y-0.5">
        {group.items.map((item) => (
          <li key={item.href}>
            <NavLink item={item} look="side" />
          </li>
        ))}
      </ul>
    </div>
  ));
}

export function SkipLink({ label }: { label: string }) {
  return (
    <a
      href="#main"
      className="sr-only z-50 rounded-md bg-accent font-medium text-accent-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:px-4 focus:py-2.5"
    >
      {label}
    </a>
  );
}
