import type { Caller } from "@/lib/auth/actor";
import { contactPointType } from "@/lib/channels/registry";
import type { ContactPoint } from "@/lib/db/generated/client";
import { maskLabel } from "@/lib/services/contact-points/mask-label";

/** What screens and the native API see of a contact point. */
export interface ContactPointDto {
  id: string;
  subscriberId: string;
  type: string;
  label: string;
  /** In full for its owner, masked for everybody else; empty for a type without one. */
  address: string;
  verified: boolean;
  verifiedAt: string | null;
  /** The owner's wish; says nothing about the proof. */
  enabled: boolean;
  pausedUntil: string | null;
  undeliverableReason: string | null;
  locked: boolean;
  /** The new address that waits for its proof, or null. */
  pendingAddress: string | null;
  /** verified, enabled, not paused, not undeliverable. */
  deliverable: boolean;
  needsAction: boolean;
  own: boolean;
  createdAt: string;
  updatedAt: string;
}

type Row = Omit<ContactPoint, "pendingConfig" | "config">;

export function toContactPointDto(row: Row, viewer: Caller, now = new Date()): ContactPointDto {
  const own = viewer.subscriberId === row.subscriberId;
  const show = (address: string) => showAddress(row.type, address, own);
  const paused = row.pausedUntil !== null && row.pausedUntil > now;
  return {
    id: row.id,
    subscriberId: row.subscriberId,
    type: row.type,
    label: own ? row.label : maskLabel(row),
    address: show(row.address),
    verified: row.verifiedAt !== null,
    verifiedAt: row.verifiedAt?.toISOString() ?? null,
    enabled: row.enabled,
    pausedUntil: paused ? (row.pausedUntil?.toISOString() ?? null) : null,
    undeliverableReason: row.undeliverableAt ? (row.undeliverableReason ?? "rejected") : null,
    locked: row.lockedAt !== null,
    pendingAddress: row.pendingAddress === null ? null : show(row.pendingAddress),
    deliverable: isDeliverable(row, now),
    needsAction: row.verifiedAt === null || row.pendingAddress !== null || row.undeliverableAt !== null || row.lockedAt !== null,
    own,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** A type that is no longer in the registry shows nothing of its address. */
export function showAddress(type: string, address: string, own: boolean): string {
  const known = contactPointType(type);
  if (!known) {
    return "";
  }
  return own ? known.display(address) : known.mask(address);
}

export function isDeliverable(
  row: Pick<Row, "verifiedAt" | "enabled" | "pausedUntil" | "undeliverableAt" | "deletedAt">,
  now: Date,
): boolean {
  return (
    row.verifiedAt !== null &&
    row.enabled &&
    row.undeliverableAt === null &&
    row.deletedAt === null &&
    (row.pausedUntil === null || row.pausedUntil <= now)
  );
}
