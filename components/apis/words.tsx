/** A sentence of an API's document: what stands between backticks in it is code. */
export function Words({ text }: { text: string }) {
  const parts = text.split("`");
  return (
    <span lang="en">
      {parts.map((part, at) =>
        at % 2 === 0 ? (
          part
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text, in their order
          <code key={at} className="font-mono">
            {part}
          </code>
        ),
      )}
    </span>
  );
}
