"use client";

import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** Posts the person's time zone, so that "tomorrow" is theirs; without JavaScript it is UTC. */
export function TimeZoneField() {
  const zone = useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => "UTC",
  );
  return <input type="hidden" name="timeZone" value={zone} />;
}
