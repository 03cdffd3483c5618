import { type ApiView, OPEN } from "@/lib/http/api-view";
import type { ConnectionDto } from "@/lib/services/connections/dto";
import type { ContactPointDto } from "@/lib/services/contact-points/dto";
import type { EndpointDto } from "@/lib/services/endpoints/dto";
import type { SenderDetailDto } from "@/lib/services/senders/dto";

function view(path: string, shown: object, body: object): ApiView {
  return { api: "native", shown, request: { method: "POST", path: `/api/v1/${path}`, headers: { "X-API-Key": OPEN.key }, body } };
}

export function contactPointView(point: ContactPointDto): ApiView {
  const { type, label, subscriberId } = point;
  const address = point.own ? point.address.replaceAll(" ", "") : "<address>";
  const field = { email: "email", sms: "phone_number" }[type];
  return view("contact-points", point, { type, label, config: field ? { [field]: address } : {}, subscriberId });
}

/** On the account that it stands on: its settings and secrets are that one's. */
export function senderView(sender: SenderDetailDto): ApiView {
  const { type, integration, fromAddress, fromName, fromNumber, config } = sender;
  const own = { name: sender.name, ...(sender.remark === null ? {} : { remark: sender.remark }) };
  if (type === "push") {
    return view("senders/push", sender, { ...own, subject: config["subject"] });
  }
  if (type === "chat") {
    return view("senders/chat", sender, { ...own, integrationId: integration.id });
  }
  const from = type === "email" ? { fromAddress, ...(fromName === null ? {} : { fromName }) } : { fromNumber };
  return view("senders", sender, { ...own, integrationId: integration.id, ...from });
}

export function connectionView(connection: ConnectionDto): ApiView {
  const { identifier, integration, subscriber, mode, contextKeys, workspace } = connection;
  return view("connections", connection, {
    integrationId: integration.id,
    identifier,
    mode,
    ...whose(subscriber, contextKeys),
    workspace: { id: workspace.id, ...(workspace.name === null ? {} : { name: workspace.name }) },
    auth: { accessToken: OPEN.accessToken },
  });
}

export function endpointView(row: EndpointDto): ApiView {
  const { identifier, integration, connection, subscriber, contextKeys, type, endpoint } = row;
  return view("endpoints", row, {
    integrationId: integration.id,
    identifier,
    ...(connection === null ? {} : { connectionId: connection.id }),
    ...whose(subscriber, contextKeys),
    type,
    endpoint,
  });
}

function whose(subscriber: { id: string } | null, contextKeys: readonly string[]) {
  const context = contextKeys.map((key) => [key.slice(0, key.indexOf(":")), key.slice(key.indexOf(":") + 1)]);
  return {
    ...(subscriber === null ? {} : { subscriberId: subscriber.id }),
    ...(context.length > 0 ? { context: Object.fromEntries(context) } : {}),
  };
}
