const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** 26 characters hold 130 bits: the first may use three of its five. */
const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** A UUID's 128 bits as a ULID. */
export function toUlid(uuid: string): string {
  let rest = BigInt(`0x${uuid.replaceAll("-", "")}`);
  let text = "";
  while (text.length < 26) {
    text = ALPHABET[Number(rest % 32n)] + text;
    rest /= 32n;
  }
  return text;
}

/** The UUID that a text stands for, which may be written as one or as a ULID, I and L for 1 and O for 0; null for neither. */
export function uuidFrom(text: string): string | null {
  if (UUID.test(text)) {
    return text.toLowerCase();
  }
  // asked before the case is changed: some letters of other alphabets become ASCII by it
  if (!/^[0-9A-Za-z]{26}$/.test(text)) {
    return null;
  }
  const plain = text.toUpperCase().replace(/[IL]/g, "1").replaceAll("O", "0");
  if (!ULID.test(plain)) {
    return null;
  }
  let bits = 0n;
  for (const letter of plain) bits = bits * 32n + BigInt(ALPHABET.indexOf(letter));
  const hex = bits.toString(16).padStart(32, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
