/** The methods of a probe: it is asked, and nothing else (R73, R59). */
export function probe(answer: () => Promise<Response> | Response) {
  const refuse = () => new Response(null, { status: 405, headers: { Allow: "GET, HEAD" } });
  return { GET: () => answer(), POST: refuse, PUT: refuse, PATCH: refuse, DELETE: refuse, OPTIONS: refuse };
}
