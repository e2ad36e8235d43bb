/** FK18: a push message as the browser reads it (RFC 8291 over RFC 8188), written from the RFCs and not from a library that encrypts. */
import { createDecipheriv, createECDH, hkdfSync } from "node:crypto";

export interface BrowserKeys {
  /** The private key of P-256, 32 bytes. */
  readonly privateKey: Uint8Array;
  /** The secret of 16 bytes that browser and sender share. */
  readonly auth: Uint8Array;
}

const SALT = 16;
const TAG = 16;
/** Of RFC 8188: salt, size of a record, length of the key's name. */
const FIXED_HEADER = 21;
const LAST_RECORD = 2;

function derive(secret: Uint8Array, salt: Uint8Array, info: Buffer, length: number): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, salt, info, length));
}

/** The payload of a body with one record; throws where it is none, or is for another browser. */
export function decryptPush(body: Uint8Array, { privateKey, auth }: BrowserKeys): Uint8Array {
  const bytes = Buffer.from(body);
  const salt = bytes.subarray(0, SALT);
  const recordSize = bytes.readUInt32BE(SALT);
  const idLength = bytes.readUInt8(FIXED_HEADER - 1);
  const sender = bytes.subarray(FIXED_HEADER, FIXED_HEADER + idLength);
  const record = bytes.subarray(FIXED_HEADER + idLength);
  if (record.length > recordSize) {
    throw new RangeError("More than one record");
  }
  const browser = createECDH("prime256v1");
  browser.setPrivateKey(privateKey);
  const shared = browser.computeSecret(sender);
  const keyInfo = Buffer.concat([Buffer.from("WebPush: info\0"), browser.getPublicKey(), sender]);
  const material = derive(shared, auth, keyInfo, 32);
  const key = derive(material, salt, Buffer.from("Content-Encoding: aes128gcm\0"), 16);
  const nonce = derive(material, salt, Buffer.from("Content-Encoding: nonce\0"), 12);
  const cipher = createDecipheriv("aes-128-gcm", key, nonce);
  cipher.setAuthTag(record.subarray(-TAG));
  const padded = Buffer.concat([cipher.update(record.subarray(0, -TAG)), cipher.final()]);
  const end = padded.findLastIndex((byte: number) => byte !== 0);
  if (padded[end] !== LAST_RECORD) {
    throw new RangeError("The record is not the last one");
  }
  return padded.subarray(0, end);
}
