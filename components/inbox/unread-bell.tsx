"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { usePathname, useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { inboxKeys, inboxUnread } from "@/lib/queries/inbox";
import { BellLink } from "../shell/bell-link";

export type BellLabels = {
  /** "Inbox, 3 unread" for each number from 0 on; the last one's successor is `more`. */
  counts: readonly string[];
  more: string;
};

const inboxPath = "/inbox";

/** The bell: its number comes with the page and is kept fresh; that it grew is said once. */
export function UnreadBell({ initialCount, labels }: { initialCount: number; labels: BellLabels }) {
  const client = useQueryClient();
  const { data } = useQuery({ ...inboxUnread(), initialData: { count: initialCount } });
  const { count } = data;
  const label = labels.counts[count] ?? labels.more;
  const [known, setKnown] = useState(count);
  const [news, setNews] = useState("");
  if (known !== count) {
    setKnown(count);
    setNews(count > known ? label : "");
  }

  // Each time the server draws the frame it brings the number of that moment, and a labels object of its own.
  // biome-ignore lint/correctness/useExhaustiveDependencies: labels stand for "drawn anew", even with the same number
  useEffect(() => {
    client.setQueryData(inboxKeys.unread, { count: initialCount });
  }, [client, initialCount, labels]);

  const router = useRouter();
  const pathname = usePathname();
  useEffect(() => {
    if (news && pathname === inboxPath) router.refresh();
  }, [news, pathname, router]);

  return (
    <>
      <BellLink href={inboxPath} unread={count} label={label} />
      <span role="status" className="sr-only">
        {news}
      </span>
    </>
  );
}
