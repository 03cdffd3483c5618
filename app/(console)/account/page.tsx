import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeader } from "@/components/ui/page-header";
import { accountContext } from "@/lib/actions/account-page";
import { getAccount } from "@/lib/services/account/get-account";
import { listMyInstitutions } from "@/lib/services/institution/list-my-institutions";
import { listSessions } from "@/lib/services/session/list-sessions";
import { DeleteSection } from "./delete-section";
import { InstitutionsSection } from "./institutions-section";
import { PasswordSection } from "./password-section";
import { ProfileSection } from "./profile-section";
import { SessionsSection } from "./sessions-section";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account");
  return { title: t("title") };
}

export default async function AccountPage() {
  const ctx = await accountContext();
  const [t, account, sessions, institutions] = await Promise.all([
    getTranslations("account"),
    getAccount(ctx),
    listSessions(ctx),
    listMyInstitutions(ctx),
  ]);
  return (
    <>
      <PageHeader title={t("title")} description={account.email} />
      <div className="grid gap-5">
        <ProfileSection account={account} />
        <PasswordSection email={account.email} />
        <SessionsSection sessions={sessions} />
        <InstitutionsSection institutions={institutions} />
        <DeleteSection email={account.email} />
      </div>
    </>
  );
}
