/** Enough to tell two apart, and too little to send to: an endpoint's address is all that it takes to reach it. */
export function maskAddress(identifier: string): string {
  const host = /^https:/i.test(identifier) ? URL.parse(identifier)?.hostname : undefined;
  if (host) {
    return `${host}/…${endOf(new URL(identifier).pathname)}`;
  }
  return `…${endOf(identifier)}`;
}

function endOf(text: string): string {
  return text.length >= 12 ? text.slice(-4) : "";
}
