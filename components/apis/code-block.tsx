/** A text to read or copy as it is; long lines wrap, so that nothing has to be scrolled aside. */
export function CodeBlock({ text }: { text: string }) {
  return (
    <pre className="whitespace-pre-wrap break-all rounded-md bg-sunken px-3 py-2 font-mono text-sm">
      <code>{text}</code>
    </pre>
  );
}
