import { z } from "zod";
import { printable } from "@/lib/delivery/result";

/** What a provider said, as it may be kept and shown: whose server that really is was the institution's choice. */
export const said = z.string().transform(printable);
