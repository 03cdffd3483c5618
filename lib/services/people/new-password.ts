import { fieldError } from "@/lib/core/errors";
import { checkPassword, hashPassword, MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from "@/lib/crypto/password";

/** Judges a new password and hashes it; a refusal lands on the field that it was typed into. */
export async function newPasswordHash(path: string, password: string, about: { email: string; name: string }): Promise<string> {
  const problem = checkPassword(password, { email: about.email, words: [about.name] });
  if (problem) {
    throw fieldError(path, `password_${problem}`, { min: MIN_PASSWORD_LENGTH, max: MAX_PASSWORD_LENGTH });
  }
  return hashPassword(password);
}
