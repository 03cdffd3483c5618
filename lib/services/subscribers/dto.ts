/** What screens and the native API see of a subscriber. */
export interface SubscriberDto {
  id: string;
  externalId: string;
  name: string | null;
  /** The language of their messages; null: the institution's default. */
  locale: string | null;
  /** They have a console account, and keep their name and language themselves. */
  hasAccount: boolean;
  createdAt: string;
  updatedAt: string;
}

export interface SubscriberRow {
  id: string;
  externalId: string;
  name: string | null;
  locale: string | null;
  userId: string | null;
  createdAt: Date;
  updatedAt: Date;
}

export const SUBSCRIBER_SELECT = {
  id: true,
  externalId: true,
  name: true,
  locale: true,
  userId: true,
  createdAt: true,
  updatedAt: true,
} as const;

export function toSubscriberDto(row: SubscriberRow): SubscriberDto {
  return {
    id: row.id,
    externalId: row.externalId,
    name: row.name,
    locale: row.locale,
    hasAccount: row.userId !== null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
