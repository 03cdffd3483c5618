/** The methods of what is asked, and nothing else (R73, R59). */
export function probe<Args extends unknown[]>(answer: (...args: Args) => Promise<Response> | Response) {
  const refuse = () => new Response(null, { status: 405, headers: { Allow: "GET, HEAD" } });
  return { GET: (...args: Args) => answer(...args), POST: refuse, PUT: refuse, PATCH: refuse, DELETE: refuse, OPTIONS: refuse };
}
