/** What a form action returns. It crosses to the browser, so it carries nothing that is not for the person's eyes. */
export type ActionState =
  | { status: "idle" }
  | { status: "ok"; message?: string | undefined; data?: unknown }
  | {
      status: "error";
      code: string;
      message: string;
      fields?: FieldError[] | undefined;
      /** What was typed, secrets left out, so that a form posted without JavaScript comes back filled. */
      values?: Record<string, string> | undefined;
      requestId: string;
      retryAfterSec?: number | undefined;
    };

export type FieldError = { path: string; message: string };

export type FormAction = (state: ActionState, formData: FormData) => Promise<ActionState>;

export const idle: ActionState = { status: "idle" };
