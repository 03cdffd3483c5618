import { expect, type Page } from "@playwright/test";

interface Connected {
  integrationId: string;
  connectionId: string;
  endpointId: string;
}

/** An account with Slack, a workspace of its for a subscriber, and a channel in it; each through its form. */
export async function connectWorkspace(page: Page, externalId: string): Promise<Connected> {
  await page.goto("/integrations/new?provider=slack");
  await page.getByLabel("Name", { exact: true }).fill("Sample chat");
  await page.getByLabel("Client secret").fill("s3cret");
  const integrationId = await submit(page, "Add an account", "Sample chat");

  await page.goto(`/connections/new?integration=${integrationId}`);
  await page.getByLabel("Subscriber's external ID").fill(externalId);
  await page.getByLabel("Workspace ID").fill("T0123456789");
  await page.getByLabel("Name of the workspace").fill("Sample workspace");
  await page.getByLabel("Access token").fill("xoxb-sample");
  const connectionId = await submit(page, "Connect a workspace", "Sample workspace");

  await page.goto(`/endpoints/new?connection=${connectionId}&type=slack_channel`);
  await page.getByLabel("Channel ID").fill("C0123456789");
  const endpointId = await submit(page, "Add an endpoint", "C0123456789");
  return { integrationId, connectionId, endpointId };
}

async function submit(page: Page, button: string, heading: string): Promise<string> {
  await page.getByRole("main").getByRole("button", { name: button }).click();
  await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
}
