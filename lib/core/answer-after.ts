/** Answers when `work` is done, but never sooner than `ms` from now, so that a quick answer tells nothing. */
export async function answerAfter<T>(ms: number, work: () => Promise<T>): Promise<T> {
  const earliest = new Promise((resolve) => setTimeout(resolve, ms));
  const [result] = await Promise.allSettled([work(), earliest]);
  if (result.status === "rejected") {
    throw result.reason;
  }
  return result.value;
}
