"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";

export type CountdownProps = {
  /** Left when the server drew it, by the server's clock. */
  seconds: number;
  /** Words around the time, with {time} where it goes: "Resend in {time}". */
  template: string;
  /** Takes the countdown's place when it is over. */
  children?: ReactNode;
  /** Read out once when it is over. */
  doneText?: string | undefined;
  onDone?: (() => void) | undefined;
};

/** Ticks in sight and in silence: nothing is announced before the end. */
export function Countdown({ seconds, template, children, doneText, onDone }: CountdownProps) {
  const [left, setLeft] = useState(seconds);
  const done = useRef(onDone);
  done.current = onDone;

  useEffect(() => {
    const end = performance.now() + seconds * 1_000;
    setLeft(seconds);
    if (seconds <= 0) return;
    const timer = setInterval(() => {
      const now = Math.max(0, Math.ceil((end - performance.now()) / 1_000));
      setLeft(now);
      if (now > 0) return;
      clearInterval(timer);
      done.current?.();
    }, 1_000);
    return () => clearInterval(timer);
  }, [seconds]);

  return (
    <>
      {left > 0 ? (
        <span role="timer" aria-live="off" className="tabular-nums">
          {template.replace("{time}", clock(left))}
        </span>
      ) : (
        children
      )}
      <span role="status" className="sr-only">
        {left <= 0 && seconds > 0 && doneText}
      </span>
    </>
  );
}

/** 0:42, 12:05, 1:02:09. */
function clock(total: number): string {
  const hours = Math.floor(total / 3_600);
  const minutes = Math.floor((total % 3_600) / 60);
  const two = (value: number) => String(value).padStart(2, "0");
  const tail = `${hours > 0 ? two(minutes) : minutes}:${two(total % 60)}`;
  return hours > 0 ? `${hours}:${tail}` : tail;
}

/** Whole seconds on the server's clock, which `now` was read from. */
export function secondsUntil(at: string | null, now: string): number {
  return at ? Math.max(0, Math.ceil((Date.parse(at) - Date.parse(now)) / 1000)) : 0;
}
