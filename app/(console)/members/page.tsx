import { UserPlus, Users } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { MemberTable } from "@/components/members/member-table";
import { ButtonLink } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { SearchField } from "@/components/ui/search-field";
import { pageContext, single } from "@/lib/actions/page";
import { paging } from "@/lib/actions/paging";
import type { Context } from "@/lib/auth/actor";
import { may } from "@/lib/auth/permissions";
import { listInvitations } from "@/lib/services/members/list-invitations";
import { listMembers } from "@/lib/services/members/list-members";
import { InvitationsSection } from "./invitations-section";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("members");
  return { title: t("title") };
}

export default async function MembersPage({ searchParams }: Props) {
  const ctx = await pageContext("member:read");
  const query = await searchParams;
  const q = single(query.q)?.slice(0, 100);
  const listed = paging("/members", query, { q });
  const invited = paging("/members", query, { q }, { after: "invitedAfter", before: "invitedBefore" });
  const mayInvite = may(ctx.actor, "member:invite");
  const [t, page, invitations] = await Promise.all([
    getTranslations("members"),
    listMembers(ctx, { q, ...listed.cursor }),
    mayInvite ? openInvitations(ctx, invited.cursor) : null,
  ]);
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          mayInvite && (
            <ButtonLink href="/members/invite" variant="primary" wide="phone" icon={<UserPlus aria-hidden />}>
              {t("invite.open")}
            </ButtonLink>
          )
        }
      />
      <div className="grid gap-5">
        <Section title={t("list.title")} padded={false}>
          <FilterBar label={t("list.search")} applyLabel={t("list.apply")}>
            <SearchField label={t("list.search")} defaultValue={q} />
          </FilterBar>
          {page.items.length > 0 ? (
            <MemberTable members={page.items} manages={may(ctx.actor, "member:write")} />
          ) : (
            <EmptyState level={3} icon={<Users />} title={t("list.noneTitle")} description={t("list.noneDescription")} />
          )}
          <Pagination {...listed.hrefs(page)} />
        </Section>
        {invitations !== null && invitations.items.length > 0 && (
          <InvitationsSection
            invitations={invitations.items}
            mayTouchOwners={may(ctx.actor, "owner:grant")}
            {...invited.hrefs(invitations)}
          />
        )}
      </div>
    </>
  );
}

/** The last one on a page may have been revoked there: the first page stands in for one with nothing on it. */
async function openInvitations(ctx: Context, cursor: { after?: string | undefined; before?: string | undefined }) {
  const page = await listInvitations(ctx, cursor);
  const isTurned = cursor.after !== undefined || cursor.before !== undefined;
  return page.items.length === 0 && isTurned ? listInvitations(ctx, {}) : page;
}
