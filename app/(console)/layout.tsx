import {
  AtSign,
  Building2,
  Cable,
  Contact,
  Globe,
  Inbox,
  KeyRound,
  MailSearch,
  Plug,
  ScrollText,
  Send,
  Smartphone,
  Users,
  Wallet,
} from "lucide-react";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { setLanguageAction, setThemeAction, signOutAction, switchInstitutionAction } from "@/app/(console)/actions";
import { UnreadBell } from "@/components/inbox/unread-bell";
import { AppFrame, type NavGroup } from "@/components/shell/app-frame";
import { InstitutionSwitcher } from "@/components/shell/institution-switcher";
import type { NavItem } from "@/components/shell/nav-link";
import { QueryProvider } from "@/components/shell/query-provider";
import { type Theme, UserMenu } from "@/components/shell/user-menu";
import { Banner } from "@/components/ui/alert";
import { signInHref } from "@/lib/actions/sign-in-href";
import type { MemberActor } from "@/lib/auth/actor";
import { may, type Permission } from "@/lib/auth/permissions";
import { currentContext, currentSession } from "@/lib/auth/session";
import { secureCookies } from "@/lib/auth/session-token";
import { env } from "@/lib/env";
import { LOCALE_NAMES, LOCALES } from "@/lib/i18n/locales";
import { unreadCount } from "@/lib/services/inbox/unread-count";
import { listMyInstitutions } from "@/lib/services/institution/list-my-institutions";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const ctx = await currentContext();
  const { actor } = ctx;
  if (actor.type !== "member" && actor.type !== "account") {
    redirect(await signInHref());
  }
  const [t, locale, { preferences }, institutions, { count: unread }] = await Promise.all([
    getTranslations("shell"),
    getLocale(),
    currentSession(),
    listMyInstitutions(ctx),
    actor.type === "member" ? unreadCount(ctx) : { count: 0 },
  ]);
  const current = actor.type === "member" ? institutions.find((institution) => institution.id === actor.institutionId) : undefined;
  const createHref = may(actor, "institution:create") ? "/settings/new-institution" : undefined;
  return (
    <QueryProvider>
      <AppFrame
        homeHref="/contact-points"
        nav={actor.type === "member" ? await navigation(actor) : []}
        institution={
          institutions.length > 0 && (
            <InstitutionSwitcher
              current={current ?? { id: "", name: t("institution.none") }}
              institutions={institutions.map(({ id, name }) => ({ id, name }))}
              action={switchInstitutionAction}
              createHref={createHref}
            />
          )
        }
        bell={actor.type === "member" && <UnreadBell initialCount={unread} labels={await bellLabels()} />}
        banners={<Banners />}
        user={
          <UserMenu
            user={{ name: actor.name, email: actor.email }}
            accountHref="/account"
            theme={(preferences?.theme ?? "system") as Theme}
            setTheme={setThemeAction}
            language={{ locale, locales: LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] })), action: setLanguageAction }}
            signOut={signOutAction}
          />
        }
      >
        {children}
      </AppFrame>
    </QueryProvider>
  );
}

type Entry = NavItem & { needs?: Permission; when?: boolean };

/** Below so many entries, names for groups of them would be more to read than the entries. */
const GROUPED_FROM = 6;

async function navigation(actor: MemberActor): Promise<NavGroup[]> {
  const t = await getTranslations("shell.pages");
  const people: Entry[] = [
    { href: "/subscribers", label: t("subscribers"), icon: <Contact aria-hidden />, needs: "subscriber:read" },
    { href: "/members", label: t("members"), icon: <Users aria-hidden />, needs: "member:read" },
  ];
  const sending: Entry[] = [
    { href: "/senders", label: t("senders"), icon: <Send aria-hidden />, needs: "sender:read" },
    { href: "/domains", label: t("domains"), icon: <Globe aria-hidden />, needs: "domain:read" },
    { href: "/numbers", label: t("numbers"), icon: <Smartphone aria-hidden />, needs: "number:read" },
    { href: "/spending", label: t("spending"), icon: <Wallet aria-hidden />, needs: "spending:read" },
  ];
  const programs: Entry[] = [
    { href: "/keys", label: t("keys"), icon: <KeyRound aria-hidden />, needs: "key:own" },
    { href: "/integrations", label: t("integrations"), icon: <Plug aria-hidden />, needs: "sender:read" },
    { href: "/connections", label: t("connections"), icon: <Cable aria-hidden />, needs: "connection:read" },
  ];
  const institution: Entry[] = [
    { href: "/audit", label: t("audit"), icon: <ScrollText aria-hidden />, needs: "audit:read" },
    { href: "/settings", label: t("settings"), icon: <Building2 aria-hidden />, needs: "institution:write" },
    { href: "/catcher", label: t("catcher"), icon: <MailSearch aria-hidden />, needs: "catcher:read", when: Boolean(env().catcher) },
  ];
  const allowed = (entries: Entry[]): NavItem[] =>
    entries
      .filter(({ needs, when }) => when !== false && (!needs || may(actor, needs)))
      .map(({ href, label, icon }) => ({ href, label, icon }));
  const own: NavItem[] = [
    { href: "/contact-points", label: t("contactPoints"), icon: <AtSign aria-hidden /> },
    { href: "/inbox", label: t("inbox"), icon: <Inbox aria-hidden /> },
  ];
  const groups = [
    { label: t("people"), items: allowed(people) },
    { label: t("sending"), items: allowed(sending) },
    { label: t("programs"), items: allowed(programs) },
    { label: t("institution"), items: allowed(institution) },
  ].filter(({ items }) => items.length > 0);
  const all = groups.flatMap(({ items }) => items);
  return [{ items: own }, ...(all.length < GROUPED_FROM ? [{ label: t("institution"), items: all }] : groups)];
}

async function bellLabels() {
  const t = await getTranslations("shell");
  // the browser has no plural rules of its own: every count that is shown as such has its words
  const counts = Array.from({ length: 100 }, (_, count) => t("bell", { count }));
  return { counts, more: t("bell", { count: 100 }) };
}

async function Banners() {
  const t = await getTranslations("shell.banner");
  return (
    <>
      {!secureCookies() && <Banner tone="warn">{t("insecure")}</Banner>}
      {env().catcher && <Banner tone="info">{t("caught")}</Banner>}
    </>
  );
}
