"use client";

import { Eye, EyeOff } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { IconButton } from "../ui/icon-button";
import { Input } from "../ui/input";
import type { FormStrings } from "./form-strings";

type PasswordInputProps = ComponentProps<"input"> & { strings: Pick<FormStrings, "showSecret" | "hideSecret"> };

export function PasswordInput({ strings, ...rest }: PasswordInputProps) {
  const [shown, setShown] = useState(false);
  return (
    <span className="relative block">
      <Input {...rest} type={shown ? "text" : "password"} autoCapitalize="off" autoCorrect="off" spellCheck={false} className="pr-12" />
      <IconButton
        label={shown ? strings.hideSecret : strings.showSecret}
        icon={shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
        onClick={() => setShown(!shown)}
        className="absolute! inset-y-0 right-0.5 my-auto noscript:hidden"
      />
    </span>
  );
}
