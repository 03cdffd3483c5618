/** A decimal as the service says it, in its currency, with as many decimals as it has. */
export function formatAmount(amount: string, currency: string, locale: string): string {
  const decimals = amount.split(".")[1]?.length ?? 0;
  return new Intl.NumberFormat(locale, { style: "currency", currency, minimumFractionDigits: Math.max(2, decimals) }).format(
    Number(amount),
  );
}

export function countryName(code: string, locale: string, unknown: string): string {
  return code === "ZZ" ? unknown : (new Intl.DisplayNames([locale, "en"], { type: "region" }).of(code) ?? code);
}
