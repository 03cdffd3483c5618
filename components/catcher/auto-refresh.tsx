"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Switch } from "../ui/switch";

type AutoRefreshProps = {
  latest: { id: string; words: string } | null;
  labels: {
    /** Names the switch. */
    live: string;
    /** With {what}. */
    arrived: string;
  };
};

const everyMs = 3_000;

/** Asks for the list again while it is looked at, and says what is new in it. Can be stopped. */
export function AutoRefresh({ latest, labels }: AutoRefreshProps) {
  const router = useRouter();
  const [on, setOn] = useState(true);
  const [known, setKnown] = useState(latest?.id);
  const [news, setNews] = useState("");
  if (known !== latest?.id) {
    setKnown(latest?.id);
    setNews(latest ? labels.arrived.replace("{what}", latest.words) : "");
  }
  useEffect(() => {
    if (!on) return;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") router.refresh();
    }, everyMs);
    return () => clearInterval(timer);
  }, [on, router]);
  return (
    <div className="flex items-center gap-2 text-ink-muted text-sm noscript:hidden">
      <Switch type="button" checked={on} label={labels.live} onClick={() => setOn(!on)} />
      <span aria-hidden>{labels.live}</span>
      <span role="status" className="sr-only">
        {news}
      </span>
    </div>
  );
}
